"""Dates as people type them."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from cocm_desktop.domain.wording import MONTH_NAMES

DAYS_IN = {"": 1, "d": 1, "w": 7}
FIRST_YEAR, LAST_YEAR = 1900, 2199
LONGEST_DATE = 40
A_FULL_YEAR = 4  # digits

_TIME = r"(?:[t ]\d{1,2}:.*)?"
_YEAR = r"(?P<year>\d{4}|\d{2})"
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME,
        r"(?P<month>\d{1,2})[-/. ](?P<day>\d{1,2})[-/. ]" + _YEAR + _TIME,
        r"(?P<month>\d{2})(?P<day>\d{2})(?P<year>\d{4})",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
        r"(?P<month>\d{2})(?P<day>\d{2})(?P<year>\d{2})",
        r"(?P<day>\d{1,2})[-. ]*(?P<word>[a-z]{3,9})[-., ]*" + _YEAR,
        r"(?P<word>[a-z]{3,9})[. ]*(?P<day>\d{1,2})(?:st|nd|rd|th)?[, ] *" + _YEAR,
    )
)
_RELATIVE = re.compile(
    r"(?:t|today)? *(?P<sign>[+-]) *(?P<amount>\d{1,4}) *(?P<unit>[dwm]?)", re.ASCII
)


def read_date(text: str, *, today: date, past: bool = False) -> date | None:
    """Read a date in the ways people write one in the US; None when it is not a date.

    Month comes before day. A two-digit year is the one nearest to today, or, where `past`
    says that the date lies behind us (a birth), the latest that is not in the future.
    Short words: t (today), t-7, +2w, +1m. Years before 1900 are taken for slips.
    """
    words = " ".join(text.lower().split())
    if len(words) > LONGEST_DATE:
        return None
    if words in {"t", "today"}:
        return today
    if found := _RELATIVE.fullmatch(words):
        return _shifted(today, int(found["sign"] + found["amount"]), found["unit"])
    for shape in _SHAPES:
        if (found := shape.fullmatch(words)) and (
            read := _date_of(found.groupdict(), today=today, past=past)
        ):
            return read
    return None


def add_months(day: date, months: int) -> date:
    """Go some calendar months on; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _shifted(today: date, amount: int, unit: str) -> date | None:
    try:
        if unit == "m":
            return _plausible(add_months(today, amount))
        return _plausible(today + timedelta(days=amount * DAYS_IN[unit]))
    except (OverflowError, ValueError):
        return None


def _date_of(parts: dict[str, str], *, today: date, past: bool) -> date | None:
    month = _month_of(parts["word"]) if "word" in parts else int(parts["month"])
    year = int(parts["year"])
    if len(parts["year"]) < A_FULL_YEAR:
        year = _full_year(year, month, int(parts["day"]), today=today, past=past)
    try:
        return _plausible(date(year, month, int(parts["day"])))
    except ValueError:
        return None


def _plausible(read: date) -> date | None:
    return read if FIRST_YEAR <= read.year <= LAST_YEAR else None


def _month_of(word: str) -> int:
    """Give the month that a word of three letters or more begins; 0 if there is none."""
    names = [name.lower() for name in MONTH_NAMES]
    return next((n for n, name in enumerate(names, start=1) if name.startswith(word)), 0)


def _full_year(year: int, month: int, day: int, *, today: date, past: bool) -> int:
    this = today.year // 100 * 100 + year
    if past:
        in_future = (this, month, day) > (today.year, today.month, today.day)
        return this - 100 if in_future else this
    return min((this - 100, this, this + 100), key=lambda full: abs(full - today.year))
