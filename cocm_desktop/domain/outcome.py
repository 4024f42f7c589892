"""How a course of scores stands against its baseline, by named sets of definitions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from operator import attrgetter

from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.wording import NOTHING, signed

# Source: https://doi.org/10.1176/appi.ps.201500491 (Bao et al.) as used by AIMS and NYS OMH.
BAO_NYS = "Bao/NYS: below 10 or half"
BAO_BELOW = 10
RESPONSE_PERCENT = 50
PARTIAL_PERCENT = 25
# Source: Löwe et al. 2004, doi 10.1097/00005650-200412000-00006: five PHQ-9 points matter.
MEANINGFUL_POINTS = 5
STALE_AFTER_DAYS = 30


class Trajectory(Enum):
    """Where a course stands. Every word names its own definition; none says "improved".

    What lies between is no change: a fall of under 25 %, a rise of under 5 points.
    """

    NO_BASELINE = "No baseline"
    NO_FOLLOW_UP = "No follow-up score"
    REMISSION = "Remission"
    RESPONSE = "Response"
    PARTIAL = "Partial response"
    NO_CHANGE = "No change"
    WORSE = "Worse"


@dataclass(frozen=True, slots=True)
class Course:
    """The scores of an episode on one instrument, oldest first, with its baseline."""

    scores: tuple[Score, ...]
    baseline: Score | None
    remission_below: int

    @property
    def last(self) -> Score | None:
        return self.scores[-1] if self.scores else None

    @property
    def previous(self) -> Score | None:
        return self.scores[-2] if len(self.scores) > 1 else None

    @property
    def follow_ups(self) -> tuple[Score, ...]:
        """The scores that came after the baseline."""
        if self.baseline is None:
            return ()
        return self.scores[self.scores.index(self.baseline) + 1 :]

    @property
    def best(self) -> Score | None:
        """The lowest score from the baseline on; of equal ones, the first."""
        if self.baseline is None:
            return None
        return min((self.baseline, *self.follow_ups), key=lambda score: score.total)

    @property
    def change(self) -> int | None:
        """Points from baseline to last score: negative is better."""
        if self.baseline is None or not self.follow_ups:
            return None
        return self.follow_ups[-1].total - self.baseline.total

    @property
    def change_percent(self) -> int | None:
        """Change in percent of the baseline, rounded half away from zero; None from a zero.

        For reading only: no rule compares it.
        """
        if self.change is None or self.baseline is None or self.baseline.total == 0:
            return None
        size = (200 * abs(self.change) + self.baseline.total) // (2 * self.baseline.total)
        return -size if self.change < 0 else size

    @property
    def change_words(self) -> str:
        """Points and percent as they stand in a row: −4 (−22 %), +3 (—) from a zero, or —."""
        if self.change is None:
            return NOTHING
        percent = "" if self.change_percent is None else " %"
        return f"{signed(self.change)} ({signed(self.change_percent)}{percent})"

    @property
    def trajectory(self) -> Trajectory:
        if self.baseline is None:
            return Trajectory.NO_BASELINE
        if not self.follow_ups:
            return Trajectory.NO_FOLLOW_UP
        if self.follow_ups[-1].total < self.remission_below:
            return Trajectory.REMISSION
        return _movement(self.baseline.total, self.follow_ups[-1].total)

    @property
    def is_at_target(self) -> bool | None:
        """Bao/NYS: last score below 10, or at most half of the baseline; None without both."""
        if self.baseline is None or not self.follow_ups:
            return None
        last = self.follow_ups[-1].total
        return last < BAO_BELOW or _has_fallen(self.baseline.total, last, RESPONSE_PERCENT)

    @property
    def is_elevated(self) -> bool:
        """Bao/NYS: only a baseline of 10 or more can come to target or fail to."""
        return self.baseline is not None and self.baseline.total >= BAO_BELOW

    @property
    def points_worse(self) -> int:
        """How far the last score lies above the best since the baseline; never negative."""
        if self.best is None or self.last is None:
            return 0
        return self.last.total - self.best.total

    def is_stale_on(self, day: date) -> bool:
        return self.last is not None and (day - self.last.taken_on).days > STALE_AFTER_DAYS


def course_of(scores: Sequence[Score], *, enrolled_on: date | None, remission_below: int) -> Course:
    """Order the scores of an episode and choose its baseline.

    Source: NYS OMH: the first score on or after enrollment; a screening score before it never is.
    """
    ordered = tuple(sorted(scores, key=attrgetter("taken_on")))
    baseline = None
    if enrolled_on is not None:
        baseline = next((s for s in ordered if s.taken_on >= enrolled_on), None)
    return Course(ordered, baseline, remission_below)


def _movement(baseline: int, last: int) -> Trajectory:
    if _has_fallen(baseline, last, RESPONSE_PERCENT):
        return Trajectory.RESPONSE
    if _has_fallen(baseline, last, PARTIAL_PERCENT):
        return Trajectory.PARTIAL
    return Trajectory.WORSE if last - baseline >= MEANINGFUL_POINTS else Trajectory.NO_CHANGE


def _has_fallen(baseline: int, last: int, percent: int) -> bool:
    """Compare without rounding or dividing: the baseline may be odd, or zero."""
    return 100 * (baseline - last) >= percent * baseline
