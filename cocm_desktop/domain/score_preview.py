"""What a form comes to while it is being typed, compared with the course so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.instrument import Instrument, ScoredAnswers
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.wording import month_day, signed


@dataclass(frozen=True, slots=True)
class ScorePreview:
    """`last` is the newest score up to the day of the form, `baseline` the episode's first."""

    instrument: Instrument
    scored: ScoredAnswers
    last: Score | None
    baseline: Score | None

    @property
    def answered_words(self) -> str:
        """Say plainly how far the form is: 8 of 9 answered. No valid total."""
        words = f"{self.scored.answered} of {self.scored.asked} answered."
        if self.scored.is_complete or self.instrument.total is None:
            return words
        return f"{words} No valid total."

    @property
    def estimate_words(self) -> str:
        """Label a guess for what it is; empty where the publisher names no rule for one."""
        estimate = self.scored.estimate
        if estimate is None:
            return ""
        made_of = f"from {self.scored.answered} of {self.scored.asked} answers"
        return f"Estimate {estimate}, {made_of}; not a total."

    @property
    def change_words(self) -> str:
        """Compare a complete form with the last score and the baseline, where there are any."""
        total = self.scored.total
        if total is None:
            return ""
        parts = []
        if self.last is not None:
            change = signed(total - self.last.total)
            on = month_day(self.last.taken_on)
            parts.append(f"{change} from the last, {self.last.total} on {on}")
        if self.baseline is not None and self.baseline != self.last:
            change = signed(total - self.baseline.total)
            parts.append(f"{change} from the baseline, {self.baseline.total}")
        return " · ".join(parts)

    @property
    def words(self) -> str:
        """Say it all in one sentence, for reading aloud."""
        total = self.scored.total
        if total is None:
            return self.answered_words
        said = f"{self.instrument.id} total {self.instrument.words_of(total)}"
        return f"{said}. {self.change_words}" if self.change_words else said


def preview(
    instrument: Instrument,
    answers: tuple[int | None, ...],
    *,
    course: Course | None,
    taken_on: date | None,
) -> ScorePreview:
    """Score the answers so far and choose what they are compared with."""
    earlier = [
        score
        for score in (course.scores if course else ())
        if taken_on is None or score.taken_on <= taken_on
    ]
    return ScorePreview(
        instrument=instrument,
        scored=instrument.score(answers),
        last=earlier[-1] if earlier else None,
        baseline=course.baseline if course else None,
    )
