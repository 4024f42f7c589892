"""A validated scale: its items, how it is scored, what its totals are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NewType

from cocm_desktop.errors import Problem, Refused

InstrumentId = NewType("InstrumentId", str)
PHQ9 = InstrumentId("PHQ-9")
GAD7 = InstrumentId("GAD-7")
LEVELS = range(1, 6)
TEXTS = ("title", "lead", "recall", "difficulty", "loinc_panel", "loinc_total", "source", "licence")


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

    def is_raised_by(self, answer: int) -> bool:
        """Tell whether this answer opens a safety task, whatever the total."""
        return self.critical_from is not None and answer >= self.critical_from


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
        raise ValueError(f"{self.id} has no band for a total of {total}")

    def critical_answers(self, answers: Sequence[int | None]) -> tuple[tuple[Item, int], ...]:
        """Give each critical item that was answered, with its answer: not asked is not zero."""
        return tuple(
            (item, answer)
            for item in self.critical_items
            if (answer := answers[item.number - 1]) is not None
        )

    def score(self, answers: Sequence[int | None]) -> ScoredAnswers:
        """Add up the answers. A missing answer is never zero: the total is then None.

        Raises Refused when the number of answers or one of them does not fit the instrument.
        """
        if problems := self._answer_problems(answers):
            raise Refused(*problems)
        given = [answer for answer in answers if answer is not None]
        total = sum(given) if len(given) == len(self.items) else None
        critical = self.critical_answers(answers)
        return ScoredAnswers(
            answers=tuple(answers),
            total=total,
            answered=len(given),
            band=self.band_of(total) if total is not None else None,
            critical=tuple((i.number, answer) for i, answer in critical if i.is_raised_by(answer)),
            highest_critical=max((answer for _, answer in critical), default=None),
        )

    def _answer_problems(self, answers: Sequence[int | None]) -> list[Problem]:
        if len(answers) != len(self.items):
            words = f"{self.id} has {len(self.items)} items; {len(answers)} were given."
            return [Problem("answers", words)]
        allowed = [option.value for option in self.options]
        # Python takes True and 1.0 for 1; neither is an answer.
        return [
            Problem("answers", f"Item {number} of {self.id} takes {_choices(allowed)}.")
            for number, answer in enumerate(answers, start=1)
            if answer is not None and (type(answer) is not int or answer not in allowed)
        ]


@dataclass(frozen=True, slots=True)
class ScoredAnswers:
    """What a set of answers comes to.

    `critical` holds (item number, answer) of each answer that opens a safety task;
    `highest_critical` the highest answer to a critical item, None where none was answered.
    """

    answers: tuple[int | None, ...]
    total: int | None
    answered: int
    band: Band | None
    critical: tuple[tuple[int, int], ...]
    highest_critical: int | None = None

    @property
    def is_complete(self) -> bool:
        return self.total is not None


def _choices(allowed: Sequence[int]) -> str:
    return f"{min(allowed)} to {max(allowed)}"


def parse_instrument(content: Mapping[str, Any]) -> Instrument:
    """Build an instrument from its definition file, or raise Refused with what is wrong."""
    try:
        instrument = _built(content)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise Refused(Problem("definition", f"The definition is not complete: {error}.")) from error
    if problems := tuple(_definition_problems(instrument)):
        raise Refused(*problems)
    return instrument


def _built(content: Mapping[str, Any]) -> Instrument:
    return Instrument(
        id=InstrumentId(str(content["id"])),
        version=int(content["version"]),
        options=tuple(map(_option, content["options"])),
        items=tuple(_item(n, item) for n, item in enumerate(content["items"], start=1)),
        bands=tuple(map(_band, content["bands"])),
        positive_from=int(content["positive_from"]),
        remission_below=int(content["remission_below"]),
        difficulty_options=tuple(map(_option, content["difficulty_options"])),
        **{name: str(content[name]) for name in TEXTS},
    )


def _option(content: Mapping[str, Any]) -> Option:
    return Option(value=int(content["value"]), words=str(content["words"]))


def _item(number: int, content: Mapping[str, Any]) -> Item:
    critical_from = content.get("critical_from")
    return Item(
        number=number,
        words=str(content["words"]),
        short=str(content["short"]),
        loinc=str(content.get("loinc", "")),
        critical_from=None if critical_from is None else int(critical_from),
    )


def _band(content: Mapping[str, Any]) -> Band:
    return Band(
        name=str(content["name"]),
        short=str(content["short"]),
        lowest=int(content["lowest"]),
        highest=int(content["highest"]),
        level=int(content["level"]),
    )


def _definition_problems(instrument: Instrument) -> Iterator[Problem]:
    values = [option.value for option in instrument.options]
    if not values or not instrument.items:
        yield Problem("items", "The definition has no items or no options.")
        return
    if values != list(range(len(values))):
        yield Problem("options", "The options are not numbered 0, 1, 2 and on.")
    for item in instrument.items:
        if item.critical_from is not None and item.critical_from not in values:
            yield Problem("items", f"No option of item {item.number} makes it critical.")
    yield from _band_problems(instrument)


def _band_problems(instrument: Instrument) -> Iterator[Problem]:
    expected = 0
    for band in instrument.bands:
        if band.lowest != expected or band.highest < band.lowest:
            yield Problem("bands", f"The band {band.name} leaves a gap or overlaps.")
        if band.level not in LEVELS:
            yield Problem("bands", f"The band {band.name} has a level outside 1 to 5.")
        expected = band.highest + 1
    if expected != instrument.highest_total + 1:
        yield Problem("bands", "The bands do not end at the highest total.")
