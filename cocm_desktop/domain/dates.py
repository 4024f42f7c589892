"""Dates as people type them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
UNITS = {"d": 1, "w": 7}
_RELATIVE = re.compile(
    r"(?P<base>t|today)?\s*(?P<amount>[+-]\s*\d{1,4})\s*(?P<unit>[dwm]?)", re.IGNORECASE
)


def read_date(text: str, *, today: date, past: bool = False) -> date | None:
    """Read a date in the ways people write one in the US; None when it is not a date.

    Month comes before day. A two-digit year is the one nearest to today, or, where `past`
    says that the date lies behind us (a birth), the latest that is not in the future.
    Short words: t (today), t-7, +2w, +1m.
    """
    words = text.strip().lower()
    if words in {"t", "today"}:
        return today
    if found := _RELATIVE.fullmatch(words):
        return _shifted(today, int(found["amount"].replace(" ", "")), found["unit"] or "d")
    for year, month, day in _readings(words):
        full_year = _full_year(year, month, day, today=today, past=past)
        try:
            return date(full_year, month, day)
        except ValueError:
            continue
    return None


def add_months(day: date, months: int) -> date:
    """Go some calendar months on; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _shifted(today: date, amount: int, unit: str) -> date | None:
    try:
        if unit == "m":
            return add_months(today, amount)
        return today + timedelta(days=amount * UNITS[unit])
    except (OverflowError, ValueError):
        return None


def _readings(words: str) -> Iterator[tuple[str, int, int]]:
    if found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:.*)?", words):
        yield found[1], int(found[2]), int(found[3])
    elif found := re.fullmatch(
        r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: \d{1,2}:.*)?", words
    ):
        yield found[3], int(found[1]), int(found[2])
    elif found := re.fullmatch(r"(\d{8})", words):
        yield words[4:], int(words[:2]), int(words[2:4])
        yield words[:4], int(words[4:6]), int(words[6:])
    elif found := re.fullmatch(r"(\d{6})", words):
        yield words[4:], int(words[:2]), int(words[2:4])
    elif found := re.fullmatch(r"(\d{1,2})[- .]+([a-z]+)[- .,]+(\d{4}|\d{2})", words):
        if found[2] in MONTHS:
            yield found[3], MONTHS[found[2]], int(found[1])
    elif (
        found := re.fullmatch(r"([a-z]+)[ .]+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})", words)
    ) and (found[1] in MONTHS):
        yield found[3], MONTHS[found[1]], int(found[2])


def _full_year(year: str, month: int, day: int, *, today: date, past: bool) -> int:
    if len(year) == 4:
        return int(year)
    century = today.year // 100 * 100
    candidate = century + int(year)
    if past:
        return candidate - 100 if (candidate, month, day) > _triple(today) else candidate
    nearest = min((candidate - 100, candidate, candidate + 100), key=lambda y: abs(y - today.year))
    return nearest


def _triple(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day
