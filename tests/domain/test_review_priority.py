"""The agenda of a caseload review: who is on it, why, and in which order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_priority import (
    MEETING_MINUTES,
    Section,
    agenda,
    cases_that_fit,
    reasons_for,
)
from tests.builders import TODAY, a_caseload, a_course, a_row, a_row_not_enrolled

LOW_GAD7 = a_course(4, 3, critical=None)


def in_week(week: int, *totals: int, days: int = 0, **changes: Any) -> RegistryRow:
    enrolled_on = TODAY - timedelta(weeks=week, days=days)
    return a_row(*totals, **{"enrolled_on": enrolled_on, "gad7": LOW_GAD7, **changes})


def rules(row: RegistryRow) -> list[str]:
    return [reason.rule for reason in reasons_for(row)]


def words(row: RegistryRow) -> list[str]:
    return [reason.words for reason in reasons_for(row)]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(in_week(5, 18, 9), [], id="at target in week 5"),
        pytest.param(in_week(3, 18, 17), ["R1"], id="new through week 3"),
        pytest.param(in_week(4, 18, 17), [], id="no longer new in week 4"),
        pytest.param(in_week(7, 18, 17, days=6), [], id="the day before week 8"),
        pytest.param(in_week(8, 18, 17), ["R4"], id="no response in week 8"),
        pytest.param(in_week(9, 18, 17, days=6), ["R4"], id="the last day of week 9"),
        pytest.param(in_week(10, 18, 17), ["R6"], id="a plateau from day 70"),
        pytest.param(in_week(10, 18, 9), [], id="half of the baseline"),
        pytest.param(in_week(10, 19, 10), ["R6"], id="ten is not half of 19"),
        pytest.param(in_week(10, 12, 9), [], id="below ten"),
        pytest.param(in_week(10, 9, 9), [], id="the baseline was not elevated"),
        pytest.param(in_week(8, 10, 10), ["R4"], id="the lowest elevated baseline"),
        pytest.param(in_week(8, 18), ["R4"], id="nobody measured since the baseline"),
        pytest.param(in_week(12, 18), ["R6"], id="nor by week 12"),
        pytest.param(in_week(5, 12, 7, 11), [], id="four points up"),
        pytest.param(in_week(5, 12, 7, 12), ["R7"], id="five points up from the best"),
        pytest.param(in_week(5, 9, 14), ["R7"], id="five points up from a low baseline"),
        pytest.param(in_week(5, 18, 9, question="Switch?"), ["R9"], id="a question"),
        pytest.param(in_week(5, 18, 4), ["R10"], id="remission"),
        pytest.param(in_week(5, 18, 5), [], id="five is not remission"),
        pytest.param(in_week(38, 18, 9), [], id="week 38"),
        pytest.param(in_week(39, 18, 9), ["R11"], id="nine months"),
        pytest.param(in_week(5, 18, 9, safety_answer=1), ["R0"], id="safety open"),
        pytest.param(
            in_week(40, 18, 4, 20, safety_answer=3, question="?"),
            ["R0", "R6", "R7", "R9", "R11"],
            id="many reasons, in the order of the agenda",
        ),
        pytest.param(
            in_week(5, 18, 9, status=EpisodeStatus.CLOSED, safety_answer=1),
            ["R0"],
            id="an open safety task outlives its episode",
        ),
        pytest.param(
            in_week(12, 18, 17, status=EpisodeStatus.CLOSED, question="?"), [], id="closed"
        ),
        pytest.param(
            in_week(12, 18, 17, status=EpisodeStatus.ON_HOLD), ["R6"], id="on hold counts"
        ),
        pytest.param(a_row_not_enrolled(), [], id="not enrolled"),
        pytest.param(a_row_not_enrolled(safety_answer=2), ["R0"], id="not enrolled, safety open"),
        pytest.param(
            a_row_not_enrolled(status=EpisodeStatus.CONSENTED), [], id="consented, nothing yet"
        ),
    ],
)
def test_reasons(row: RegistryRow, expected: list[str]) -> None:
    assert rules(row) == expected


def test_an_anxious_patient_without_response_is_on_the_agenda() -> None:
    row = in_week(10, 8, 7, gad7=a_course(15, 14, critical=None))

    assert words(row) == ["Week 10, GAD-7 neither below 10 nor half of baseline"]


def test_a_patient_whose_anxiety_stays_is_not_ready_to_step_down() -> None:
    assert rules(in_week(5, 18, 4, gad7=a_course(15, 12, critical=None))) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (in_week(8, 18, 14), "Week 8 of 8–12, PHQ-9 neither below 10 nor half of baseline"),
        (in_week(11, 18, 14), "Week 11, PHQ-9 neither below 10 nor half of baseline"),
        (in_week(11, 18), "Week 11, no PHQ-9 since the baseline"),
        (in_week(5, 12, 6, 13), "PHQ-9 up 7 points from its best"),
        (in_week(0, 18), "New, week 0"),
        (in_week(5, 18, 9, safety_answer=2), "Item 9 answered 2, not yet closed"),
        (in_week(5, 18, 9, question="Switch?"), "The care manager asks"),
        (in_week(5, 18, 3), "PHQ-9 below 5: ready to step down?"),
        (
            in_week(5, 3, 2, gad7=a_course(15, 4, critical=None)),
            "GAD-7 below 5: ready to step down?",
        ),
        (in_week(41, 18, 9), "In treatment for 41 weeks"),
    ],
)
def test_a_reason_names_its_inputs(row: RegistryRow, expected: str) -> None:
    assert words(row) == [expected]


def test_the_agenda_goes_by_section_and_then_by_weeks() -> None:
    rows = [
        in_week(41, 18, 9, last_name="Long"),
        in_week(5, 18, 4, last_name="Step"),
        in_week(5, 18, 9, last_name="Asked", question="?"),
        in_week(1, 18, last_name="New"),
        in_week(5, 12, 7, 12, last_name="Worse"),
        in_week(8, 18, 17, last_name="Eight"),
        in_week(30, 18, 17, last_name="Thirty"),
        in_week(2, 18, last_name="Safe", safety_answer=1),
        in_week(5, 18, 9, last_name="Nothing"),
    ]

    entries = agenda(rows)

    assert [entry.row.last_name for entry in entries] == [
        "Safe", "Thirty", "Eight", "Worse", "New", "Asked", "Step", "Long",
    ]  # fmt: skip
    assert [entry.section for entry in entries] == [
        Section.SAFETY,
        Section.NON_RESPONSE,
        Section.NON_RESPONSE,
        Section.WORSE,
        Section.NEW,
        Section.QUESTION,
        Section.STEP_DOWN,
        Section.LONG_EPISODE,
    ]


def test_patients_of_one_section_and_week_go_by_name() -> None:
    rows = [in_week(8, 18, 17, last_name=name) for name in ("Ng", "Alvarez", "Chen")]

    assert [entry.row.last_name for entry in agenda(rows)] == ["Alvarez", "Chen", "Ng"]


@given(st.permutations(a_caseload()))
def test_the_order_of_the_rows_does_not_matter(rows: list[RegistryRow]) -> None:
    assert agenda(rows) == agenda(a_caseload())


def test_every_patient_is_on_the_agenda_once_and_with_a_reason() -> None:
    entries = agenda(a_caseload())

    assert len({entry.row.key for entry in entries}) == len(entries)
    assert all(entry.reasons for entry in entries)


def test_an_empty_caseload_has_an_empty_agenda() -> None:
    assert agenda([]) == ()


def test_sections_carry_letters_in_their_order() -> None:
    assert "".join(section.letter for section in Section) == "ABCDEFG"


@pytest.mark.parametrize(
    ("minutes", "cases"), [(0, 0), (8, 0), (9, 1), (42, 4), (43, 5), (60, 6), (MEETING_MINUTES, 20)]
)
def test_how_many_cases_fit(minutes: int, cases: int) -> None:
    assert cases_that_fit(minutes) == cases
