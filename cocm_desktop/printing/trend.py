"""The score chart of a case sheet: two plots over one time axis, and lanes for what happened.

Geometry comes from `domain.trend`, the same that the screen draws. Bands are pale areas with
their words outside the plot; shape and position tell everything that colour tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from reportlab.lib.colors import Color, HexColor

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.trend import Trend, trend_of
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.typesetting import Align, Pen, Style

PURPLE: Final = HexColor("#7A3E9D")
TARGET: Final = HexColor("#1E6B3A")
AXIS_GUTTER: Final = 18.0
WORD_GUTTER: Final = 52.0
STRIP: Final = 11.5
LANE: Final = 9.5
GAD7_SHARE: Final = 0.34

_TICK = Style(fonts.REGULAR, 6.8, 8.0, theme.QUIET)
_NAME = Style(fonts.BOLD, 6.8, 8.0, theme.QUIET)
_VALUE = Style(fonts.BOLD, 11.0, 11.0, theme.INK)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the lanes under the plots show: item 9 answers, and whether a contact reached."""

    item9: Sequence[tuple[date, int]]
    contacts: Sequence[tuple[date, bool]]


@dataclass(frozen=True, slots=True)
class TrendChart:
    """`clock` is the trend whose time axis everything shares."""

    phq9: Trend
    gad7: Trend
    clock: Trend
    instruments: tuple[Instrument, Instrument]
    marks: Marks
    width: float
    height: float

    def draw(self, pen: Pen, left: float, top: float) -> None:
        plots = self.height - 3 * STRIP - 2 * LANE
        lower = plots * GAD7_SHARE
        x = left + AXIS_GUTTER
        upper_top = top - STRIP
        lower_top = upper_top - (plots - lower) - STRIP
        corners = ((x, upper_top), (x, lower_top))
        sizes = ((self._plot_width, plots - lower), (self._plot_width, lower))
        trends = ((self.phq9, theme.INK), (self.gad7, PURPLE))
        for number, (trend, color) in enumerate(trends):
            plot = _Plot(trend, self.clock, corners[number], sizes[number], color)
            plot.draw(pen, self.instruments[number])
        self._draw_days(pen, x, lower_top - lower)
        self._draw_lanes(pen, x, lower_top - lower - STRIP)

    @property
    def _plot_width(self) -> float:
        return self.width - AXIS_GUTTER - WORD_GUTTER

    def _draw_days(self, pen: Pen, left: float, top: float) -> None:
        pen.setStrokeColor(theme.GUIDE)
        pen.setLineWidth(0.5)
        for tick in self.clock.x_ticks:
            at = left + tick.position * self._plot_width
            pen.line(at, top, at, top - 2.5)
            words = theme.text(tick.words, 60.0, _TICK, align=Align.CENTER)
            words.draw(pen, at - 30.0, top - 3.0)

    def _draw_lanes(self, pen: Pen, left: float, top: float) -> None:
        for number, name in enumerate(("Item 9 above 0", "Contacts")):
            y = top - number * LANE
            words = theme.text(name, WORD_GUTTER - 4.0, _TICK, most_lines=1)
            words.draw(pen, left + self._plot_width + 4.0, y - 1.0)
            pen.setStrokeColor(theme.HAIRLINE)
            pen.setLineWidth(0.4)
            pen.line(left, y - LANE / 2, left + self._plot_width, y - LANE / 2)
        for day, answer in self.marks.item9:
            for x in self._across(left, day):
                _mark_item9(pen, (x, top - LANE / 2), answer)
        for day, is_reached in self.marks.contacts:
            for x in self._across(left, day):
                _mark_contact(pen, (x, top - 1.5 * LANE), is_reached=is_reached)

    def _across(self, left: float, day: date) -> Iterator[float]:
        """Give the place of a day, or none where it lies outside the time shown."""
        fraction = self.clock.x_of(day)
        if 0 <= fraction <= 1:
            yield left + fraction * self._plot_width


@dataclass(frozen=True, slots=True)
class _Point:
    x: float
    y: float
    total: int


@dataclass(frozen=True, slots=True)
class _Plot:
    """One instrument's plot."""

    trend: Trend
    clock: Trend
    corner: tuple[float, float]
    size: tuple[float, float]
    color: Color

    def _across(self, fraction: float) -> float:
        return self.corner[0] + fraction * self.size[0]

    def _up(self, fraction: float) -> float:
        return self.corner[1] - (1 - fraction) * self.size[1]

    def _points(self) -> Iterator[_Point]:
        for point in self.trend.points:
            x = self._across(self.clock.x_of(point.score.taken_on))
            yield _Point(x, self._up(point.y), point.score.total)

    def draw(self, pen: Pen, instrument: Instrument) -> None:
        self._draw_bands(pen, instrument)
        self._draw_axis(pen, instrument)
        points = list(self._points())
        if not points:
            self._say_empty(pen, instrument)
            return
        pen.setStrokeColor(self.color)
        pen.setLineWidth(1.5)
        pen.setLineJoin(1)
        for before, after in pairwise(points):
            pen.line(before.x, before.y, after.x, after.y)
        for point in points:
            self._draw_point(pen, point.x, point.y)
        self._draw_last_value(pen, points)

    def _draw_bands(self, pen: Pen, instrument: Instrument) -> None:
        for band, named in zip(self.trend.bands, instrument.bands, strict=True):
            bottom, top = self._up(band.bottom), self._up(band.top)
            pen.setFillColor(theme.BAND_TINTS[band.level])
            pen.rect(self.corner[0], bottom, self.size[0], top - bottom, stroke=0, fill=1)
            words = theme.text(named.short, WORD_GUTTER - 4.0, _TICK, most_lines=1)
            words.draw(pen, self._across(1) + 4.0, (top + bottom) / 2 + words.height / 2)

    def _draw_axis(self, pen: Pen, instrument: Instrument) -> None:
        pen.setStrokeColor(theme.WHITE)
        pen.setLineWidth(0.7)
        for tick in self.trend.y_ticks:
            y = self._up(tick.position)
            pen.line(self.corner[0], y, self._across(1), y)
            words = theme.text(tick.words, AXIS_GUTTER - 4.0, _TICK, align=Align.RIGHT)
            words.draw(pen, self.corner[0] - AXIS_GUTTER, y + words.height / 2)
        pen.setStrokeColor(TARGET)
        pen.setLineWidth(0.9)
        pen.setDash(3, 2)
        y = self._up(self.trend.target)
        pen.line(self.corner[0], y, self._across(1), y)
        pen.setDash()
        name = f"{instrument.id} (0–{instrument.highest_total})"
        theme.text(name, self.size[0], _NAME).draw(pen, self.corner[0], self.corner[1] + 9.0)

    def _say_empty(self, pen: Pen, instrument: Instrument) -> None:
        words = f"No complete {instrument.id} in this time"
        text = theme.text(words, self.size[0], theme.NOTE, align=Align.CENTER)
        text.draw(pen, self.corner[0], self._up(0.5) + text.height / 2)

    def _draw_point(self, pen: Pen, x: float, y: float) -> None:
        pen.setFillColor(self.color)
        pen.setStrokeColor(theme.WHITE)
        pen.setLineWidth(0.8)
        if self.color is PURPLE:
            pen.rect(x - 2.3, y - 2.3, 4.6, 4.6, stroke=1, fill=1)
        else:
            pen.circle(x, y, 2.8, stroke=1, fill=1)

    def _draw_last_value(self, pen: Pen, points: Sequence[_Point]) -> None:
        """Put the newest value right of its point, or over it at the right edge of the plot."""
        style = Style(_VALUE.face, _VALUE.size, _VALUE.leading, self.color)
        last = points[-1]
        words = theme.text(str(last.total), 30.0, style)
        width = words.words_width
        if last.x + 5.0 + width <= self._across(1):
            words.draw(pen, last.x + 5.0, last.y + words.height / 2)
            return
        falls = len(points) > 1 and points[-2].total > last.total
        below = last.y - 3.5
        fits_below = falls and below - words.height >= self._up(0)
        top = below if fits_below else last.y + 3.5 + words.height
        words.draw(pen, last.x - width, min(top, self._up(1) + words.height))


def _mark_item9(pen: Pen, at: tuple[float, float], answer: int) -> None:
    x, y = at
    path = pen.beginPath()
    path.moveTo(x - 3.0, y - 2.8)
    path.lineTo(x + 3.0, y - 2.8)
    path.lineTo(x, y + 2.8)
    path.close()
    pen.setFillColor(theme.SAFETY)
    pen.drawPath(path, stroke=0, fill=1)
    theme.text(str(answer), 8.0, _NAME).draw(pen, x + 3.6, y + 4.0)


def _mark_contact(pen: Pen, at: tuple[float, float], *, is_reached: bool) -> None:
    x, y = at
    pen.setStrokeColor(theme.INK)
    pen.setFillColor(theme.INK if is_reached else theme.WHITE)
    pen.setLineWidth(0.7)
    if is_reached:
        pen.rect(x - 0.9, y - 3.2, 1.8, 6.4, stroke=0, fill=1)
    else:
        pen.circle(x, y, 1.6, stroke=1, fill=1)


def trend_chart(
    instruments: tuple[Instrument, Instrument],
    scores: tuple[Sequence[Score], Sequence[Score]],
    marks: Marks,
    *,
    today: date,
    size: tuple[float, float],
) -> TrendChart:
    """Lay out PHQ-9 and GAD-7 below each other, over the time that both together span."""
    phq9, gad7 = (
        trend_of(of_one, instrument, today=today)
        for of_one, instrument in zip(scores, instruments, strict=True)
    )
    clock = trend_of([*scores[0], *scores[1]], instruments[0], today=today)
    return TrendChart(phq9, gad7, clock, instruments, marks, *size)
