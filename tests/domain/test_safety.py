"""What a positive critical answer opens, and what closes it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest

from cocm_desktop.domain.clinical_settings import ClinicalSettings
from cocm_desktop.domain.safety import SafetyClosingDraft, tasks_for
from cocm_desktop.domain.safety_age import age_words
from cocm_desktop.domain.safety_protocol import DEFAULT_PROTOCOL, crisis_words, protocol_of
from tests.builders import NOW, TODAY, a_measure, a_safety_task, gad7, phq9


@pytest.mark.parametrize("answer", [1, 2, 3])
def test_item_9_opens_a_task_whatever_the_total(answer: int) -> None:
    measure = a_measure(answers=(*(0,) * 8, answer))

    [task] = tasks_for(measure, phq9())

    assert (task.instrument, task.item, task.answer) == ("PHQ-9", 9, answer)
    assert (task.measure_id, task.episode_id) == (measure.id, measure.episode_id)
    assert task.answered_on == measure.taken_on
    assert task.is_open


def test_item_9_opens_a_task_on_an_incomplete_form() -> None:
    measure = a_measure(answers=(None,) * 8 + (1,))

    assert len(tasks_for(measure, phq9())) == 1


@pytest.mark.parametrize("last", [0, None])
def test_a_zero_or_a_missing_answer_opens_none(last: int | None) -> None:
    assert tasks_for(a_measure(answers=(*(3,) * 8, last)), phq9()) == ()


def test_a_gad7_opens_none() -> None:
    assert tasks_for(a_measure(21, instrument=gad7()), gad7()) == ()


def test_the_sentence_states_the_answer_and_no_level_of_risk() -> None:
    words = a_safety_task(answer=2, answered_on=TODAY).words

    assert words == (
        "Answer 2 on PHQ-9 item 9 on Nov 20, 2026, not yet closed. "
        "Follow the practice's safety protocol today."
    )


def test_a_task_stays_open_until_it_is_closed() -> None:
    assert a_safety_task().is_open
    assert not a_safety_task(closed_at=NOW).is_open


def test_all_three_statements_are_needed_to_close() -> None:
    for assessed, action, told in product(("", "  ", "done"), repeat=3):
        draft = SafetyClosingDraft(a_safety_task().id, assessed, action, told)

        missing = [problem.field for problem in draft.problems()]

        typed = {"assessed": assessed, "action": action, "told": told}
        assert missing == [name for name, text in typed.items() if not text.strip()]


def test_a_statement_has_an_end() -> None:
    draft = SafetyClosingDraft(a_safety_task().id, "x" * 2_000, "x" * 2_001, "x")

    assert [problem.field for problem in draft.problems()] == ["action"]


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (date(2026, 11, 20), "opened today"),
        (date(2026, 11, 19), "open for 1 day, since Nov 19"),
        (date(2026, 11, 18), "open for 2 days, since Nov 18"),
        (date(2025, 12, 31), "open for 324 days, since Dec 31, 2025"),
    ],
)
def test_an_age_is_said_in_days(since: date, words: str) -> None:
    assert age_words(since, date(2026, 11, 20)) == words


def test_a_task_is_overdue_from_the_next_day_on() -> None:
    task = a_safety_task(answered_on=TODAY)

    assert not task.is_overdue(TODAY)
    assert task.words_on(TODAY) == task.words
    assert task.is_overdue(TODAY + timedelta(days=1))
    assert task.words_on(TODAY + timedelta(days=1)) == (
        "Answer 1 on PHQ-9 item 9, open for 1 day, since Nov 20. "
        "Follow the practice's safety protocol today."
    )


@pytest.mark.parametrize(
    ("days", "after", "escalated"), [(0, 1, False), (1, 1, True), (1, 2, False)]
)
def test_a_task_escalates_after_the_days_of_the_practice(
    days: int, after: int, *, escalated: bool
) -> None:
    task = a_safety_task(answered_on=TODAY)

    assert task.is_escalated(TODAY + timedelta(days=days), after_days=after) is escalated
    closed = a_safety_task(answered_on=TODAY, closed_at=NOW)
    assert not closed.is_escalated(TODAY + timedelta(days=days), after_days=after)


def test_an_open_task_has_no_words_of_closing() -> None:
    assert a_safety_task().closing_words == ""


def test_the_crisis_lines_are_those_of_the_practice() -> None:
    settings = ClinicalSettings(practice_crisis_line="555-0100", safety_protocol=" \n")

    assert crisis_words(settings) == (
        "In danger now: call 911.",
        "988: Suicide & Crisis Lifeline, call or text",
        "555-0100",
    )
    assert protocol_of(settings) == DEFAULT_PROTOCOL
