"""Storing and withdrawing time inside the caller's transaction, however it was recorded."""

from __future__ import annotations

from datetime import tzinfo

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.time_entry import TimeEntry
from cocm_desktop.domain.time_overlap import clock_words, overlap_problem, overlapping, placed
from cocm_desktop.domain.time_questions import Spent, questions, questions_of_end
from cocm_desktop.domain.timer_draft import questions_beside
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import consent as consents
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import time_entry as time_entries
from cocm_desktop.storage import timer as timers


def zone_of(workspace: Workspace) -> tzinfo:
    """Give the practice's time zone, which its clock carries."""
    zone = workspace.now().tzinfo
    if zone is None:
        raise ValueError("the clock has no zone")
    return zone


def keep(workspace: Workspace, entry: TimeEntry, *, patient_id: str) -> TimeEntry:
    """Store an entry, unless the same person's clock has a part of it already."""
    entry = placed(entry, zone_of(workspace))
    if problem := overlap_with(workspace, entry):
        raise Refused(problem)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        time_entries.add(session, entry, stamp, patient_id=patient_id)
        note = audit.created("time.recorded", entry.id, patient_id)
        audit.write(session, stamp, note)
    return entry


def withdraw(workspace: Workspace, entry: TimeEntry, *, reason: str) -> None:
    """Void an entry, keeping it. One's own may be voided by whoever may record it."""
    if entry.staff_id != workspace.staff.id:
        workspace.require(Permission.VOID_RECORD)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        patient_id = episodes.get(session, entry.episode_id).patient_id
        time_entries.void_entry(session, entry.id, stamp, reason=reason)
        note = audit.voided("time.voided", entry.id, reason=reason, patient_id=patient_id)
        audit.write(session, stamp, note)


def overlap_with(
    workspace: Workspace, entry: TimeEntry, *, but: TimeEntry | None = None
) -> Problem | None:
    """Say which entry of the same person shares clock time with this one, of whatever patient.

    `but` is left out of sight: the entry that this one corrects.
    """
    with workspace.database.read() as session:
        same_day = time_entries.of_staff_on(session, entry.staff_id, entry.worked_on)
        seen = (each for each in same_day if but is None or each.id != but.id)
        other = overlapping(entry, seen)
        if other is None:
            return None
        whose = "your"
        if other.staff_id != workspace.staff.id:
            whose = f"{staff_members.get(session, other.staff_id).name}'s"
        patient = patients.get(session, episodes.get(session, other.episode_id).patient_id)
    clock = clock_words(other, zone_of(workspace))
    return overlap_problem(clock, whose=whose, patient=patient.last_name.upper())


def open_questions(
    workspace: Workspace, entry: TimeEntry, *, patient_id: str, instead_of: TimeEntry | None = None
) -> tuple[str, ...]:
    """Ask about what is unusual, with what is on file already; `instead_of` is not on file then."""
    month = ServiceMonth.of(entry.worked_on)
    with workspace.database.read() as session:
        spent = Spent(
            time_entries.seconds_of_day(session, entry.staff_id, entry.worked_on, but=instead_of),
            time_entries.seconds_of_month(session, patient_id, month, but=instead_of),
        )
        timer = timers.open_of(session, entry.staff_id)
    asked = questions_of_end(placed(entry, zone_of(workspace)), workspace.now())
    return (*questions(entry, spent), *asked, *questions_beside(timer, entry))


def require_usual(workspace: Workspace, entry: TimeEntry, *, patient_id: str) -> None:
    """Refuse what is unusual until somebody has said that it is right."""
    require_answers(open_questions(workspace, entry, patient_id=patient_id), is_confirmed=False)


def require_answers(asked: tuple[str, ...], *, is_confirmed: bool) -> None:
    """Refuse until the questions are answered."""
    if asked and not is_confirmed:
        raise Refused(*(Problem("is_confirmed", words) for words in asked))


def consents_of(workspace: Workspace, episode_id: EpisodeId) -> tuple[Consent, ...]:
    with workspace.database.read() as session:
        return consents.of_episodes(session, [episode_id]).get(episode_id, ())
