"""What a patient reads of their own care: plain words, and nothing that is not for paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cocm_desktop.domain.allergies import COULD_NOT_BE_ASKED, NO_KNOWN_ALLERGIES, NOT_RECORDED
from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.goal import Goal, GoalState
from cocm_desktop.domain.ids import GoalId
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient_summary import PatientSummary, SummaryFacts, patient_summary
from cocm_desktop.domain.plain_diagnosis import plain_diagnoses
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.safety_protocol import crisis_words
from cocm_desktop.printing.patient_summary import summary_pdf
from tests.builders import (
    TODAY,
    a_chart,
    a_diagnosis,
    a_medication,
    a_plan,
    a_practice,
    a_row,
    a_row_not_enrolled,
    an_episode,
    case_facts,
)
from tests.printing.read_back import texts

DAY = TODAY - timedelta(days=30)


def summary(chart: Chart, language: Language = Language.ENGLISH, **changes: Any) -> PatientSummary:
    facts = SummaryFacts(a_practice(), chart, crisis=crisis_words(DEFAULT_SETTINGS))
    return patient_summary(replace(facts, **changes), language)


def a_goal(words: str, state: GoalState = GoalState.OPEN, measured_by: str = "") -> Goal:
    return Goal(GoalId(words), an_episode().id, words, DAY, state, measured_by=measured_by)


@pytest.mark.parametrize(
    ("code", "english", "spanish"),
    [
        ("F33.1", "depression", "depresión"),
        ("F34.1", "depression that has lasted long", "depresión de larga duración"),
        ("F41.1", "anxiety", "ansiedad"),
        ("F43.10", "stress after a trauma (PTSD)", "estrés después de un trauma (TEPT)"),
    ],
)
def test_diagnoses_are_said_in_plain_words(code: str, english: str, spanish: str) -> None:
    found = [plain_diagnoses([a_diagnosis(code=code)] * 2, each) for each in Language]

    assert found == [(english,), (spanish,)]


def test_substance_use_is_left_out_and_what_has_no_plain_words_keeps_its_title() -> None:
    diagnoses = [
        a_diagnosis(code="F10.20", title="Alcohol dependence"),
        a_diagnosis(code="R45.4", title="Irritability and anger"),
    ]

    assert plain_diagnoses(diagnoses, Language.SPANISH) == ("Irritability and anger",)


def test_goals_that_were_dropped_are_not_told_and_those_met_are_said_to_be() -> None:
    goals = (
        a_goal("Walk daily", measured_by="log"),
        a_goal("Sleep", GoalState.MET),
        a_goal("Paint", GoalState.DROPPED),
    )
    chart = a_chart(facts=replace(case_facts(), goals=goals))

    found = summary(chart)

    assert found.goals == (("Walk daily", "You will know by: log"), ("Sleep", "reached"))


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ("Penicillin", "Alergias: Penicillin"),
        (NO_KNOWN_ALLERGIES, "Sin alergias conocidas."),
        (COULD_NOT_BE_ASKED, ""),
        (NOT_RECORDED, ""),
    ],
)
def test_allergies_are_said_as_far_as_somebody_asked(known: str, said: str) -> None:
    chart = a_chart(facts=replace(case_facts(), allergies=known))

    assert summary(chart, Language.SPANISH).allergies == said


def test_scores_are_the_first_and_the_last_of_each_scale() -> None:
    row = a_row(18, 12, 9)

    [phq9] = [each for each in summary(a_chart(row)).scores if each.instrument.id == "PHQ-9"]

    assert phq9.first is not None
    assert (phq9.first.total, phq9.last.total) == (18, 9)


def test_one_score_alone_is_what_holds_now() -> None:
    [phq9] = [each for each in summary(a_chart(a_row(18))).scores if each.instrument.id == "PHQ-9"]

    assert phq9.first is None
    assert phq9.last.total == 18


def test_who_is_not_in_the_program_is_told_so() -> None:
    chart = Chart.without_episode(a_row_not_enrolled(), a_chart().patient)

    found = summary(chart)

    assert len(found.why) == 1
    assert found.why[0].startswith("You are not in Collaborative Care")
    assert found.title_of_why == "Collaborative Care"
    assert summary(a_chart()).title_of_why == "Why you are in this program"
    assert found.next_steps == ()
    assert found.medicines == ()
    assert found.scores == ()


def test_after_the_end_nobody_is_said_to_call() -> None:
    open_row = a_row(18, status=EpisodeStatus.ACTIVE)
    closed = replace(open_row, status=EpisodeStatus.CLOSED)

    during, after = (summary(a_chart(row)).team for row in (open_row, closed))

    assert any("care manager" in line for line in during)
    assert not any("care manager" in line for line in after)


def test_who_is_overdue_is_asked_to_call_and_plans_are_named() -> None:
    row = a_row(18, last_contact_on=TODAY - timedelta(days=90), planned_on=None)
    plans = (a_plan(PlanKind.SAFETY_PLAN, written_on=DAY),)

    found = summary(a_chart(row), plans=plans)

    assert found.next_steps[0].startswith("We would like to hear how you are.")
    assert found.next_steps[-1].startswith("Safety plan of ")


def test_a_planned_contact_is_named_with_its_day() -> None:
    row = a_row(18, planned_on=TODAY + timedelta(days=7), status=EpisodeStatus.ACTIVE)

    spanish = summary(a_chart(row), Language.SPANISH)

    assert spanish.next_steps[0].startswith("Le llamaremos o le veremos alrededor del ")


@pytest.mark.parametrize("language", Language)
def test_the_paper_holds_every_sentence_and_never_an_answer_to_item_9(language: Language) -> None:
    row = a_row(18, 12, safety_answer=2)
    facts = replace(case_facts(), allergies="Penicillin", goals=(a_goal("Walk daily"),))
    medicine = a_medication("Sertraline", ("50 mg", DAY))
    chart = a_chart(row, facts=facts, medications=(medicine,))
    said = summary(chart, language, plans=(a_plan(PlanKind.SAFETY_PLAN),))

    content, pages = summary_pdf(said)

    [page] = texts(content)
    assert pages == 1
    for sentence in (*said.why, *said.team, *said.next_steps, *said.crisis):
        assert sentence in page
    assert "Sertraline 50 mg" in page
    assert "Penicillin" in page
    assert "18 (" in page
    assert "item 9" not in page.lower()
    assert "safety answer" not in page.lower()


def test_a_crowded_summary_goes_on_with_the_name_on_every_page() -> None:
    facts = replace(
        case_facts(), goals=tuple(a_goal(f"Goal {n} " + "word " * 30) for n in range(20))
    )
    medicines = tuple(a_medication(f"Medicine {n}", ("50 mg", DAY)) for n in range(30))

    content, pages = summary_pdf(summary(a_chart(facts=facts, medications=medicines)))

    found = texts(content)
    assert len(found) == pages > 1
    assert all("Your care at a glance" in page for page in found)
    assert all(f"Medicine {n} 50 mg" in " ".join(found) for n in range(30))
