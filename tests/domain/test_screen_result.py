"""The screens beside a diagnosis: the latest form of each, held against its published cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.domain.ids import MeasureId
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.screen_result import MISSING, screen_results, screener_words
from tests.builders import a_measure

NOVEMBER_3 = date(2026, 11, 3)
CATALOGUE = load_instruments()


def a_form(name: str, answers: tuple[int | None, ...], on: date = NOVEMBER_3) -> Measure:
    instrument = CATALOGUE.offered(InstrumentId(name))
    scored = instrument.score(answers, Sex.FEMALE)
    return replace(
        a_measure(),
        id=MeasureId(f"{name} {on}"),
        instrument_id=instrument.id,
        instrument_version=instrument.version,
        taken_on=on,
        answers=answers,
        total=scored.total,
        critical=None,
        is_complete=scored.is_complete,
    )


def words(*measures: Measure, sex: Sex = Sex.FEMALE) -> list[str]:
    return [each.words for each in screen_results(measures, CATALOGUE, sex)]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (a_form("MDQ", (1,) * 13 + (1, 2)), "MDQ 13 (cut 7), positive"),
        (a_form("MDQ", (1,) * 13 + (0, 2)), "MDQ 13 (cut 7), negative"),
        (a_form("PC-PTSD-5", (1, 1, 1, 1, 0, 0)), "PC-PTSD-5 3 (cut 4), negative"),
        (a_form("DAST-10", (1, 1) + (0,) * 8), "DAST-10 3 (cut 3), positive"),
        (a_form("AUDIT-C", (1, 1, 1)), "AUDIT-C 3 (cut 3), positive"),
        (a_form("ASRS-A", (4, 4, 4, 4, 0, 0)), "ASRS-A 4 (cut 4), positive"),
        (a_form("DAST-10", (1, None) + (0,) * 8), "DAST-10 incomplete"),
    ],
    ids=lambda each: each if isinstance(each, str) else str(each.instrument_id),
)
def test_a_screen_says_its_score_its_cut_and_its_result(form: Measure, said: str) -> None:
    assert words(form) == [said]


def test_the_cut_is_that_of_the_patients_sex() -> None:
    assert words(a_form("AUDIT-C", (1, 1, 1)), sex=Sex.MALE) == ["AUDIT-C 3 (cut 4), negative"]


def test_only_the_latest_of_each_screen_counts_and_other_forms_do_not() -> None:
    early = a_form("DAST-10", (1,) * 10, date(2026, 9, 1))
    late = a_form("DAST-10", (0,) * 10)

    assert words(late, a_measure(), a_form("MDQ", (0,) * 15), early) == [
        "MDQ 0 (cut 7), negative",
        "DAST-10 1 (cut 3), negative",
    ]


def test_a_total_alone_is_held_against_the_cut() -> None:
    form = replace(a_form("DAST-10", (0,) * 10), answers=(None,) * 10, total=5, total_only=True)

    assert words(form) == ["DAST-10 5 (cut 3), positive"]


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (
            (1, 1, 0, 0, 0, 0, None),
            "C-SSRS Nov 3, 2026: yes to wish, thoughts; triage printed on the form: Low Risk",
        ),
        ((0, 0, None, None, None, 0, None), "C-SSRS Nov 3, 2026: no item answered yes"),
        (
            (1, None, None, None, None, 0, None),
            f"C-SSRS Nov 3, 2026: yes to wish; triage printed on the form: Low Risk{MISSING}",
        ),
    ],
)
def test_the_screener_says_what_was_answered_yes_and_its_own_printed_triage(
    answers: tuple[int | None, ...], said: str
) -> None:
    older = a_form("C-SSRS", (1,) * 7, on=date(2026, 10, 1))

    assert screener_words([a_form("C-SSRS", answers), older], CATALOGUE) == said


def test_without_a_screener_nothing_is_said() -> None:
    assert screener_words([a_measure()], CATALOGUE) == ""
