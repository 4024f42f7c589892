"""How dates, names and amounts read, on screen and on paper alike."""

from __future__ import annotations

import calendar
from datetime import date, datetime

SECONDS_A_MINUTE = 60
NOT_RECORDED = "Not recorded"


def long_date(day: date) -> str:
    """Write Nov 22, 2026: for banners, charts, letters and packets."""
    return f"{calendar.month_abbr[day.month]} {day.day}, {day.year}"


def short_date(day: date) -> str:
    """Write 11/22/2026: for dense tables."""
    return f"{day.month:02}/{day.day:02}/{day.year:04}"


def month_day(day: date) -> str:
    """Write Nov 22, where the year is plain from the surroundings."""
    return f"{calendar.month_abbr[day.month]} {day.day}"


def clock_time(moment: datetime) -> str:
    """Write 8:04 AM."""
    return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02} {'AM' if moment.hour < 12 else 'PM'}"


def long_moment(moment: datetime) -> str:
    """Write Nov 22, 2026 8:04 AM, in the zone the moment carries."""
    return f"{long_date(moment.date())} {clock_time(moment)}"


def days_ago(day: date, today: date) -> str:
    """Write how long ago a day was: today, yesterday, 12 d ago, or in 3 d."""
    days = (today - day).days
    if days == 0:
        return "today"
    if days == 1:
        return "yesterday"
    return f"{days} d ago" if days > 0 else f"in {-days} d"


def minutes_of(seconds: int) -> int:
    """Whole minutes in a sum of seconds; a started minute does not count."""
    return seconds // SECONDS_A_MINUTE


def dollars(cents: int) -> str:
    sign = "-" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02}"


def count_of(number: int, singular: str, plural: str = "") -> str:
    """Write 1 patient, 2 patients."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
