"""A history in eight lines: always the same eight, in order, never longer than a glance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.domain.background import HistoryKind, HistoryNote
from cocm_desktop.domain.case_facts import CaseFacts
from cocm_desktop.domain.case_review import RecommendationStatus, Step
from cocm_desktop.domain.contact import ContactKind, ContactOutcome
from cocm_desktop.domain.diagnosis import DiagnosisStatus
from cocm_desktop.domain.eight_lines import LONGEST_LINE, NONE_RECORDED, HistoryLine, eight_lines
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.ids import HistoryNoteId, PatientId
from cocm_desktop.domain.medication import Adherence, Intake
from cocm_desktop.domain.review_packet import Chart, ContactWithMinutes
from tests.builders import a_contact, a_row
from tests.builders.clinical import a_case_review, a_medication, a_phase, case_facts
from tests.builders.people import BELL, TODAY
from tests.builders.reads import a_chart

TITLES = [
    "Course", "Medication", "Trials", "Therapy", "Contacts", "History", "Last review", "Open",
]  # fmt: skip


def line(chart: Chart, title: str) -> HistoryLine:
    [found] = [each for each in eight_lines(chart) if each.title == title]
    return found


def a_note(kind: HistoryKind, words: str) -> HistoryNote:
    return HistoryNote(HistoryNoteId(kind.name), PatientId("p"), kind, words, TODAY)


@pytest.mark.parametrize("words", ["x", "word " * 400, "x" * 5_000])
def test_there_are_eight_lines_and_none_is_longer_than_a_glance(words: str) -> None:
    lines = eight_lines(a_chart(facts=case_facts(words, 40)))

    assert [each.title for each in lines] == TITLES
    assert all(0 < len(each.words) <= LONGEST_LINE + 1 for each in lines)


def test_a_cut_line_says_so_and_is_whole_elsewhere() -> None:
    cut = HistoryLine("Trials", "word " * 100)

    assert cut.words.endswith("word…")
    assert cut.whole == "word " * 100


def test_nothing_recorded_is_said_in_every_line() -> None:
    empty = a_chart(a_row(), contacts=(), diagnoses=(), measures=())

    blank = {each.title for each in eight_lines(empty) if each.is_blank}

    assert blank >= {"Medication", "Trials", "Therapy", "Contacts", "History", "Last review"}
    assert line(empty, "Trials").words == NONE_RECORDED


def test_the_course_names_scale_baseline_and_phase() -> None:
    chart = a_chart(phases=(a_phase(EpisodeStatus.ACTIVE, date(2026, 9, 4)),))

    assert line(chart, "Course").words.startswith("PHQ-9 baseline 18 on Sep 4 · now 12")
    assert line(chart, "Course").words.endswith("active since Sep 4")


def test_medicines_stand_with_their_weeks_and_how_they_are_taken() -> None:
    sertraline = a_medication(
        "sertraline",
        ("100 mg", date(2026, 10, 9)),
        intake=Intake(Adherence.MISSES_SOME, "nausea", TODAY),
    )
    chart = a_chart(medications=(sertraline,), facts=case_facts("penicillin", 0))

    assert line(chart, "Medication").words == (
        "sertraline 100 mg, 6 weeks, Misses some doses; nausea · allergies: penicillin"
    )


def test_what_was_stopped_here_stands_before_what_was_tried_elsewhere() -> None:
    stopped = a_medication(
        "citalopram", ("20 mg", date(2026, 9, 4)), stopped_on=TODAY, stop_reason="sedation"
    )
    chart = a_chart(medications=(stopped,), facts=case_facts("trazodone"))

    assert line(chart, "Trials").words.startswith("citalopram 20 mg, sedation · trazodone")


def test_contacts_tell_how_often_and_when_the_patient_was_reached() -> None:
    missed = a_contact(kind=ContactKind.PHONE, outcome=ContactOutcome.NO_ANSWER, made_on=TODAY)
    chart = a_chart(contacts=(ContactWithMinutes(missed, 0, "M. Bell"),))

    assert line(chart, "Contacts").words == "1 in 60 days · 1 no answer · not reached so far"


def test_what_decides_the_prescribing_stands_with_the_medicines_not_the_history() -> None:
    history = (
        a_note(HistoryKind.PSYCHIATRIC, "two stays"),
        a_note(HistoryKind.SOCIAL, "alone"),
        a_note(HistoryKind.LABS, "QTc 430 ms"),
    )
    chart = a_chart(facts=CaseFacts(history=history))

    assert line(chart, "History").words.startswith("Psychiatric: two stays · Social: alone · F33.1")
    assert line(chart, "Medication").words == "Labs and QTc: QTc 430 ms"


def test_the_last_review_tells_what_came_of_its_advice() -> None:
    review = a_case_review(date(2026, 11, 6))
    step = Step(RecommendationStatus.DONE, date(2026, 11, 10), BELL)
    done = replace(review.recommendations[0], steps=(step,))
    chart = a_chart(reviews=(replace(review, recommendations=(done,)),))

    assert line(chart, "Last review").words.endswith("recheck in 4 weeks: Done Nov 10, somebody")
    assert "recheck" not in line(chart, "Open").words


def test_open_names_the_question_safety_and_advice_without_an_end() -> None:
    row = a_row(18, 17, question="Could the dose go up?", safety_answer=2)
    chart = a_chart(row, reviews=(a_case_review(date(2026, 11, 6)),))

    assert line(chart, "Open").words.startswith(
        "Could the dose go up? · a safety task is open · "
        "Nov 6: Increase sertraline to 100 mg, recheck in 4 weeks (open)"
    )


def test_a_session_without_homework_and_a_resolved_diagnosis_say_no_more() -> None:
    facts = case_facts("x")
    session = replace(facts.interventions[0], homework="")
    resolved = replace(facts.diagnoses[0], status=DiagnosisStatus.RESOLVED)
    plain = replace(facts, interventions=(session,), diagnoses=(resolved,), goals=(), screens=())

    chart = a_chart(facts=plain)

    assert line(chart, "Therapy").words == "Sleep habits 1 · last Nov 20"
    assert "ruled out" not in line(chart, "History").words


def test_a_measure_long_past_is_open() -> None:
    assert line(a_chart(), "Open").words == "no PHQ-9 for 49 days"
