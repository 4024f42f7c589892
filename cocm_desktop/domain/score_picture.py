"""What a patient's score chart shows: both courses over one time axis, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import BAO_NYS, Course
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.trend import Trend, trend_of
from cocm_desktop.domain.wording import days_ago, long_date, month_day


@dataclass(frozen=True, slots=True)
class Plot:
    """One instrument's course, on its own scale."""

    instrument: Instrument
    trend: Trend
    scores: tuple[Score, ...]

    @property
    def name(self) -> str:
        return f"{self.instrument.id} (0–{self.instrument.highest_total})"

    def words_on(self, day: date) -> str:
        """Say the score of a day: PHQ-9 14, moderate. Empty where there is none."""
        totals = [score.total for score in self.scores if score.taken_on == day]
        named = (self.instrument.words_of(total) for total in totals)
        return f"{self.instrument.id} {' and '.join(named)}" if totals else ""


@dataclass(frozen=True, slots=True)
class ScorePicture:
    """`clock` is the trend whose time axis everything shares; marks lie within its window."""

    plots: tuple[Plot, ...]
    clock: Trend
    item9: tuple[tuple[date, int], ...] = ()
    reached: tuple[date, ...] = ()
    attempted: tuple[date, ...] = ()

    @property
    def days(self) -> tuple[date, ...]:
        """The days with a score, oldest first: where the keyboard steps."""
        found = {score.taken_on for plot in self.plots for score in plot.scores}
        return tuple(sorted(day for day in found if self.is_shown(day)))

    def is_shown(self, day: date) -> bool:
        return self.clock.first_day <= day <= self.clock.last_day

    def words_on(self, day: date) -> str:
        """Say everything that was scored on a day."""
        said = [words for plot in self.plots if (words := plot.words_on(day))]
        raised = [f"item 9 answered {answer}" for on, answer in self.item9 if on == day]
        return f"{long_date(day)}: {'; '.join((*said, *raised))}"


def score_picture(chart: Chart) -> ScorePicture:
    """Lay out a chart's scores and contacts."""
    contacts = [each.contact for each in chart.contacts]
    return _picture(
        chart.row,
        reached=[contact.made_on for contact in contacts if contact.is_clinical],
        attempted=[contact.made_on for contact in contacts if not contact.is_clinical],
    )


def score_picture_of_row(row: RegistryRow) -> ScorePicture:
    """Lay out the scores of a registry row, without contacts."""
    return _picture(row, reached=(), attempted=())


def _picture(
    row: RegistryRow, *, reached: Sequence[date], attempted: Sequence[date]
) -> ScorePicture:
    courses = ((row.phq9_instrument, row.phq9.scores), (row.gad7_instrument, row.gad7.scores))
    every = [score for _, scores in courses for score in scores]
    clock = trend_of(every, row.phq9_instrument, today=row.today)
    shown = [
        Plot(instrument, trend_of(scores, instrument, today=row.today), scores)
        for instrument, scores in courses
        if scores or instrument is row.phq9_instrument
    ]
    picture = ScorePicture(tuple(shown), clock)
    return ScorePicture(
        picture.plots,
        clock,
        item9=tuple(
            (score.taken_on, score.critical)
            for score in row.phq9.scores
            if score.critical and picture.is_shown(score.taken_on)
        ),
        reached=tuple(filter(picture.is_shown, reached)),
        attempted=tuple(filter(picture.is_shown, attempted)),
    )


def course_words(course: Course, *, today: date) -> str:
    """Say a course in one line: baseline, now, change, target with its definition."""
    parts = []
    if course.baseline:
        first = course.baseline
        parts.append(f"baseline {first.total} on {day_words(first.taken_on, today=today)}")
    if course.last and course.last is not course.baseline:
        age = f", {days_ago(course.last.taken_on, today)}" if course.is_stale_on(today) else ""
        on = day_words(course.last.taken_on, today=today)
        parts.append(f"now {course.last.total} on {on}{age}")
    if course.change is not None:
        parts.append(course.change_words)
    parts.append(_target_words(course))
    return " · ".join(parts)


def day_words(day: date, *, today: date) -> str:
    """Write the day without its year where that is this year's."""
    return month_day(day) if day.year == today.year else long_date(day)


def _target_words(course: Course) -> str:
    if course.is_at_target is None:
        return course.trajectory.value.lower()
    return f"{'at' if course.is_at_target else 'not yet at'} target ({BAO_NYS})"
