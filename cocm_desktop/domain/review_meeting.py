"""One weekly meeting of care manager and consultant, and what was changed of its agenda."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum

from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId, StaffId
from cocm_desktop.domain.review_priority import MEETING_MINUTES, TENTHS_OF_MINUTES_A_CASE


class AgendaChoiceKind(Enum):
    """What a person did to the agenda that the rules propose."""

    ADD = "Added"
    DROP = "Dropped"
    PUT_BACK = "Put back"
    MOVE = "Moved"


@dataclass(frozen=True, slots=True)
class AgendaChoice:
    """One change of the agenda; the latest of an episode holds.

    A drop has a `reason`; a move names the `place` on the agenda, the first being 1.
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
class ReviewMeeting:
    """A meeting that is planned, under way or ended.

    `care_manager_ids` names whose caseloads it is about; none means everybody's.
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

    @property
    def is_ended(self) -> bool:
        return self.ended_at is not None
