"""Where the header of a list stands, and the list below it, without Social Security numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from cocm_desktop.domain.column_guess import is_ssn_header, recognized
from cocm_desktop.domain.patient_list import ListRow
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.wording import count_of
from cocm_desktop.exchange.limits import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    refuse,
    too_long_cell,
    too_many_columns,
    too_many_rows,
)
from cocm_desktop.exchange.table_file import as_it_was

_LOOKED_AT = 30
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}([ T].*)?")
_SSN = re.compile(r"(?:\d{3}|[Xx*]{3})[- ](?:\d{2}|[Xx*]{2})[- ]\d{4}", re.ASCII)
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
_LONGEST_HEADER = 60


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns by name and the rows below the header, with what there is to say."""

    columns: tuple[str, ...]
    rows: tuple[ListRow, ...]
    notices: tuple[str, ...]
    has_header: bool


def laid_out(records: Iterable[ListRow]) -> Layout:
    """Find the header and clean what is below it, or refuse a file that holds no list."""
    kept = [_cleaned(record) for record in records]
    kept = [record for record in kept if record.damage or any(record.cells)]
    if not kept:
        raise refuse("The file is empty.")
    at = _header_at(kept)
    header = list(kept[at].cells) if at is not None else []
    rows = kept[at + 1 :] if at is not None else kept
    if len(rows) > MOST_ROWS:
        raise too_many_rows()
    width = len(header) or Counter(len(row.cells) for row in rows).most_common(1)[0][0]
    header = header or [""] * width
    numbers = [i for i, name in enumerate(header) if is_ssn_header(name) or _holds_ssn(rows, i)]
    blank = {i for i, name in enumerate(header) if not name and not any(_column(rows, i))}
    columns = _named(header)
    rows, emptied = _without({*numbers, *blank}, rows)
    notices = (*_notices(kept, at), *_ssn_notices([columns[i] for i in numbers], emptied))
    left = tuple(name for i, name in enumerate(columns) if i not in {*numbers, *blank})
    return Layout(left, tuple(rows), notices, at is not None)


def looks_like_a_list(records: Sequence[ListRow]) -> int:
    """Count the fields that the best header line names, to choose among several sheets."""
    return max((recognized(record.cells) for record in records[:_LOOKED_AT]), default=0)


def _cleaned(record: ListRow) -> ListRow:
    if len(record.cells) > MOST_COLUMNS and any(map(str.strip, record.cells[MOST_COLUMNS:])):
        raise too_many_columns()
    if any(len(cell) > LONGEST_CELL for cell in record.cells):
        raise too_long_cell(record.line)
    return replace(record, cells=tuple(map(_cell, record.cells)))


def _cell(text: str) -> str:
    """Undo what protects a cell from being calculated: ="02149" and '=1+1 are plain text here."""
    kept = text.strip()
    if found := _KEPT_AS_TEXT.fullmatch(kept):
        return found[1].strip()
    return as_it_was(kept)


def _header_at(rows: Sequence[ListRow]) -> int | None:
    """Find the line of headers, below any title; None where the list begins with a patient."""
    best, most = None, 0
    for at, row in enumerate(rows[:_LOOKED_AT]):
        filled = sum(map(bool, row.cells))
        if row.damage or filled < 2 or any(map(_DATE.fullmatch, row.cells)):  # noqa: PLR2004
            continue
        if (score := recognized(row.cells)) > most:
            best, most = at, score
    if best is not None:
        return best
    first = rows[0]
    is_header = not first.damage and not any(map(_DATE.fullmatch, first.cells)) and all(first.cells)
    return 0 if is_header and len(first.cells) > 1 else None


def _named(header: Sequence[str]) -> tuple[str, ...]:
    """Give every column a name of its own: Phone, Phone (2), Column 5."""
    seen: Counter[str] = Counter()
    names = []
    for number, text in enumerate(header, start=1):
        name = tidy(text)[:_LONGEST_HEADER] or f"Column {number}"
        seen[name.casefold()] += 1
        times = seen[name.casefold()]
        names.append(name if times == 1 else f"{name} ({times})")
    return tuple(names)


def _notices(rows: Sequence[ListRow], at: int | None) -> Iterator[str]:
    if at is None:
        yield "The file has no line of headers. Say what each column holds."
    elif at > 0:
        first, last = rows[0].line, rows[at - 1].last_line
        yield (
            f"Lines {first}–{last} above the header were left out."
            if last > first
            else f"Line {first} above the header was left out."
        )


def _without(dropped: AbstractSet[int], rows: Iterable[ListRow]) -> tuple[list[ListRow], int]:
    """Drop columns, and empty every other cell that holds a Social Security number."""
    emptied = 0
    cleaned = []
    for row in rows:
        cells = [cell for i, cell in enumerate(row.cells) if i not in dropped]
        numbers = [i for i, cell in enumerate(cells) if _SSN.fullmatch(cell)]
        for i in numbers:
            cells[i] = ""
        emptied += len(numbers)
        cleaned.append(replace(row, cells=tuple(cells)) if dropped or numbers else row)
    return cleaned, emptied


def _ssn_notices(columns: Iterable[str], emptied: int) -> Iterator[str]:
    for name in columns:
        yield f"The column “{name}” holds Social Security numbers. It was left out and is not kept."
    if emptied:
        cells = count_of(emptied, "cell that looks", "cells that look")
        yield f"{cells} like a Social Security number: left out and not kept."


def _holds_ssn(rows: Sequence[ListRow], column: int) -> bool:
    values = [value for value in _column(rows, column) if value]
    return bool(values) and 2 * sum(bool(_SSN.fullmatch(value)) for value in values) > len(values)


def _column(rows: Iterable[ListRow], column: int) -> Iterator[str]:
    return (row.cells[column] for row in rows if len(row.cells) > column)
