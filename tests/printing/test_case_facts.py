"""Medication, diagnosis and therapy on a case sheet: what is recorded, and lines for the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cocm_desktop.domain.medication import Adherence, Intake
from tests.builders import TODAY, a_case_sheet, a_chart, a_medication, a_row, case_facts
from tests.printing.test_case_sheet import sheet_of, words_on


def test_medication_diagnoses_and_therapy_stand_on_the_sheet() -> None:
    row = a_row(18, 14, 12)
    since = TODAY - timedelta(weeks=5)
    taken = a_medication(
        "sertraline",
        ("100 mg", since),
        intake=Intake(Adherence.MISSES_SOME, "dry mouth", TODAY),
    )
    stopped = a_medication(
        "bupropion", ("150 mg", since), stopped_on=TODAY, response="none", stop_reason="insomnia"
    )
    facts = replace(case_facts("some words"), allergies="Penicillin: rash")
    chart = replace(a_chart(row), medications=(taken, stopped), facts=facts)

    page = words_on(sheet_of(chart))

    for words in (
        "sertraline 100 mg",
        " 5 told Nov 20 Misses some doses; dry mouth",
        "bupropion 150 mg; stopped",
        "none; insomnia",
        "Allergies Penicillin: rash",
        "Ruled out F33.1 some words",
        "Screens MDQ 9 (cut 7), positive",
        "1 session, last Nov 20 Sleep habits 1",
        "Homework some words",
        "Goal, open some words",
    ):
        assert words in page


def test_what_is_not_recorded_leaves_lines_to_write_on() -> None:
    page = words_on(a_case_sheet(a_row(18)))

    assert page.count("write in") >= 2
    assert "Allergies Not recorded" in page
    assert "No session and no goal recorded." in page


def test_what_does_not_fit_is_counted() -> None:
    chart = a_chart(a_row(18))
    since = TODAY - timedelta(weeks=5)
    many = tuple(a_medication(f"medicine {n}", ("1 mg", since)) for n in range(9))

    page = words_on(sheet_of(replace(chart, medications=many, facts=case_facts("x", 9))))

    assert " more in the chart" in page
    assert "more goals in the chart" in page


def test_a_dose_of_an_earlier_year_says_its_year() -> None:
    long_ago = a_medication("lithium", ("300 mg", TODAY - timedelta(weeks=58)))

    page = words_on(sheet_of(replace(a_chart(a_row(18)), medications=(long_ago,))))

    assert "lithium 300 mg Oct 2025 58" in page
