"""What a patient's score chart shows: every course over one time axis, and what happened."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.measure import Measure, Score
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.trend import Blank, Clock, Forms, Trend, Window, clock_of, trend_of
from cocm_desktop.domain.trend_lanes import Lane, LaneName, Mark, item9_lane, lanes_of
from cocm_desktop.domain.wording import count_of, days_ago, long_date, month_day


@dataclass(frozen=True, slots=True)
class Plot:
    """One instrument's course, on its own scale. `stale_days` is the age of a stale last score."""

    instrument: Instrument
    trend: Trend
    forms: Forms
    target_words: str = ""
    stale_days: int | None = None

    @property
    def name(self) -> str:
        return f"{self.instrument.id} (0–{self.instrument.highest_total})"

    @property
    def title(self) -> str:
        """The name, and what the dashed line is."""
        return f"{self.name} · dashed: {self.target_words}" if self.target_words else self.name

    @property
    def age_words(self) -> str:
        """How old a stale last score is, such as 41 days ago; empty while it is fresh."""
        return "" if self.stale_days is None else f"{count_of(self.stale_days, 'day')} ago"

    def words_on(self, day: date) -> str:
        """Say the forms of a day: PHQ-9 14, moderate. Empty where there is none."""
        said = [
            self._score_words(score) for score in self.forms.scores if score.taken_on == day
        ] + [blank.words for blank in self.forms.blanks if blank.taken_on == day]
        return f"{self.instrument.id} {' and '.join(said)}" if said else ""

    def _score_words(self, score: Score) -> str:
        return f"{self.instrument.words_of(score.total)}{score.alone_words}"


@dataclass(frozen=True, slots=True)
class ScorePicture:
    """Plots below each other over one `clock`, and lanes whose marks lie within it."""

    plots: tuple[Plot, ...]
    clock: Clock
    lanes: tuple[Lane, ...] = ()

    @property
    def score_days(self) -> tuple[date, ...]:
        """The days on which a form was answered, oldest first."""
        found = {day for plot in self.plots for day in plot.forms.days if self.clock.holds(day)}
        return tuple(sorted(found))

    @property
    def days(self) -> tuple[date, ...]:
        """Every day with a form or a mark, oldest first: where the keyboard steps."""
        marked = {mark.day for lane in self.lanes for mark in lane.marks}
        return tuple(sorted({*self.score_days, *marked}))

    def lane(self, name: LaneName) -> tuple[Mark, ...]:
        """Give the marks of a lane; none where the chart has no such lane."""
        return tuple(mark for lane in self.lanes if lane.name is name for mark in lane.marks)

    def marks_on(self, day: date, *names: LaneName) -> tuple[Mark, ...]:
        wanted = names or tuple(LaneName)
        return tuple(
            mark
            for lane in self.lanes
            if lane.name in wanted
            for mark in lane.marks
            if mark.day == day
        )

    def words_on(self, day: date) -> str:
        """Say everything of a day: what was scored, then what the lanes hold."""
        said = [words for plot in self.plots if (words := plot.words_on(day))]
        return f"{long_date(day)}: {'; '.join((*said, *(m.words for m in self.marks_on(day))))}"


def score_picture(chart: Chart, window: Window = Window.WHOLE) -> ScorePicture:
    """Lay out a chart's forms, and what happened in the same time."""
    row = chart.row
    shown = [
        (instrument, course, _forms(course, chart.measures_of(instrument)))
        for instrument, course in _courses(row)
    ]
    clock = _clock(row, [forms for _, _, forms in shown], window)
    plots = tuple(_plots(row, shown, clock))
    return ScorePicture(plots, clock, lanes_of(chart, clock))


def score_picture_of_row(row: RegistryRow) -> ScorePicture:
    """Lay out the scores of a registry row, without what only the chart knows."""
    shown = [(instrument, course, Forms(course.scores)) for instrument, course in _courses(row)]
    clock = _clock(row, [forms for _, _, forms in shown], Window.WHOLE)
    item9 = item9_lane(row.phq9.scores, clock)
    lanes = (item9,) if item9.marks else ()
    return ScorePicture(tuple(_plots(row, shown, clock)), clock, lanes)


def _courses(row: RegistryRow) -> Iterator[tuple[Instrument, Course]]:
    """Give the primary scale first, where it is another, then PHQ-9 and GAD-7."""
    if row.other is not None and row.other_instrument is not None:
        yield row.other_instrument, row.other
    yield row.phq9_instrument, row.phq9
    yield row.gad7_instrument, row.gad7


def _forms(course: Course, measures: Sequence[Measure]) -> Forms:
    return Forms(
        course.scores,
        tuple(
            Blank(m.taken_on, m.answered, len(m.answers))
            for m in measures
            if m.total is None and not m.is_complete
        ),
    )


Shown = tuple[Instrument, Course, Forms]


def _clock(row: RegistryRow, forms: Sequence[Forms], window: Window) -> Clock:
    days = [day for of_one in forms for day in of_one.days]
    until = row.closed_on if row.closed_on and days and row.closed_on >= max(days) else row.today
    return clock_of(days, today=until, window=window)


def _plots(row: RegistryRow, shown: Collection[Shown], clock: Clock) -> Iterator[Plot]:
    """Plot the primary scale always, and every other one that was ever answered."""
    for instrument, course, forms in shown:
        is_primary = instrument is row.primary_instrument
        if not (is_primary or forms.scores or forms.blanks):
            continue
        if instrument.total is None:
            continue
        own = row.own_target if is_primary else None
        stale = course.is_stale_on(row.today) and row.is_open
        yield Plot(
            instrument,
            trend_of(forms, instrument, clock, target_below=own),
            forms,
            _line_words(instrument, own),
            (row.today - course.last.taken_on).days if stale and course.last else None,
        )


def _line_words(instrument: Instrument, own_target: int | None) -> str:
    if own_target:
        return f"target, below {own_target}"
    below = instrument.remission_below
    return f"remission, below {below}" if below else ""


def course_words(course: Course, *, today: date) -> str:
    """Say a course in one line: baseline, now, change, target with its definition."""
    parts = []
    if course.baseline:
        first = course.baseline
        parts.append(f"baseline {first.marked} on {day_words(first.taken_on, today=today)}")
    if course.last and course.last is not course.baseline:
        age = f", {days_ago(course.last.taken_on, today)}" if course.is_stale_on(today) else ""
        on = day_words(course.last.taken_on, today=today)
        parts.append(f"now {course.last.marked} on {on}{age}{course.last.alone_words}")
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
    named = course.criteria.named if course.criteria else ""
    return f"{'at' if course.is_at_target else 'not yet at'} target ({named})"
