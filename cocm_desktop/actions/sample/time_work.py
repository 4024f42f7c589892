"""What the sample clinic's log of time shows besides: a meeting, a slip, a missing signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial

from cocm_desktop.actions.episode import read_latest_episode
from cocm_desktop.actions.meeting import record_meeting
from cocm_desktop.actions.sample.calendar import working_day
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.team import Team
from cocm_desktop.actions.time_entry import correct_time, record_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, MeetingId, PatientId, StaffId, TimeEntryId
from cocm_desktop.domain.meeting import MeetingDraft, Share
from cocm_desktop.domain.time_entry import Activity, ManualReason, TimeEntryDraft

ABOUT = "Alvarez"
DISCUSSED = ("Alvarez", "Dubois", "Grady")
MEETING_AT, MEETING_MINUTES = time(17, 5), 25


@dataclass(frozen=True, slots=True)
class TimeWork:
    """Writes it into the book. A patient whom the story leaves out is left out here too."""

    book: Book
    team: Team
    patients: Mapping[str, PatientId]

    def tell(self) -> None:
        manager = self.team.care_managers[0]
        day = working_day(self.book.as_of - timedelta(days=1))
        if ABOUT in self.patients:
            patient_id = self.patients[ABOUT]
            slip = partial(_slip, patient_id=patient_id, day=day)
            self.book.write(self.book.at(day, 17, 40), manager, slip)
            unsigned = partial(_leave_unsigned, patient_id=patient_id, day=day)
            self.book.write(self.book.at(day, 17, 45), manager, unsigned)
        discussed = tuple(self.patients[name] for name in DISCUSSED if name in self.patients)
        if discussed:
            held_on = working_day(self.book.as_of - timedelta(days=2))
            attendees = (manager.id, self.team.consultant.id)
            meeting = partial(_meet, patients=discussed, attendees=attendees, day=held_on)
            self.book.write(self.book.at(held_on, 17, 35), manager, meeting)


def _slip(workspace: Workspace, *, patient_id: PatientId, day: date) -> None:
    """Record an attempt from a paper note, read it wrong, and set it right."""
    old, new = (TimeEntryId(sample_id(f"slip {part}", day)) for part in ("old", "new"))
    draft = TimeEntryDraft(
        _episode(workspace, patient_id),
        day,
        12,
        Activity.OUTREACH,
        manual_reason=ManualReason.PAPER_NOTE,
        note="No answer at work; left a message at home",
        is_confirmed=True,
        id=old,
    )
    record_time(workspace, draft)
    right = TimeEntryDraft(
        draft.episode_id, day, 2, draft.activity, note=draft.note, is_confirmed=True, id=new
    )
    correct_time(workspace, old, right, reason="Read 12 for 2 on the note")


def _leave_unsigned(workspace: Workspace, *, patient_id: PatientId, day: date) -> None:
    draft = TimeEntryDraft(
        _episode(workspace, patient_id),
        day,
        4,
        Activity.REGISTRY,
        manual_reason=ManualReason.AWAY,
        is_signed=False,
        is_confirmed=True,
        id=TimeEntryId(sample_id("unsigned", day)),
    )
    record_time(workspace, draft)


def _meet(
    workspace: Workspace,
    *,
    patients: tuple[PatientId, ...],
    attendees: tuple[StaffId, ...],
    day: date,
) -> None:
    draft = MeetingDraft(
        day,
        MEETING_MINUTES,
        attendees,
        tuple(Share(_episode(workspace, patient_id)) for patient_id in patients),
        started_at=MEETING_AT,
        note="Questions that could not wait for the weekly review",
        is_confirmed=True,
        id=MeetingId(sample_id("meeting", day)),
    )
    record_meeting(workspace, draft)


def _episode(workspace: Workspace, patient_id: PatientId) -> EpisodeId:
    return read_latest_episode(workspace, patient_id).id
