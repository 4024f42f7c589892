"""How dates, names and amounts read, on screen and on paper alike."""

from __future__ import annotations

from datetime import date, datetime, time

SECONDS_A_MINUTE = 60
NOON = 12
NOT_RECORDED = "Not recorded"
NOTHING = "—"
# English on every computer: the calendar module would follow the language of the system.
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH_SHORT_NAMES = tuple(name[:3] for name in MONTH_NAMES)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_date(day: date) -> str:
    """Write Nov 22, 2026: for banners, charts, letters and packets."""
    return f"{MONTH_SHORT_NAMES[day.month - 1]} {day.day}, {day.year}"


def short_date(day: date) -> str:
    """Write 11/22/2026: for dense tables."""
    return f"{day.month:02}/{day.day:02}/{day.year:04}"


def weekday(day: date) -> str:
    """Write Sunday. A format code would follow the language of the system."""
    return WEEKDAYS[day.weekday()]


def month_day(day: date) -> str:
    """Write Nov 22, where the year is plain from the surroundings."""
    return f"{MONTH_SHORT_NAMES[day.month - 1]} {day.day}"


def month_year(day: date) -> str:
    """Write Nov 2026, where the day does not matter."""
    return f"{MONTH_SHORT_NAMES[day.month - 1]} {day.year}"


def clock_time(moment: datetime | time) -> str:
    """Write 8:04 AM."""
    half = "AM" if moment.hour < NOON else "PM"
    return f"{(moment.hour - 1) % NOON + 1}:{moment.minute:02} {half}"


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


def signed(number: int | None) -> str:
    """Write +3, −4 or 0; a dash for what cannot be said."""
    if number is None:
        return NOTHING
    return f"{number:+}".replace("-", "−") if number else "0"


def dollars(cents: int) -> str:
    sign = "−" if cents < 0 else ""
    return f"{sign}${abs(cents) // 100:,}.{abs(cents) % 100:02}"


def count_of(number: int, singular: str, plural: str = "") -> str:
    """Write 1 patient, 2 patients."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def ordinal(number: int) -> str:
    """Write a place in a row: 1st, 2nd, 3rd, 11th."""
    is_teen = number // 10 % 10 == 1
    ending = "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
