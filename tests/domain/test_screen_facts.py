"""What the domain works out so that no widget has to: previews, pictures, typed times, urgency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from cocm_desktop.domain.clock_times import read_time
from cocm_desktop.domain.consent import CONSENT_STATEMENTS
from cocm_desktop.domain.contact import ContactOutcome
from cocm_desktop.domain.follow_up import Due, NextDue, Urgency
from cocm_desktop.domain.score_picture import (
    course_words,
    score_picture,
    score_picture_of_row,
)
from cocm_desktop.domain.score_preview import preview
from cocm_desktop.domain.sparkline import sparkline_of
from cocm_desktop.domain.trend_lanes import LaneName, MarkKind
from tests.builders import (
    TODAY,
    a_chart,
    a_contact_with_minutes,
    a_course,
    a_row,
    an_enroll_draft,
    phq9,
    scores,
)

DONE = (2, 2, 2, 2, 2, 2, 2, 0, 0)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2:30 pm", time(14, 30)),
        ("2:30p", time(14, 30)),
        ("2 PM", time(14, 0)),
        ("12 am", time(0, 0)),
        ("12:05 p.m.", time(12, 5)),
        ("14:30", time(14, 30)),
        ("1430", time(14, 30)),
        ("0905", time(9, 5)),
        (" 9:05 ", time(9, 5)),
        ("", None),
        ("9", None),
        ("13 pm", None),
        ("0 am", None),
        ("25:00", None),
        ("12:60", None),
        ("noonish", None),
    ],
)
def test_times_are_read_as_people_type_them(typed: str, expected: time | None) -> None:
    assert read_time(typed) == expected


def test_a_preview_says_plainly_what_is_missing() -> None:
    half = preview(phq9(), (*DONE[:8], None), course=None, taken_on=TODAY)

    assert half.answered_words == "8 of 9 answered. No valid total."
    assert half.change_words == ""
    assert half.words == half.answered_words


def test_a_preview_compares_with_last_and_baseline() -> None:
    course = a_course(18, 16)

    full = preview(phq9(), DONE, course=course, taken_on=TODAY)

    assert full.words == (
        "PHQ-9 total 14, moderate. −2 from the last, 16 on Sep 18 · −4 from the baseline, 18"
    )


def test_a_first_score_is_compared_with_nothing() -> None:
    full = preview(phq9(), DONE, course=None, taken_on=None)

    assert full.words == "PHQ-9 total 14, moderate"


def test_a_sparkline_keeps_the_whole_range() -> None:
    line = sparkline_of(scores(27, 9, 0), phq9())

    assert line.points == ((0.0, 1.0), (0.5, 9 / 27), (1.0, 0.0))
    assert line.target == 5 / 27


def test_a_single_score_stands_at_the_end_and_none_draws_none() -> None:
    assert sparkline_of(scores(9), phq9()).points == ((1.0, 9 / 27),)
    assert sparkline_of((), phq9()).points == ()


def test_two_scores_of_one_day_do_not_divide_by_zero() -> None:
    line = sparkline_of(scores(9, 8, days_apart=0), phq9())

    assert [x for x, _ in line.points] == [1.0, 1.0]


def test_a_picture_holds_both_courses_item_9_and_contacts() -> None:
    row = a_row(18, 14, 12)
    raised = tuple(replace(score, critical=n % 2) for n, score in enumerate(row.phq9.scores))
    row = replace(row, phq9=replace(row.phq9, scores=raised))
    contacts = (
        a_contact_with_minutes(made_on=TODAY - timedelta(days=8)),
        a_contact_with_minutes(
            made_on=TODAY - timedelta(days=5), outcome=ContactOutcome.LEFT_MESSAGE
        ),
        a_contact_with_minutes(made_on=date(2020, 1, 1)),
    )

    picture = score_picture(a_chart(row, contacts=contacts))

    assert [plot.name for plot in picture.plots] == ["PHQ-9 (0–27)", "GAD-7 (0–21)"]
    [item9] = picture.lane(LaneName.ITEM9)
    assert (item9.day, item9.short) == (raised[1].taken_on, "1")
    assert [(mark.day, mark.kind) for mark in picture.lane(LaneName.CONTACTS)] == [
        (TODAY - timedelta(days=8), MarkKind.REACHED),
        (TODAY - timedelta(days=5), MarkKind.ATTEMPTED),
    ]
    assert picture.words_on(raised[1].taken_on) == (
        "Sep 18, 2026: PHQ-9 14, moderate; GAD-7 12, moderate; item 9 answered 1"
    )
    assert picture.score_days == tuple(score.taken_on for score in raised)


def test_a_row_without_any_score_has_an_empty_picture() -> None:
    row = a_row(phq9=a_course(), gad7=a_course())

    picture = score_picture_of_row(row)

    assert [plot.instrument.id for plot in picture.plots] == ["PHQ-9"]
    assert picture.days == ()


def test_two_scores_of_one_day_are_both_said() -> None:
    row = a_row(phq9=a_course(9, 8, days_apart=0), gad7=a_course())

    picture = score_picture_of_row(row)

    assert picture.words_on(picture.days[0]) == "Sep 4, 2026: PHQ-9 9, mild and 8, mild"


@pytest.mark.parametrize(
    ("totals", "words"),
    [
        ((), "no baseline"),
        ((18,), "baseline 18 on Sep 4 · no follow-up score"),
        (
            (18, 8),
            (
                "baseline 18 on Sep 4 · now 8 on Sep 18, 63 d ago · −10 (−56 %) · "
                "at target (Bao/NYS v1: below 10 or half of baseline)"
            ),
        ),
    ],
)
def test_a_course_is_said_in_one_line(totals: tuple[int, ...], words: str) -> None:
    assert course_words(a_course(*totals), today=TODAY) == words


def test_a_day_of_another_year_is_said_with_its_year() -> None:
    course = a_course(18, enrolled_on=date(2025, 9, 1), first_on=date(2025, 9, 1))

    assert course_words(course, today=TODAY).startswith("baseline 18 on Sep 1, 2025")


@pytest.mark.parametrize(
    ("days", "urgency"), [(-1, Urgency.OVERDUE), (0, Urgency.TODAY), (1, Urgency.LATER)]
)
def test_a_due_date_is_late_only_after_its_day(days: int, urgency: Urgency) -> None:
    due = NextDue(TODAY + timedelta(days=days), Due.CONTACT)

    assert due.urgency(TODAY) is urgency


def test_consent_needs_every_statement_told() -> None:
    draft = an_enroll_draft(told=frozenset(CONSENT_STATEMENTS[:1]))

    [problem] = draft.problems(today=TODAY, born_on=date(1971, 4, 5))

    assert problem.field == "told"
    assert problem.message.endswith("2 left.")
