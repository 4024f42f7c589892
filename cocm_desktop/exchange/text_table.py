"""From text with delimiters to records. Every line is accounted for, also where quotes are lost."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cocm_desktop.domain.patient_list import ListRow
from cocm_desktop.exchange.limits import LONGEST_CELL, MOST_ROWS, too_long_cell, too_many_rows
from cocm_desktop.exchange.text_file import UNREADABLE

DELIMITERS = (",", "\t", ";", "|")
_LINE_END = re.compile(r"\r\n|\n|\r")  # no other: str.splitlines would end a line inside a name
_LOOKED_AT = 60
_MOST_LINES_A_RECORD = 25
_FEWEST_FOR_DOUBT = 3  # columns; in a list of two, a delimiter in a cell proves nothing

QUOTES = (
    "The quotation marks on this line do not match. Correct them in the file, or add the "
    "patient by hand."
)
NUL = "The line holds a NUL character."
LETTERS = "The line holds a character that cannot be read."


@dataclass(frozen=True, slots=True)
class _Dialect:
    delimiter: str
    width: int  # cells that most lines have


def records(text: str) -> Iterator[ListRow]:
    """Give each record with the lines it stands on; blank lines are left out.

    A quotation mark that is never closed must not swallow the patients below it: a record over
    several lines is believed only if it has the usual number of cells and none of its cells looks
    like a row. Otherwise its first line is damaged, and reading goes on with the next.
    """
    lines = _LINE_END.split(text)
    first, named = _named_delimiter(lines)
    dialect = _dialect(lines[first:], named)
    at, count = first, 0
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        row = _record(lines, at, dialect)
        count += 1
        if count > MOST_ROWS + _LOOKED_AT:
            raise too_many_rows()
        yield row
        at = row.last_line


def _named_delimiter(lines: Sequence[str]) -> tuple[int, str]:
    """Spreadsheets may write sep=; on the first line to say what parts the cells."""
    found = re.fullmatch(r'"?sep=(.)"?', lines[0].strip(" "), re.IGNORECASE) if lines else None
    return (1, found[1]) if found and found[1] in DELIMITERS else (0, "")


def _dialect(lines: Sequence[str], named: str) -> _Dialect:
    """Choose the delimiter that gives the most lines the same number of cells."""
    looked_at = [line for line in lines if line.strip()][:_LOOKED_AT]
    best = _Dialect(named or DELIMITERS[0], 1)
    best_score = 0
    for delimiter in (named,) if named else DELIMITERS:
        widths = Counter(len(_cells(line, delimiter) or ()) for line in looked_at)
        for width, times in widths.items():
            if (score := times * (width - 1)) > best_score:
                best, best_score = _Dialect(delimiter, width), score
    return best


def _record(lines: Sequence[str], at: int, dialect: _Dialect) -> ListRow:
    """Read the record that begins at a line, over as many lines as its quotes ask for."""
    text = lines[at]
    for end in range(at + 1, min(at + _MOST_LINES_A_RECORD, len(lines)) + 1):
        cells = _cells(text, dialect.delimiter)
        if cells is not None:
            damage = _damage(text, cells, dialect, several=end > at + 1)
            if end == at + 1 or damage != QUOTES:
                _refuse_long(cells, at + 1)
                return ListRow(at + 1, tuple(cells), end, damage)
            break
        if text.count('"') % 2 == 0 or end == len(lines) or len(text) > LONGEST_CELL:
            break
        text = f"{text}\n{lines[end]}"
    _refuse_long([lines[at]], at + 1)
    return ListRow(at + 1, tuple(lines[at].split(dialect.delimiter)), at + 1, QUOTES)


def _cells(text: str, delimiter: str) -> list[str] | None:
    """Take a record apart; None while its quotation marks do not match."""
    if '"' not in text:
        return text.split(delimiter)
    try:
        rows = list(csv.reader([text], delimiter=delimiter, skipinitialspace=True, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _damage(text: str, cells: Sequence[str], dialect: _Dialect, *, several: bool) -> str:
    # A row that is too short because a quoted cell took in its neighbors has shifted cells.
    if '"' in text and len(cells) < dialect.width:
        return QUOTES
    if several and (len(cells) != dialect.width or any(_is_a_row(c, dialect) for c in cells)):
        return QUOTES
    if "\0" in text:
        return NUL
    if UNREADABLE in text:
        return LETTERS
    return ""


def _is_a_row(cell: str, dialect: _Dialect) -> bool:
    """Tell whether a cell over several lines holds so many delimiters that it is lines of rows."""
    if dialect.width < _FEWEST_FOR_DOUBT or "\n" not in cell:
        return False
    return cell.count(dialect.delimiter) >= dialect.width - 1


def _refuse_long(cells: Sequence[str], line: int) -> None:
    if any(len(cell) > LONGEST_CELL for cell in cells):
        raise too_long_cell(line)
