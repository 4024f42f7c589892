"""What stood six weeks after advice was acted on, in numbers and without a cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cocm_desktop.domain.case_review import (
    Recommendation,
    RecommendationKind,
    RecommendationStatus,
    Step,
)
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.review_effect import effect_of, effects
from tests.builders import BELL, a_case_review

ACTED_ON = date(2026, 8, 3)


def asked(
    status: RecommendationStatus = RecommendationStatus.DONE,
    kind: RecommendationKind = RecommendationKind.DOSE,
) -> Recommendation:
    [given] = a_case_review().recommendations
    return replace(given, kind=kind, steps=(Step(status, ACTED_ON, BELL),))


def score(days: int, total: int) -> Score:
    """Give a score so many days after the day of acting."""
    return Score(ACTED_ON + timedelta(days=days), total)


def test_the_first_score_six_weeks_later_stands_beside_the_last_one_before() -> None:
    scores = [score(-30, 20), score(0, 17), score(41, 3), score(42, 11), score(60, 5)]

    effect = effect_of(asked(), scores, scale="PHQ-9")

    assert effect is not None
    assert effect.words == "6 weeks later PHQ-9 17 → 11 (−35 %)"
    assert effect.points == -6


def test_a_later_score_says_how_much_later_and_a_zero_has_no_percent() -> None:
    late = effect_of(asked(), [score(0, 10), score(70, 13)], scale="GAD-7")
    zero = effect_of(asked(), [score(0, 0), score(42, 4)], scale="GAD-7")

    assert late
    assert late.words == "10 weeks later GAD-7 10 → 13 (+30 %)"
    assert zero
    assert zero.words == "6 weeks later GAD-7 0 → 4 (+4)"


@pytest.mark.parametrize(
    ("given", "scores"),
    [
        (asked(), [score(0, 17), score(41, 11)]),
        (asked(), [score(1, 17), score(43, 11)]),
        (asked(RecommendationStatus.SENT), [score(0, 17), score(42, 11)]),
        (asked(RecommendationStatus.NOT_DONE), [score(0, 17), score(42, 11)]),
        (asked(kind=RecommendationKind.LAB), [score(0, 17), score(42, 11)]),
        (asked(kind=RecommendationKind.CONTINUE), [score(0, 17), score(42, 11)]),
    ],
)
def test_nothing_is_said_too_early_or_of_what_was_not_acted_on(
    given: Recommendation, scores: list[Score]
) -> None:
    assert effect_of(given, scores, scale="PHQ-9") is None


def test_what_was_agreed_to_counts_from_the_day_of_the_answer() -> None:
    effect = effect_of(
        asked(RecommendationStatus.MODIFIED), [score(-1, 12), score(45, 9)], scale="PHQ-9"
    )

    assert effect
    assert (effect.acted_on, effect.weeks) == (ACTED_ON, 6)


def test_the_effects_of_several_reviews_come_in_their_order() -> None:
    reviews = [
        a_case_review(ACTED_ON - timedelta(days=3), recommendations=(asked(), asked())),
        a_case_review(recommendations=(asked(RecommendationStatus.DECLINED),)),
    ]

    found = list(effects(reviews, [score(0, 17), score(42, 11)], scale="PHQ-9"))

    assert [review.reviewed_on for review, _, _ in found] == [ACTED_ON - timedelta(days=3)] * 2
