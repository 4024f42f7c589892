"""The score chart of a case sheet: plots over one time axis, and lanes for what happened.

Geometry comes from `domain.trend`, the same that the screen draws. Bands are pale areas with
their words outside the plot; shape and position tell everything that colour tells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color, HexColor

from cocm_desktop.domain.instrument import GAD7, PHQ9, Instrument
from cocm_desktop.domain.score_picture import Plot, ScorePicture
from cocm_desktop.domain.trend import TrendPoint
from cocm_desktop.domain.trend_lanes import Lane, LaneName
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.trend_lanes import LANE, DrawnLane
from cocm_desktop.printing.typesetting import Align, Pen, Style

PURPLE: Final = HexColor("#7A3E9D")
TARGET: Final = HexColor("#1E6B3A")
AXIS_GUTTER: Final = 18.0
WORD_GUTTER: Final = 52.0
STRIP: Final = 11.5
FIRST_SHARE: Final = {1: 1.0, 2: 0.66, 3: 0.46}

_TICK = Style(fonts.REGULAR, 6.8, 8.0, theme.QUIET)
_NAME = Style(fonts.BOLD, 6.8, 8.0, theme.QUIET)
_VALUE = Style(fonts.BOLD, 11.0, 11.0, theme.INK)
# The totals at which bands begin are not written closer than this.
_TICK_PITCH: Final = 7.0


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Draws a picture of scores in a given width and height."""

    picture: ScorePicture
    width: float
    height: float

    def draw(self, pen: Pen, left: float, top: float) -> None:
        count = len(self.picture.plots)
        lanes = tuple(_told(self.picture.lanes))
        room = self.height - (count + 1) * STRIP - len(lanes) * LANE
        x, below = left + AXIS_GUTTER, top
        for number, plot in enumerate(self.picture.plots):
            height = room * _share(number, count)
            drawn = _DrawnPlot(plot, (x, below - STRIP), (self._plot_width, height))
            drawn.draw(pen)
            below -= STRIP + height
        self._draw_days(pen, x, below)
        for number, lane in enumerate(lanes):
            corner = (x, below - STRIP - number * LANE)
            DrawnLane(lane, self.picture.clock, corner, self._plot_width).draw(pen)

    @property
    def _plot_width(self) -> float:
        return self.width - AXIS_GUTTER - WORD_GUTTER

    def _draw_days(self, pen: Pen, left: float, top: float) -> None:
        pen.setStrokeColor(theme.GUIDE)
        pen.setLineWidth(0.5)
        for tick in self.picture.clock.ticks:
            at = left + tick.position * self._plot_width
            pen.line(at, top, at, top - 2.5)
            words = theme.text(tick.words, 60.0, _TICK, align=Align.CENTER)
            words.draw(pen, at - 30.0, top - 3.0)


def _told(lanes: Sequence[Lane]) -> Iterator[Lane]:
    """Leave out a single phase: the head of the sheet says it, and the scores need the room."""
    return (lane for lane in lanes if lane.name is not LaneName.PHASES or len(lane.spans) > 1)


def _share(number: int, count: int) -> float:
    """Give the first plot the most room: it is the one the episode is judged by."""
    first = FIRST_SHARE[count]
    return first if number == 0 else (1 - first) / (count - 1)


@dataclass(frozen=True, slots=True)
class _Point:
    x: float
    y: float
    total: int
    is_total_alone: bool


@dataclass(frozen=True, slots=True)
class _DrawnPlot:
    """One instrument's plot, its corner at the left and top."""

    plot: Plot
    corner: tuple[float, float]
    size: tuple[float, float]

    @property
    def instrument(self) -> Instrument:
        return self.plot.instrument

    @property
    def color(self) -> Color:
        return PURPLE if self.instrument.id == GAD7 else theme.INK

    def _across(self, fraction: float) -> float:
        return self.corner[0] + fraction * self.size[0]

    def _up(self, fraction: float) -> float:
        return self.corner[1] - (1 - fraction) * self.size[1]

    def _point(self, point: TrendPoint) -> _Point:
        x, y = self._across(point.x), self._up(point.y)
        return _Point(x, y, point.score.total, point.is_total_alone)

    def draw(self, pen: Pen) -> None:
        self._draw_bands(pen)
        self._draw_axis(pen)
        self._draw_joins(pen)
        points = [self._point(point) for point in self.plot.trend.points]
        for point in points:
            self._draw_point(pen, point)
        for blank in self.plot.trend.blanks:
            _mark_blank(pen, self._across(blank.x), self._up(0) + 4.0)
        if points:
            self._draw_last_value(pen, points)
        else:
            self._say_empty(pen)

    def _draw_joins(self, pen: Pen) -> None:
        pen.setStrokeColor(self.color)
        pen.setLineWidth(1.5)
        pen.setLineJoin(1)
        for join in self.plot.trend.joins:
            before, after = self._point(join.before), self._point(join.after)
            pen.setDash(*(() if join.is_sure else (1, 2)))
            pen.line(before.x, before.y, after.x, after.y)
        pen.setDash()

    def _draw_bands(self, pen: Pen) -> None:
        pen.setFillColor(theme.TINT)
        pen.rect(self.corner[0], self._up(0), *self.size, stroke=0, fill=1)
        for band, named in zip(self.plot.trend.bands, self.instrument.bands, strict=False):
            bottom, top = self._up(band.bottom), self._up(band.top)
            pen.setFillColor(theme.BAND_TINTS[band.level])
            pen.rect(self.corner[0], bottom, self.size[0], top - bottom, stroke=0, fill=1)
            if top - bottom < _TICK_PITCH:
                continue
            words = theme.text(named.short, WORD_GUTTER - 4.0, _TICK, most_lines=1)
            words.draw(pen, self._across(1) + 4.0, (top + bottom) / 2 + words.height / 2)

    def _draw_axis(self, pen: Pen) -> None:
        pen.setStrokeColor(theme.WHITE)
        pen.setLineWidth(0.7)
        written: list[float] = []
        ticks = self.plot.trend.y_ticks
        for tick in (ticks[0], ticks[-1], *ticks[1:-1]):
            y = self._up(tick.position)
            pen.line(self.corner[0], y, self._across(1), y)
            if any(abs(y - other) < _TICK_PITCH for other in written):
                continue
            written.append(y)
            words = theme.text(tick.words, AXIS_GUTTER - 4.0, _TICK, align=Align.RIGHT)
            words.draw(pen, self.corner[0] - AXIS_GUTTER, y + words.height / 2)
        if self.plot.trend.target:
            pen.setStrokeColor(TARGET)
            pen.setLineWidth(0.9)
            pen.setDash(3, 2)
            y = self._up(self.plot.trend.target)
            pen.line(self.corner[0], y, self._across(1), y)
            pen.setDash()
        name = theme.text(self.plot.name, self.size[0], _NAME)
        name.draw(pen, self.corner[0], self.corner[1] + 9.0)

    def _say_empty(self, pen: Pen) -> None:
        words = f"No complete {self.instrument.id} in this time"
        text = theme.text(words, self.size[0], theme.NOTE, align=Align.CENTER)
        text.draw(pen, self.corner[0], self._up(0.5) + text.height / 2)

    def _draw_point(self, pen: Pen, point: _Point) -> None:
        """Fill the point of a form known in full; a total alone is a ring."""
        pen.setFillColor(theme.WHITE if point.is_total_alone else self.color)
        pen.setStrokeColor(self.color if point.is_total_alone else theme.WHITE)
        pen.setLineWidth(1.1 if point.is_total_alone else 0.8)
        if self.instrument.id == PHQ9:
            pen.circle(point.x, point.y, 2.8, stroke=1, fill=1)
        else:
            pen.rect(point.x - 2.3, point.y - 2.3, 4.6, 4.6, stroke=1, fill=1)

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


def _mark_blank(pen: Pen, x: float, y: float) -> None:
    """Put a cross at the foot: the form has a day and no height."""
    pen.setStrokeColor(theme.INK)
    pen.setLineWidth(0.9)
    pen.line(x - 2.2, y - 2.2, x + 2.2, y + 2.2)
    pen.line(x - 2.2, y + 2.2, x + 2.2, y - 2.2)
