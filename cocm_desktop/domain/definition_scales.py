"""Reading the scales of a definition: totals, subscales, bands, cut-offs, triage."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cocm_desktop.domain.definition_fields import NEEDED, Fields, refusal
from cocm_desktop.domain.instrument_item import Condition, Item
from cocm_desktop.domain.instrument_scale import (
    TOTAL,
    Band,
    CutOff,
    Purpose,
    Scale,
    ScaleKind,
    Triage,
    TriageRow,
)
from cocm_desktop.domain.patient import Sex

MOST_BANDS, MOST_CUT_OFFS, MOST_CONDITIONS, MOST_ROWS, HIGHEST_FACTOR = 12, 60, 20, 10, 100
LEVELS = range(1, 6)
LONGEST_NAME = 200
_RANGE = re.compile(r"(?P<first>\d{1,3})(?:-(?P<last>\d{1,3}))?", re.ASCII)
SCALE_FIELDS = (
    "id", "name", "kind", "items", "factor", "counted_from", "gate", "bands", "loinc",
    "confirmed",
)  # fmt: skip
CUT_OFF_FIELDS = (
    "purpose", "name", "scale", "at_least", "at_most", "and", "sex", "source", "confirmed",
)  # fmt: skip


def read_scale(content: Any, path: str, items: Sequence[Item], *, own_id: str = "") -> Scale:
    """Read a scale. The total has a name and an id of its own; a subscale names both."""
    fields = Fields(content, path, SCALE_FIELDS)
    kind = fields.choice("kind", ScaleKind, ScaleKind.SUM)
    numbers = _numbers(fields.raw("items"), fields.at("items"), count=len(items))
    return Scale(
        id=own_id or fields.text("id", longest=LONGEST_NAME),
        name=fields.text("name", "Total" if own_id else NEEDED, longest=LONGEST_NAME),
        kind=kind,
        items=tuple(items[number - 1] for number in numbers),
        factor=fields.whole("factor", 1, lowest=1, highest=HIGHEST_FACTOR),
        counted_from=_marks(fields, len(numbers)) if kind is ScaleKind.COUNT else (),
        gate=_gate(fields, len(items)),
        bands=tuple(_bands(fields)),
        loinc=fields.text("loinc", "", longest=LONGEST_NAME),
        confirmed=fields.flag("confirmed", default=True),
    )


def read_condition(content: Any, path: str, *, count: int) -> Condition:
    """Read a condition on the first `count` items."""
    fields = Fields(content, path, ("items", "at_least", "how_many"))
    numbers = _numbers(fields.raw("items"), fields.at("items"), count=count)
    return Condition(
        items=numbers,
        at_least=fields.whole("at_least"),
        how_many=fields.whole("how_many", 1, lowest=1, highest=len(numbers)),
    )


def read_cut_offs(fields: Fields, items: Sequence[Item]) -> Iterator[CutOff]:
    for entry, path in fields.rows("cut_offs", [], most=MOST_CUT_OFFS):
        cut = Fields(entry, path, CUT_OFF_FIELDS)
        purpose = cut.choice("purpose", Purpose)
        yield CutOff(
            purpose=purpose,
            name=cut.text("name", purpose.value, longest=LONGEST_NAME),
            scale=cut.text("scale", TOTAL, longest=LONGEST_NAME),
            at_least=cut.whole_or_none("at_least"),
            at_most=cut.whole_or_none("at_most"),
            conditions=tuple(_conditions(cut, "and", len(items))),
            sex=cut.choice("sex", Sex) if cut.has("sex") else None,
            source=cut.text("source", ""),
            confirmed=cut.flag("confirmed", default=True),
        )


def read_triage(content: Any, path: str, items: Sequence[Item]) -> Triage:
    fields = Fields(content, path, ("title", "rows", "otherwise", "source", "confirmed"))
    rows = []
    for entry, place in fields.rows("rows", most=MOST_ROWS):
        row = Fields(entry, place, ("name", "level", "any"))
        rows.append(
            TriageRow(
                name=row.text("name", longest=LONGEST_NAME),
                level=row.whole("level", lowest=LEVELS[0], highest=LEVELS[-1]),
                conditions=tuple(_conditions(row, "any", len(items))),
            )
        )
    return Triage(
        title=fields.text("title", longest=LONGEST_NAME),
        rows=tuple(rows),
        otherwise=fields.text("otherwise", longest=LONGEST_NAME),
        source=fields.text("source"),
        confirmed=fields.flag("confirmed", default=True),
    )


def _gate(fields: Fields, count: int) -> Condition | None:
    return read_condition(*fields.part("gate"), count=count) if fields.has("gate") else None


def _conditions(fields: Fields, name: str, count: int) -> Iterator[Condition]:
    for entry, path in fields.rows(name, [], most=MOST_CONDITIONS):
        yield read_condition(entry, path, count=count)


def _bands(fields: Fields) -> Iterator[Band]:
    for entry, path in fields.rows("bands", [], most=MOST_BANDS):
        band = Fields(entry, path, ("name", "short", "lowest", "highest", "level", "confirmed"))
        name = band.text("name", longest=LONGEST_NAME)
        yield Band(
            name=name,
            short=band.text("short", name, longest=LONGEST_NAME),
            lowest=band.whole("lowest"),
            highest=band.whole("highest"),
            level=band.whole("level", lowest=LEVELS[0], highest=LEVELS[-1]),
            confirmed=band.flag("confirmed", default=True),
        )


def _marks(fields: Fields, count: int) -> tuple[int, ...]:
    """Read from which answer on an item counts: one mark for all, or one for each."""
    marks = fields.raw("counted_from")
    if isinstance(marks, list):
        marks = [mark for mark, _ in fields.rows("counted_from", most=count)]
    else:
        marks = [fields.whole("counted_from")] * count
    if len(marks) != count or any(type(mark) is not int for mark in marks):
        raise refusal(fields.at("counted_from"), f"is not {count} whole numbers")
    return tuple(marks)


def _numbers(written: Any, path: str, *, count: int) -> tuple[int, ...]:
    """Read items by their places, as [1, 2, 3] or "1-3, 7": each once, none beyond the last."""
    if isinstance(written, str):
        found = [_RANGE.fullmatch(part.strip()) for part in written.split(",")]
        if None in found:
            raise refusal(path, "is no list of items such as 1-9, 12")
        numbers = [n for part in found if part for n in _span(part["first"], part["last"])]
    elif isinstance(written, list):
        numbers = written
    else:
        raise refusal(path, "is no list of items")
    good = [n for n in numbers if type(n) is int and 1 <= n <= count]
    if not numbers or len(good) != len(numbers) or len(set(good)) != len(good):
        raise refusal(path, f"does not name items from 1 to {count}, each once")
    return tuple(good)


def _span(first: str, last: str | None) -> range:
    return range(int(first), int(last or first) + 1)
