"""The cards of the board of a day, and what one key does with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.due_item import (
    F_CONTACT,
    F_FIRST,
    F_INACTIVE,
    F_LONG,
    F_MEASURE,
    F_NO_CONTACT,
    F_STALE,
    R_SAFETY,
    DueItem,
    Rule,
)
from cocm_desktop.domain.follow_up import Due, NextDue
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.task import Task
from cocm_desktop.domain.today_capacity import Capacity


class Lane(Enum):
    """A column of the board."""

    OVERDUE = "Overdue"
    TODAY = "Today"
    SOON = "Next 7 days"
    WAITING = "Waiting on others"


_PLACES = {lane: place for place, lane in enumerate(Lane)}


class Act(Enum):
    """What one key does with a card, the most urgent first."""

    CLOSE_SAFETY = "Close safety task"
    CLOSE_EPISODE = "Close episode"
    RECORD_CONTACT = "Record contact"
    RECORD_MEASURE = "Record measure"
    SEE_TO_ADVICE = "See to the advice"
    OPEN_CHART = "Open chart"
    FINISH_TASK = "Finish task"

    @staticmethod
    def of_rule(rule: Rule) -> Act:
        return _ACTS.get(rule, Act.OPEN_CHART)


_ACTS = {
    R_SAFETY: Act.CLOSE_SAFETY,
    F_INACTIVE: Act.CLOSE_EPISODE,
    F_CONTACT: Act.RECORD_CONTACT,
    F_FIRST: Act.RECORD_CONTACT,
    F_NO_CONTACT: Act.RECORD_CONTACT,
    F_LONG: Act.RECORD_CONTACT,
    F_MEASURE: Act.RECORD_MEASURE,
    F_STALE: Act.RECORD_MEASURE,
}
_ORDER = list(Act)
_NEVER_LATER = frozenset({Act.CLOSE_SAFETY, Act.SEE_TO_ADVICE})


def _is_within(words: str, said: Sequence[str]) -> bool:
    return any(words.casefold() in each.casefold() for each in said if each != words)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a card is there: in the width of a card, in full, the day to act, and what to do.

    `told` is the full text, or the item of a rule, which writes its own when it is asked.
    """

    short: str
    told: DueItem | str
    day: date
    act: Act
    note: str = ""

    @property
    def why(self) -> str:
        return self.told if isinstance(self.told, str) else self.told.why


def act_of(reasons: Sequence[Reason], today: date) -> Act:
    """Give what to do first: the most urgent of what is due by today, or else of the next day."""
    by_day = max(today, min(each.day for each in reasons))
    return min((each.act for each in reasons if each.day <= by_day), key=_ORDER.index)


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to do, for one patient and one day. `row` is None for a task of its own.

    `note` says for whom it waits, that it was put off, or what was done.
    """

    key: str
    lane: Lane
    day: date
    title: str
    sort_name: str
    patient_id: PatientId | None
    reasons: tuple[Reason, ...]
    act: Act
    note: str = ""
    is_done: bool = False
    row: RegistryRow | None = None
    task: Task | None = None

    @property
    def is_safety(self) -> bool:
        return any(each.act is Act.CLOSE_SAFETY for each in self.reasons)

    @property
    def can_put_off(self) -> bool:
        """Whether it can wait: an open task, or what is due for a patient but safety alone."""
        if self.is_done or self.lane is Lane.WAITING:
            return False
        return self.task is not None or any(each.act not in _NEVER_LATER for each in self.reasons)

    @property
    def words(self) -> str:
        """Why it is there, in the width of a card: PHQ-9 49 d old says that the PHQ-9 is due."""
        said = list(dict.fromkeys(each.short for each in self.reasons))
        return " · ".join(words for words in said if not _is_within(words, said))

    @property
    def why(self) -> str:
        """Answer "why is this here?", a line a reason."""
        return "\n".join(each.why for each in self.reasons) or self.note

    @property
    def place(self) -> tuple[int, bool, bool, date, str, str]:
        """Where it stands: by column, what is done last, safety first, then by day and name."""
        return (
            _PLACES[self.lane],
            self.is_done,
            not self.is_safety,
            self.day,
            self.sort_name,
            self.key,
        )

    def due_words(self, today: date) -> str:
        return "Done" if self.is_done else NextDue(self.day, Due.CONTACT).words(today)


@dataclass(frozen=True, slots=True)
class Board:
    """The cards of a day, in their order."""

    today: date
    cards: tuple[Card, ...]
    capacity: Capacity | None
    next_review_on: date | None = None

    def lane(self, lane: Lane) -> tuple[Card, ...]:
        return tuple(card for card in self.cards if card.lane is lane)

    def open_in(self, lane: Lane) -> int:
        return sum(not card.is_done for card in self.lane(lane))

    @property
    def left(self) -> int:
        """What is still to be done today."""
        return self.open_in(Lane.OVERDUE) + self.open_in(Lane.TODAY)

    @property
    def done(self) -> int:
        return sum(card.is_done for card in self.cards)

    @property
    def measures_soon(self) -> int:
        """How many patients' scores fall due in the days ahead."""
        return sum(
            any(each.act is Act.RECORD_MEASURE for each in card.reasons)
            for card in self.lane(Lane.SOON)
        )
