"""How dates, amounts and counts read."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.wording import (
    clock_time,
    count_of,
    days_ago,
    dollars,
    long_date,
    long_moment,
    minutes_of,
    month_day,
    month_year,
    ordinal,
    short_date,
    signed,
)

DAY = date(2026, 11, 2)


def test_a_day_in_its_lengths() -> None:
    assert long_date(DAY) == "Nov 2, 2026"
    assert short_date(DAY) == "11/02/2026"
    assert month_day(DAY) == "Nov 2"
    assert month_year(DAY) == "Nov 2026"


def test_an_old_year_keeps_four_digits() -> None:
    assert short_date(date(987, 1, 5)) == "01/05/0987"


@pytest.mark.parametrize(
    ("hour", "minute", "words"),
    [
        (0, 0, "12:00 AM"),
        (0, 59, "12:59 AM"),
        (8, 4, "8:04 AM"),
        (11, 59, "11:59 AM"),
        (12, 0, "12:00 PM"),
        (13, 5, "1:05 PM"),
        (23, 59, "11:59 PM"),
    ],
)
def test_a_time_of_day(hour: int, minute: int, words: str) -> None:
    moment = datetime(2026, 11, 2, hour, minute, tzinfo=ZoneInfo("America/Denver"))

    assert clock_time(moment) == words
    assert long_moment(moment) == f"Nov 2, 2026 {words}"


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "today"), (1, "yesterday"), (2, "2 d ago"), (400, "400 d ago"), (-1, "in 1 d")],
)
def test_how_long_ago(days: int, words: str) -> None:
    assert days_ago(DAY - timedelta(days=days), DAY) == words


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0), (59, 0), (60, 1), (119, 1), (35 * 60 + 59, 35)]
)
def test_a_started_minute_does_not_count(seconds: int, minutes: int) -> None:
    assert minutes_of(seconds) == minutes


@pytest.mark.parametrize(
    ("cents", "words"),
    [
        (0, "$0.00"),
        (5, "$0.05"),
        (32_000, "$320.00"),
        (123_456_789, "$1,234,567.89"),
        (-1_050, "−$10.50"),
    ],
)
def test_amounts(cents: int, words: str) -> None:
    assert dollars(cents) == words


@given(st.integers(-(10**9), 10**9))
def test_no_cent_is_lost_in_words(cents: int) -> None:
    digits = dollars(cents).replace("−", "-").replace("$", "").replace(",", "").replace(".", "")

    assert int(digits) == cents


@pytest.mark.parametrize(
    ("number", "words"), [(3, "+3"), (-4, "−4"), (0, "0"), (None, "—"), (-100, "−100")]
)
def test_a_change_carries_its_sign(number: int | None, words: str) -> None:
    assert signed(number) == words


def test_counts() -> None:
    assert count_of(1, "patient") == "1 patient"
    assert count_of(0, "patient") == "0 patients"
    assert count_of(1_200, "diagnosis", "diagnoses") == "1,200 diagnoses"


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (22, "22nd")],
)
def test_a_place_in_a_row(number: int, words: str) -> None:
    assert ordinal(number) == words
