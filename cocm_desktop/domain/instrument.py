"""A validated scale: its items, how it is scored, what its totals are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NewType

from cocm_desktop.errors import Problem, Refused

InstrumentId = NewType("InstrumentId", str)
PHQ9 = InstrumentId("PHQ-9")
GAD7 = InstrumentId("GAD-7")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person may give to an item."""

    value: int
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One question. A critical item opens a safety task from `critical_from` on."""

    number: int
    words: str
    short: str
    loinc: str = ""
    critical_from: int | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A range of totals with its word; `level` 1 (least) to 5 draws the bars of the chip."""

    name: str
    short: str
    lowest: int
    highest: int
    level: int


@dataclass(frozen=True, slots=True)
class Instrument:
    """A scale whose total is the sum of its items. `version` names the definition used."""

    id: InstrumentId
    version: int
    title: str
    lead: str
    recall: str
    options: tuple[Option, ...]
    items: tuple[Item, ...]
    bands: tuple[Band, ...]
    positive_from: int
    remission_below: int
    difficulty: str
    difficulty_options: tuple[Option, ...]
    loinc_panel: str
    loinc_total: str
    source: str
    licence: str

    @property
    def highest_total(self) -> int:
        return len(self.items) * max(option.value for option in self.options)

    @property
    def critical_items(self) -> tuple[Item, ...]:
        return tuple(item for item in self.items if item.critical_from is not None)

    def band_of(self, total: int) -> Band:
        for band in self.bands:
            if band.lowest <= total <= band.highest:
                return band
        message = f"{self.id} has no band for a total of {total}"
        raise ValueError(message)

    def score(self, answers: Sequence[int | None]) -> ScoredAnswers:
        """Add up the answers. A missing answer is never zero: the total is then None.

        Raises Refused when the number of answers or one of them does not fit the instrument.
        """
        if problems := tuple(self._answer_problems(answers)):
            raise Refused(*problems)
        given = [answer for answer in answers if answer is not None]
        complete = len(given) == len(self.items)
        critical = tuple(
            (item.number, answer)
            for item, answer in zip(self.items, answers, strict=True)
            if item.critical_from is not None
            and answer is not None
            and answer >= item.critical_from
        )
        total = sum(given) if complete else None
        return ScoredAnswers(
            answers=tuple(answers),
            total=total,
            answered=len(given),
            band=self.band_of(total) if total is not None else None,
            critical=critical,
        )

    def _answer_problems(self, answers: Sequence[int | None]) -> list[Problem]:
        if len(answers) != len(self.items):
            return [
                Problem(
                    "answers", f"{self.id} has {len(self.items)} items; {len(answers)} were given."
                )
            ]
        allowed = {option.value for option in self.options}
        return [
            Problem("answers", f"Item {item.number} of {self.id} takes {_choices(allowed)}.")
            for item, answer in zip(self.items, answers, strict=True)
            if answer is not None and (isinstance(answer, bool) or answer not in allowed)
        ]


@dataclass(frozen=True, slots=True)
class ScoredAnswers:
    """What a set of answers comes to. `critical` holds (item number, answer) pairs."""

    answers: tuple[int | None, ...]
    total: int | None
    answered: int
    band: Band | None
    critical: tuple[tuple[int, int], ...]

    @property
    def is_complete(self) -> bool:
        return self.total is not None


def _choices(allowed: set[int]) -> str:
    return f"{min(allowed)} to {max(allowed)}"


def parse_instrument(content: Mapping[str, Any]) -> Instrument:
    """Build an instrument from its definition file, or raise Refused with what is wrong."""
    try:
        instrument = _built(content)
    except (KeyError, TypeError, ValueError) as error:
        raise Refused(Problem("definition", f"The definition is not complete: {error}.")) from error
    if problems := tuple(_definition_problems(instrument)):
        raise Refused(*problems)
    return instrument


def _built(content: Mapping[str, Any]) -> Instrument:
    return Instrument(
        id=InstrumentId(str(content["id"])),
        version=int(content["version"]),
        title=str(content["title"]),
        lead=str(content["lead"]),
        recall=str(content["recall"]),
        options=tuple(Option(**option) for option in content["options"]),
        items=tuple(
            Item(number=number, **item) for number, item in enumerate(content["items"], start=1)
        ),
        bands=tuple(Band(**band) for band in content["bands"]),
        positive_from=int(content["positive_from"]),
        remission_below=int(content["remission_below"]),
        difficulty=str(content["difficulty"]),
        difficulty_options=tuple(Option(**option) for option in content["difficulty_options"]),
        loinc_panel=str(content["loinc_panel"]),
        loinc_total=str(content["loinc_total"]),
        source=str(content["source"]),
        licence=str(content["licence"]),
    )


def _definition_problems(instrument: Instrument) -> list[Problem]:
    problems = []
    expected = 0
    for band in instrument.bands:
        if band.lowest != expected or band.highest < band.lowest:
            problems.append(Problem("bands", f"The band {band.name} leaves a gap or overlaps."))
        expected = band.highest + 1
    if expected != instrument.highest_total + 1:
        problems.append(Problem("bands", "The bands do not end at the highest total."))
    return problems
