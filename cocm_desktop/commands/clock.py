"""The clock of a command: this computer's, or one moment that is given."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from cocm_desktop.domain.dates import FIRST_YEAR, LAST_YEAR
from cocm_desktop.errors import Problem, Refused

Clock = Callable[[ZoneInfo | None], datetime]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def clock_of(as_of: str | None) -> Clock:
    """Give a clock that stands still at `as_of`, or one that runs where nothing is given.

    A day means its noon, and a moment without a zone is meant in the practice's own.
    """
    if not as_of:
        return lambda zone: datetime.now(UTC).astimezone(zone)
    moment = _moment(as_of.strip())
    if moment.tzinfo is None:
        return lambda zone: moment.replace(tzinfo=zone) if zone else moment.astimezone()
    return moment.astimezone


def _moment(text: str) -> datetime:
    try:
        if _DAY.fullmatch(text):
            # Noon is the same day in every zone of the United States, and in UTC.
            moment = datetime.combine(date.fromisoformat(text), time(12))
        else:
            moment = datetime.fromisoformat(text)
    except ValueError:
        raise _no_moment(text) from None
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise _no_moment(text)
    return moment


def _no_moment(text: str) -> Refused:
    words = f"“{text}” is no moment. Write 2026-11-22, or 2026-11-22T08:04 with a zone or without."
    return Refused(Problem("as_of", words))
