"""A validated scale: its items, how it is scored, what its totals are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NewType

from cocm_desktop.domain.instrument_item import Answers, Condition, Item, Option, skipped_items
from cocm_desktop.domain.instrument_scale import (
    TOTAL,
    Band,
    CutOff,
    Direction,
    Purpose,
    Scale,
    ScaleKind,
    Triage,
    TriageResult,
    Verdict,
)
from cocm_desktop.domain.patient import Sex
from cocm_desktop.errors import Problem, Refused

__all__ = [
    "GAD7",
    "PHQ9",
    "TOTAL",
    "Band",
    "Condition",
    "CutOff",
    "Direction",
    "Instrument",
    "InstrumentId",
    "Item",
    "Option",
    "Purpose",
    "Scale",
    "ScaleKind",
    "ScoredAnswers",
    "Triage",
    "TriageResult",
    "Verdict",
]

InstrumentId = NewType("InstrumentId", str)
PHQ9 = InstrumentId("PHQ-9")
GAD7 = InstrumentId("GAD-7")
_NOTHING: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Ages:
    """Whom a form is for, in whole years; None where there is no bound."""

    lowest: int | None = None
    highest: int | None = None
    confirmed: bool = True

    @property
    def words(self) -> str:
        if self.lowest is None and self.highest is None:
            return "Any age"
        if self.highest is None:
            return f"{self.lowest} and older"
        return f"{self.lowest or 0} to {self.highest}"

    def fits(self, age: int) -> bool:
        return (self.lowest or 0) <= age and (self.highest is None or age <= self.highest)


@dataclass(frozen=True, slots=True)
class MissingRule:
    """How many answers may be missing for an estimate. A total needs them all, always."""

    allowed: int = 0
    source: str = ""
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class LoincCode:
    """A code with the day on which somebody compared it with loinc.org; None: not checked."""

    code: str
    checked_on: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Instrument:
    """A definition. `version` names it in every measure: it is never changed once in use.

    `total` is None where the instrument has none, such as a triage. `difficulty` is the question
    about function that some forms end with; it is never scored.
    """

    id: InstrumentId
    version: int
    title: str
    lead: str
    recall: str
    respondent: str
    ages: Ages
    direction: Direction
    items: tuple[Item, ...]
    options: tuple[Option, ...]
    total: Scale | None
    subscales: tuple[Scale, ...]
    cut_offs: tuple[CutOff, ...]
    triage: Triage | None
    missing: MissingRule
    difficulty: str
    difficulty_options: tuple[Option, ...]
    panel_code: LoincCode | None
    total_code: LoincCode | None
    source: str
    licence: str
    may_ship_wording: bool
    note: str
    unconfirmed: tuple[str, ...] = ()

    @property
    def bands(self) -> tuple[Band, ...]:
        return self.total.bands if self.total else ()

    @property
    def highest_total(self) -> int:
        return self.total.highest if self.total else 0

    @property
    def has_wording(self) -> bool:
        """Whether the questions are here in words; else only their numbers are."""
        return any(item.words for item in self.items)

    @cached_property
    def critical_items(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.critical_from is not None)

    @property
    def remission_below(self) -> int:
        """Totals below it are remission; 0 where the instrument defines none: nothing is below."""
        for cut_off in self.cut_offs:
            is_of_total = cut_off.purpose is Purpose.REMISSION and cut_off.scale == TOTAL
            if is_of_total and cut_off.at_most is not None:
                return cut_off.at_most + 1
        return 0

    @property
    def scales(self) -> tuple[Scale, ...]:
        """The total, where there is one, and the subscales."""
        return (self.total, *self.subscales) if self.total else self.subscales

    def band_of(self, total: int) -> Band | None:
        return self.total.band_of(total) if self.total else None

    def words_of(self, total: int) -> str:
        """Say a total with its band, where the instrument has bands: 14, moderate."""
        band = self.band_of(total)
        return f"{total}, {band.name.lower()}" if band else str(total)

    def critical_answers(self, answers: Answers) -> tuple[tuple[Item, int], ...]:
        """Give each critical item that was answered, with its answer: not asked is not zero."""
        return tuple(
            (item, answer)
            for item in self.critical_items
            if (answer := answers[item.number - 1]) is not None
        )

    def score(self, answers: Sequence[int | None], sex: Sex | None = None) -> ScoredAnswers:
        """Score the answers. A missing answer is never zero: the total is then None.

        Raises Refused when the number of answers or one of them does not fit the instrument.
        """
        if problems := self.answer_problems(answers):
            raise Refused(*problems)
        skipped = self.skipped(answers, sex)
        total = self.total.value(answers, skipped) if self.total else None
        critical = self.critical_answers(answers)
        blank = [number for number, answer in enumerate(answers, start=1) if answer is None]
        missing = len(blank) - len(skipped.intersection(blank))
        return ScoredAnswers(
            answers=tuple(answers),
            total=total,
            answered=len(answers) - len(blank),
            asked=len(answers) - len(blank) + missing,
            is_complete=missing == 0 if self.total is None else total is not None,
            band=self.band_of(total) if total is not None else None,
            critical=tuple((i.number, answer) for i, answer in critical if i.is_raised_by(answer)),
            highest_critical=max((answer for _, answer in critical), default=None),
            estimate=self._estimate(answers, skipped) if total is None else None,
        )

    def subscale_values(
        self, answers: Answers, sex: Sex | None = None
    ) -> tuple[tuple[Scale, int | None], ...]:
        """Give each subscale with its value, None where an answer is missing."""
        skipped = self.skipped(answers, sex)
        return tuple((scale, scale.value(answers, skipped)) for scale in self.subscales)

    def verdicts(
        self, answers: Answers, sex: Sex | None = None, *, total: int | None = None
    ) -> tuple[Verdict, ...]:
        """Hold a form against each cut-off; those of one sex only where that is on file.

        `total` is the one on the form, where only that was typed.
        """
        skipped = self.skipped(answers, sex)
        values = {scale.id: scale.value(answers, skipped) for scale in self.scales}
        if total is not None:
            values[TOTAL] = total
        return tuple(
            Verdict(cut_off, cut_off.is_met(values.get(cut_off.scale), answers, skipped))
            for cut_off in self.cut_offs
            if cut_off.sex is None or cut_off.sex is sex
        )

    def triage_of(self, answers: Answers) -> TriageResult | None:
        """Say the instrument's own published triage, in its words; None where it has none."""
        return self.triage.of(answers, self.skipped(answers, None)) if self.triage else None

    def answer_problems(self, answers: Sequence[int | None]) -> list[Problem]:
        if len(answers) != len(self.items):
            words = f"{self.id} has {len(self.items)} items; {len(answers)} were given."
            return [Problem("answers", words)]
        # Python takes True and 1.0 for 1; neither is an answer.
        return [
            Problem("answers", f"Item {item.label} of {self.id} takes {item.range_words}.")
            for item, values, answer in zip(self.items, self._values, answers, strict=True)
            if answer is not None and (type(answer) is not int or answer not in values)
        ]

    @cached_property
    def _values(self) -> tuple[frozenset[int], ...]:
        return tuple(frozenset(option.value for option in item.options) for item in self.items)

    @cached_property
    def _asks_all(self) -> bool:
        return all(item.asked_when is None and item.only_for is None for item in self.items)

    def skipped(self, answers: Answers, sex: Sex | None = None) -> frozenset[int]:
        """Give the numbers of the items that are not to be asked, as far as it is answered."""
        return _NOTHING if self._asks_all else skipped_items(self.items, answers, sex)

    def _estimate(self, answers: Answers, skipped: frozenset[int]) -> int | None:
        if self.total is None or not self.missing.allowed:
            return None
        return self.total.estimate(answers, skipped, allowed_missing=self.missing.allowed)


@dataclass(frozen=True, slots=True)
class ScoredAnswers:
    """What a set of answers comes to.

    `asked` is how many items were to be answered. `critical` holds (item number, answer) of each
    answer that opens a safety task; `highest_critical` the highest answer to a critical item,
    None where none was answered. `estimate` is no total: it is shown as an estimate or not at all.
    """

    answers: tuple[int | None, ...]
    total: int | None
    answered: int
    asked: int
    is_complete: bool
    band: Band | None
    critical: tuple[tuple[int, int], ...]
    highest_critical: int | None = None
    estimate: int | None = None
