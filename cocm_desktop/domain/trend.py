"""The geometry of a score chart: one set of numbers for screen and paper.

Coordinates are fractions of the plot: x from 0 (left) to 1, y from 0 (bottom) to 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cocm_desktop.domain.dates import add_months
from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.wording import month_day, month_year

WINDOWS_MONTHS = (3, 6, 12, 24)
MONTHS_A_YEAR = 12
TICKS = 5


@dataclass(frozen=True, slots=True)
class TrendPoint:
    x: float
    y: float
    score: Score


@dataclass(frozen=True, slots=True)
class TrendBand:
    """A pale area of severity. `level` 1 (least) to 5 chooses its tint."""

    bottom: float
    top: float
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class TrendTick:
    position: float
    words: str


@dataclass(frozen=True, slots=True)
class Trend:
    """A chart of one instrument over a fixed window of 3, 6, 12 or 24 months."""

    points: tuple[TrendPoint, ...]
    bands: tuple[TrendBand, ...]
    x_ticks: tuple[TrendTick, ...]
    y_ticks: tuple[TrendTick, ...]
    target: float
    first_day: date
    last_day: date

    def x_of(self, day: date) -> float:
        return (day - self.first_day).days / (self.last_day - self.first_day).days


def trend_of(scores: Sequence[Score], instrument: Instrument, *, today: date) -> Trend:
    """Lay out the scores on the instrument's whole range, never stretched to the data.

    The window is the shortest that holds every score; beyond 24 months the oldest fall out.
    """
    ordered = sorted(scores, key=lambda score: score.taken_on)
    first_day, last_day = _window(ordered, today)
    highest = instrument.highest_total
    days = (last_day - first_day).days
    return Trend(
        points=tuple(
            TrendPoint((score.taken_on - first_day).days / days, score.total / highest, score)
            for score in ordered
            if score.taken_on >= first_day
        ),
        bands=_bands(instrument),
        x_ticks=_x_ticks(first_day, last_day),
        y_ticks=tuple(
            TrendTick(total / highest, str(total))
            for total in (*(band.lowest for band in instrument.bands), highest)
        ),
        target=instrument.remission_below / highest,
        first_day=first_day,
        last_day=last_day,
    )


def _x_ticks(first_day: date, last_day: date) -> tuple[TrendTick, ...]:
    """Name five days, evenly apart; where the window spans a year, by month and year."""
    days = (last_day - first_day).days
    name = month_year if add_months(first_day, MONTHS_A_YEAR) <= last_day else month_day
    return tuple(
        TrendTick(n / (TICKS - 1), name(first_day + timedelta(days=days * n // (TICKS - 1))))
        for n in range(TICKS)
    )


def _window(ordered: Sequence[Score], today: date) -> tuple[date, date]:
    if not ordered:
        return add_months(today, -WINDOWS_MONTHS[0]), today
    first = ordered[0].taken_on
    last = max(today, ordered[-1].taken_on)
    for months in WINDOWS_MONTHS:
        if add_months(first, months) >= last:
            return first, add_months(first, months)
    return add_months(last, -WINDOWS_MONTHS[-1]), last


def _bands(instrument: Instrument) -> tuple[TrendBand, ...]:
    highest = instrument.highest_total
    tops = [band.lowest for band in instrument.bands[1:]] + [highest]
    return tuple(
        TrendBand(band.lowest / highest, top / highest, band.name, band.level)
        for band, top in zip(instrument.bands, tops, strict=True)
    )
