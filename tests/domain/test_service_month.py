"""Calendar months in which minutes count."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.service_month import ServiceMonth

MONTHS = st.builds(ServiceMonth, st.integers(1901, 2100), st.integers(1, 12))


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-11", ServiceMonth(2026, 11)),
        (" 2026-01 ", ServiceMonth(2026, 1)),
        ("1999-12", ServiceMonth(1999, 12)),
        ("2026-13", None),
        ("2026-00", None),
        ("2026-1", None),
        ("11/2026", None),
        ("2026-11-20", None),
        ("٢٠٢٦-11", None),
        ("", None),
    ],
)
def test_a_month_is_read_as_files_write_it(text: str, month: ServiceMonth | None) -> None:
    assert ServiceMonth.parse(text) == month


@pytest.mark.parametrize(
    ("month", "last"),
    [
        (ServiceMonth(2026, 2), date(2026, 2, 28)),
        (ServiceMonth(2028, 2), date(2028, 2, 29)),
        (ServiceMonth(2100, 2), date(2100, 2, 28)),
        (ServiceMonth(2026, 12), date(2026, 12, 31)),
    ],
)
def test_the_last_day(month: ServiceMonth, last: date) -> None:
    assert month.last_day == last


@given(MONTHS)
def test_a_month_holds_its_days_and_no_others(month: ServiceMonth) -> None:
    assert month.first_day.day == 1
    assert month.contains(month.first_day)
    assert month.contains(month.last_day)
    assert not month.contains(month.plus(1).first_day)
    assert not month.contains(month.plus(-1).last_day)
    assert ServiceMonth.of(month.last_day) == month


@given(MONTHS, st.integers(-1_000, 1_000))
def test_going_on_and_counting_back_agree(month: ServiceMonth, months: int) -> None:
    assert month.plus(months).months_since(month) == months
    assert (month.plus(months) > month) is (months > 0)


@given(MONTHS)
def test_a_month_is_written_and_read_back(month: ServiceMonth) -> None:
    assert ServiceMonth.parse(month.key) == month


def test_a_month_reads_in_words() -> None:
    assert str(ServiceMonth(2026, 11)) == "November 2026"


def test_months_are_walked_through_the_turn_of_the_year() -> None:
    walked = list(ServiceMonth(2025, 11).through(ServiceMonth(2026, 2)))

    assert [month.key for month in walked] == ["2025-11", "2025-12", "2026-01", "2026-02"]


def test_a_walk_of_one_month_and_of_none() -> None:
    november = ServiceMonth(2026, 11)

    assert list(november.through(november)) == [november]
    assert list(november.through(november.plus(-1))) == []
