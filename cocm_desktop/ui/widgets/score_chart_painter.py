"""Drawing a score chart on the screen: plots below each other, days, and lanes of marks.

Geometry comes from `domain.trend`, the same that paper shows. Labels stand outside the plots.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from cocm_desktop.domain.score_picture import Plot, ScorePicture
from cocm_desktop.domain.trend import TrendBand
from cocm_desktop.domain.trend_lanes import Lane
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import Theme
from cocm_desktop.ui.widgets.course_painter import CoursePainter
from cocm_desktop.ui.widgets.lane_painter import LanePainter

SECOND_SHARE = 0.36
BAND_STRENGTH = 0.6
LEFT_ROOM, RIGHT_ROOM = 30, 84
NAME_ROOM, DAYS_ROOM, LANE = 20, 20, 19
_CENTRE_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a chart stand."""

    plots: tuple[QRectF, ...]
    days: QRectF
    lanes: tuple[tuple[Lane, QRectF], ...]

    @property
    def top(self) -> float:
        return self.plots[0].top()

    @property
    def bottom(self) -> float:
        return self.lanes[-1][1].bottom() if self.lanes else self.plots[-1].bottom()

    def across(self, fraction: float) -> float:
        return self.plots[0].left() + fraction * self.plots[0].width()


def layout_of(picture: ScorePicture, area: QRectF, theme: Theme, *, is_small: bool) -> Layout:
    """Divide the area: each plot with its name above, then the days, then a lane for each mark."""
    left = area.left() + theme.px(LEFT_ROOM)
    width = area.right() - theme.px(RIGHT_ROOM) - left
    lanes = () if is_small else picture.lanes
    name, days, lane = theme.px(NAME_ROOM), theme.px(DAYS_ROOM), theme.px(LANE)
    room = area.height() - len(picture.plots) * name - days - len(lanes) * lane
    top, plots = area.top(), []
    for share in _shares(len(picture.plots)):
        plots.append(QRectF(left, top + name, width, room * share))
        top = plots[-1].bottom()
    below = QRectF(left, top, width, days)
    rows = tuple(
        (each, QRectF(left, below.bottom() + number * lane, width, lane))
        for number, each in enumerate(lanes)
    )
    return Layout(tuple(plots), below, rows)


def _shares(count: int) -> tuple[float, ...]:
    """Give the first plot the most room: it is the one the episode is judged by."""
    if count == 1:
        return (1.0,)
    first = 1 - SECOND_SHARE if count == 2 else 0.44  # noqa: PLR2004 -- two plots, or three
    return (first, *[(1 - first) / (count - 1)] * (count - 1))


@dataclass(frozen=True, slots=True)
class ChartPainter:
    """Draws one picture into one layout."""

    painter: QPainter
    picture: ScorePicture
    layout: Layout
    theme: Theme

    def draw(self, focused: date | None) -> None:
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for plot, area in zip(self.picture.plots, self.layout.plots, strict=True):
            self._draw_frame(plot, area)
            CoursePainter(self.painter, plot, area, self.theme).draw()
        self._draw_days()
        for lane, area in self.layout.lanes:
            LanePainter(self.painter, self.picture.clock, area, self.theme).draw(lane)
        if focused is not None:
            self._draw_focus(focused)

    def _write(self, area: QRectF, words: str, align: Qt.AlignmentFlag) -> None:
        self.painter.setFont(self.theme.font(Text.CAPTION))
        self.painter.setPen(self.theme.colour("secondary"))
        self.painter.drawText(area, align, words)

    def _draw_frame(self, plot: Plot, area: QRectF) -> None:
        theme, painter = self.theme, self.painter
        painter.fillRect(area, theme.colour("track"))
        for band in plot.trend.bands:
            self._draw_band(plot, band, area)
        for tick in plot.trend.y_ticks:
            y = _up(area, tick.position)
            painter.setPen(QPen(theme.colour("surface"), 1))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
        self._write_ticks(plot, area)
        if plot.trend.target:
            painter.setPen(QPen(theme.colour("success"), 1.4, Qt.PenStyle.DashLine))
            y = _up(area, plot.trend.target)
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
        name = QRectF(area.left(), area.top() - theme.px(NAME_ROOM), area.width(), theme.px(18))
        bold = theme.font(Text.CAPTION, bold=True)
        painter.setFont(bold)
        painter.setPen(theme.colour("secondary"))
        painter.drawText(name, _CENTRE_LEFT, plot.name)
        if plot.target_words:
            past = QFontMetricsF(bold).horizontalAdvance(plot.name) + theme.px(8)
            dashed = f"dashed: {plot.target_words}"
            self._write(name.adjusted(past, 0, 0, 0), dashed, _CENTRE_LEFT)

    def _write_ticks(self, plot: Plot, area: QRectF) -> None:
        """Write the totals at which bands begin, the outermost first, as far as there is room."""
        room, height = self.theme.px(LEFT_ROOM), self._text_height()
        ticks = plot.trend.y_ticks
        written: list[float] = []
        for tick in (ticks[0], ticks[-1], *ticks[1:-1]):
            y = _up(area, tick.position)
            if all(abs(y - other) >= height for other in written):
                written.append(y)
                words = QRectF(area.left() - room, y - 10, room - 6, 20)
                self._write(words, tick.words, _CENTRE_RIGHT)

    def _text_height(self) -> float:
        return QFontMetricsF(self.theme.font(Text.CAPTION)).height() * 0.85

    def _draw_band(self, plot: Plot, band: TrendBand, area: QRectF) -> None:
        theme = self.theme
        tint = QColor(theme.palette.chips[Tone(band.level)].tint)
        tint.setAlphaF(BAND_STRENGTH)
        top, bottom = _up(area, band.top), _up(area, band.bottom)
        room = QRectF(area.left(), top, area.width(), bottom - top)
        self.painter.fillRect(room, theme.colour("surface"))
        self.painter.fillRect(room, tint)
        if bottom - top < self._text_height():
            return
        room = QRectF(area.right() + 6, top, theme.px(RIGHT_ROOM) - 6, bottom - top)
        short = {each.name: each.short for each in plot.instrument.bands}[band.name]
        self._write(room, short, _CENTRE_LEFT)

    def _draw_days(self) -> None:
        days, metrics = self.layout.days, QFontMetricsF(self.theme.font(Text.CAPTION))
        for tick in self.picture.clock.ticks:
            width = metrics.horizontalAdvance(tick.words) + 4
            middle = self.layout.across(tick.position)
            self._write(
                QRectF(middle - width / 2, days.top(), width, days.height()), tick.words, _CENTRE
            )

    def _draw_focus(self, day: date) -> None:
        x = self.layout.across(self.picture.clock.x_of(day))
        self.painter.setPen(QPen(self.theme.colour("primary"), 1))
        self.painter.drawLine(QLineF(x, self.layout.top, x, self.layout.bottom))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(self.theme.colour("primary"), 2))
        radius = self.theme.px(8)
        for plot, area in zip(self.picture.plots, self.layout.plots, strict=True):
            for point in plot.trend.points:
                if point.score.taken_on == day:
                    self.painter.drawEllipse(QPointF(x, _up(area, point.y)), radius, radius)


def _up(area: QRectF, fraction: float) -> float:
    return area.bottom() - fraction * area.height()
