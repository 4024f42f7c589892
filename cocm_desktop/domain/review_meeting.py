"""One weekly meeting of care manager and consultant, and what was changed of its agenda."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time
from enum import Enum

from cocm_desktop.domain.ids import EpisodeId, MeetingId, ReviewMeetingId, StaffId, new_id
from cocm_desktop.domain.review_priority import (
    LONGEST_MEETING_MINUTES,
    MEETING_MINUTES,
    TENTHS_OF_MINUTES_A_CASE,
    CarriedOver,
    Reason,
)
from cocm_desktop.domain.staff import FULL_TIME, StaffMember
from cocm_desktop.errors import Problem, Refused

STEP = 5
MOST_DAYS_AWAY = 366
LONGEST_NOTE = 1_000
SHORTEST_CASE_TENTHS, LONGEST_CASE_TENTHS = 10, 600


class MeetingState(Enum):
    PLANNED = "Planned"
    UNDER_WAY = "Under way"
    ENDED = "Ended"


class AgendaChoiceKind(Enum):
    """What a person did to the agenda that the rules propose."""

    ADD = "Added"
    LEAVE_OUT = "Left out"
    PUT_BACK = "Put back"
    MOVE = "Moved"


@dataclass(frozen=True, slots=True)
class AgendaChoice:
    """One change of the agenda; the latest of an episode holds.

    Leaving out has a `reason`; a move names the `place` on the agenda, the first being 1.
    """

    episode_id: EpisodeId
    kind: AgendaChoiceKind
    reason: str = ""
    place: int | None = None


@dataclass(frozen=True, slots=True)
class CaseTime:
    """How long a case was talked about, in seconds, as the program's clock ran beside it."""

    episode_id: EpisodeId
    seconds: int


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A patient of an agenda as it stood when the meeting began: reviewing ends the reasons.

    `since` keeps the turn: a plan that is changed at the meeting puts nobody in another place.
    """

    episode_id: EpisodeId
    reasons: tuple[Reason, ...]
    carried: CarriedOver | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class ReviewMeeting:
    """A meeting that is planned, under way or ended.

    `care_manager_ids` names whose caseloads it is about; none means everybody's. `cases` is empty
    until the meeting begins. `time_meeting_id` names the time that was shared when it ended.
    """

    id: ReviewMeetingId
    meets_on: date
    minutes: int = MEETING_MINUTES
    starts_at: time | None = None
    tenths_a_case: int = TENTHS_OF_MINUTES_A_CASE
    care_manager_ids: tuple[StaffId, ...] = ()
    consultant_id: StaffId | None = None
    note: str = ""
    ended_at: datetime | None = None
    choices: tuple[AgendaChoice, ...] = ()
    case_times: tuple[CaseTime, ...] = ()
    cases: tuple[HeldCase, ...] = ()
    time_meeting_id: MeetingId | None = None
    version: int = 1

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None

    def may_start(self, today: date) -> bool:
        """Whether its day has come: what is said at it is dated today."""
        return not self.is_ended and self.meets_on <= today

    def may_be_reopened(self, now: datetime) -> bool:
        """Whether it ended on the day of `now`: a mistake is noticed at once."""
        ended = self.ended_at
        return ended is not None and ended.astimezone(now.tzinfo).date() == now.date()

    def is_over(self, today: date) -> bool:
        """Whether whoever was not reached waits: nobody need remember to end a meeting for that."""
        return self.is_ended or (self.is_begun and self.meets_on < today)

    @property
    def is_begun(self) -> bool:
        """Whether its agenda is held as it stood, so that who was discussed stays on it."""
        return bool(self.cases)

    @property
    def state(self) -> MeetingState:
        if self.is_ended:
            return MeetingState.ENDED
        return MeetingState.UNDER_WAY if self.is_begun else MeetingState.PLANNED

    @property
    def turn(self) -> tuple[date, time, str]:
        """Its place among other meetings: one without a time of day comes first on its day."""
        return self.meets_on, self.starts_at or time(), self.id

    def is_about(self, care_manager_id: StaffId | None) -> bool:
        """Whether a caseload is talked about."""
        return not self.care_manager_ids or care_manager_id in self.care_manager_ids

    def left_out_by(self, episode_id: EpisodeId | None) -> AgendaChoice | None:
        """Give the choice by which a patient is left out, if the latest one does so: it holds."""
        found = (each for each in reversed(self.choices) if each.episode_id == episode_id)
        choice = next(found, None)
        is_out = choice is not None and choice.kind is AgendaChoiceKind.LEAVE_OUT
        return choice if is_out else None


def next_about(
    ahead: Iterable[ReviewMeeting], care_manager_id: StaffId | None
) -> ReviewMeeting | None:
    """Give the first of the meetings ahead about a care manager's caseload, or about any."""
    found = (each for each in ahead if care_manager_id is None or each.is_about(care_manager_id))
    return next(found, None)


@dataclass(frozen=True, slots=True)
class ReviewMeetingDraft:
    """What was typed about a meeting; without minutes it lasts as long as its caseloads need."""

    meets_on: date | None
    minutes: int | None = None
    starts_at: time | None = None
    tenths_a_case: int = TENTHS_OF_MINUTES_A_CASE
    care_manager_ids: tuple[StaffId, ...] = ()
    consultant_id: StaffId | None = None
    note: str = ""
    id: ReviewMeetingId = field(default_factory=lambda: ReviewMeetingId(new_id()))

    @classmethod
    def of(cls, meeting: ReviewMeeting) -> ReviewMeetingDraft:
        """Give what a person would have typed for a meeting."""
        return cls(**{each.name: getattr(meeting, each.name) for each in fields(cls)})

    def problems(self, *, today: date) -> Iterator[Problem]:
        if self.meets_on is None:
            yield Problem("meets_on", "Type the day of the meeting.")
        elif abs((self.meets_on - today).days) > MOST_DAYS_AWAY:
            yield Problem("meets_on", "This day is more than a year away. Check the year.")
        if self.minutes is not None and not 0 < self.minutes <= LONGEST_MEETING_MINUTES:
            yield Problem("minutes", f"A meeting lasts 1 to {LONGEST_MEETING_MINUTES} minutes.")
        if not SHORTEST_CASE_TENTHS <= self.tenths_a_case <= LONGEST_CASE_TENTHS:
            yield Problem("tenths_a_case", "A case takes 1 to 60 minutes.")
        if len(set(self.care_manager_ids)) < len(self.care_manager_ids):
            yield Problem("care_manager_ids", "A care manager is named twice.")
        if len(self.note) > LONGEST_NOTE:
            yield Problem("note", f"A note has at most {LONGEST_NOTE:,} characters.")

    def accept(self, *, today: date, usual_minutes: int) -> ReviewMeeting:
        """Give the meeting, or raise Refused with every problem at once."""
        problems = tuple(self.problems(today=today))
        if problems or self.meets_on is None:
            raise Refused(*problems)
        return ReviewMeeting(
            id=self.id,
            meets_on=self.meets_on,
            minutes=usual_minutes if self.minutes is None else self.minutes,
            starts_at=self.starts_at,
            tenths_a_case=self.tenths_a_case,
            care_manager_ids=self.care_manager_ids,
            consultant_id=self.consultant_id,
            note=self.note.strip(),
        )


def usual_minutes(care_managers: Iterable[StaffMember]) -> int:
    """Give how long a meeting about these caseloads lasts, to five minutes.

    Source: AIMS: three hours a week of consultation for a full-time care manager.
    """
    percent = sum(member.full_time_percent for member in care_managers)
    minutes = round(MEETING_MINUTES * percent / FULL_TIME / STEP) * STEP
    return min(max(minutes, STEP), LONGEST_MEETING_MINUTES) if percent else MEETING_MINUTES
