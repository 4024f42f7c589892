"""How long a safety task has been open, in days and in words."""

from __future__ import annotations

from datetime import date

from cocm_desktop.domain.wording import count_of, month_day


def days_open(since: date, today: date) -> int:
    """Give the days since the day of the answer; that day itself is 0."""
    return max(0, (today - since).days)


def is_escalated(since: date, today: date, *, after_days: int) -> bool:
    """Whether an open task has waited so long that the treating practitioner has to know."""
    return days_open(since, today) >= after_days


def age_words(since: date, today: date) -> str:
    """Write: opened today; open for 2 days, since Nov 18."""
    days = days_open(since, today)
    if not days:
        return "opened today"
    return f"open for {count_of(days, 'day')}, since {_day(since, today)}"


def answer_words(answer: int, instrument: str, item: int) -> str:
    """Name the answer that opened a safety task; without an item a person opened it."""
    asked = f"{instrument} item {item}".strip()
    return f"Answer {answer} on {asked}" if item else "Safety task opened by hand"


def open_words(answered_on: date | None, oldest: date | None, today: date) -> str:
    """Write after an answer how long it is open, and since when another is that is older.

    Nothing on the day itself. `answered_on` is the day of the answer that is told, the oldest
    day if not given: ", open for 2 days, since Nov 18; another open since Oct 5".
    """
    told = answered_on or oldest
    if told is None:
        return ""
    age = f", {age_words(told, today)}" if told < today else ""
    other = f"; another open since {_day(oldest, today)}" if oldest and oldest < told else ""
    return f"{age}{other}"


def _day(day: date, today: date) -> str:
    return f"{month_day(day)}, {day.year}" if day.year != today.year else month_day(day)
