"""What the patient wants to reach, and how far it came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import EpisodeId, GoalId, new_id
from cocm_desktop.errors import Problem, Refused

LONGEST_WORDS = 200


class GoalState(Enum):
    OPEN = "Open"
    PARTLY_MET = "Partly met"
    MET = "Met"
    DROPPED = "Dropped"

    @property
    def is_settled(self) -> bool:
        return self in {GoalState.MET, GoalState.DROPPED}


@dataclass(frozen=True, slots=True)
class GoalStep:
    """How far a goal had come by a day."""

    noted_on: date
    state: GoalState


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal in the patient's own words, personal and measurable. `state` is the last known.

    `measured_by` says how they will know that it is reached. `steps` are oldest first.
    """

    id: GoalId
    episode_id: EpisodeId
    words: str
    set_on: date
    state: GoalState = GoalState.OPEN
    state_on: date | None = None
    measured_by: str = ""
    steps: tuple[GoalStep, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalDraft:
    episode_id: EpisodeId
    words: str
    set_on: date | None
    measured_by: str = ""
    id: GoalId = field(default_factory=lambda: GoalId(new_id()))

    def problems(self, *, today: date) -> Iterator[Problem]:
        if not self.words.strip():
            yield Problem("words", "Write the goal in the patient's own words.")
        elif len(self.words) > LONGEST_WORDS:
            yield Problem("words", f"A goal has at most {LONGEST_WORDS} characters.")
        if len(self.measured_by) > LONGEST_WORDS:
            yield Problem("measured_by", f"At most {LONGEST_WORDS} characters.")
        if self.set_on is None:
            yield Problem("set_on", "Type the day on which the goal was set.")
        elif self.set_on > today:
            yield Problem("set_on", "A goal cannot be set in the future.")

    def accept(self, *, today: date) -> Goal:
        problems = tuple(self.problems(today=today))
        if problems or self.set_on is None:
            raise Refused(*problems)
        return Goal(
            self.id,
            self.episode_id,
            self.words.strip(),
            self.set_on,
            measured_by=self.measured_by.strip(),
        )
