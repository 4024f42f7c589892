"""What a person is told before time is saved: what is unusual, and what will not count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cocm_desktop.domain.time_entry import (
    COUNTABLE_ACTIVITIES,
    COUNTABLE_ROLES,
    TimeEntry,
    TimeSource,
)
from cocm_desktop.domain.wording import (
    SECONDS_A_MINUTE,
    clock_time,
    count_of,
    long_date,
    minutes_of,
)

# Source: users' needs 3.6: an entry of more than 120 minutes is asked about. The other two marks
# are ours: beyond them a slip of the pen is likelier than the work.
LONG_ENTRY_MINUTES = 120
MUCH_A_DAY_MINUTES = 10 * 60
MUCH_A_MONTH_MINUTES = 5 * 60
# A wall clock and the computer's differ by as much.
CLOCKS_DIFFER_BY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on file already: the person's on that day, and the patient's in that month."""

    of_day: int = 0
    of_month: int = 0


@dataclass(frozen=True, slots=True)
class TimeOutlook:
    """What can be said of an entry while it is typed.

    `clock` is when it would begin and end. `questions` have to be answered before it is saved.
    """

    clock: str = ""
    overlap: str = ""
    not_counted: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    may_be_split: bool = False


def questions(entry: TimeEntry, spent: Spent) -> Iterator[str]:
    """Ask about what is unusual; nothing of it is forbidden."""
    day, month = spent.of_day + entry.seconds, spent.of_month + entry.seconds
    if entry.seconds > LONG_ENTRY_MINUTES * SECONDS_A_MINUTE:
        yield f"{duration(entry.seconds)} in one entry. Is that right?"
    if day > MUCH_A_DAY_MINUTES * SECONDS_A_MINUTE:
        yield f"{long_date(entry.worked_on)} comes to {duration(day)} of yours. Is that right?"
    if month > MUCH_A_MONTH_MINUTES * SECONDS_A_MINUTE:
        yield f"The patient's month comes to {duration(month)}. Is that right?"


def questions_of_end(entry: TimeEntry, now: datetime) -> Iterator[str]:
    """Ask about typed time that would end after now; a timer measures, whatever the clock says."""
    if entry.began_at is None or entry.source is TimeSource.TIMER:
        return
    end = entry.began_at + timedelta(seconds=entry.seconds)
    if end > now + CLOCKS_DIFFER_BY:
        local = end.astimezone(now.tzinfo)
        yield f"It would end at {clock_time(local)}, which is still to come. Is that right?"


def will_not_count(
    entry: TimeEntry, *, consented_on: date | None, withdrawn_on: date | None = None
) -> Iterator[str]:
    """Say why an entry will not count, as far as the entry and the consent tell.

    `withdrawn_on` is the last day on which a consent held, None while one holds.
    """
    if entry.role not in COUNTABLE_ROLES:
        yield f"Time as {entry.role.value.lower()} does not count for most payers."
    if entry.activity not in COUNTABLE_ACTIVITIES:
        yield "Clerical work does not count."
    if entry.billed_as:
        yield f"Does not count: it is billed as {entry.billed_as} already."
    if consented_on is None:
        yield "Does not count: no consent is on file."
    elif entry.worked_on < consented_on:
        yield f"Does not count: it was before the consent of {long_date(consented_on)}."
    elif withdrawn_on and entry.worked_on > withdrawn_on:
        yield f"Does not count: the consent held until {long_date(withdrawn_on)}."
    if not entry.is_signed:
        yield "Does not count until it is signed."


def duration(seconds: int) -> str:
    """Write 45 minutes, 2 hours or 5 h 12 min."""
    hours, minutes = divmod(minutes_of(seconds), 60)
    if not hours:
        return count_of(minutes, "minute")
    return f"{hours} h {minutes} min" if minutes else count_of(hours, "hour")


def exact(seconds: int) -> str:
    """Write 25 min, 12 min 34 s or 40 s: whole seconds, as they are kept."""
    minutes, rest = divmod(seconds, SECONDS_A_MINUTE)
    parts = (f"{minutes} min" if minutes else "", f"{rest} s" if rest else "")
    return " ".join(filter(None, parts))
