"""One person's clock: when an entry began and ended, and whether it has a minute twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from cocm_desktop.domain.time_entry import TimeEntry
from cocm_desktop.domain.wording import clock_time, long_date
from cocm_desktop.errors import Problem, Refused


def instant_of(day: date, moment: time, zone: tzinfo) -> datetime | None:
    """Give the instant of a local time; None where the clocks were set forward over it.

    Where they were set back over it, the first of the two is meant.
    """
    local = datetime.combine(day, moment, tzinfo=zone)
    instant = local.astimezone(UTC)
    is_there = instant.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None)
    return instant if is_there else None


def placed(entry: TimeEntry, zone: tzinfo) -> TimeEntry:
    """Give the entry its instant, or refuse a time of day that there was not."""
    if entry.started_at is None or entry.began_at is not None:
        return entry
    began_at = instant_of(entry.worked_on, entry.started_at, zone)
    if began_at is None:
        words = (
            f"There was no {clock_time(entry.started_at)} on {long_date(entry.worked_on)}: "
            "the clocks were set forward. Change the start."
        )
        raise Refused(Problem("started_at", words))
    return replace(entry, began_at=began_at)


def ended_at(entry: TimeEntry, zone: tzinfo) -> time | None:
    """Give the local time of day at which an entry ended; None where no start is known."""
    if entry.began_at is not None:
        instant = entry.began_at.astimezone(UTC) + timedelta(seconds=entry.seconds)
        return instant.astimezone(zone).time()
    return _naive_end(entry).time() if entry.started_at is not None else None


def clock_words(entry: TimeEntry, zone: tzinfo) -> str:
    """Write 10:10 AM–10:25 AM; empty where no start is known."""
    end = ended_at(entry, zone)
    if entry.started_at is None or end is None:
        return ""
    return f"{clock_time(entry.started_at)}–{clock_time(end)}"


def overlapping(entry: TimeEntry, others: Iterable[TimeEntry]) -> TimeEntry | None:
    """Give an entry of the same person and day whose clock time this one shares, if any.

    Entries without a start cannot be compared and never overlap.
    """
    return next((other for other in others if _overlap(entry, other)), None)


def overlap_problem(clock: str, *, whose: str, patient: str) -> Problem:
    """Say with which entry clock time is shared: whose it is, when, and for which patient."""
    words = f"This overlaps {whose} {clock} entry for {patient}."
    return Problem("started_at", f"{words} One minute counts once: change the start or the length.")


def _overlap(entry: TimeEntry, other: TimeEntry) -> bool:
    if entry.id == other.id or entry.staff_id != other.staff_id:
        return False
    if entry.started_at is None or other.started_at is None or entry.worked_on != other.worked_on:
        return False
    if entry.began_at is not None and other.began_at is not None:
        first, other_first = entry.began_at.astimezone(UTC), other.began_at.astimezone(UTC)
    else:
        first = datetime.combine(entry.worked_on, entry.started_at)
        other_first = datetime.combine(other.worked_on, other.started_at)
    end = first + timedelta(seconds=entry.seconds)
    return first < other_first + timedelta(seconds=other.seconds) and other_first < end


def _naive_end(entry: TimeEntry) -> datetime:
    start = datetime.combine(entry.worked_on, entry.started_at or time(0))
    return start + timedelta(seconds=entry.seconds)
