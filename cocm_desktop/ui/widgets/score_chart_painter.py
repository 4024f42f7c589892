"""Drawing a score chart on the screen: plots below each other, days, and lanes of marks.

Geometry comes from `domain.trend`, the same that paper shows. Labels stand outside the plots.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from cocm_desktop.domain.score_picture import Plot, ScorePicture
from cocm_desktop.domain.trend import TrendBand
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import Theme

INKS = ("primary", "chart_second")
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
    lanes: tuple[tuple[str, QRectF], ...]

    @property
    def top(self) -> float:
        return self.plots[0].top()

    @property
    def bottom(self) -> float:
        return self.lanes[-1][1].bottom() if self.lanes else self.plots[-1].bottom()

    def across(self, fraction: float) -> float:
        return self.plots[0].left() + fraction * self.plots[0].width()


ITEM9_LANE = "Item 9 above 0"
CONTACT_LANE = "Contacts"


def layout_of(picture: ScorePicture, area: QRectF, theme: Theme, *, is_small: bool) -> Layout:
    """Divide the area: each plot with its name above, then the days, then a lane for each mark."""
    left = area.left() + theme.px(LEFT_ROOM)
    width = area.right() - theme.px(RIGHT_ROOM) - left
    lanes = () if is_small else _lane_names(picture)
    name, days, lane = theme.px(NAME_ROOM), theme.px(DAYS_ROOM), theme.px(LANE)
    room = area.height() - len(picture.plots) * name - days - len(lanes) * lane
    shares = (1.0,) if len(picture.plots) == 1 else (1 - SECOND_SHARE, SECOND_SHARE)
    top, plots = area.top(), []
    for share in shares:
        plots.append(QRectF(left, top + name, width, room * share))
        top = plots[-1].bottom()
    below = QRectF(left, top, width, days)
    rows = tuple(
        (words, QRectF(left, below.bottom() + number * lane, width, lane))
        for number, words in enumerate(lanes)
    )
    return Layout(tuple(plots), below, rows)


def _lane_names(picture: ScorePicture) -> tuple[str, ...]:
    has_contacts = bool(picture.reached or picture.attempted)
    named = ((ITEM9_LANE, bool(picture.item9)), (CONTACT_LANE, has_contacts))
    return tuple(words for words, is_needed in named if is_needed)


@dataclass(frozen=True, slots=True)
class ChartPainter:
    """Draws one picture into one layout."""

    painter: QPainter
    picture: ScorePicture
    layout: Layout
    theme: Theme

    def draw(self, focused: date | None) -> None:
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for plot, area, ink in zip(self.picture.plots, self.layout.plots, INKS, strict=False):
            self._draw_frame(plot, area)
            self._draw_course(plot, area, self.theme.colour(ink))
        self._draw_days()
        self._draw_lanes()
        if focused is not None:
            self._draw_focus(focused)

    def _write(self, area: QRectF, words: str, align: Qt.AlignmentFlag) -> None:
        self.painter.setFont(self.theme.font(Text.CAPTION))
        self.painter.setPen(self.theme.colour("secondary"))
        self.painter.drawText(area, align, words)

    def _draw_frame(self, plot: Plot, area: QRectF) -> None:
        theme, painter = self.theme, self.painter
        for band in plot.trend.bands:
            self._draw_band(plot, band, area)
        for tick in plot.trend.y_ticks:
            y = _up(area, tick.position)
            painter.setPen(QPen(theme.colour("surface"), 1))
            painter.drawLine(QLineF(area.left(), y, area.right(), y))
        self._write_ticks(plot, area)
        target = QPen(theme.colour("success"), 1.4, Qt.PenStyle.DashLine)
        painter.setPen(target)
        y = _up(area, plot.trend.target)
        painter.drawLine(QLineF(area.left(), y, area.right(), y))
        name = QRectF(area.left(), area.top() - theme.px(NAME_ROOM), area.width(), theme.px(18))
        painter.setFont(theme.font(Text.CAPTION, bold=True))
        painter.setPen(theme.colour("secondary"))
        painter.drawText(name, _CENTRE_LEFT, plot.name)

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
        self.painter.fillRect(QRectF(area.left(), top, area.width(), bottom - top), tint)
        if bottom - top < self._text_height():
            return
        room = QRectF(area.right() + 6, top, theme.px(RIGHT_ROOM) - 6, bottom - top)
        short = {each.name: each.short for each in plot.instrument.bands}[band.name]
        self._write(room, short, _CENTRE_LEFT)

    def _places(self, plot: Plot, area: QRectF) -> list[tuple[QPointF, int]]:
        clock = self.picture.clock
        return [
            (
                QPointF(self.layout.across(clock.x_of(point.score.taken_on)), _up(area, point.y)),
                point.score.total,
            )
            for point in plot.trend.points
            if self.picture.is_shown(point.score.taken_on)
        ]

    def _draw_course(self, plot: Plot, area: QRectF, ink: QColor) -> None:
        places = self._places(plot, area)
        if not places:
            self._write(area, f"No complete {plot.instrument.id} yet", _CENTRE)
            return
        self.painter.setPen(QPen(ink, 2))
        for (before, _), (after, _) in pairwise(places):
            self.painter.drawLine(before, after)
        radius = self.theme.px(4)
        self.painter.setBrush(ink)
        self.painter.setPen(QPen(self.theme.colour("surface"), 1.5))
        for place, _ in places:
            self.painter.drawEllipse(place, radius, radius)
        self._draw_values(places, area, ink)

    def _draw_values(
        self, places: Sequence[tuple[QPointF, int]], area: QRectF, ink: QColor
    ) -> None:
        """Write the newest value large beside its point and the one before it small above."""
        painter, theme = self.painter, self.theme
        if len(places) > 1:
            place, total = places[-2]
            left = max(area.left(), place.x() - 20)
            above = QRectF(left, place.y() - theme.px(22), 40, theme.px(16))
            if above.top() > area.top() - theme.px(4):
                self._write(above, str(total), _CENTRE if left < place.x() - 10 else _CENTRE_LEFT)
        place, total = places[-1]
        painter.setFont(theme.font(Text.BANNER, bold=True))
        painter.setPen(ink)
        words, metrics = str(total), QFontMetricsF(painter.font())
        width, height = metrics.horizontalAdvance(words), metrics.height()
        gap = theme.px(8)
        if place.x() + gap + width <= area.right():
            spot = QRectF(place.x() + gap, place.y() - height / 2, width + 2, height)
        else:
            top = max(area.top() - theme.px(6), place.y() - height - theme.px(4))
            spot = QRectF(area.right() - width - 2, top, width + 2, height)
        painter.drawText(spot, _CENTRE_LEFT, words)

    def _draw_days(self) -> None:
        days, metrics = self.layout.days, QFontMetricsF(self.theme.font(Text.CAPTION))
        for tick in self.picture.clock.x_ticks:
            width = metrics.horizontalAdvance(tick.words) + 4
            middle = self.layout.across(tick.position)
            self._write(
                QRectF(middle - width / 2, days.top(), width, days.height()), tick.words, _CENTRE
            )

    def _draw_lanes(self) -> None:
        for words, area in self.layout.lanes:
            middle = area.center().y()
            self.painter.setPen(QPen(self.theme.colour("divider"), 1))
            self.painter.drawLine(QLineF(area.left(), middle, area.right(), middle))
            room = QRectF(area.right() + 6, area.top(), self.theme.px(RIGHT_ROOM), area.height())
            self._write(room, words, _CENTRE_LEFT)
            if words == ITEM9_LANE:
                self._draw_item9(middle)
            else:
                self._draw_contacts(middle)

    def _draw_item9(self, middle: float) -> None:
        size = self.theme.px(5)
        for day, answer in self.picture.item9:
            x = self.layout.across(self.picture.clock.x_of(day))
            self.painter.setPen(Qt.PenStyle.NoPen)
            self.painter.setBrush(QColor(self.theme.palette.chips[Tone.SAFETY].tint))
            triangle = (
                QPointF(x - size, middle + size),
                QPointF(x + size, middle + size),
                QPointF(x, middle - size),
            )
            self.painter.drawPolygon(QPolygonF(triangle))
            self._write(QRectF(x + size + 3, middle - 10, 16, 20), str(answer), _CENTRE_LEFT)

    def _draw_contacts(self, middle: float) -> None:
        ink, half = self.theme.colour("text"), self.theme.px(5)
        self.painter.setPen(QPen(self.theme.colour("secondary"), 1.2))
        self.painter.setBrush(self.theme.colour("surface"))
        for day in self.picture.attempted:
            x = self.layout.across(self.picture.clock.x_of(day))
            self.painter.drawEllipse(QPointF(x, middle), half / 2, half / 2)
        self.painter.setPen(QPen(ink, self.theme.px(2)))
        for day in self.picture.reached:
            x = self.layout.across(self.picture.clock.x_of(day))
            self.painter.drawLine(QLineF(x, middle - half, x, middle + half))

    def _draw_focus(self, day: date) -> None:
        x = self.layout.across(self.picture.clock.x_of(day))
        self.painter.setPen(QPen(self.theme.colour("primary"), 1))
        self.painter.drawLine(QLineF(x, self.layout.top, x, self.layout.bottom))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.setPen(QPen(self.theme.colour("primary"), 2))
        radius = self.theme.px(8)
        for plot, area in zip(self.picture.plots, self.layout.plots, strict=False):
            for score in plot.scores:
                if score.taken_on == day:
                    y = _up(area, score.total / plot.instrument.highest_total)
                    self.painter.drawEllipse(QPointF(x, y), radius, radius)


def _up(area: QRectF, fraction: float) -> float:
    return area.bottom() - fraction * area.height()
