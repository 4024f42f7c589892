"""Filters that people build: conditions over the registry's rows, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache
from operator import eq, ge, le
from typing import Any

from cocm_desktop.domain.dates import read_date
from cocm_desktop.domain.filter_field import (
    BY_KEY,
    IN_DAYS,
    WITHOUT_VALUE,
    Field,
    Kind,
    Operator,
)
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.text import fold
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused

MOST_CONDITIONS = 12
LONGEST_VALUE = 80
MOST_DAYS = 36_525
SOME_DAY = date(2026, 1, 1)  # whether a text is a date does not depend on the day
PARTS = 3
Test = Callable[[RegistryRow], bool]


class Match(Enum):
    """How conditions work together; the value is the word between them."""

    ALL = "and"
    ANY = "or"


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a filter. `value` is kept as it was typed, dates included: t-7 moves on."""

    field: Field
    operator: Operator
    value: str = ""

    @property
    def words(self) -> str:
        phrase = self.field.phrases.get(self.operator)
        if phrase is not None:
            return phrase.format(self.value.strip())
        return f"{self.field.title} {self._rest}"

    @property
    def _rest(self) -> str:
        value = self.value.strip()
        if self.operator in IN_DAYS:
            days = count_of(int(value), "day") if value.isdecimal() else f"{value} days"
            return {
                Operator.OLDER: f"was {days} ago or more",
                Operator.WITHIN: f"was within the last {days}",
                Operator.AHEAD: f"is within the next {days}",
            }[self.operator]
        if self.operator in WITHOUT_VALUE:
            return self.operator.value
        shown = f"“{value}”" if self.field.kind is Kind.TEXT else value
        return f"{self.operator.value} {shown}"

    def problem(self) -> str:
        """Say what is wrong with the value; nothing where it can be used."""
        title = self.field.title
        if self.operator not in self.field.operators:
            return f"{title} cannot be asked so."
        if self.operator in WITHOUT_VALUE:
            return ""
        wrong = self._wrong_value(self.value.strip())
        return f"{title}: {wrong}" if wrong else ""

    def _wrong_value(self, value: str) -> str:
        if not value:
            return "type or choose a value."
        if len(value) > LONGEST_VALUE:
            return f"at most {LONGEST_VALUE} characters."
        if self.operator in IN_DAYS:
            return "" if _is_number_of_days(value) else "type a number of days."
        if self.operator in {Operator.BEFORE, Operator.SINCE}:
            return "" if _is_day(value) else "this is not a date. Type it like 11/22/2026 or t-30."
        is_wrong = self.field.kind is Kind.NUMBER and _whole(value) is None
        return "type a whole number." if is_wrong else ""

    def test(self) -> Test:
        """Give the question as a function of a row, prepared so that it is fast."""
        value, operator = self.field.value, self.operator
        if self.field.kind is Kind.FACT:
            wanted = operator is Operator.YES
            return lambda row: bool(value(row)) is wanted
        if operator in {Operator.EMPTY, Operator.RECORDED}:
            is_wanted = operator is Operator.RECORDED
            return lambda row: (value(row) not in (None, "", ())) is is_wanted
        return _TESTS[self.field.kind](self)


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Conditions that all hold, or any of them. Without conditions every row passes."""

    conditions: tuple[Condition, ...] = ()
    match: Match = Match.ALL

    def __bool__(self) -> bool:
        return bool(self.conditions)

    @property
    def words(self) -> str:
        return f" {self.match.value} ".join(each.words for each in self.conditions)

    def accept(self) -> RowFilter:
        """Give the filter, or refuse with what is wrong with each line."""
        problems = [
            Problem(f"condition-{number}", words)
            for number, each in enumerate(self.conditions)
            if (words := each.problem())
        ]
        if len(self.conditions) > MOST_CONDITIONS:
            words = f"A filter has at most {MOST_CONDITIONS} conditions."
            problems.append(Problem("filter", words))
        if problems:
            raise Refused(*problems)
        return self

    def apply(self, rows: Iterable[RegistryRow]) -> list[RegistryRow]:
        tests = [each.test() for each in self.conditions]
        if not tests:
            return list(rows)
        if self.match is Match.ANY:
            return [row for row in rows if any(test(row) for test in tests)]
        found = rows
        for test in tests:
            found = list(filter(test, found))
        return list(found)

    def content(self) -> dict[str, Any]:
        """Give what JSON keeps of the filter."""
        return {
            "match": self.match.name.lower(),
            "conditions": [
                [each.field.key, _typed(each.operator), each.value] for each in self.conditions
            ],
        }


NO_FILTER = RowFilter()


def read_content(content: object) -> tuple[RowFilter, tuple[str, ...]]:
    """Read what `content` gave, perhaps by another release; name what is not known here."""
    if not isinstance(content, dict):
        return NO_FILTER, ("The filter cannot be read.",) if content else ()
    found, notes = [], []
    lines = content.get("conditions")
    for line in lines if isinstance(lines, list) else ():
        condition = _read_line(line)
        if condition is None:
            name = line[0] if isinstance(line, list) and line else line
            notes.append(f"The condition on “{str(name)[:40]}” is not known to this release.")
        else:
            found.append(condition)
    match = Match.ANY if content.get("match") == "any" else Match.ALL
    return RowFilter(tuple(found[:MOST_CONDITIONS]), match), tuple(notes)


def from_json(text: str) -> RowFilter:
    """Read a filter as it was exported, or refuse: here nothing is left out silently."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(Problem("filter", "This is not the JSON of a filter.")) from None
    found, notes = read_content(content)
    if notes:
        raise Refused(*(Problem("filter", note) for note in notes))
    return found.accept()


def choices_of(field: Field, rows: Sequence[RegistryRow]) -> tuple[str, ...]:
    """Give what can be chosen for a field: its own words, or those the rows say."""
    if field.choices or field.kind is not Kind.CHOICE:
        return field.choices
    said = {word for row in rows for word in _said(field.value(row))}
    return tuple(sorted(said, key=fold))


def _read_line(line: object) -> Condition | None:
    if not isinstance(line, list) or len(line) != PARTS:
        return None
    key, operator, value = line
    field = BY_KEY.get(key) if isinstance(key, str) else None
    known = {_typed(each): each for each in Operator}
    asked = known.get(operator) if isinstance(operator, str) else None
    if field is None or asked is None or not isinstance(value, str):
        return None
    condition = Condition(field, asked, value)
    return None if condition.problem() else condition


def _typed(operator: Operator) -> str:
    return operator.name.lower().replace("_", "-")


def _whole(text: str) -> int | None:
    digits = text.strip().replace("−", "-").removeprefix("+")
    plain = digits.removeprefix("-")
    is_number = plain.isascii() and plain.isdecimal() and len(plain) <= len(str(MOST_DAYS)) + 1
    return int(digits) if is_number else None


def _is_number_of_days(text: str) -> bool:
    days = _whole(text)
    return days is not None and 0 <= days <= MOST_DAYS


def _is_day(text: str) -> bool:
    return read_date(text, today=SOME_DAY) is not None


def _said(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def _number_test(condition: Condition) -> Test:
    value, wanted = condition.field.value, _whole(condition.value) or 0
    compare = _COMPARISONS[condition.operator]

    def test(row: RegistryRow) -> bool:
        found = value(row)
        return isinstance(found, int) and compare(found, wanted)

    return test


def _text_test(condition: Condition) -> Test:
    value, wanted = condition.field.value, fold(condition.value)
    if condition.operator is Operator.IS:
        return lambda row: fold(str(value(row) or "")) == wanted
    return lambda row: wanted in fold(str(value(row) or ""))


def _choice_test(condition: Condition) -> Test:
    value, wanted = condition.field.value, condition.value.strip().casefold()
    is_wanted = condition.operator is Operator.IS
    return lambda row: any(wanted == w.casefold() for w in _said(value(row))) is is_wanted


def _day_test(condition: Condition) -> Test:
    value, operator, typed = condition.field.value, condition.operator, condition.value

    def test(row: RegistryRow) -> bool:
        found = value(row)
        if not isinstance(found, date):
            return False
        first, last = _span(operator, typed, row.today)
        return first <= found <= last

    return test


@lru_cache(maxsize=64)
def _span(operator: Operator, typed: str, today: date) -> tuple[date, date]:
    """Give the first and last day that a condition means, both included."""
    if operator in IN_DAYS:
        days = timedelta(days=_whole(typed) or 0)
        return {
            Operator.OLDER: (date.min, today - days),
            Operator.WITHIN: (today - days, today),
            Operator.AHEAD: (today, today + days),
        }[operator]
    day = read_date(typed, today=today) or today
    if operator is Operator.BEFORE:
        return date.min, day - timedelta(days=1)
    return day, date.max


_COMPARISONS: dict[Operator, Callable[[int, int], bool]] = {
    Operator.AT_LEAST: ge,
    Operator.AT_MOST: le,
    Operator.IS: eq,
}
_TESTS: dict[Kind, Callable[[Condition], Test]] = {
    Kind.NUMBER: _number_test,
    Kind.TEXT: _text_test,
    Kind.CHOICE: _choice_test,
    Kind.DAY: _day_test,
}
