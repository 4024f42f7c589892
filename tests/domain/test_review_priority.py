"""The agenda of a caseload review: who is on it, why, and in which order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.due_item import RULES
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.open_recommendation import OpenRecommendation
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_priority import (
    MEETING_MINUTES,
    SECTIONS,
    Section,
    agenda,
    cases_that_fit,
    reasons_for,
)
from tests.builders import TODAY, a_caseload, a_course, a_row

LOW_GAD7 = a_course(4, 3, critical=None)


def in_week(week: int, *totals: int, days: int = 0, **changes: Any) -> RegistryRow:
    enrolled_on = TODAY - timedelta(weeks=week, days=days)
    return a_row(*totals, **{"enrolled_on": enrolled_on, "gad7": LOW_GAD7, **changes})


def rules(row: RegistryRow) -> list[str]:
    return [reason.rule for reason in reasons_for(row)]


def test_only_rules_that_hold_today_put_a_patient_on_the_agenda() -> None:
    reviewed = in_week(5, 18, 9, last_review_on=TODAY)

    assert rules(reviewed) == []
    assert rules(in_week(5, 18, 9, last_review_on=None)) == ["R1"]


def test_a_reason_carries_the_words_of_its_rule_and_where_it_comes_from() -> None:
    [reason] = reasons_for(in_week(8, 18, 17, last_review_on=TODAY - timedelta(days=1)))

    assert (reason.rule, reason.section) == ("R4", Section.NON_RESPONSE)
    assert reason.short == "Week 8, no response"
    assert reason.why.startswith("R4: Week 8 of 8–12")


def test_every_review_rule_has_its_section() -> None:
    review_rules = {rule.id for rule in RULES if rule.is_of_review}

    assert set(SECTIONS) == review_rules
    assert set(SECTIONS.values()) == set(Section) - {Section.CARRIED_OVER}


def test_the_agenda_goes_by_section() -> None:
    late = OpenRecommendation(TODAY - timedelta(days=20))
    rows = [
        in_week(41, 18, 9, last_name="Long"),
        in_week(5, 18, 4, last_name="Step"),
        in_week(9, 18, 9, last_name="Month", last_review_on=TODAY - timedelta(days=31)),
        in_week(6, 18, 9, last_name="Open", open_recommendations=(late,)),
        in_week(5, 18, 9, last_name="Asked", question="?"),
        in_week(1, 18, last_name="New"),
        in_week(5, 12, 7, 12, last_name="Worse", last_review_on=TODAY - timedelta(days=20)),
        in_week(11, 18, 17, last_name="Plateau"),
        in_week(2, 18, last_name="Safe", safety_answer=1),
        in_week(5, 18, 9, last_name="Nothing"),
    ]

    entries = agenda(rows)

    assert [(entry.row.last_name, entry.section) for entry in entries] == [
        ("Safe", Section.SAFETY),
        ("Plateau", Section.NON_RESPONSE),
        ("Worse", Section.WORSE),
        ("New", Section.NEW),
        ("Asked", Section.QUESTION),
        ("Open", Section.FOLLOW_THROUGH),
        ("Month", Section.ROUTINE),
        ("Step", Section.STEP_DOWN),
        ("Long", Section.LONG_EPISODE),
    ]


def test_non_response_goes_by_the_time_since_the_plan_changed() -> None:
    rows = [
        in_week(40, 18, 17, last_name="Changed", plan_changed_on=TODAY - timedelta(weeks=11)),
        in_week(12, 18, 17, last_name="Same"),
    ]

    assert [entry.row.last_name for entry in agenda(rows)] == ["Same", "Changed"]


def test_within_the_routine_active_treatment_comes_first() -> None:
    prevention = in_week(
        30,
        *(18, 9),
        last_name="Prevention",
        last_review_on=TODAY - timedelta(days=90),
        status=EpisodeStatus.RELAPSE_PREVENTION,
    )
    active = in_week(9, 18, 9, last_name="Active", last_review_on=TODAY - timedelta(days=31))

    assert [entry.row.last_name for entry in agenda([prevention, active])] == [
        "Active",
        "Prevention",
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
    assert "".join(section.letter for section in Section) == "ABCDEFGHIJ"


@pytest.mark.parametrize(
    ("minutes", "cases"), [(0, 0), (8, 0), (9, 1), (42, 4), (43, 5), (60, 6), (MEETING_MINUTES, 20)]
)
def test_how_many_cases_fit(minutes: int, cases: int) -> None:
    assert cases_that_fit(minutes) == cases
