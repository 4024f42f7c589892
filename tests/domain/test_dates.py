"""Dates as people type them, and as they must not be read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.dates import add_months, read_date
from cocm_desktop.domain.wording import long_date, month_day, short_date

TODAY = date(2026, 11, 20)
JAN_5_1954 = date(1954, 1, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "1/5/54", "01/05/1954", "1-5-1954", "1.5.1954", "1 5 1954", "01051954", "010554",
        "19540105", "1954-01-05", "1954/1/5", "1954.01.05", "5 jan 1954", "5 Jan 54", "5-Jan-1954",
        "05JAN1954", "jan 5, 1954", "Jan 5 1954", "January 5, 1954", "JAN. 5, 1954", "jan 5th 1954",
        "5. january 1954", "  1/5/1954  ", "1954-01-05T00:00:00Z", "1954-01-05 08:04",
        "1/5/1954 12:00:00 AM", "1/5/1954\t0:00",
    ],
)  # fmt: skip
def test_a_birthday_is_read_in_many_ways(typed: str) -> None:
    assert read_date(typed, today=TODAY, past=True) == JAN_5_1954


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("t", TODAY),
        ("T", TODAY),
        ("today", TODAY),
        ("t-7", date(2026, 11, 13)),
        ("today - 7", date(2026, 11, 13)),
        ("t+1", date(2026, 11, 21)),
        ("+2w", date(2026, 12, 4)),
        ("-1w", date(2026, 11, 13)),
        ("+ 3 d", date(2026, 11, 23)),
        ("t+3m", date(2027, 2, 20)),
        ("-9m", date(2026, 2, 20)),
        ("+0", TODAY),
    ],
)
def test_short_words_count_from_today(typed: str, expected: date) -> None:
    assert read_date(typed, today=TODAY) == expected


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="blanks"),
        pytest.param("13/13/2026", id="no such month"),
        pytest.param("2/30/2026", id="no such day"),
        pytest.param("2/29/2026", id="no leap day in this year"),
        pytest.param("0/5/2026", id="month zero"),
        pytest.param("1/0/2026", id="day zero"),
        pytest.param("1/5", id="no year"),
        pytest.param("1/5/954", id="three digits of a year"),
        pytest.param("1/5/19544", id="five digits of a year"),
        pytest.param("1/5/0054", id="the year 54"),
        pytest.param("12/31/1899", id="before 1900"),
        pytest.param("1/1/2200", id="after 2199"),
        pytest.param("0000-00-00", id="zeros"),
        pytest.param("9999999999", id="too many digits"),
        pytest.param("99999999", id="eight nines"),
        pytest.param("5 foo 1954", id="no such month by name"),
        pytest.param("5 ja 1954", id="two letters could be two months"),
        pytest.param("5 janx 1954", id="letters after the month"),
        pytest.param("jan 1954", id="no day"),
        pytest.param("yesterday", id="a word we do not know"),
        pytest.param("t-", id="no number"),
        pytest.param("7", id="no sign"),
        pytest.param("t7", id="no sign after t"),
        pytest.param("+9999999", id="too far"),
        pytest.param("-9999m", id="before the first year"),
        pytest.param("+9999y", id="no such unit"),
        pytest.param("+99999w", id="overflow"),
        pytest.param("\u0661/\u0665/\u0661\u0669\u0665\u0664", id="Arabic digits"),
        pytest.param("१/५/१९५४", id="Devanagari digits"),
        pytest.param("¹/⁵/1954", id="raised digits"),
        pytest.param("1/5/19²4", id="a square"),
        pytest.param("+²", id="a square after a sign"),
        pytest.param("1/5/1954\x00", id="a null character"),
        pytest.param("1/5/1954; DROP TABLE patient", id="a statement"),
        pytest.param("=1/5/1954", id="a formula"),
        pytest.param("1" * 5_000, id="very long"),
        pytest.param("t" + "-" * 200 + "7", id="many signs"),
        pytest.param("İ/5/1954", id="a letter that grows when small"),
    ],
)
def test_what_is_not_a_date_is_none(typed: str) -> None:
    assert read_date(typed, today=TODAY) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(typed: str) -> None:
    for past in (False, True):
        read = read_date(typed, today=TODAY, past=past)

        assert read is None or isinstance(read, date)


@given(st.text(alphabet="0123456789tTdwm+-/. jan:,", max_size=24))
def test_no_text_of_the_right_letters_breaks_it_either(typed: str) -> None:
    read = read_date(typed, today=TODAY)

    assert read is None or isinstance(read, date)


@pytest.mark.parametrize("sign", ["+", "-"])
@pytest.mark.parametrize("unit", ["", "d", "w", "m"])
def test_even_the_edge_of_the_calendar_holds(sign: str, unit: str) -> None:
    for today in (date.min, date.max):
        read = read_date(f"{sign}9999{unit}", today=today)

        assert read is None or isinstance(read, date)


@pytest.mark.parametrize(
    ("typed", "past", "expected"),
    [
        pytest.param("11/20/26", True, TODAY, id="born today"),
        pytest.param("11/21/26", True, date(1926, 11, 21), id="nobody is born tomorrow"),
        pytest.param("1/1/27", True, date(1927, 1, 1), id="nor next year"),
        pytest.param("2/29/24", True, date(2024, 2, 29), id="a leap day that was"),
        pytest.param("2/29/28", True, date(1928, 2, 29), id="a leap day to come is a past one"),
        pytest.param("2/29/00", True, date(2000, 2, 29), id="2000 was a leap year"),
        pytest.param("1/5/27", False, date(2027, 1, 5), id="an appointment next year"),
        pytest.param("1/5/76", False, date(1976, 1, 5), id="fifty years back"),
        pytest.param("1/5/75", False, date(2075, 1, 5), id="forty-nine years on is nearer"),
        pytest.param("12/31/99", False, date(1999, 12, 31), id="the last century"),
    ],
)
def test_a_two_digit_year(typed: str, expected: date, *, past: bool) -> None:
    assert read_date(typed, today=TODAY, past=past) == expected


@given(
    born=st.dates(date(1900, 1, 1), TODAY),
    today=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
)
def test_a_two_digit_year_never_makes_a_birth_of_the_future(born: date, today: date) -> None:
    read = read_date(f"{born:%m/%d/%y}", today=today, past=True)

    assert read is None or read <= today


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_what_the_program_writes_it_reads(day: date) -> None:
    for written in (long_date(day), short_date(day), day.isoformat(), f"{day:%m%d%Y}"):
        assert read_date(written, today=TODAY) == day


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2199, 12, 31)])
def test_the_first_and_the_last_day_that_is_read(day: date) -> None:
    assert read_date(short_date(day), today=TODAY) == day


def test_at_the_end_of_a_century_the_next_one_is_nearer() -> None:
    assert read_date("1/5/05", today=date(2090, 6, 1)) == date(2105, 1, 5)
    assert read_date("1/5/95", today=date(2105, 6, 1)) == date(2095, 1, 5)


def test_eight_digits_are_month_first_where_that_is_a_date() -> None:
    assert read_date("12101954", today=TODAY) == date(1954, 12, 10)
    assert read_date("20010203", today=TODAY) == date(2001, 2, 3)


def test_a_full_year_of_the_future_is_left_to_the_rules() -> None:
    assert read_date("1/5/2054", today=TODAY, past=True) == date(2054, 1, 5)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_add_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 36))
def test_months_added_stay_in_their_month(day: date, months: int) -> None:
    later = add_months(day, months)

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later >= day
    assert later - day <= timedelta(days=31 * months)


def test_month_names_are_english_whatever_the_computer_speaks() -> None:
    names = [month_day(date(2026, month, 1)) for month in range(1, 13)]

    assert names == [
        "Jan 1", "Feb 1", "Mar 1", "Apr 1", "May 1", "Jun 1",
        "Jul 1", "Aug 1", "Sep 1", "Oct 1", "Nov 1", "Dec 1",
    ]  # fmt: skip
