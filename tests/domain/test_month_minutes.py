"""A month's minutes in the words of a screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cocm_desktop.domain.billing.choices import Line, Performer
from cocm_desktop.domain.billing.evaluation_facts import ChoiceFacts
from cocm_desktop.domain.billing.rules import MonthKind, NextCode
from cocm_desktop.domain.month_minutes import MonthMinutes, minutes_of_month, no_minutes
from cocm_desktop.domain.time_entry import Activity
from tests.builders import THIS_MONTH, TODAY, a_month, a_spell, evaluated


def of_minutes(minutes: int) -> MonthMinutes:
    result = evaluated(a_month(time=(a_spell(minutes),)))
    return minutes_of_month(THIS_MONTH, result, g2214_first_minute=16)


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


def test_general_integration_has_nothing_more_to_reach() -> None:
    facts = replace(a_month(time=(a_spell(40),)), line=Line.BHI)

    month = minutes_of_month(THIS_MONTH, evaluated(facts), g2214_first_minute=16)

    assert (month.reached_words, month.next_words, month.share) == ("99484 reached", "", 1.0)


def test_minutes_left_out_carry_their_reason() -> None:
    time = (
        a_spell(40, 5),
        a_spell(1, 6, work=Activity.CLERICAL),
        a_spell(12, 7, role=Performer.PSYCHIATRIC_CONSULTANT),
    )

    month = minutes_of_month(THIS_MONTH, evaluated(a_month(time=time)), g2214_first_minute=16)

    assert [left.words for left in month.left_out] == [
        "12 minutes left out: Time in this role does not count for this payer.",
        "1 minute left out: Clerical work does not count.",
    ]
    assert {entry_id for entry_id, _reason in month.why_not} == {time[1].id, time[2].id}


def test_the_practices_choice_moves_the_first_mark() -> None:
    facts = a_month(time=(a_spell(20),), choices=ChoiceFacts(g2214_first_minute=30))
    still_open = evaluated(replace(facts, today=TODAY))

    closed = minutes_of_month(THIS_MONTH, evaluated(facts), g2214_first_minute=30)
    month = minutes_of_month(THIS_MONTH, still_open, g2214_first_minute=30)

    assert closed.next_words == month.next_words == "G2214 at 30"


def test_a_month_without_time() -> None:
    month = no_minutes(THIS_MONTH, MonthKind.INITIAL, NextCode("G2214", 16))

    assert (month.counted, month.reached_words, month.left_out) == (0, "No code reached yet", ())
