"""Measures as typed from a form."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cocm_desktop.domain.instrument import GAD7, Instrument
from cocm_desktop.domain.measure import Measure, MeasureDraft, MeasureMode
from cocm_desktop.errors import Refused
from tests.builders import (
    BELL,
    TODAY,
    a_measure,
    a_measure_draft,
    answers_totalling,
    gad7,
    phq9,
)

TOMORROW = TODAY + timedelta(days=1)


def accepted(draft: MeasureDraft, instrument: Instrument | None = None) -> Measure:
    return draft.accept(instrument or phq9(), staff_id=BELL, today=TODAY, closed_on=None)


def test_a_measure_keeps_its_answers_and_their_total() -> None:
    answers = (2, 1, 3, 0, 1, 2, 1, 0, 1)

    measure = accepted(a_measure_draft(answers=answers, difficulty=2, mode=MeasureMode.PHONE))

    assert (measure.answers, measure.total, measure.critical) == (answers, 11, 1)
    assert (measure.instrument_id, measure.instrument_version) == ("PHQ-9", 1)
    assert (measure.taken_on, measure.mode, measure.difficulty) == (TODAY, MeasureMode.PHONE, 2)
    assert measure.administered_by == BELL
    assert measure.is_complete


@pytest.mark.parametrize(
    ("answers", "critical"),
    [
        pytest.param((3,) * 8 + (0,), 0, id="asked, and answered 0"),
        pytest.param((3,) * 8 + (None,), None, id="not asked is not 0"),
        pytest.param((None,) * 8 + (2,), 2, id="answered alone"),
    ],
)
def test_item_9_is_kept_apart(answers: tuple[int | None, ...], critical: int | None) -> None:
    assert accepted(a_measure_draft(answers=answers)).critical == critical


def test_a_gad7_has_no_critical_answer() -> None:
    draft = a_measure_draft(instrument_id=GAD7, answers=(3,) * 7)

    measure = accepted(draft, gad7())

    assert (measure.total, measure.critical) == (21, None)


def test_an_incomplete_form_is_kept_without_a_total() -> None:
    measure = accepted(a_measure_draft(answers=(1, 1, 1, 1, 1, 1, 1, None, 0)))

    assert (measure.total, measure.is_complete, measure.answered) == (None, False, 8)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        pytest.param({"taken_on": None}, "taken_on", "Type the date", id="no date"),
        pytest.param({"taken_on": TOMORROW}, "taken_on", "future", id="in the future"),
        pytest.param({"answers": (None,) * 9}, "answers", "No item is answered", id="empty"),
        pytest.param({"answers": (0,) * 7}, "answers", "9 items; 7", id="another form"),
        pytest.param({"answers": (5,) + (0,) * 8}, "answers", "Item 1", id="a five"),
        pytest.param({"difficulty": 4}, "difficulty", "no such answer", id="difficulty of four"),
        pytest.param({"difficulty": -1}, "difficulty", "no such answer", id="difficulty below 0"),
        pytest.param(
            {"paper_total": 15}, "paper_total", "says 15, the answers come to 14", id="sum"
        ),
        pytest.param(
            {"answers": (None, *(0,) * 8), "paper_total": 0},
            "paper_total",
            "not every item is answered",
            id="a total of an incomplete form",
        ),
    ],
)
def test_a_slip_is_refused_beside_its_field(
    changes: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(Refused, match=message) as refusal:
        accepted(a_measure_draft(**changes))

    assert [problem.field for problem in refusal.value.problems] == [field]


def test_after_the_closing_no_measure_is_taken() -> None:
    draft = a_measure_draft()
    yesterday = TODAY - timedelta(days=1)

    assert list(draft.problems(phq9(), today=TODAY, closed_on=TODAY)) == []
    [problem] = draft.problems(phq9(), today=TODAY, closed_on=yesterday)
    assert problem.message == "The episode closed on Nov 19, 2026."


def test_every_slip_is_named_at_once() -> None:
    draft = a_measure_draft(taken_on=None, difficulty=9, paper_total=1)

    problems = draft.problems(phq9(), today=TODAY, closed_on=None)

    assert [problem.field for problem in problems] == ["taken_on", "difficulty", "paper_total"]


@pytest.mark.parametrize(
    "changes", [{"paper_total": 14}, {"difficulty": 0}, {"difficulty": 3}, {"taken_on": TODAY}]
)
def test_what_fits_is_accepted(changes: dict[str, Any]) -> None:
    assert accepted(a_measure_draft(**changes)).total == 14


def test_a_paper_total_of_zero_is_compared_too() -> None:
    with pytest.raises(Refused, match="says 0, the answers come to 14"):
        accepted(a_measure_draft(paper_total=0))


@pytest.mark.parametrize("total", range(28))
def test_the_made_up_forms_have_the_totals_they_claim(total: int) -> None:
    assert sum(answers_totalling(total)) == total
    assert a_measure(total).total == total


def test_a_made_up_incomplete_form_has_no_total() -> None:
    assert a_measure(None).total is None
