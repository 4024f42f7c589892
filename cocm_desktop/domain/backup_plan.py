"""When a backup is due, which old ones go, and when it is said that the newest is too old."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

# Source: 45 CFR 164.308(a)(7) asks for a plan that loses little; the practice's promise is one day,
# and half a day more before it is said aloud.
AGING_AFTER: Final = timedelta(hours=24)
LATE_AFTER: Final = timedelta(hours=36)
INTERVAL: Final = timedelta(minutes=30)
"""While somebody works and records, so long between two backups."""
ASKED_FOR_STAY: Final = timedelta(days=30)
"""So long a backup stays that somebody asked for, or that was made before a great change."""
DRILL_AFTER: Final = timedelta(days=92)
"""Source: quarterly, four times as often as the yearly test that is proposed for 45 CFR 164.308."""
REMIND_AFTER_DAYS: Final = 7
"""After so many days a copy in the second place is asked for, unless chosen otherwise."""

DAYS, WEEKS, MONTHS = 14, 8, 12
NEWEST: Final = 4


class Cause(Enum):
    """Why a backup was made; the value stands in its name."""

    ASKED_FOR = ""
    INTERVAL = "auto"
    CLOSING = "closing"
    BEFORE_IMPORT = "before-import"
    BEFORE_RESTORE = "before-restore"
    BEFORE_NEW_KEY = "before-new-key"


_BY_THE_CALENDAR: Final = {Cause.INTERVAL.value, Cause.CLOSING.value}


class Age(Enum):
    """How the age of the newest backup is shown."""

    GOOD = "good"
    AGING = "aging"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup in a folder: its file's name, when it was made in the practice's time, and why."""

    name: str
    at: datetime
    label: str = ""


def is_due(newest_at: datetime | None, now: datetime, *, is_changed: bool) -> bool:
    """Tell whether the next backup is to be made; one from the future counts for none."""
    if newest_at is None:
        return True
    return is_changed and not timedelta() <= now - newest_at < INTERVAL


def age_of(newest_at: datetime | None, now: datetime, *, is_changed: bool = True) -> Age:
    """Judge the newest backup. Where nothing was recorded since, it holds everything."""
    if newest_at is None:
        return Age.LATE
    if not is_changed or now - newest_at <= AGING_AFTER:
        return Age.GOOD
    return Age.LATE if now - newest_at > LATE_AFTER else Age.AGING


def is_drill_due(last_at: datetime | None, now: datetime) -> bool:
    return last_at is None or now - last_at > DRILL_AFTER


def is_copy_due(last_at: datetime | None, now: datetime, *, remind_days: int) -> bool:
    """Tell whether the second place has had no copy for too long."""
    return last_at is None or now - last_at > timedelta(days=remind_days)


def to_remove(made: Iterable[Made], now: datetime) -> tuple[Made, ...]:
    """Name the backups that may go, oldest first.

    Of those made by the program the newest of each of 14 days, 8 weeks and 12 months stay; those
    that somebody asked for join them after a month. The newest few stay whatever their kind.
    """
    newest_first = sorted(made, key=lambda each: (each.at, each.name), reverse=True)
    kept = {each.name for each in newest_first[:NEWEST]}
    kept |= {each.name for each in newest_first if _stays(each, now)}
    by_calendar = [each for each in newest_first if each.at <= now]
    kept |= _newest_of_each(by_calendar, DAYS, lambda at: at.date())
    kept |= _newest_of_each(by_calendar, WEEKS, lambda at: at.isocalendar()[:2])
    kept |= _newest_of_each(by_calendar, MONTHS, lambda at: (at.year, at.month))
    return tuple(each for each in reversed(newest_first) if each.name not in kept)


def _stays(made: Made, now: datetime) -> bool:
    return made.label not in _BY_THE_CALENDAR and now - made.at <= ASKED_FOR_STAY


def _newest_of_each(
    newest_first: Sequence[Made], most: int, span: Callable[[datetime], Hashable]
) -> set[str]:
    """Name the newest backup of each span, for the last spans that have one."""
    found: dict[Hashable, str] = {}
    for each in newest_first:
        key = span(each.at)
        if key not in found:
            if len(found) == most:
                break
            found[key] = each.name
    return set(found.values())
