"""Recording and withdrawing joint meetings with the time of everybody for every patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.time_keeping import (
    keep,
    open_questions,
    require_answers,
    withdraw,
    zone_of,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.meeting import Meeting, MeetingDraft, after_closing, on_the_clock
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.domain.time_entry import TimeEntry
from cocm_desktop.domain.time_overlap import instant_of
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, review_time
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import meeting as meetings
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import time_entry as time_entries

TOUCHES = Topic.TIME | Topic.BILLING


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """What a meeting gave one person for one patient."""

    entry: TimeEntry
    patient: Patient
    staff: StaffMember


@dataclass(frozen=True, slots=True)
class HeldMeeting:
    meeting: Meeting
    time: tuple[MeetingTime, ...]

    @property
    def attendees(self) -> tuple[StaffMember, ...]:
        return tuple({each.staff.id: each.staff for each in self.time}.values())

    @property
    def patients(self) -> tuple[Patient, ...]:
        return tuple({each.patient.id: each.patient for each in self.time}.values())


def record_meeting(workspace: Workspace, draft: MeetingDraft) -> Change:
    """Store the meeting and everybody's time: one's own is signed, the others' waits for them."""
    workspace.require(Permission.RECORD_TIME)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if meetings.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        members = _attendees(workspace, draft.attendees)
        meeting, entries = draft.accept(attendees=members, today=workspace.today())
        of = _patients_of(workspace, meeting, entries)
        if not draft.is_confirmed:
            _require_usual(workspace, entries, of)
        if meeting.started_at is not None:
            began_at = instant_of(meeting.held_on, meeting.started_at, zone_of(workspace))
            meeting = replace(meeting, began_at=began_at)
            entries = tuple(on_the_clock(each, meeting, zone_of(workspace)) for each in entries)
        meetings.add(session, meeting, stamp)
        audit.write(session, stamp, audit.created("meeting.recorded", meeting.id))
        for entry in entries:
            is_own = entry.staff_id == workspace.staff.id and draft.is_signed
            kept = entry.signed(at=stamp.at, by=workspace.staff.id) if is_own else entry
            keep(workspace, kept, patient_id=of[entry.episode_id].id)
    return Change(TOUCHES, draft.id)


def void_meeting(workspace: Workspace, meeting_id: str, *, reason: str) -> Change:
    """Withdraw a meeting with all its time, keeping both."""
    workspace.require(Permission.VOID_RECORD)
    reason = needed_reason(reason)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        for entry in time_entries.of_meeting(session, meeting_id):
            withdraw(workspace, entry, reason=reason)
        meetings.void_meeting(session, meeting_id, stamp, reason=reason)
        review_time.forget_time_meeting(session, meeting_id)
        audit.write(session, stamp, audit.voided("meeting.voided", meeting_id, reason=reason))
    return Change(TOUCHES, meeting_id)


def read_meetings(workspace: Workspace, month: ServiceMonth) -> tuple[HeldMeeting, ...]:
    """Give a month's meetings, oldest first."""
    workspace.require(Permission.SEE_CHART)
    with workspace.database.read() as session:
        held = meetings.between(session, month.first_day, month.last_day)
        members = {member.id: member for member in staff_members.everyone(session)}
        entries = {each.id: time_entries.of_meeting(session, each.id) for each in held}
        every = [entry for found in entries.values() for entry in found]
        of = episodes.by_id(session, [entry.episode_id for entry in every])
        people = patients.by_id(session, [episode.patient_id for episode in of.values()])
        return tuple(
            HeldMeeting(
                meeting,
                tuple(
                    MeetingTime(e, people[of[e.episode_id].patient_id], members[e.staff_id])
                    for e in entries[meeting.id]
                ),
            )
            for meeting in held
        )


def read_attendees(workspace: Workspace) -> tuple[StaffMember, ...]:
    """Give everybody who may take part in a meeting about patients, by name."""
    workspace.require(Permission.RECORD_TIME)
    with workspace.database.read() as session:
        everyone = staff_members.everyone(session)
    return tuple(member for member in everyone if member.may(Permission.RECORD_TIME))


def _require_usual(
    workspace: Workspace, entries: tuple[TimeEntry, ...], of: Mapping[str, Patient]
) -> None:
    """Ask about one's own time; of the others' one cannot know."""
    own = (entry for entry in entries if entry.staff_id == workspace.staff.id)
    asked = (
        words
        for entry in own
        for words in open_questions(workspace, entry, patient_id=of[entry.episode_id].id)
    )
    require_answers(tuple(dict.fromkeys(asked)), is_confirmed=False)


def _attendees(workspace: Workspace, chosen: tuple[StaffId, ...]) -> tuple[StaffMember, ...]:
    with workspace.database.read() as session:
        members = tuple(staff_members.get(session, staff_id) for staff_id in dict.fromkeys(chosen))
    for member in members:
        if not member.may(Permission.RECORD_TIME):
            words = f"{member.name} has no clinical role, so this time is not theirs to give."
            raise Refused(Problem("attendees", words))
    return members


def _patients_of(
    workspace: Workspace, meeting: Meeting, entries: tuple[TimeEntry, ...]
) -> dict[str, Patient]:
    """Give the patient of each episode; refuse one whose episode had closed before."""
    found: dict[str, Patient] = {}
    with workspace.database.read() as session:
        for episode_id in dict.fromkeys(entry.episode_id for entry in entries):
            episode = episodes.get(session, episode_id)
            patient = found[episode_id] = patients.get(session, episode.patient_id)
            if episode.closed_on and meeting.held_on > episode.closed_on:
                raise Refused(after_closing(patient.name, episode.closed_on))
    return found
