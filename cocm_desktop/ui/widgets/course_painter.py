"""Drawing one instrument's course: lines, points, forms without a total, the newest value."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from cocm_desktop.domain.instrument import GAD7, PHQ9
from cocm_desktop.domain.score_picture import Plot
from cocm_desktop.domain.trend import TrendPoint
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import Theme

INKS = {PHQ9: "primary", GAD7: "chart_second"}
_CENTRE = Qt.AlignmentFlag.AlignCenter
_CENTRE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class CoursePainter:
    """PHQ-9 has round points, GAD-7 square ones, any other scale diamonds."""

    painter: QPainter
    plot: Plot
    area: QRectF
    theme: Theme

    def draw(self) -> None:
        for join in self.plot.trend.joins:
            style = Qt.PenStyle.SolidLine if join.is_sure else Qt.PenStyle.DotLine
            self.painter.setPen(QPen(self._ink, 2, style))
            self.painter.drawLine(self._place(join.before), self._place(join.after))
        for point in self.plot.trend.points:
            self._draw_point(point)
        for each in self.plot.trend.blanks:
            self._draw_blank(each.x)
        if self.plot.trend.points:
            self._draw_values()
        else:
            self._write(
                self.area, f"No complete {self.plot.instrument.id} in this time", align=_CENTRE
            )

    @property
    def _ink(self) -> QColor:
        return self.theme.colour(INKS.get(self.plot.instrument.id, "text"))

    def _place(self, point: TrendPoint) -> QPointF:
        area = self.area
        return QPointF(
            area.left() + point.x * area.width(), area.bottom() - point.y * area.height()
        )

    def _write(self, area: QRectF, words: str, *, align: Qt.AlignmentFlag) -> None:
        self.painter.setFont(self.theme.font(Text.CAPTION))
        self.painter.setPen(self.theme.colour("secondary"))
        self.painter.drawText(area, align, words)

    def _draw_point(self, point: TrendPoint) -> None:
        """Fill the point of a form known in full; a total alone is a ring."""
        painter, surface = self.painter, self.theme.colour("surface")
        place, radius = self._place(point), self.theme.px(4)
        if point.is_total_alone:
            painter.setPen(QPen(self._ink, self.theme.px(2)))
            painter.setBrush(surface)
        else:
            painter.setPen(QPen(surface, 1.5))
            painter.setBrush(self._ink)
        if self.plot.instrument.id == PHQ9:
            painter.drawEllipse(place, radius, radius)
        elif self.plot.instrument.id == GAD7:
            painter.drawRect(QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius))
        else:
            painter.drawPolygon(_diamond(place, radius * 1.25))

    def _draw_blank(self, x: float) -> None:
        """Put a cross at the foot: the form has a day and no height."""
        half, foot = self.theme.px(3.5), self.area.bottom() - self.theme.px(6)
        at = self.area.left() + x * self.area.width()
        self.painter.setPen(QPen(self.theme.colour("text"), self.theme.px(1.6)))
        self.painter.drawLine(QLineF(at - half, foot - half, at + half, foot + half))
        self.painter.drawLine(QLineF(at - half, foot + half, at + half, foot - half))

    def _draw_values(self) -> None:
        """Write the newest value large beside its point and the one before it small above."""
        points = self.plot.trend.points
        if len(points) > 1:
            self._draw_previous(points[-2])
        self._draw_newest(points[-1])

    def _draw_previous(self, point: TrendPoint) -> None:
        place, theme, area = self._place(point), self.theme, self.area
        left = max(area.left(), place.x() - 20)
        above = QRectF(left, place.y() - theme.px(22), 40, theme.px(16))
        if above.top() > area.top() - theme.px(4):
            align = _CENTRE if left < place.x() - 10 else _CENTRE_LEFT
            self._write(above, str(point.score.total), align=align)

    def _draw_newest(self, point: TrendPoint) -> None:
        """Grey a stale value and say how old it is; keep within the plot."""
        painter, theme, area = self.painter, self.theme, self.area
        place, number, age = self._place(point), str(point.score.total), self.plot.age_words
        large, small = theme.font(Text.BANNER, bold=True), theme.font(Text.CAPTION)
        after = f", {age}" if age else ""
        metrics = QFontMetricsF(large)
        own = metrics.horizontalAdvance(number) + 2
        width = own + QFontMetricsF(small).horizontalAdvance(after) + 2
        height, gap = metrics.height(), theme.px(8)
        if place.x() + gap + width <= area.right():
            spot = QRectF(place.x() + gap, place.y() - height / 2, width, height)
        else:
            top = max(area.top() - theme.px(6), place.y() - height - theme.px(4))
            spot = QRectF(area.right() - width, top, width, height)
        painter.setFont(large)
        painter.setPen(theme.colour("secondary") if age else self._ink)
        painter.drawText(spot, _CENTRE_LEFT, number)
        if age:
            self._write(spot.adjusted(own, 0, 0, 0), after, align=_CENTRE_LEFT)


def _diamond(place: QPointF, half: float) -> QPolygonF:
    x, y = place.x(), place.y()
    corners = (
        QPointF(x - half, y),
        QPointF(x, y - half),
        QPointF(x + half, y),
        QPointF(x, y + half),
    )
    return QPolygonF(corners)
