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
    year = f", {since.year}" if since.year != today.year else ""
    return f"open for {count_of(days, 'day')}, since {month_day(since)}{year}"
