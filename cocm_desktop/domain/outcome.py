"""How a course of scores stands against its baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from operator import attrgetter

from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.percentage import percent_of
from cocm_desktop.domain.wording import NOTHING, signed

# Source: https://doi.org/10.1176/appi.ps.201500491 (Bao et al.) as used by AIMS and NYS OMH.
BAO_NYS_VERSION = 1
BAO_NYS = f"Bao/NYS v{BAO_NYS_VERSION}"
BAO_BELOW = 10
RESPONSE_PERCENT = 50
PARTIAL_PERCENT = 25
# Source: Löwe et al. 2004, doi 10.1097/00005650-200412000-00006: five PHQ-9 points matter.
MEANINGFUL_POINTS = 5
STALE_AFTER_DAYS = 30


@dataclass(frozen=True, slots=True)
class Criteria:
    """When a last score is at the Bao/NYS target: any one of below, percent fallen, points fallen.

    `elevated_from` is the lowest baseline that can come to target or fail to.
    """

    below: int | None = None
    percent: int | None = None
    points: int | None = None
    elevated_from: int | None = None

    def is_met(self, baseline: int, last: int) -> bool:
        return (
            (self.below is not None and last < self.below)
            or (self.percent is not None and has_fallen(baseline, last, self.percent))
            or (self.points is not None and baseline - last >= self.points)
        )

    @property
    def named(self) -> str:
        """Write the rule after its name and version: Bao/NYS v1: below 10 or half of baseline."""
        return f"{BAO_NYS}: {self.words}"

    @property
    def words(self) -> str:
        """Write the rule: below 10 or half of baseline."""
        return " or ".join(self._parts)

    @property
    def missed_words(self) -> str:
        """Write that it is not met: neither below 10 nor half of baseline."""
        if len(self._parts) == 1:
            return f"not {self._parts[0]}"
        return f"neither {' nor '.join(self._parts)}"

    @property
    def _parts(self) -> tuple[str, ...]:
        parts = (
            f"below {self.below}" if self.below is not None else "",
            "half of baseline" if self.percent is not None else "",
            f"down by {self.points} points" if self.points is not None else "",
        )
        return tuple(part for part in parts if part)


BELOW_TEN_OR_HALF = Criteria(BAO_BELOW, RESPONSE_PERCENT, elevated_from=BAO_BELOW)


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
    """The scores of an episode on one instrument, oldest first, with its baseline.

    Without `criteria` no definition says when such a score is at target; without
    `remission_below` none says when it is in remission.
    """

    scores: tuple[Score, ...]
    baseline: Score | None
    remission_below: int | None
    criteria: Criteria | None = BELOW_TEN_OR_HALF

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
        size = percent_of(abs(self.change), self.baseline.total)
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
        last = self.follow_ups[-1].total
        if self.remission_below is not None and last < self.remission_below:
            return Trajectory.REMISSION
        return _movement(self.baseline.total, last)

    @property
    def is_at_target(self) -> bool | None:
        """Bao/NYS: last score below 10, or at most half of the baseline; None without both.

        Scales that NYS judges otherwise have criteria of their own.
        """
        if self.baseline is None or not self.follow_ups or self.criteria is None:
            return None
        return self.criteria.is_met(self.baseline.total, self.follow_ups[-1].total)

    @property
    def has_response(self) -> bool | None:
        """Whether the last score is at most half of the baseline; None without both."""
        if self.baseline is None or not self.follow_ups:
            return None
        return has_fallen(self.baseline.total, self.follow_ups[-1].total, RESPONSE_PERCENT)

    @property
    def response_since(self) -> date | None:
        """The day of the first score of the unbroken run of responses that lasts until now."""
        since = None
        for score in reversed(self.follow_ups):
            if self.baseline is None or not _responds(self.baseline, score):
                break
            since = score.taken_on
        return since

    @property
    def is_elevated(self) -> bool:
        """Only a baseline of 10 or more (of the scale's own limit) can come to target or not."""
        limit = self.criteria.elevated_from if self.criteria else None
        return limit is not None and self.baseline is not None and self.baseline.total >= limit

    @property
    def points_worse(self) -> int:
        """How far the last score lies above the best since the baseline; never negative."""
        if self.best is None or self.last is None:
            return 0
        return self.last.total - self.best.total

    def is_stale_on(self, day: date, *, after_days: int = STALE_AFTER_DAYS) -> bool:
        return self.last is not None and (day - self.last.taken_on).days > after_days


def course_of(
    scores: Sequence[Score],
    *,
    enrolled_on: date | None,
    remission_below: int | None,
    criteria: Criteria | None = BELOW_TEN_OR_HALF,
) -> Course:
    """Order the scores of an episode and choose its baseline.

    Source: NYS OMH: the first score on or after enrollment; a screening score before it never is.
    """
    ordered = tuple(sorted(scores, key=attrgetter("taken_on")))
    baseline = None
    if enrolled_on is not None:
        baseline = next((s for s in ordered if s.taken_on >= enrolled_on), None)
    return Course(ordered, baseline, remission_below, criteria)


def has_fallen(baseline: int, last: int, percent: int) -> bool:
    """Compare without rounding or dividing: the baseline may be odd, or zero."""
    return 100 * (baseline - last) >= percent * baseline


def _responds(baseline: Score, score: Score) -> bool:
    return has_fallen(baseline.total, score.total, RESPONSE_PERCENT)


def _movement(baseline: int, last: int) -> Trajectory:
    if has_fallen(baseline, last, RESPONSE_PERCENT):
        return Trajectory.RESPONSE
    if has_fallen(baseline, last, PARTIAL_PERCENT):
        return Trajectory.PARTIAL
    return Trajectory.WORSE if last - baseline >= MEANINGFUL_POINTS else Trajectory.NO_CHANGE
