"""How answers become a number, and what the number is called: totals, subscales, cut-offs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from cocm_desktop.domain.instrument_item import Answers, Condition, Item
from cocm_desktop.domain.patient import Sex

TOTAL = "total"
"""The id of the scale that is the instrument's own total."""


class ScaleKind(Enum):
    """How a scale is made of its items."""

    SUM = "Sum"
    COUNT = "Count at or above"


class Purpose(Enum):
    """What a cut-off is for. The value is the words on screen."""

    SCREEN = "Positive screen"
    SENSITIVE = "More sensitive cut"
    SPECIFIC = "More specific cut"
    CRITERIA = "Pattern of criteria"
    REMISSION = "Remission"


class Direction(Enum):
    """Which end of the scale is the better one."""

    HIGHER_IS_WORSE = "Higher is worse"
    HIGHER_IS_BETTER = "Higher is better"


@dataclass(frozen=True, slots=True)
class Band:
    """A range of totals with its word; `level` 1 (least) to 5 draws the bars of the chip."""

    name: str
    short: str
    lowest: int
    highest: int
    level: int
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Scale:
    """A number made of some items.

    A sum may be multiplied by a factor; a count takes the items at or above `counted_from`, one
    mark for each item. Where the `gate` does not hold, the value is 0 whatever else is answered.
    """

    id: str
    name: str
    kind: ScaleKind
    items: tuple[Item, ...]
    factor: int = 1
    counted_from: tuple[int, ...] = ()
    gate: Condition | None = None
    bands: tuple[Band, ...] = ()
    loinc: str = ""
    confirmed: bool = True

    @property
    def lowest(self) -> int:
        if self.kind is ScaleKind.COUNT or self.gate:
            return 0
        return self.factor * sum(0 if i.asked_when else i.lowest for i in self.items)

    @property
    def highest(self) -> int:
        if self.kind is ScaleKind.COUNT:
            return len(self.items)
        return self.factor * sum(item.highest for item in self.items)

    def band_of(self, value: int) -> Band | None:
        return next((b for b in self.bands if b.lowest <= value <= b.highest), None)

    def value(self, answers: Answers, skipped: Collection[int] = ()) -> int | None:
        """Work out the number; None where an answer is missing, which is never zero.

        A blank counts nothing where the item was not to be asked.
        """
        is_open = self.gate is None or self.gate.holds(answers, skipped)
        if not is_open:
            return None if is_open is None else 0
        value = 0
        for place, item in enumerate(self.items):
            answer = answers[item.number - 1]
            if answer is None:
                if item.number not in skipped:
                    return None
            else:
                value += self._worth(place, item, answer)
        return value * self.factor

    def can_be(self, value: int, answers: Answers) -> bool:
        """Tell whether a form with these answers may have this value, whatever else it says."""
        low = high = 0
        for place, item in enumerate(self.items):
            answer = answers[item.number - 1]
            if answer is not None:
                low += self._worth(place, item, answer)
                high += self._worth(place, item, answer)
            elif self.kind is ScaleKind.COUNT:
                high += 1
            else:
                low += 0 if item.asked_when else item.lowest
                high += item.highest
        sum_of_items, rest = divmod(value, self.factor)
        return rest == 0 and (0 if self.gate else low) <= sum_of_items <= high

    def _worth(self, place: int, item: Item, answer: int) -> int:
        return answer >= self.counted_from[place] if self.counted_from else item.points(answer)

    def estimate(
        self, answers: Answers, skipped: Collection[int], *, allowed_missing: int
    ) -> int | None:
        """Guess a sum from the mean of the answers that are there, rounded half up.

        None where nothing or too much is missing. Never a total: it is shown as an estimate.
        """
        pairs = [(item, answers[item.number - 1]) for item in self.items]
        given = [item.points(answer) for item, answer in pairs if answer is not None]
        missing = sum(answer is None and item.number not in skipped for item, answer in pairs)
        if self.kind is ScaleKind.COUNT or not given or not 0 < missing <= allowed_missing:
            return None
        asked = len(given) + missing
        return (2 * sum(given) * asked + len(given)) // (2 * len(given)) * self.factor


@dataclass(frozen=True, slots=True)
class CutOff:
    """A rule that a form meets or not: a value of a scale, and conditions on single items.

    With `at_least` and `at_most` both None only the conditions count. `sex` limits it to one.
    """

    purpose: Purpose
    name: str
    scale: str = TOTAL
    at_least: int | None = None
    at_most: int | None = None
    conditions: tuple[Condition, ...] = ()
    sex: Sex | None = None
    source: str = ""
    confirmed: bool = True

    @property
    def has_mark(self) -> bool:
        return self.at_least is not None or self.at_most is not None

    def is_met(
        self, value: int | None, answers: Answers, skipped: Collection[int] = ()
    ) -> bool | None:
        """Tell whether it is met; None while answers that would decide it are missing."""
        parts = [condition.holds(answers, skipped) for condition in self.conditions]
        if self.has_mark:
            parts.append(None if value is None else self._is_reached(value))
        if False in parts:
            return False
        return None if None in parts else True

    def _is_reached(self, value: int) -> bool:
        if self.at_least is not None and value < self.at_least:
            return False
        return self.at_most is None or value <= self.at_most


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a form meets a cut-off; None while it cannot be said."""

    cut_off: CutOff
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class TriageRow:
    """A row of an instrument's own published triage: it applies when one condition holds."""

    name: str
    conditions: tuple[Condition, ...]
    level: int


@dataclass(frozen=True, slots=True)
class Triage:
    """The instrument's published triage, gravest row first. The words are the publisher's."""

    title: str
    rows: tuple[TriageRow, ...]
    otherwise: str
    source: str
    confirmed: bool = True

    def of(self, answers: Answers, skipped: Collection[int] = ()) -> TriageResult:
        """Find the first row that applies. Missing answers can only make it graver."""
        is_final = True
        for row in self.rows:
            held = [condition.holds(answers, skipped) for condition in row.conditions]
            if True in held:
                return TriageResult(row.name, row.level, is_final=is_final)
            is_final = is_final and None not in held
        return TriageResult(self.otherwise if is_final else "", 0, is_final=is_final)


@dataclass(frozen=True, slots=True)
class TriageResult:
    """What the published triage says of a form; `name` is empty while it says nothing yet."""

    name: str
    level: int
    is_final: bool
