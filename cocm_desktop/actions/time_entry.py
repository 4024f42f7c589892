"""Recording, correcting, signing and voiding time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cocm_desktop.actions.looking import ChartPart, look, look_at_episode
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.time_keeping import (
    consents_of,
    keep,
    open_questions,
    overlap_with,
    require_usual,
    withdraw,
    zone_of,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.consent import held_between
from cocm_desktop.domain.ids import TimeEntryId
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.domain.time_entry import TimeEntry, TimeEntryDraft, corrected
from cocm_desktop.domain.time_overlap import clock_words, placed
from cocm_desktop.domain.time_questions import TimeOutlook, will_not_count
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import time_entry as time_entries

TOUCHES = Topic.TIME | Topic.BILLING


def record_time(workspace: Workspace, draft: TimeEntryDraft) -> Change:
    """Store the time, as two entries where midnight splits it; signed, unless left unsigned."""
    workspace.require(Permission.RECORD_TIME)
    with workspace.database.write() as session:
        if time_entries.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        episode = episodes.get(session, draft.episode_id)
        for entry in _accepted(workspace, draft, staff=workspace.staff):
            if not draft.is_confirmed:
                require_usual(workspace, entry, patient_id=episode.patient_id)
            keep(workspace, entry, patient_id=episode.patient_id)
    return Change(TOUCHES, draft.id)


def correct_time(
    workspace: Workspace, entry_id: str, draft: TimeEntryDraft, *, reason: str
) -> Change:
    """Void an entry and put another in its place; the old one stays and can be seen.

    It stays the time of the person whose it was; another's has to be signed again by them.
    """
    workspace.require(Permission.RECORD_TIME)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        if time_entries.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        old = time_entries.get(session, entry_id)
        patient_id = episodes.get(session, old.episode_id).patient_id
        withdraw(workspace, old, reason=reason)
        session.flush()
        draft = replace(draft, episode_id=old.episode_id)
        staff = staff_members.get(session, old.staff_id)
        new = _accepted(workspace, draft, staff=staff)
        for entry in corrected(old, new):
            if not draft.is_confirmed:
                require_usual(workspace, entry, patient_id=patient_id)
            keep(workspace, entry, patient_id=patient_id)
    return Change(TOUCHES | Topic.CONTACT, draft.id)


def sign_time(workspace: Workspace, entry_ids: Sequence[str]) -> Change:
    """Sign one's own entries; those that are signed already stay as they are."""
    workspace.require(Permission.RECORD_TIME)
    stamp = workspace.stamp()
    if not entry_ids:
        raise Refused(Problem("entries", "Choose the entries to sign."))
    with workspace.database.write() as session:
        for entry_id in entry_ids:
            entry = time_entries.get(session, entry_id)
            if entry.staff_id != workspace.staff.id:
                words = "Only the person who spent the time can sign it."
                raise Refused(Problem("entries", words))
            if not entry.is_signed:
                time_entries.sign(session, entry_id, stamp)
                patient_id = time_entries.patient_of(session, entry_id)
                note = audit.Note("time.signed", audit.Action.UPDATE, entry_id, patient_id)
                audit.write(session, stamp, note)
    return Change(TOUCHES, entry_ids[0])


def void_time(workspace: Workspace, entry_id: str, *, reason: str) -> Change:
    """Withdraw an entry, keeping it: one's own, or any where one may void records."""
    workspace.require(Permission.RECORD_TIME)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        withdraw(workspace, time_entries.get(session, entry_id), reason=reason)
    return Change(TOUCHES, entry_id)


@dataclass(frozen=True, slots=True)
class Unsigned:
    """An entry that waits for the signature of the person signed in, and whom it was for."""

    entry: TimeEntry
    patient: Patient


def read_unsigned(workspace: Workspace) -> tuple[Unsigned, ...]:
    """Give one's own unsigned entries, oldest first."""
    workspace.require(Permission.RECORD_TIME)
    look(workspace, "time.viewed")
    with workspace.database.read() as session:
        entries = time_entries.unsigned_of(session, workspace.staff.id)
        of = episodes.by_id(session, [entry.episode_id for entry in entries])
        found = patients.by_id(session, [episode.patient_id for episode in of.values()])
        return tuple(Unsigned(e, found[of[e.episode_id].patient_id]) for e in entries)


def read_entry(workspace: Workspace, entry_id: str) -> TimeEntry:
    workspace.require(Permission.SEE_CHART)
    with workspace.database.read() as session:
        return time_entries.get(session, entry_id)


def read_time(workspace: Workspace, episode_id: str) -> tuple[TimeEntry, ...]:
    """Give the time entries of an episode, oldest first."""
    workspace.require(Permission.SEE_CHART)
    look_at_episode(workspace, episode_id, ChartPart.BILLING)
    with workspace.database.read() as session:
        return tuple(time_entries.of_episode(session, episode_id, until=workspace.today()))


def read_outlook(
    workspace: Workspace, draft: TimeEntryDraft, *, corrects: TimeEntryId | None = None
) -> TimeOutlook:
    """Say what can be said of an entry while it is typed: its clock, overlaps, what counts.

    What is not typed whole says nothing yet.
    """
    workspace.require(Permission.RECORD_TIME)
    with workspace.database.read() as session:
        old = time_entries.get(session, corrects) if corrects else None
        try:
            whole = replace(draft, is_split=True)
            staff = staff_members.get(session, old.staff_id) if old else workspace.staff
            entries = [
                placed(entry, zone_of(workspace))
                for entry in _accepted(workspace, whole, staff=staff)
            ]
        except Refused:
            return TimeOutlook()
        patient_id = episodes.get(session, entries[0].episode_id).patient_id
        overlaps = (overlap_with(workspace, entry, but=old) for entry in entries)
        asked = (
            words
            for entry in entries
            for words in open_questions(workspace, entry, patient_id=patient_id, instead_of=old)
        )
        whole_entry = replace(entries[0], seconds=draft.seconds)
        agreed = consents_of(workspace, entries[0].episode_id)
        since, until = held_between(agreed, entries[0].worked_on)
        return TimeOutlook(
            clock=clock_words(whole_entry, zone_of(workspace)),
            overlap=next((problem.message for problem in overlaps if problem), ""),
            not_counted=tuple(will_not_count(entries[0], consented_on=since, withdrawn_on=until)),
            questions=tuple(dict.fromkeys(asked)),
            may_be_split=draft.runs_past_midnight and draft.contact_id is None,
        )


def _accepted(
    workspace: Workspace, draft: TimeEntryDraft, *, staff: StaffMember
) -> tuple[TimeEntry, ...]:
    with workspace.database.read() as session:
        closed_on = episodes.get(session, draft.episode_id).closed_on
    entries = draft.accept(staff=staff, today=workspace.today(), closed_on=closed_on)
    if draft.is_signed and staff.id == workspace.staff.id:
        stamp = workspace.stamp()
        entries = tuple(entry.signed(at=stamp.at, by=staff.id) for entry in entries)
    return entries
