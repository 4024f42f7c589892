"""Minutes become codes; months become initial or subsequent."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.billing.codes import CODES
from cocm_desktop.domain.billing.rules import MonthKind, NextCode, codes_for, month_kind, next_code
from cocm_desktop.domain.service_month import ServiceMonth

INITIAL, SUBSEQUENT = MonthKind.INITIAL, MonthKind.SUBSEQUENT

# The table as payers print it: first minute, last minute, codes. Source: billing rules 1.2, as in
# the midpoint tables of BCBS of North Dakota and of Texas.
INITIAL_TABLE = (
    (36, 85, "99492"),
    (86, 115, "99492 99494x1"),
    (116, 145, "99492 99494x2"),
    (146, 175, "99492 99494x3"),
    (176, 205, "99492 99494x4"),
    (206, 235, "99492 99494x5"),
    (236, 265, "99492 99494x6"),
    (266, 295, "99492 99494x7"),
    (296, 325, "99492 99494x8"),
)
SUBSEQUENT_TABLE = (
    (31, 75, "99493"),
    (76, 105, "99493 99494x1"),
    (106, 135, "99493 99494x2"),
    (136, 165, "99493 99494x3"),
    (166, 195, "99493 99494x4"),
    (196, 225, "99493 99494x5"),
    (226, 255, "99493 99494x6"),
    (256, 285, "99493 99494x7"),
    (286, 315, "99493 99494x8"),
)


def printed(kind: MonthKind, minutes: int, g2214_first_minute: int) -> str:
    """Look the minutes up in the printed table."""
    table = INITIAL_TABLE if kind is INITIAL else SUBSEQUENT_TABLE
    for first, last, codes in table:
        if first <= minutes <= last:
            return codes
    return "G2214" if minutes >= g2214_first_minute else ""


def billed(kind: MonthKind, minutes: int, g2214_first_minute: int) -> str:
    """Write what the program gives as the table does."""
    lines = codes_for(kind, minutes, g2214_first_minute=g2214_first_minute)
    return " ".join(
        line.code if line.code != "99494" and line.units == 1 else f"{line.code}x{line.units}"
        for line in lines
    )


@pytest.mark.parametrize("g2214_first_minute", [16, 30])
@pytest.mark.parametrize("kind", list(MonthKind))
def test_every_minute_up_to_300_is_billed_as_printed(
    kind: MonthKind, g2214_first_minute: int
) -> None:
    wrong = [
        minutes
        for minutes in range(301)
        if billed(kind, minutes, g2214_first_minute) != printed(kind, minutes, g2214_first_minute)
    ]

    assert wrong == []


@pytest.mark.parametrize(
    ("kind", "minutes", "first", "codes"),
    [
        pytest.param(INITIAL, 15, 16, "", id="initial, a minute short of half of 30"),
        pytest.param(INITIAL, 16, 16, "G2214", id="initial, half of 30 passed"),
        pytest.param(INITIAL, 29, 30, "", id="initial, 29 where a payer wants 30"),
        pytest.param(INITIAL, 30, 30, "G2214", id="initial, 30 where a payer wants 30"),
        pytest.param(INITIAL, 35, 16, "G2214", id="initial, half of 70 not passed"),
        pytest.param(INITIAL, 36, 16, "99492", id="initial, half of 70 passed"),
        pytest.param(INITIAL, 70, 16, "99492", id="initial, full"),
        pytest.param(INITIAL, 85, 16, "99492", id="initial, a minute short of an add-on"),
        pytest.param(INITIAL, 86, 16, "99492 99494x1", id="initial, first add-on"),
        pytest.param(INITIAL, 115, 16, "99492 99494x1", id="initial, last minute of one add-on"),
        pytest.param(INITIAL, 116, 16, "99492 99494x2", id="initial, second add-on"),
        pytest.param(SUBSEQUENT, 0, 16, "", id="later, no minutes"),
        pytest.param(SUBSEQUENT, 29, 30, "", id="later, 29 where a payer wants 30"),
        pytest.param(
            SUBSEQUENT, 30, 30, "G2214", id="later, only minute 30 where a payer wants 30"
        ),
        pytest.param(SUBSEQUENT, 30, 16, "G2214", id="later, half of 60 not passed"),
        pytest.param(SUBSEQUENT, 31, 16, "99493", id="later, half of 60 passed"),
        pytest.param(SUBSEQUENT, 31, 30, "99493", id="later, the other setting changes nothing"),
        pytest.param(SUBSEQUENT, 75, 16, "99493", id="later, a minute short of an add-on"),
        pytest.param(SUBSEQUENT, 76, 16, "99493 99494x1", id="later, first add-on"),
        pytest.param(SUBSEQUENT, 105, 16, "99493 99494x1", id="later, last minute of one add-on"),
        pytest.param(SUBSEQUENT, 106, 16, "99493 99494x2", id="later, second add-on"),
    ],
)
def test_marks_of_a_month(kind: MonthKind, minutes: int, first: int, codes: str) -> None:
    assert billed(kind, minutes, first) == codes


@given(
    kind=st.sampled_from(MonthKind),
    minutes=st.integers(0, 44_640),
    first=st.sampled_from([16, 30]),
)
def test_one_more_minute_never_takes_a_code_away(kind: MonthKind, minutes: int, first: int) -> None:
    def worth(at: int) -> int:
        """Count the minutes that the reached codes stand for."""
        lines = codes_for(kind, at, g2214_first_minute=first)
        return sum(CODES[line.code].full_minutes * line.units for line in lines)

    assert worth(minutes) <= worth(minutes + 1)


@given(
    kind=st.sampled_from(MonthKind),
    minutes=st.integers(0, 600),
    first=st.sampled_from([16, 30]),
)
def test_the_next_code_is_reached_at_its_minute_and_not_before(
    kind: MonthKind, minutes: int, first: int
) -> None:
    mark = next_code(kind, minutes, g2214_first_minute=first)

    now = billed(kind, minutes, first)
    assert mark.at_minute > minutes
    assert billed(kind, mark.at_minute - 1, first) == now
    assert billed(kind, mark.at_minute, first) != now
    assert mark.code in billed(kind, mark.at_minute, first)


@pytest.mark.parametrize(
    ("kind", "minutes", "expected"),
    [
        (INITIAL, 0, NextCode("G2214", 16)),
        (INITIAL, 16, NextCode("99492", 36)),
        (INITIAL, 36, NextCode("99494", 86)),
        (INITIAL, 86, NextCode("99494", 116)),
        (INITIAL, 116, NextCode("99494", 146)),
        (SUBSEQUENT, 30, NextCode("99493", 31)),
        (SUBSEQUENT, 31, NextCode("99494", 76)),
        (SUBSEQUENT, 105, NextCode("99494", 106)),
    ],
)
def test_next_code(kind: MonthKind, minutes: int, expected: NextCode) -> None:
    assert next_code(kind, minutes, g2214_first_minute=16) == expected


NOVEMBER = ServiceMonth(2026, 11)


@pytest.mark.parametrize(
    ("earlier", "kind"),
    [
        pytest.param([], INITIAL, id="never before"),
        pytest.param([ServiceMonth(2026, 10)], SUBSEQUENT, id="the month before"),
        pytest.param([ServiceMonth(2026, 5)], SUBSEQUENT, id="five months between"),
        pytest.param([ServiceMonth(2026, 4)], INITIAL, id="six months between"),
        pytest.param([ServiceMonth(2025, 11)], INITIAL, id="a year ago"),
        pytest.param(
            [ServiceMonth(2026, 9), ServiceMonth(2025, 1)], SUBSEQUENT, id="the last one counts"
        ),
        pytest.param([NOVEMBER], INITIAL, id="this month is no earlier one"),
        pytest.param([ServiceMonth(2026, 12)], INITIAL, id="a later month is no earlier one"),
        pytest.param(
            [ServiceMonth(2026, 12), ServiceMonth(2026, 10)],
            SUBSEQUENT,
            id="later ones are ignored",
        ),
    ],
)
def test_month_kind(earlier: Iterable[ServiceMonth], kind: MonthKind) -> None:
    assert month_kind(earlier, NOVEMBER) is kind


@pytest.mark.parametrize(("last", "kind"), [(7, INITIAL), (8, SUBSEQUENT)])
def test_a_gap_is_counted_across_the_turn_of_the_year(last: int, kind: MonthKind) -> None:
    assert month_kind([ServiceMonth(2025, last)], ServiceMonth(2026, 2)) is kind


@given(start=st.integers(0, 11), gap=st.integers(0, 40))
def test_only_the_length_of_the_gap_decides(start: int, gap: int) -> None:
    last = ServiceMonth(2024, 1).plus(start)

    kind = month_kind([last], last.plus(gap + 1))

    assert kind is (INITIAL if gap >= 6 else SUBSEQUENT)


def test_the_words_of_a_month_kind_name_its_base_code() -> None:
    assert (INITIAL.base_code, SUBSEQUENT.base_code) == ("99492", "99493")
