"""Reading a relative value file of the Medicare fee schedule (PPRRVU…csv).

Source: CMS, PFS relative value files. Descriptions of CPT codes are the AMA's: none is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from cocm_desktop.domain.billing.billing_table import TableChoices, TableKind, TablePreview
from cocm_desktop.domain.billing.evaluation_facts import SettingFacts, Span
from cocm_desktop.domain.billing.rate_table import RateTable, RelativeValue, allowed_cents
from cocm_desktop.domain.described import written
from cocm_desktop.domain.wording import MONTH_NAMES, count_of, dollars, long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.cms_table import (
    PublicFile,
    StackedTable,
    read_public_file,
    refuse,
    stacked_table,
)

# Source: CMS, record layout of the file: active, restricted, and paid only alone.
PAID_STATUS = frozenset({"A", "R", "T"})
TWO_FACTORS_SINCE = 2026
_NUMBER = re.compile(r"\d{1,4}(\.\d{1,4})?", re.ASCII)
_RELEASE = re.compile(
    r"(20\d\d).*RELATIVE VALUE FILE(?:\s+([A-Z]+)\s+RELEASE)?", re.IGNORECASE | re.ASCII
)
_RELEASED = re.compile(r"RELEASED:?\s+(\d{1,2})/(\d{1,2})/(20\d\d)", re.IGNORECASE | re.ASCII)
_MONTHS = {name[:3].upper(): number for number, name in enumerate(MONTH_NAMES, start=1)}
_SHORT_MONTH = re.compile(r"(?<![A-Z])(JAN|APR|JUL|OCT)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Columns:
    code: int
    modifier: int
    status: int
    parts: tuple[int, int, int, int]
    totals: tuple[int, int]
    factor: int


def read_rvu(file: Path, choices: TableChoices, *, codes: Collection[str]) -> TablePreview:
    """Read the rows of `codes` and the conversion factor; nothing else of the file is kept.

    Raises Refused in words where it is another file, or its parts do not add up to its totals.
    """
    read = read_public_file(file)
    table = stacked_table(read.lines, first_words=("HCPCS", "MOD"))
    columns = _columns_of(table)
    kept = [row for row in table.rows if row[columns.code] in codes and not row[columns.modifier]]
    paid = [row for row in kept if row[columns.status].upper() in PAID_STATUS]
    rows = tuple(sorted((_row(each, columns) for each in paid), key=lambda each: each.code))
    _require_rows(rows)
    rates = RateTable(
        id=_name(read, table),
        source=_source(read, table),
        factor=_factor(paid, columns),
        valid=_span(read, table, choices),
        rows=rows,
        is_qualifying=_whose(read, table, choices),
    )
    left_out = sorted({row[columns.code] for row in kept} - {row.code for row in rows})
    return _preview(read, rates, remarks=tuple(_remarks(rates, codes, left_out)))


def _columns_of(table: StackedTable) -> _Columns:
    other = ("USED", "OPPS", "INDICATOR", "TOTAL", "TRANSITIONED")
    not_office, find = (*other, "NON"), table.column
    return _Columns(
        code=find("the code", having=["HCPCS"]),
        modifier=find("the modifier", having=["MOD"]),
        status=find("the status", having=["STATUS", "CODE"]),
        parts=(
            find("work", having=["WORK", "RVU"], without=other),
            find("practice expense in offices", having=["NON", "FACILITY", "PE"], without=other),
            find("practice expense in facilities", having=["FACILITY", "PE"], without=not_office),
            find("malpractice", having=["MP", "RVU"], without=other),
        ),
        totals=(
            find("the total in offices", having=["NON", "FACILITY", "TOTAL"]),
            find("the total in facilities", having=["FACILITY", "TOTAL"], without=["NON"]),
        ),
        factor=find("the conversion factor", having=["CONV", "FACTOR"]),
    )  # fmt: skip


def _row(cells: tuple[str, ...], columns: _Columns) -> RelativeValue:
    code = cells[columns.code]
    work, expense, facility, malpractice = (_number(cells[place], code) for place in columns.parts)
    totals = [_number(cells[place], code) for place in columns.totals]
    if totals != [work + expense + malpractice, work + facility + malpractice]:
        raise refuse(f"The parts of {code} do not add up to its totals: columns have moved.")
    return RelativeValue(code, work, expense, facility, malpractice)


def _number(text: str, code: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise refuse(f"In the row of {code} a number is missing or is none.")
    return Decimal(text)


def _require_rows(rows: tuple[RelativeValue, ...]) -> None:
    names = [row.code for row in rows]
    if not names:
        raise refuse("It has no row of a code that is billed here.")
    if doubled := next((name for name in names if names.count(name) > 1), ""):
        raise refuse(f"It has two rows of {doubled}.")


def _factor(rows: list[tuple[str, ...]], columns: _Columns) -> Decimal:
    factors = {_number(row[columns.factor], row[columns.code]) for row in rows}
    if len(factors) != 1 or not min(factors):
        raise refuse("It has no conversion factor, or several.")
    return factors.pop()


def _title(table: StackedTable) -> re.Match[str] | None:
    return next((found for each in table.titles if (found := _RELEASE.search(each))), None)


def _year(read: PublicFile, table: StackedTable) -> int:
    title = _title(table)
    year = int(title[1]) if title else read.year
    if year is None:
        raise Refused(Problem("first", "The file does not say its year. Type its first day."))
    return year


def _month(read: PublicFile, table: StackedTable) -> int:
    """Give the month of the release; the whole year where the file says none."""
    title = _title(table)
    named = title[2] if title and title[2] else ""
    found = _SHORT_MONTH.search(read.name)
    return _MONTHS.get(named[:3].upper()) or (_MONTHS[found[1].upper()] if found else 1)


def _span(read: PublicFile, table: StackedTable, choices: TableChoices) -> Span:
    year = choices.first.year if choices.first else _year(read, table)
    first = choices.first or date(year, _month(read, table), 1)
    last = choices.last or date(year, 12, 31)
    if last < first:
        raise Refused(Problem("last", "The last day is before the first."))
    return Span(first, last)


def _whose(read: PublicFile, table: StackedTable, choices: TableChoices) -> bool | None:
    """Tell by the file's name whose factor it carries: PPRRVU2026_Jul_nonQPP.csv."""
    name = read.name.upper().replace("-", "").replace("_", "")
    if choices.is_qualifying is not None:
        return choices.is_qualifying
    if "QP" in name:
        return "NONQP" not in name
    if _span(read, table, choices).first.year < TWO_FACTORS_SINCE:
        return None
    words = (
        "Since 2026 there are two conversion factors, and the name of the file does not say whose "
        "this is. Choose: participants of an advanced payment model, or all others."
    )
    raise Refused(Problem("is_qualifying", words))


def _name(read: PublicFile, table: StackedTable) -> str:
    title = _title(table)
    year = title[1] if title else str(read.year or "")
    month = title[2].capitalize() if title and title[2] else ""
    return " ".join(f"PFS {year} {month}".split())


def _source(read: PublicFile, table: StackedTable) -> str:
    found = next((f for each in table.titles if (f := _RELEASED.search(each))), None)
    if found is None:
        return read.name
    month, day, year = map(int, found.groups())
    try:
        return f"{read.name}, released {long_date(date(year, month, day))}"
    except ValueError:
        return read.name


def _remarks(rates: RateTable, codes: Collection[str], left_out: list[str]) -> Iterator[str]:
    yield f"Conversion factor {rates.factor}, {count_of(len(rates.rows), 'code')}."
    yield "Descriptions of the codes were left out: they are copyright of the AMA."
    if left_out:
        yield f"Not paid by Medicare by their status: {', '.join(left_out)}."
    missing = sorted(set(codes) - {row.code for row in rates.rows} - set(left_out))
    if missing:
        yield f"Not in this release: {', '.join(missing)}."


def _preview(read: PublicFile, rates: RateTable, *, remarks: tuple[str, ...]) -> TablePreview:
    return TablePreview(
        kind=TableKind.RATES,
        name=rates.id,
        valid=rates.valid,
        file_name=read.name,
        sha256=read.sha256,
        row_count=len(rates.rows),
        content=json.dumps(written(rates), sort_keys=True).encode(),
        is_qualifying=rates.is_qualifying,
        remarks=remarks,
        samples=tuple((row.code, _amounts(rates, row.code)) for row in rates.rows),
    )


def _amounts(rates: RateTable, code: str) -> str:
    office = allowed_cents(rates, code, SettingFacts()) or 0
    facility = allowed_cents(rates, code, SettingFacts(), is_facility=True) or 0
    return f"{dollars(office)} in offices, {dollars(facility)} in facilities"
