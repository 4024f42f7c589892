"""Sharing the minutes of a caseload review into its patients' time, and taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cocm_desktop.actions.meeting import record_meeting, void_meeting
from cocm_desktop.actions.time_keeping import require_answers
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.meeting import MeetingDraft
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.review_time import (
    ReviewTimeDraft,
    meeting_time,
    seconds_discussed,
    usual_attendees,
)
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.time_questions import exact
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import review as reviews
from cocm_desktop.storage import review_meeting as meetings
from cocm_desktop.storage import review_time
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import time_entry as time_entries

TOUCHES = Topic.TIME | Topic.BILLING
SHARED_ANEW = "The time of the caseload review was shared anew"


@dataclass(frozen=True, slots=True)
class TimeShare:
    """What a patient gets of the meeting, and whose time it is."""

    patient: Patient
    seconds: int
    of: tuple[StaffMember, ...]


@dataclass(frozen=True, slots=True)
class SharedTime:
    """A meeting's time before it is kept: `minutes` is its length."""

    minutes: int
    attendees: tuple[StaffMember, ...]
    shares: tuple[TimeShare, ...]

    @property
    def seconds(self) -> int:
        return sum(share.seconds for share in self.shares)


def share_meeting_time(workspace: Workspace, draft: ReviewTimeDraft) -> Change:
    """Keep the time of a review meeting; where nobody was talked about, there is none.

    What is unusual is refused in the name of `is_confirmed`, until somebody says it is right.
    """
    workspace.require(Permission.RECORD_TIME)
    with workspace.database.write() as session:
        if before := review_time.time_meeting_of(session, draft.review_meeting_id):
            if before == draft.id:
                return Change(TOUCHES, draft.id)
            words = "The time of this meeting is recorded; withdraw it to share it anew."
            raise Refused(Problem("review_meeting_id", words))
        shared = _meeting_draft(workspace, draft)
        if not shared.shares:
            return Change(TOUCHES, draft.review_meeting_id)
        require_answers(_twice(workspace, shared), is_confirmed=draft.is_confirmed)
        change = record_meeting(workspace, shared)
        session.flush()
        review_time.keep_time_meeting(session, draft.review_meeting_id, shared.id)
    return change


def share_anew(workspace: Workspace, draft: ReviewTimeDraft) -> Change:
    """Take back what was shared and share it again: replies may be keyed after the meeting."""
    with workspace.database.write():
        withdraw_meeting_time(workspace, draft.review_meeting_id, reason=SHARED_ANEW)
        return share_meeting_time(workspace, draft)


def withdraw_meeting_time(workspace: Workspace, review_meeting_id: str, *, reason: str) -> Change:
    """Take the time of a review meeting back, keeping it; where there is none, nothing is done."""
    with workspace.database.write() as session:
        time_meeting_id = review_time.time_meeting_of(session, review_meeting_id)
        if time_meeting_id is not None:
            void_meeting(workspace, time_meeting_id, reason=reason)
    return Change(TOUCHES, review_meeting_id)


def read_meeting_time(workspace: Workspace, draft: ReviewTimeDraft) -> SharedTime:
    """Give what sharing would record, before it is done."""
    workspace.require(Permission.RECORD_TIME)
    with workspace.database.read() as session:
        shared = _meeting_draft(workspace, draft)
        members = {each: staff_members.get(session, each) for each in shared.attendees}
        of = _episodes_of(workspace, tuple(share.episode_id for share in shared.shares))
        people = patients.by_id(session, [patient_id for patient_id, _ in of.values()])
    return SharedTime(
        minutes=shared.minutes,
        attendees=tuple(members.values()),
        shares=tuple(
            TimeShare(
                people[of[share.episode_id][0]], seconds, tuple(members[each] for each in share.of)
            )
            for share, seconds in zip(shared.shares, shared.share_seconds, strict=True)
        ),
    )


def _meeting_draft(workspace: Workspace, draft: ReviewTimeDraft) -> MeetingDraft:
    with workspace.database.read() as session:
        meeting = meetings.get(session, draft.review_meeting_id)
        held = reviews.of_meeting(session, draft.review_meeting_id)
        discussed = seconds_discussed(meeting, held)
        managers = {
            key: manager for key, (_, manager) in _episodes_of(workspace, tuple(discussed)).items()
        }
        chosen = draft.attendees or usual_attendees(meeting, managers, held)
        attendees = [staff_members.get(session, each) for each in chosen or (workspace.staff.id,)]
    return meeting_time(meeting, draft, discussed=discussed, managers=managers, attendees=attendees)


def _twice(workspace: Workspace, shared: MeetingDraft) -> tuple[str, ...]:
    """Ask about case review of the same day that was recorded by itself: it would count twice."""
    if shared.held_on is None:
        return ()
    asked = []
    with workspace.database.read() as session:
        about = _episodes_of(workspace, tuple(share.episode_id for share in shared.shares))
        for staff_id in shared.attendees:
            for entry in time_entries.of_staff_on(session, staff_id, shared.held_on):
                if entry.activity is Activity.CASE_REVIEW and entry.episode_id in about:
                    name = patients.get(session, about[entry.episode_id][0]).name
                    told = f"{exact(entry.seconds)} of case review for {name} on that day"
                    asked.append(f"{told} are recorded already; is the meeting's time besides it?")
    return tuple(dict.fromkeys(asked))


def _episodes_of(
    workspace: Workspace, episode_ids: tuple[EpisodeId, ...]
) -> Mapping[EpisodeId, tuple[PatientId, StaffId]]:
    """Give the patient and the care manager of each episode."""
    with workspace.database.read() as session:
        found = episodes.by_id(session, list(episode_ids))
    return {key: (found[key].patient_id, found[key].care_manager_id) for key in episode_ids}
