"""The questions of an instrument: their answers, which of them are asked, which are critical."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from cocm_desktop.domain.patient import Sex

Answers = Sequence[int | None]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer a person may give to an item."""

    value: int
    words: str


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds when `how_many` of the items, counted from 1, are answered `at_least` so high."""

    items: tuple[int, ...]
    at_least: int
    how_many: int = 1

    def holds(self, answers: Answers, skipped: Collection[int] = ()) -> bool | None:
        """Tell whether it holds; None where the answers that are missing decide it.

        An item that was not to be asked is not missing. Where it is answered, it counts.
        """
        met = missing = 0
        for number in self.items:
            answer = answers[number - 1]
            if answer is None:
                missing += number not in skipped
            else:
                met += answer >= self.at_least
        if met >= self.how_many:
            return True
        return None if met + missing >= self.how_many else False


@dataclass(frozen=True, slots=True)
class Item:
    """One question. A critical item opens a safety task from `critical_from` on.

    `label` is its number on the form; `number` its place among all items, from 1. Its words are
    empty where they may not be shipped. `asked_when` names an earlier item whose answer decides
    whether this one is asked; `only_for` the sex of those whom it concerns.
    """

    number: int
    words: str
    short: str
    options: tuple[Option, ...]
    label: str
    loinc: str = ""
    critical_from: int | None = None
    is_reversed: bool = False
    asked_when: Condition | None = None
    only_for: Sex | None = None

    @property
    def shown_words(self) -> str:
        """The question, or its number on the form where the words may not be shipped."""
        return self.words or f"Item {self.label}"

    @property
    def form_words(self) -> str:
        """The question as a grid shows it: without words, its number and what it is about."""
        if self.words or self.short == f"item {self.label}":
            return self.shown_words
        return f"{self.shown_words} · {self.short}"

    @property
    def lowest(self) -> int:
        return min(option.value for option in self.options)

    @property
    def highest(self) -> int:
        return max(option.value for option in self.options)

    @property
    def range_words(self) -> str:
        """The answers that it takes: 0 to 3, or 0, 2 or 4."""
        values = sorted(option.value for option in self.options)
        if values == list(range(values[0], values[-1] + 1)):
            return f"{values[0]} to {values[-1]}"
        return f"{', '.join(map(str, values[:-1]))} or {values[-1]}"

    def is_raised_by(self, answer: int) -> bool:
        """Tell whether this answer opens a safety task, whatever the total."""
        return self.critical_from is not None and answer >= self.critical_from

    def points(self, answer: int) -> int:
        """Give what an answer counts for in a sum: a reversed item counts from the other end."""
        return self.lowest + self.highest - answer if self.is_reversed else answer


def skipped_items(items: Sequence[Item], answers: Answers, sex: Sex | None) -> frozenset[int]:
    """Give the items that were not to be asked, by the answers to others or by the sex.

    An item that decides about others and is not answered leaves them open: nothing is skipped.
    """
    skipped: set[int] = set()
    for item in items:
        is_shut = item.asked_when is not None and item.asked_when.holds(answers, skipped) is False
        if is_shut or _is_left_to_others(item, answers, sex):
            skipped.add(item.number)
    return frozenset(skipped)


def _is_left_to_others(item: Item, answers: Answers, sex: Sex | None) -> bool:
    """Whether it concerns the other sex than the one on file. A given answer counts even so."""
    if item.only_for is None or answers[item.number - 1] is not None:
        return False
    return sex in {Sex.FEMALE, Sex.MALE} - {item.only_for}
