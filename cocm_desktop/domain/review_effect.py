"""Where the score stood six weeks after a recommendation was acted on. It names no cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cocm_desktop.domain.case_review import (
    AGREED,
    CaseReview,
    Recommendation,
    RecommendationStatus,
)
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.percentage import percent_of
from cocm_desktop.domain.wording import signed

# An antidepressant at an adequate dose is judged after some six weeks, as is a brief therapy.
AFTER_DAYS = 42
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Effect:
    """The last score on or before the day of acting, and the first one six weeks later or more."""

    scale: str
    acted_on: date
    before: Score
    after: Score

    @property
    def weeks(self) -> int:
        return (self.after.taken_on - self.acted_on).days // DAYS_A_WEEK

    @property
    def points(self) -> int:
        """Points from before to after: negative is lower."""
        return self.after.total - self.before.total

    @property
    def percent(self) -> int | None:
        """The points in percent of the score before, rounded half away from zero."""
        before = self.before.total
        if before == 0:
            return None
        size = percent_of(abs(self.points), before)
        return -size if self.points < 0 else size

    @property
    def words(self) -> str:
        """Say what was measured: 6 weeks later PHQ-9 17 → 11 (−35 %)."""
        change = signed(self.points) if self.percent is None else f"{signed(self.percent)} %"
        marks = f"{self.before.marked} → {self.after.marked}"
        return f"{self.weeks} weeks later {self.scale} {marks} ({change})"


def effect_of(
    recommendation: Recommendation, scores: Sequence[Score], *, scale: str
) -> Effect | None:
    """Give it for what changed treatment and was done or agreed to; `scores` oldest first.

    None while it is too early, or where no score stands on either side.
    """
    acted_on = acted_on_day(recommendation)
    if acted_on is None or not recommendation.kind.changes_plan:
        return None
    before = [score for score in scores if score.taken_on <= acted_on]
    due_on = acted_on + timedelta(days=AFTER_DAYS)
    after = next((score for score in scores if score.taken_on >= due_on), None)
    return Effect(scale, acted_on, before[-1], after) if before and after else None


def acted_on_day(recommendation: Recommendation) -> date | None:
    """Give the day on which it was done; while it is only agreed to, that day."""
    if recommendation.status is not RecommendationStatus.DONE and (
        recommendation.status not in AGREED
    ):
        return None
    return recommendation.steps[-1].noted_on


def effects(
    reviews: Sequence[CaseReview], scores: Sequence[Score], *, scale: str
) -> Iterator[tuple[CaseReview, Recommendation, Effect]]:
    """Give every recommendation of some reviews with what was measured six weeks later."""
    for review in reviews:
        for each in review.recommendations:
            if effect := effect_of(each, scores, scale=scale):
                yield review, each, effect
