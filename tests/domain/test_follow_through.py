"""What the last review recommended, and the words for what came of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.case_review import (
    CaseReview,
    RecommendationKind,
    RecommendationStatus,
    Step,
)
from cocm_desktop.domain.follow_through import Followed, follow_through, overdue_words
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import course_of
from cocm_desktop.domain.review_packet import Chart
from tests.builders import BELL, TODAY, a_case_review, a_chart, a_row

NAMES = {BELL: "M. Bell"}


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def a_review(days: int, *steps: Step, words: str = "Raise the dose.", **changes: Any) -> CaseReview:
    review = a_case_review(days_ago(days))
    [asked] = review.recommendations
    return replace(
        review,
        recommendations=(replace(asked, words=words, steps=steps, **changes),),
    )


def lines(*reviews: CaseReview) -> tuple[Followed, ...]:
    found = follow_through(chart_of(*reviews))
    assert found is not None
    return found.followed


def chart_of(*reviews: CaseReview) -> Chart:
    return a_chart(reviews=reviews, staff_names=NAMES)


def test_without_a_review_that_counts_there_is_nothing_to_follow() -> None:
    unspoken = a_case_review(days_ago(3), discussed=False, recommendations=())

    assert follow_through(chart_of()) is None
    assert follow_through(chart_of(unspoken)) is None


def test_the_last_review_that_counts_is_named_with_its_consultant() -> None:
    unspoken = a_case_review(days_ago(1), discussed=False, recommendations=())

    found = follow_through(chart_of(a_review(30), a_review(9), unspoken))

    assert found is not None
    assert found.about == "Nov 11, 2026, M. Bell, 9 min"


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        (
            RecommendationStatus.DECLINED,
            "prefers therapy",
            "Declined Nov 17, M. Bell – prefers therapy",
        ),
        (RecommendationStatus.DONE, "", "Done Nov 17, M. Bell"),
        (RecommendationStatus.SENT, "", "Sent Nov 17, due Nov 25, M. Bell"),
        (
            RecommendationStatus.MODIFIED,
            "75 mg first",
            "Accepted with changes Nov 17, due Nov 25, M. Bell – 75 mg first",
        ),
    ],
)
def test_what_came_of_it_is_said_with_day_name_and_reason(
    status: RecommendationStatus, reason: str, said: str
) -> None:
    step = Step(status, days_ago(3), BELL, reason)

    [line] = lines(a_review(9, step))

    assert (line.words, line.outcome, line.is_late) == ("Raise the dose.", said, False)


def test_what_nobody_acted_on_by_its_day_is_late() -> None:
    [open_one] = lines(a_review(14))
    [late] = lines(a_review(15))

    assert open_one.outcome == "Open with treating practitioner, due Nov 20"
    assert late.outcome == "Open with treating practitioner, not done by Nov 19"
    assert (open_one.is_late, late.is_late) == (False, True)


def test_going_on_as_before_leaves_nothing_to_act_on() -> None:
    [line] = lines(a_review(40, kind=RecommendationKind.CONTINUE))

    assert (line.outcome, line.is_late) == ("Nothing to act on", False)


def test_older_recommendations_stand_below_only_while_they_wait() -> None:
    done = Step(RecommendationStatus.DONE, days_ago(50), BELL)

    found = lines(
        a_review(90, words="Check the thyroid."),
        a_review(60, done, words="Sleep hygiene."),
        a_review(9, words="Raise the dose."),
    )

    assert [line.words for line in found] == ["Raise the dose.", "Aug 22: Check the thyroid."]


def test_the_words_of_what_is_overdue_are_given_oldest_first() -> None:
    chart = chart_of(a_review(90, words="Thyroid."), a_review(40, words="Dose."), a_review(2))

    assert overdue_words(chart) == ("Thyroid.", "Dose.")


def test_a_name_that_is_not_known_is_somebody() -> None:
    found = follow_through(a_chart(reviews=(a_review(9),)))

    assert found is not None
    assert found.about == "Nov 11, 2026, somebody, 9 min"


def test_advice_measured_long_ago_is_left_to_the_course() -> None:
    done = Step(RecommendationStatus.DONE, days_ago(100), BELL)
    old = a_review(101, done, kind=RecommendationKind.DOSE)
    scores = (Score(days_ago(101), 17), Score(days_ago(57), 11))
    row = a_row(phq9=course_of(scores, enrolled_on=days_ago(101), remission_below=5))
    chart = a_chart(row, reviews=(old, a_review(3)), staff_names=NAMES)
    later = replace(row, today=TODAY + timedelta(days=4))

    found, forgotten = follow_through(chart), follow_through(replace(chart, row=later))

    assert found
    [measured] = found.measured
    assert measured.outcome == "Done Aug 12, 6 weeks later PHQ-9 17 → 11 (−35 %)"
    assert forgotten
    assert forgotten.measured == ()


def test_advice_that_is_agreed_to_and_not_done_stands_once_with_what_was_measured() -> None:
    agreed = Step(RecommendationStatus.ACCEPTED, days_ago(100), BELL)
    old = a_review(101, agreed, kind=RecommendationKind.DOSE)
    scores = (Score(days_ago(101), 17), Score(days_ago(57), 11))
    row = a_row(phq9=course_of(scores, enrolled_on=days_ago(101), remission_below=5))

    found = follow_through(a_chart(row, reviews=(old, a_review(3)), staff_names=NAMES))

    assert found
    assert "6 weeks later" in found.followed[1].outcome
    assert found.measured == ()
