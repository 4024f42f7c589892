"""Measures as typed from a form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.instrument import GAD7, Instrument, InstrumentId
from cocm_desktop.domain.measure import Measure, MeasureDraft, MeasureFacts, MeasureMode
from cocm_desktop.domain.patient import Sex
from cocm_desktop.errors import Refused
from tests.builders import (
    BELL,
    TODAY,
    a_measure,
    a_measure_draft,
    answers_totalling,
    gad7,
    load_instrument,
    phq9,
)

TOMORROW = TODAY + timedelta(days=1)
FACTS = MeasureFacts(today=TODAY, staff_id=BELL, born_on=date(1971, 4, 5))


def accepted(draft: MeasureDraft, instrument: Instrument | None = None) -> Measure:
    return draft.accept(instrument or phq9(), FACTS)


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
        pytest.param(
            {"taken_on": date(1971, 4, 4)}, "taken_on", "born on Apr 5, 1971", id="before birth"
        ),
        pytest.param({"language": "x" * 61}, "language", "at most 60", id="an endless language"),
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


def total_only(**changes: Any) -> MeasureDraft:
    return a_measure_draft(**{"answers": (), "total_only": 14, **changes})


def test_a_total_says_what_is_known_of_it() -> None:
    screener = load_instrument(InstrumentId("C-SSRS"))
    draft = a_measure_draft(instrument_id=screener.id, answers=(0, 0, None, None, None, 0, None))

    assert accepted(a_measure_draft()).total_words == "14"
    assert accepted(total_only()).total_words == "14, total only"
    assert accepted(a_measure_draft(answers=(1, *(None,) * 8))).total_words == "incomplete"
    assert accepted(draft, screener).total_words == "no total"


def test_a_total_alone_is_kept_and_marked() -> None:
    measure = accepted(total_only())

    assert (measure.total, measure.total_only, measure.is_complete) == (14, True, True)
    assert (measure.answers, measure.answered) == ((None,) * 9, 0)
    assert measure.critical is None  # not asked is not 0


@pytest.mark.parametrize(("item_9", "total"), [(0, 0), (0, 24), (3, 3), (3, 27), (1, 14)])
def test_item_9_may_be_typed_beside_the_total(item_9: int, total: int) -> None:
    measure = accepted(total_only(total_only=total, answers=(*(None,) * 8, item_9)))

    assert (measure.total, measure.critical) == (total, item_9)


def test_a_typed_total_is_kept_as_a_total_only_where_that_was_typed() -> None:
    assert accepted(a_measure_draft()).total_only is False


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        pytest.param({"total_only": 28}, "total_only", "28 is no total", id="too high"),
        pytest.param({"total_only": -1}, "total_only", "-1 is no total", id="below 0"),
        pytest.param(
            {"total_only": 2, "answers": (*(None,) * 8, 3)}, "total_only", "with these", id="item 9"
        ),
        pytest.param(
            {"total_only": 25, "answers": (*(None,) * 8, 0)}, "total_only", "no total", id="no 9"
        ),
        pytest.param(
            {"answers": (1, *(None,) * 8)}, "answers", "all or none", id="some of the answers"
        ),
        pytest.param({"answers": (*(None,) * 8, 4)}, "answers", "Item 9", id="item 9 of four"),
        pytest.param({"answers": (None,)}, "answers", "9 items; 1", id="another form"),
        pytest.param({"paper_total": 15}, "paper_total", "says 15, and 14", id="two totals"),
    ],
)
def test_a_total_that_cannot_be_is_refused(
    changes: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(Refused, match=message) as refusal:
        accepted(total_only(**changes))

    assert [problem.field for problem in refusal.value.problems] == [field]


def test_an_instrument_without_a_total_takes_none() -> None:
    draft = total_only(instrument_id="C-SSRS", total_only=3)

    with pytest.raises(Refused, match="C-SSRS has no total"):
        accepted(draft, load_instrument(InstrumentId("C-SSRS")))


def test_whoever_records_a_measure_has_given_it_unless_another_is_named() -> None:
    smith = StaffId("another")

    by_recorder = accepted(a_measure_draft())
    by_another = accepted(a_measure_draft(administered_by=smith))
    alone = accepted(a_measure_draft(is_self_administered=True, language=" Español "))

    assert (by_recorder.administered_by, by_recorder.recorded_by) == (BELL, BELL)
    assert (by_another.administered_by, by_another.recorded_by) == (smith, BELL)
    assert (alone.administered_by, alone.recorded_by) == (None, BELL)
    assert (by_recorder.language, alone.language) == ("", "Español")


def test_a_question_for_women_may_be_left_out_by_a_man() -> None:
    phq15 = load_instrument(InstrumentId("PHQ-15"))
    answers = (1, 1, 1, None, *(1,) * 11)
    draft = a_measure_draft(instrument_id=phq15.id, answers=answers)

    man = draft.accept(phq15, replace(FACTS, sex=Sex.MALE))
    woman = draft.accept(phq15, replace(FACTS, sex=Sex.FEMALE))

    assert (man.total, man.is_complete) == (14, True)
    assert (woman.total, woman.is_complete) == (None, False)


def test_after_the_closing_no_measure_is_taken() -> None:
    draft = a_measure_draft()
    yesterday = TODAY - timedelta(days=1)

    assert list(draft.problems(phq9(), replace(FACTS, closed_on=TODAY))) == []
    [problem] = draft.problems(phq9(), replace(FACTS, closed_on=yesterday))
    assert problem.message == "The episode closed on Nov 19, 2026."


def test_every_slip_is_named_at_once() -> None:
    draft = a_measure_draft(taken_on=None, difficulty=9, paper_total=1)

    problems = draft.problems(phq9(), FACTS)

    assert {problem.field for problem in problems} == {"taken_on", "difficulty", "paper_total"}


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
