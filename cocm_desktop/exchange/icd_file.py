"""Reading a release of ICD-10-CM: the file of codes, or the order file with its headings.

Source: CMS, code descriptions in tabular order: code in columns 1 to 7 and title from 9 on; order
file: number in 1 to 5, code in 7 to 13, 1 for billable in 15, long title from 78 on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import MAXYEAR, date
from pathlib import Path

from cocm_desktop.domain.billing.billing_table import TableChoices, TableKind, TablePreview
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.icd_release import BEHAVIORAL, IcdRelease, dotted
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.cms_table import PublicFile, read_public_file, refuse

FISCAL_YEAR_BEGINS = 10  # Source: CMS: a release holds from October 1.
FEWEST_CODES = 20
LONGEST_TITLE = 300
_ORDER = re.compile(
    r"\d{5} (?P<code>[A-Z][0-9A-Z]{2,6}) *(?P<flag>[01]) (?P<titles>\S.*)", re.ASCII
)
_CODE = re.compile(r"(?P<code>[A-Z][0-9][0-9AB][0-9A-Z]{0,4}) +(?P<title>\S.*)")
_SHORT_TITLE = 61
_MONTHS = {"april": 4, "apr": 4, "january": 1, "jan": 1}
_LEAST_LINE = 0.98


def read_icd(file: Path, choices: TableChoices) -> TablePreview:
    """Read every billable code with its title. Raises Refused in words for another file."""
    read = read_public_file(file)
    lines = [line for line in read.lines if line.strip()]
    titles: dict[str, str] = {}
    for code, title in _billable(lines):
        if code in titles:
            raise refuse(f"It has two lines of {code}.")
        titles[code] = tidy(title)[:LONGEST_TITLE]
    behavioral = [code for code in titles if code.startswith(BEHAVIORAL)]
    if len(behavioral) < FEWEST_CODES:
        raise refuse("It is no whole list of codes: those of mental disorders, F01 to F99, lack.")
    valid = _span(read, choices)
    return TablePreview(
        kind=TableKind.DIAGNOSES,
        name=f"ICD-10-CM {_fiscal_year(valid.first)}",
        valid=valid,
        file_name=read.name,
        sha256=read.sha256,
        row_count=len(titles),
        content="\n".join(f"{code} {title}" for code, title in titles.items()).encode(),
        remarks=(f"{count_of(len(titles), 'billable code')}, {len(behavioral):,} in F01 to F99.",),
        samples=tuple((dotted(code), titles[code]) for code in behavioral[:200]),
    )


def parse_release(name: str, valid: Span, content: bytes) -> IcdRelease:
    """Read a release that is on file."""
    lines = (line.partition(" ") for line in content.decode().split("\n"))
    return IcdRelease(name, valid, {code: title for code, _, title in lines})


def _billable(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Give the code and title of each billable line. A few others are left out, not many."""
    ordered = [found for line in lines if (found := _ORDER.fullmatch(line.rstrip()))]
    plain = [found for line in lines if (found := _CODE.fullmatch(line.rstrip()))]
    best = max(ordered, plain, key=len)
    if not lines or len(best) < _LEAST_LINE * len(lines):
        raise refuse("It is neither a file of ICD-10-CM codes nor an order file.")
    if best is plain:
        yield from ((found["code"], found["title"]) for found in plain)
        return
    for found in ordered:
        if found["flag"] == "1":
            yield found["code"], _long_title(found["titles"])


def _long_title(titles: str) -> str:
    """Take the long title, which begins at a fixed place; the short one where there is none."""
    return titles[_SHORT_TITLE:].strip() or titles.strip()


def _span(read: PublicFile, choices: TableChoices) -> Span:
    """Take the federal year of the file's name, from October on, or from the month it names."""
    if choices.first is None and read.year is None:
        raise Refused(Problem("first", "The file does not say its year. Type its first day."))
    year = read.year or 0
    words = re.split(r"[^a-z]+", read.name.lower())
    month = next((number for word, number in _MONTHS.items() if word in words), None)
    usual = (
        date(year, month, 1) if month and year else date(max(year - 1, 1), FISCAL_YEAR_BEGINS, 1)
    )
    first = choices.first or usual
    last = choices.last or date(_fiscal_year(first), FISCAL_YEAR_BEGINS - 1, 30)
    if last < first:
        raise Refused(Problem("last", "The last day is before the first."))
    return Span(first, last)


def _fiscal_year(day: date) -> int:
    return min(day.year + (day.month >= FISCAL_YEAR_BEGINS), MAXYEAR)
