"""Scores in pictures and words: chart, sparkline, and the form being typed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cocm_desktop.domain.contact import ContactOutcome
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import Course, course_of
from cocm_desktop.domain.score_picture import (
    course_words,
    day_words,
    score_picture,
    score_picture_of_row,
)
from cocm_desktop.domain.score_preview import preview
from cocm_desktop.domain.sparkline import sparkline_of
from cocm_desktop.domain.trend_lanes import LaneName, MarkKind
from tests.builders import (
    ENROLLED_ON,
    TODAY,
    a_chart,
    a_contact_with_minutes,
    a_course,
    a_row,
    a_row_not_enrolled,
    answers_totalling,
    gad7,
    load_instrument,
    phq9,
    scores,
)


def test_a_sparkline_runs_from_the_first_day_to_the_last_on_the_whole_range() -> None:
    line = sparkline_of(scores(27, 0, days_apart=14), phq9())

    assert line.points == ((0.0, 1.0), (1.0, 0.0))
    assert line.target == 5 / 27


def test_a_sparkline_of_one_score_and_of_none() -> None:
    assert sparkline_of(scores(27), phq9()).points == ((1.0, 1.0),)
    assert sparkline_of((), gad7()).points == ()
    assert sparkline_of((), gad7()).target == 5 / 21


def test_a_picture_shows_both_courses_and_what_happened() -> None:
    contacts = (
        a_contact_with_minutes(made_on=date(2026, 10, 1)),
        a_contact_with_minutes(made_on=date(2026, 10, 8), outcome=ContactOutcome.NO_ANSWER),
        a_contact_with_minutes(made_on=date(2026, 8, 1)),
    )
    chart = a_chart(a_row(phq9=a_course(18, 14, critical=2)), contacts=contacts)

    picture = score_picture(chart)

    assert [plot.name for plot in picture.plots] == ["PHQ-9 (0–27)", "GAD-7 (0–21)"]
    assert [mark.kind for mark in picture.lane(LaneName.CONTACTS)] == [
        MarkKind.REACHED,
        MarkKind.ATTEMPTED,
    ]
    assert [mark.day for mark in picture.lane(LaneName.ITEM9)] == [
        ENROLLED_ON,
        ENROLLED_ON + timedelta(days=14),
    ]
    assert picture.score_days == tuple(ENROLLED_ON + timedelta(days=14 * n) for n in range(3))
    assert set(picture.days) == {*picture.score_days, date(2026, 10, 1), date(2026, 10, 8)}


def test_a_day_is_told_in_words() -> None:
    picture = score_picture_of_row(a_row(phq9=a_course(18, 14, critical=1)))

    assert picture.words_on(ENROLLED_ON) == (
        "Sep 4, 2026: PHQ-9 18, moderately severe; GAD-7 15, severe; item 9 answered 1"
    )
    assert picture.plots[0].words_on(TODAY) == ""


def test_an_answer_of_zero_to_item_9_is_no_mark() -> None:
    assert score_picture_of_row(a_row(phq9=a_course(18, critical=0))).lanes == ()


def test_without_scores_the_plot_of_the_phq9_stands_empty() -> None:
    picture = score_picture_of_row(a_row_not_enrolled())

    assert [(plot.instrument.id, plot.forms.scores) for plot in picture.plots] == [("PHQ-9", ())]
    assert picture.days == ()


SCREENED = course_of([Score(date(2025, 12, 1), 12)], enrolled_on=None, remission_below=5)


@pytest.mark.parametrize(
    ("course", "words"),
    [
        (a_course(), "no baseline"),
        (a_course(18), "baseline 18 on Sep 4 · no follow-up score"),
        (
            a_course(18, 14, days_apart=70),
            (
                "baseline 18 on Sep 4 · now 14 on Nov 13 · −4 (−22 %) · "
                "not yet at target (Bao/NYS v1: below 10 or half of baseline)"
            ),
        ),
        (
            a_course(18, 9),
            (
                "baseline 18 on Sep 4 · now 9 on Sep 18, 63 d ago · −9 (−50 %) · "
                "at target (Bao/NYS v1: below 10 or half of baseline)"
            ),
        ),
        (SCREENED, "now 12 on Dec 1, 2025, 354 d ago · no baseline"),
    ],
)
def test_a_course_in_one_line(course: Course, words: str) -> None:
    assert course_words(course, today=TODAY) == words


def test_a_day_of_another_year_carries_it() -> None:
    assert day_words(date(2026, 1, 5), today=TODAY) == "Jan 5"
    assert day_words(date(2025, 12, 31), today=TODAY) == "Dec 31, 2025"


def test_a_complete_form_is_compared_with_the_last_score_and_the_baseline() -> None:
    seen = preview(phq9(), answers_totalling(9), course=a_course(18, 14), taken_on=TODAY)

    assert seen.words == (
        "PHQ-9 total 9, mild. −5 from the last, 14 on Sep 18 · −9 from the baseline, 18"
    )


def test_a_second_form_is_compared_once() -> None:
    seen = preview(phq9(), answers_totalling(18), course=a_course(18), taken_on=TODAY)

    assert seen.change_words == "0 from the last, 18 on Sep 4"


def test_a_form_dated_back_is_compared_with_what_came_before_it() -> None:
    seen = preview(phq9(), answers_totalling(9), course=a_course(18, 14), taken_on=ENROLLED_ON)

    assert seen.last == scores(18)[0]


def test_a_first_form_is_compared_with_nothing() -> None:
    first = preview(phq9(), answers_totalling(0), course=None, taken_on=None)

    assert first.words == "PHQ-9 total 0, minimal"


def test_an_incomplete_form_has_no_valid_total() -> None:
    seen = preview(phq9(), (1,) * 8 + (None,), course=a_course(18), taken_on=None)

    assert seen.words == "8 of 9 answered. No valid total."
    assert seen.estimate_words == "Estimate 9, from 8 of 9 answers; not a total."
    assert seen.change_words == ""


def test_a_form_without_an_estimate_says_nothing_of_one() -> None:
    few = preview(phq9(), (1,) * 6 + (None,) * 3, course=None, taken_on=None)
    screener = load_instrument(InstrumentId("C-SSRS"))
    triage = preview(screener, (0,) * 6 + (None,), course=None, taken_on=None)

    assert few.estimate_words == ""
    assert triage.answered_words == "6 of 6 answered."
