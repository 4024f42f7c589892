"""What a form comes to while it is being typed, compared with the course so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cocm_desktop.domain.form_score import FormScore, score_form
from cocm_desktop.domain.instrument import Band, Instrument, ScoredAnswers
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.wording import month_day, signed


@dataclass(frozen=True, slots=True)
class ScorePreview:
    """`last` is the newest score up to the day of the form, `baseline` the episode's first.

    With `is_total_only` the total is the form's own, and nothing else is known.
    """

    form: FormScore
    last: Score | None
    baseline: Score | None
    is_total_only: bool = False

    @property
    def instrument(self) -> Instrument:
        return self.form.instrument

    @property
    def scored(self) -> ScoredAnswers:
        return self.form.scored

    @property
    def total(self) -> int | None:
        return self.form.total

    @property
    def band(self) -> Band | None:
        return None if self.total is None else self.instrument.band_of(self.total)

    @property
    def answered_words(self) -> str:
        """Say plainly how far the form is: 8 of 9 answered. No valid total."""
        if self.is_total_only:
            return "Total only."
        words = f"{self.scored.answered} of {self.scored.asked} answered."
        if self.scored.is_complete or self.instrument.total is None:
            return words
        return f"{words} No valid total."

    @property
    def state_words(self) -> str:
        """How a form that is saved as it is will stand in the lists, where it is not whole."""
        if self.is_total_only:
            return f"Total only, {self.not_asked_words}" if self.not_asked_words else "Total only"
        if self.scored.is_complete or not self.scored.answered:
            return ""
        return f"Incomplete ({self.scored.answered} of {self.scored.asked})"

    @property
    def not_asked_words(self) -> str:
        """Name the critical items without an answer: item 9 not asked. None is ever a zero."""
        skipped = self.instrument.skipped(self.scored.answers)
        return not_asked_words(self.instrument, self.scored.answers, skipped)

    @property
    def estimate_words(self) -> str:
        """Label a guess for what it is; empty where the publisher names no rule for one."""
        estimate = self.scored.estimate
        if estimate is None or self.is_total_only:
            return ""
        made_of = f"from {self.scored.answered} of {self.scored.asked} answers"
        return f"Estimate {estimate}, {made_of}; not a total."

    @property
    def change_words(self) -> str:
        """Compare a total with the last score and the baseline, where there are any."""
        if self.total is None:
            return ""
        parts = []
        if self.last is not None:
            change = signed(self.total - self.last.total)
            on = month_day(self.last.taken_on)
            parts.append(f"{change} from the last, {self.last.total} on {on}")
        if self.baseline is not None and self.baseline != self.last:
            change = signed(self.total - self.baseline.total)
            parts.append(f"{change} from the baseline, {self.baseline.total}")
        return " · ".join(parts)

    @property
    def triage_words(self) -> str:
        """Say the publisher's triage as far as it is decided; empty without one."""
        is_decided = self.form.triage is not None and self.form.triage.name
        return self.form.known_lines[-1] if is_decided else ""

    @property
    def compared_words(self) -> str:
        """The change; where no band tells how high a total is, also how far the scale goes."""
        reach = "" if self.band else f"of {self.instrument.highest_total}"
        return " · ".join(filter(None, (reach, self.change_words)))

    @property
    def words(self) -> str:
        """Say it all in one sentence, for reading aloud."""
        if self.total is None:
            triage = self.form.triage
            named = f" {triage.name}." if triage and triage.name else ""
            return f"{self.answered_words}{named}"
        said = f"{self.instrument.id} total {self.instrument.words_of(self.total)}"
        return f"{said}. {self.change_words}" if self.change_words else said


def not_asked_words(
    instrument: Instrument, answers: tuple[int | None, ...], skipped: frozenset[int] = frozenset()
) -> str:
    """Say which critical items have no answer: item 9 not asked. Empty where each has one."""
    labels = [
        item.label
        for item in instrument.critical_items
        if answers[item.number - 1] is None and item.number not in skipped
    ]
    if not labels:
        return ""
    return f"{'item' if len(labels) == 1 else 'items'} {', '.join(labels)} not asked"


def preview(
    instrument: Instrument,
    answers: tuple[int | None, ...],
    *,
    course: Course | None,
    taken_on: date | None,
    sex: Sex | None = None,
) -> ScorePreview:
    """Score the answers so far and choose what they are compared with."""
    return _compared(score_form(instrument, answers, sex), course, taken_on)


def preview_of_total(
    instrument: Instrument,
    answers: tuple[int | None, ...],
    total: int | None,
    *,
    course: Course | None,
    taken_on: date | None,
) -> ScorePreview:
    """Take the form's own total; the answers hold critical items at most."""
    form = score_form(instrument, answers, total=total)
    return replace(_compared(form, course, taken_on), is_total_only=True)


def _compared(form: FormScore, course: Course | None, taken_on: date | None) -> ScorePreview:
    earlier = [
        score
        for score in (course.scores if course else ())
        if taken_on is None or score.taken_on <= taken_on
    ]
    return ScorePreview(
        form=form,
        last=earlier[-1] if earlier else None,
        baseline=course.baseline if course else None,
    )
