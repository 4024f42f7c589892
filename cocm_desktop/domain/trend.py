"""The geometry of a score chart: one set of numbers for screen and paper.

Coordinates are fractions of the plot: x from 0 (left) to 1, y from 0 (bottom) to 1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from itertools import pairwise
from operator import attrgetter

from cocm_desktop.domain.dates import add_months
from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import STALE_AFTER_DAYS
from cocm_desktop.domain.wording import month_day, month_year

MONTHS_A_YEAR = 12
WINDOWS_MONTHS = (3, 6, 12)
TICKS = 5
QUARTERS = 4
# A score is stale after 30 days: over twice that, nobody knows how the course went.
GAP_DAYS = 2 * STALE_AFTER_DAYS


class Window(Enum):
    """The stretch of time that a chart shows; it never follows the data by itself."""

    WHOLE = "Whole episode"
    THREE = "3 months"
    SIX = "6 months"
    TWELVE = "12 months"

    @property
    def months(self) -> int:
        """How far back it reaches; 0 for as long as the episode."""
        return {Window.THREE: 3, Window.SIX: 6, Window.TWELVE: 12}.get(self, 0)


@dataclass(frozen=True, slots=True)
class TrendTick:
    position: float
    words: str


@dataclass(frozen=True, slots=True)
class Clock:
    """The time axis that everything in a chart shares."""

    first_day: date
    last_day: date

    def x_of(self, day: date) -> float:
        return (day - self.first_day).days / (self.last_day - self.first_day).days

    def holds(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day

    @property
    def ticks(self) -> tuple[TrendTick, ...]:
        """Name five days, evenly apart; where the window spans a year, by month and year."""
        days = (self.last_day - self.first_day).days
        spans_a_year = add_months(self.first_day, MONTHS_A_YEAR) <= self.last_day
        name = month_year if spans_a_year else month_day
        return tuple(
            TrendTick(
                n / (TICKS - 1), name(self.first_day + timedelta(days=days * n // (TICKS - 1)))
            )
            for n in range(TICKS)
        )


@dataclass(frozen=True, slots=True)
class Blank:
    """A form that was begun and gave no total. It has a day, and no height."""

    taken_on: date
    answered: int
    of: int

    @property
    def words(self) -> str:
        return f"incomplete, {self.answered} of {self.of} answered"


@dataclass(frozen=True, slots=True)
class Forms:
    """What was answered on one instrument."""

    scores: Sequence[Score]
    blanks: Sequence[Blank] = ()

    @property
    def days(self) -> Iterator[date]:
        yield from (score.taken_on for score in self.scores)
        yield from (blank.taken_on for blank in self.blanks)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    x: float
    y: float
    score: Score

    @property
    def is_total_alone(self) -> bool:
        return self.score.is_total_alone


@dataclass(frozen=True, slots=True)
class TrendJoin:
    """A straight line between two scores. It is sure where both are known in full.

    An incomplete form between them, or a total alone at an end, makes it unsure.
    """

    before: TrendPoint
    after: TrendPoint
    is_sure: bool


@dataclass(frozen=True, slots=True)
class TrendBlank:
    x: float
    blank: Blank


@dataclass(frozen=True, slots=True)
class TrendBand:
    """A pale area of severity. `level` 1 (least) to 5 chooses its tint."""

    bottom: float
    top: float
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class Trend:
    """One instrument's course in a window. `target` 0 is none."""

    points: tuple[TrendPoint, ...]
    joins: tuple[TrendJoin, ...]
    blanks: tuple[TrendBlank, ...]
    bands: tuple[TrendBand, ...]
    y_ticks: tuple[TrendTick, ...]
    target: float


def clock_of(days: Collection[date], *, today: date, window: Window = Window.WHOLE) -> Clock:
    """Choose the time axis: the last months up to today, or from the first of `days` on.

    The whole episode takes the shortest of 3, 6 or 12 months, or of whole years, that holds it.
    """
    if window.months:
        return Clock(add_months(today, -window.months), today)
    if not days:
        return Clock(add_months(today, -WINDOWS_MONTHS[0]), today)
    first, last = min(days), max(today, *days)
    months = next(each for each in _lengths() if add_months(first, each) >= last)
    return Clock(first, add_months(first, months))


def _lengths() -> Iterator[int]:
    yield from WINDOWS_MONTHS
    months = WINDOWS_MONTHS[-1]
    while True:
        months += MONTHS_A_YEAR
        yield months


def trend_of(
    forms: Forms, instrument: Instrument, clock: Clock, *, target_below: int | None = None
) -> Trend:
    """Lay out the scores on the instrument's whole range, never stretched to the data."""
    highest = instrument.highest_total
    points = tuple(
        TrendPoint(clock.x_of(score.taken_on), score.total / highest, score)
        for score in sorted(forms.scores, key=attrgetter("taken_on"))
        if clock.holds(score.taken_on)
    )
    return Trend(
        points=points,
        joins=tuple(_joins(points, forms.blanks)),
        blanks=tuple(
            TrendBlank(clock.x_of(blank.taken_on), blank)
            for blank in forms.blanks
            if clock.holds(blank.taken_on)
        ),
        bands=_bands(instrument),
        y_ticks=_y_ticks(instrument),
        target=(target_below or instrument.remission_below) / highest,
    )


def _joins(points: Sequence[TrendPoint], blanks: Sequence[Blank]) -> Iterator[TrendJoin]:
    """Join neighbours, unless nothing is known of the time between."""
    for before, after in pairwise(points):
        begins, ends = before.score.taken_on, after.score.taken_on
        if (ends - begins).days > GAP_DAYS:
            continue
        is_interrupted = any(begins < blank.taken_on < ends for blank in blanks)
        is_sure = not (before.is_total_alone or after.is_total_alone or is_interrupted)
        yield TrendJoin(before, after, is_sure)


def _y_ticks(instrument: Instrument) -> tuple[TrendTick, ...]:
    """Name the totals at which bands begin; without bands, the quarters of the range."""
    highest = instrument.highest_total
    quarters = [highest * n // QUARTERS for n in range(QUARTERS)]
    totals = [band.lowest for band in instrument.bands] or quarters
    return tuple(TrendTick(total / highest, str(total)) for total in (*totals, highest))


def _bands(instrument: Instrument) -> tuple[TrendBand, ...]:
    highest = instrument.highest_total
    tops = [*(band.lowest for band in instrument.bands[1:]), highest]
    return tuple(
        TrendBand(band.lowest / highest, top / highest, band.name, band.level)
        for band, top in zip(instrument.bands, tops, strict=False)
    )
