"""Reading the geographic practice cost indices of the Medicare fee schedule (GPCI…csv)."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from cocm_desktop.domain.billing.billing_table import TableChoices, TableKind, TablePreview
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.billing.locality import Locality, LocalityTable
from cocm_desktop.domain.described import written
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.cms_table import (
    PublicFile,
    StackedTable,
    read_public_file,
    refuse,
    stacked_table,
)

_INDEX = re.compile(r"\d(\.\d{1,4})?", re.ASCII)
_CARRIER, _NUMBER = re.compile(r"\d{4,5}", re.ASCII), re.compile(r"\d{1,2}", re.ASCII)
_YEAR = re.compile(r"20\d\d", re.ASCII)
_FOOTNOTE = "*"
_HIGHEST = Decimal(4)


def read_gpci(file: Path, choices: TableChoices) -> TablePreview:
    """Read every locality; footnotes are left out. Raises Refused in words for another file."""
    read = read_public_file(file)
    table = stacked_table(read.lines, first_words=("LOCALITY", "GPCI"))
    columns = _columns_of(table)
    rows = [row for row in table.rows if _NUMBER.fullmatch(row[columns[2]])]
    localities = tuple(
        _locality(row, columns) for row in rows if _CARRIER.fullmatch(row[columns[0]])
    )
    _require_single(localities)
    content = LocalityTable(
        id=f"GPCI {_span(read, table, choices).first.year}",
        source=read.name,
        valid=_span(read, table, choices),
        rows=localities,
    )
    return TablePreview(
        kind=TableKind.LOCALITIES,
        name=content.id,
        valid=content.valid,
        file_name=read.name,
        sha256=read.sha256,
        row_count=len(localities),
        content=json.dumps(written(content), sort_keys=True).encode(),
        remarks=(f"{count_of(len(localities), 'locality', 'localities')}.",),
        samples=tuple((each.key, _words(each)) for each in localities),
    )  # fmt: skip


def _columns_of(table: StackedTable) -> tuple[int, int, int, int, int, int, int]:
    """Find carrier, state, number, name, and the three indices: of work the one with the floor."""
    find = table.column
    return (
        _either(table, "the carrier", "CONTRACTOR", "MAC", "CARRIER"),
        find("the state", having=["STATE"]),
        find("the number of the locality", having=["LOCALITY", "NUMBER"]),
        find("the name of the locality", having=["LOCALITY", "NAME"]),
        _either(table, "the work index", "PW", "WORK", beside="GPCI", without=["WITHOUT"]),
        find("the practice expense index", having=["PE", "GPCI"]),
        find("the malpractice index", having=["MP", "GPCI"]),
    )


def _either(
    table: StackedTable,
    what: str,
    *names: str,
    beside: str | None = None,
    without: list[str] | None = None,
) -> int:
    """Find a column by one of several names."""
    for name in names:
        if any(name in words for words in table.columns):
            having = [name, beside] if beside else [name]
            return table.column(what, having=having, without=without or ())
    raise refuse(f"There is no column for {what}.")


def _locality(row: tuple[str, ...], columns: tuple[int, int, int, int, int, int, int]) -> Locality:
    carrier, state, number, name, *indices = (row[place] for place in columns)
    key = f"{carrier:0>5}-{number:0>2}"
    return Locality(
        key,
        state[:2].upper(),
        tidy(name.replace(_FOOTNOTE, ""))[:80],
        *(_index(text, key) for text in indices),
    )


def _index(text: str, key: str) -> Decimal:
    index = Decimal(text) if _INDEX.fullmatch(text) else None
    if index is None or not 0 < index < _HIGHEST:
        raise refuse(f"In the row of locality {key} an index is missing or is none.")
    return index


def _require_single(localities: tuple[Locality, ...]) -> None:
    keys = [each.key for each in localities]
    if not keys:
        raise refuse("It names no locality.")
    if doubled := next((key for key in keys if keys.count(key) > 1), ""):
        raise refuse(f"It has two rows of locality {doubled}.")


def _span(read: PublicFile, table: StackedTable, choices: TableChoices) -> Span:
    """Take the calendar year of the headers, of a title, or of the file's name."""
    said = [word for words in table.columns for word in words if _YEAR.fullmatch(word)]
    said += [found for each in table.titles for found in _YEAR.findall(each)]
    year = int(said[0]) if said else read.year
    if choices.first is None and year is None:
        raise Refused(Problem("first", "The file does not say its year. Type its first day."))
    first = choices.first or date(year or 0, 1, 1)
    last = choices.last or date(first.year, 12, 31)
    if last < first:
        raise Refused(Problem("last", "The last day is before the first."))
    return Span(first, last)


def _words(each: Locality) -> str:
    indices = f"work {each.work}, expense {each.expense}, malpractice {each.malpractice}"
    return f"{each.name}, {each.state}: {indices}"
