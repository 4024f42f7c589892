"""A month's minutes in the words of a screen."""

from __future__ import annotations

import pytest

from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.rules import MonthKind, NextCode
from cocm_desktop.domain.month_minutes import MonthMinutes, minutes_of_month, no_minutes
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity
from tests.builders import THIS_MONTH, a_time_entry, month_facts


def of_minutes(minutes: int) -> MonthMinutes:
    return minutes_of_month(month_facts(time=(a_time_entry(minutes),)))


@pytest.mark.parametrize(
    ("minutes", "reached", "following"),
    [
        (15, "No code reached yet", "G2214 at 16"),
        (30, "G2214 reached", "99493 at 31"),
        (52, "99493 reached", "99494 at 76"),
        (76, "99493 + 99494 reached", "next unit of 99494 at 106"),
        (140, "99493 + 3 × 99494 reached", "next unit of 99494 at 166"),
    ],
)
def test_what_is_reached_and_what_comes_next(minutes: int, reached: str, following: str) -> None:
    month = of_minutes(minutes)

    assert (month.counted, month.reached_words, month.next_words) == (minutes, reached, following)


def test_the_next_code_is_named_in_words_of_our_own() -> None:
    assert of_minutes(40).next_label == "CoCM, each further 30 minutes"


def test_minutes_left_out_carry_their_reason() -> None:
    entries = (
        a_time_entry(40),
        a_time_entry(1, activity=Activity.CLERICAL),
        a_time_entry(12, role=Role.PSYCHIATRIC_CONSULTANT),
    )

    month = minutes_of_month(month_facts(time=entries))

    assert [left.words for left in month.left_out] == [
        "1 minute left out: Clerical work does not count.",
        "12 minutes left out: Only the care manager's time counts.",
    ]


def test_the_practices_choice_moves_the_first_mark() -> None:
    strict = month_facts(time=(a_time_entry(20),), settings=BillingSettings(g2214_first_minute=30))

    assert minutes_of_month(strict).next_words == "G2214 at 30"


def test_a_month_without_time() -> None:
    month = no_minutes(THIS_MONTH, MonthKind.INITIAL, NextCode("G2214", 16))

    assert (month.counted, month.reached_words, month.left_out) == (0, "No code reached yet", ())
