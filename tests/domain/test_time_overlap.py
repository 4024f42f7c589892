"""The clock of one person on days on which clocks change, and what is said of an overlap."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from cocm_desktop.domain.ids import TimeEntryId
from cocm_desktop.domain.time_overlap import (
    clock_words,
    ended_at,
    instant_of,
    overlapping,
    placed,
)
from cocm_desktop.errors import Refused
from tests.builders import a_time_entry

DENVER = ZoneInfo("America/Denver")
BACK, FORWARD = date(2026, 11, 1), date(2026, 3, 8)


def test_a_local_time_becomes_an_instant() -> None:
    assert instant_of(date(2026, 11, 12), time(9), DENVER) == datetime(2026, 11, 12, 16, tzinfo=UTC)
    assert instant_of(BACK, time(1, 30), DENVER) == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    assert instant_of(FORWARD, time(2, 30), DENVER) is None


def test_a_time_of_day_that_was_skipped_is_refused() -> None:
    entry = a_time_entry(worked_on=FORWARD, started_at=time(2, 30))

    with pytest.raises(Refused, match="There was no 2:30 AM on Mar 8, 2026"):
        placed(entry, DENVER)


def test_an_instant_that_was_measured_stays() -> None:
    measured = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
    entry = a_time_entry(worked_on=BACK, started_at=time(1, 30), began_at=measured)

    assert placed(entry, DENVER).began_at == measured
    assert placed(a_time_entry(), DENVER).began_at is None


@pytest.mark.parametrize(
    ("day", "start", "minutes", "end"),
    [
        (date(2026, 11, 12), time(9), 25, "9:00 AM–9:25 AM"),
        (FORWARD, time(1, 50), 20, "1:50 AM–3:10 AM"),
        (BACK, time(0, 50), 80, "12:50 AM–1:10 AM"),
    ],
)
def test_the_end_is_what_the_clock_on_the_wall_said(
    day: date, start: time, minutes: int, end: str
) -> None:
    entry = placed(a_time_entry(minutes, worked_on=day, started_at=start), DENVER)

    assert clock_words(entry, DENVER) == end


def test_an_entry_of_before_ends_by_the_wall_clock() -> None:
    assert ended_at(a_time_entry(25, started_at=time(9)), DENVER) == time(9, 25)
    assert ended_at(a_time_entry(25), DENVER) is None
    assert not clock_words(a_time_entry(25), DENVER)


def test_the_hour_that_is_there_twice_is_two_hours() -> None:
    first, second = (
        a_time_entry(
            30,
            id=TimeEntryId(name),
            worked_on=BACK,
            started_at=time(1, 15),
            began_at=datetime(2026, 11, 1, hour, 15, tzinfo=UTC),
        )
        for name, hour in (("first", 7), ("second", 8))
    )

    assert overlapping(first, [second]) is None
    assert overlapping(
        first, [placed(a_time_entry(10, worked_on=BACK, started_at=time(1, 20)), DENVER)]
    )
