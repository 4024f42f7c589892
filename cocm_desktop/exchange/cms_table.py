"""Tables as the Medicare agency publishes them: title lines, then headers stacked over columns."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.strict_json import read_bytes
from cocm_desktop.exchange.text_file import decoded

LARGEST_FILE = 30 * 1024 * 1024
MOST_LINES = 120_000
MOST_COLUMNS = 60
LONGEST_LINE = 4_000
LONGEST_FILE_NAME = 200
_MOST_STACKED = 5
_MOST_CELLS_OF_A_TITLE = 2
_HEADER_WITHIN = 40
_LINE_END = re.compile(r"\r\n|\n|\r")
_NO_WORD = re.compile(r"[^A-Z0-9]+")
_WRITTEN = {"FAC": "FACILITY", "MALPRACTICE": "MP", "CONVERSION": "CONV"}


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file's lines, with what proves later which file it was."""

    name: str
    sha256: str
    lines: tuple[str, ...]

    @property
    def year(self) -> int | None:
        """The year in its name, if there is one."""
        found = re.search(r"(?<!\d)20\d\d(?!\d)", self.name, re.ASCII)
        return int(found[0]) if found else None


@dataclass(frozen=True, slots=True)
class StackedTable:
    """The words of each column, joined from above, and the rows; titles are the lines above."""

    titles: tuple[str, ...]
    columns: tuple[frozenset[str], ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, what: str, *, having: Iterable[str], without: Iterable[str] = ()) -> int:
        """Find the one column with all these words. Raises Refused where it is none, or not one."""
        wanted, unwanted = set(having), set(without)
        found = [
            place
            for place, words in enumerate(self.columns)
            if wanted <= words and not unwanted & words
        ]
        if len(found) != 1:
            said = "no column" if not found else f"{len(found)} columns"
            raise refuse(f"There is {said} for {what}.")
        return found[0]


def read_public_file(file: Path) -> PublicFile:
    """Read a text file. Raises Refused where it is something else, or larger than any of these."""
    raw = read_bytes(file, largest=LARGEST_FILE)
    text, _notices = decoded(raw)
    lines = tuple(_LINE_END.split(text))
    if len(lines) > MOST_LINES:
        raise refuse(f"It has more than {MOST_LINES:,} lines.")
    if any(len(line) > LONGEST_LINE for line in lines):
        raise refuse(f"A line is longer than {LONGEST_LINE:,} characters.")
    return PublicFile(file.name[:LONGEST_FILE_NAME], hashlib.sha256(raw).hexdigest(), lines)


def stacked_table(lines: Sequence[str], *, first_words: Iterable[str]) -> StackedTable:
    """Find the header row, which has all the `first_words`, and read what stands above and below.

    Only rows that name several columns belong to the header; titles and notices name one.
    """
    rows = [_cells(line) for line in lines]
    at = _header_at(rows, set(first_words))
    above = rows[max(at - _MOST_STACKED, 0) : at]
    stacked = [row for row in above if _names_columns(row)]
    width = len(rows[at])
    columns = tuple(
        _words(" ".join(row[place] for row in (*stacked, rows[at]) if place < len(row)))
        for place in range(width)
    )
    titles = tuple(" ".join(filter(None, row)) for row in rows[:at] if any(row))
    below = (row for row in rows[at + 1 :] if any(row))
    return StackedTable(titles, columns, tuple(row + ("",) * (width - len(row)) for row in below))


def refuse(words: str) -> Refused:
    """Give the error that turns the whole file away."""
    return Refused(Problem("file", f"This file was not understood. {words} Nothing was loaded."))


def _cells(line: str) -> tuple[str, ...]:
    try:
        row = next(csv.reader([line], strict=True), [])
    except csv.Error:
        row = line.split(",")
    if len(row) > MOST_COLUMNS and any(row[MOST_COLUMNS:]):
        raise refuse(f"It has more than {MOST_COLUMNS} columns.")
    return tuple(" ".join(cell.split()) for cell in row[:MOST_COLUMNS])


def _header_at(rows: Sequence[Sequence[str]], wanted: set[str]) -> int:
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        if wanted <= _words(" ".join(row)) and _names_columns(row):
            return place
    named = ", ".join(sorted(wanted))
    raise refuse(f"There is no line of headers with {named}.")


def _words(text: str) -> frozenset[str]:
    """Give the words of a header, each in one way of writing."""
    words = filter(None, _NO_WORD.split(text.upper()))
    return frozenset(_WRITTEN.get(word, word) for word in words)


def _names_columns(row: Sequence[str]) -> bool:
    """Tell a row of the header from titles and notices, which fill one or two cells."""
    return sum(map(bool, row)) > _MOST_CELLS_OF_A_TITLE
