"""The weekly meetings of the sample clinic: those of the last weeks, and the next ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import partial

from cocm_desktop.actions.meeting_agenda import change_agenda, read_meeting_agenda
from cocm_desktop.actions.review_meeting import end_meeting, plan_meeting
from cocm_desktop.actions.sample.calendar import REVIEW_BEGINS, review_day
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.team import Team
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import ReviewMeetingId
from cocm_desktop.domain.review_meeting import AgendaChoice, AgendaChoiceKind, ReviewMeetingDraft
from cocm_desktop.domain.staff import StaffMember

WEEK = timedelta(weeks=1)
WEEKS_ON_RECORD = 2
STARTS_AT = time(REVIEW_BEGINS // 60, REVIEW_BEGINS % 60)
LEFT_OUT = (
    "Seen by the practitioner this week, letter on file",
    "On vacation until the end of the month",
)


@dataclass(frozen=True, slots=True)
class Meetings:
    """Each care manager meets the consultant on Wednesdays; the story's reviews fall into it."""

    book: Book
    team: Team

    def tell(self) -> None:
        following = self._next_day()
        for care_manager in self.team.care_managers:
            for weeks in range(WEEKS_ON_RECORD, 0, -1):
                day = following - weeks * WEEK
                meeting_id = self._plan(care_manager, day)
                end = partial(end_meeting, meeting_id=meeting_id)
                self.book.write(self.book.at(day, 13, 40), care_manager, end)
            self._look_ahead(care_manager, following)

    def _next_day(self) -> date:
        """Give the first Wednesday that is not over yet."""
        day = review_day(self.book.as_of)
        return day if day >= self.book.as_of else day + WEEK

    def _plan(self, care_manager: StaffMember, day: date) -> ReviewMeetingId:
        draft = ReviewMeetingDraft(
            day,
            starts_at=STARTS_AT,
            care_manager_ids=(care_manager.id,),
            consultant_id=self.team.consultant.id,
            id=ReviewMeetingId(sample_id(f"review meeting {care_manager.name}", day)),
        )
        planned_on = min(day - timedelta(days=2), self.book.as_of - timedelta(days=1))
        at = self.book.at(planned_on, 8, 40)
        self.book.write(at, care_manager, partial(plan_meeting, draft=draft))
        return draft.id

    def _look_ahead(self, care_manager: StaffMember, day: date) -> None:
        """Plan the next meeting, and leave somebody out of it."""
        meeting_id = self._plan(care_manager, day)
        reason = LEFT_OUT[self.team.care_managers.index(care_manager)]
        leave = partial(_leave_out_last, meeting_id=meeting_id, reason=reason)
        at = self.book.at(self.book.as_of - timedelta(days=1), 16, 50)
        self.book.write(at, care_manager, leave)


def _leave_out_last(workspace: Workspace, *, meeting_id: ReviewMeetingId, reason: str) -> None:
    """Leave out whoever stands last on the agenda, if it is not a matter of safety."""
    entries = read_meeting_agenda(workspace, meeting_id).agenda.entries
    last = next((entry for entry in reversed(entries) if not entry.is_safety), None)
    if last is not None and last.row.episode_id is not None:
        choice = AgendaChoice(last.row.episode_id, AgendaChoiceKind.LEAVE_OUT, reason)
        change_agenda(workspace, meeting_id, choice)
