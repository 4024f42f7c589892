"""Drawing a lane of marks under a chart: each kind has a shape of its own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from cocm_desktop.domain.trend import Clock
from cocm_desktop.domain.trend_lanes import Lane, Mark, MarkKind, PhaseSpan
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import Theme

HALF = 5
LEAST_WORDS = 24
_CENTRE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TRIANGLES = {MarkKind.ITEM9, MarkKind.STARTED, MarkKind.CHANGED, MarkKind.STOPPED}
_DIAMONDS = {MarkKind.REVIEW, MarkKind.NO_REVIEW}
_HOLLOW = {MarkKind.STOPPED, MarkKind.NO_REVIEW, MarkKind.ATTEMPTED}


@dataclass(frozen=True, slots=True)
class LanePainter:
    """Words stand beside a mark as far as the next mark leaves room; the focus line says all."""

    painter: QPainter
    clock: Clock
    area: QRectF
    theme: Theme

    def draw(self, lane: Lane) -> None:
        area, middle = self.area, self.area.center().y()
        self.painter.setPen(QPen(self.theme.colour("divider"), 1))
        if not lane.has_words:
            self.painter.drawLine(QLineF(area.left(), middle, area.right(), middle))
        self._write(area.right() + 6, lane.words)
        for span in lane.spans:
            self._draw_span(span)
        for mark, following in zip_longest(lane.marks, lane.marks[1:]):
            if mark.kind is not MarkKind.PHASE:
                self._draw_mark(mark, self._x(following) if following else area.right())

    def _x(self, mark: Mark) -> float:
        return self.area.left() + self.clock.x_of(mark.day) * self.area.width()

    def _write(self, left: float, words: str) -> None:
        self.painter.setFont(self.theme.font(Text.CAPTION))
        self.painter.setPen(self.theme.colour("secondary"))
        room = QRectF(left, self.area.top(), self.painter.window().width(), self.area.height())
        self.painter.drawText(room, _CENTRE_LEFT, words)

    def _draw_span(self, span: PhaseSpan) -> None:
        first, last = (self.clock.x_of(day) for day in (span.first_day, span.last_day))
        left, width = self.area.left() + first * self.area.width(), (last - first)
        bar = QRectF(left, self.area.top() + 2, width * self.area.width() - 2, self.theme.px(15))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.colour("track"))
        self.painter.drawRoundedRect(bar, 3, 3)
        self._write_within(bar.left() + 5, span.name, bar.right() - 2)

    def _write_within(self, left: float, words: str, right: float) -> None:
        """Write as much as there is room for, or nothing where that would say nothing."""
        metrics, room = QFontMetricsF(self.theme.font(Text.CAPTION)), right - left
        if metrics.horizontalAdvance(words) > room < self.theme.px(LEAST_WORDS):
            return
        self._write(left, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room))

    def _draw_mark(self, mark: Mark, until: float) -> None:
        x, middle, half = self._x(mark), self.area.center().y(), self.theme.px(HALF)
        ink = self._ink(mark.kind)
        width = self.theme.px(16) / 10
        is_hollow = mark.kind in _HOLLOW
        self.painter.setPen(QPen(ink, width) if is_hollow else Qt.PenStyle.NoPen)
        self.painter.setBrush(self.theme.colour("surface") if is_hollow else ink)
        if mark.kind in _TRIANGLES:
            up = -1 if mark.kind is MarkKind.STOPPED else 1
            self.painter.drawPolygon(_triangle(x, middle, half * up))
        elif mark.kind in _DIAMONDS:
            self.painter.drawPolygon(_diamond(x, middle, half))
        elif mark.kind is MarkKind.ATTEMPTED:
            self.painter.drawEllipse(QPointF(x, middle), half / 2, half / 2)
        else:
            bar = QRectF(x - width / 2, middle - half, width * 1.2, 2 * half)
            self.painter.drawRect(bar)
        if mark.short:
            self._write_within(x + half + 3, mark.short, until - half - 4)

    def _ink(self, kind: MarkKind) -> QColor:
        if kind is MarkKind.ITEM9:
            return QColor(self.theme.palette.chips[Tone.SAFETY].tint)
        if kind in _TRIANGLES:
            return self.theme.colour("chart_second")
        return self.theme.colour("secondary" if kind is MarkKind.ATTEMPTED else "text")


def _triangle(x: float, middle: float, half: float) -> QPolygonF:
    """Point up; with a negative half, down."""
    size = abs(half)
    corners = (
        QPointF(x - size, middle + half),
        QPointF(x + size, middle + half),
        QPointF(x, middle - half),
    )
    return QPolygonF(corners)


def _diamond(x: float, middle: float, half: float) -> QPolygonF:
    corners = (
        QPointF(x - half, middle),
        QPointF(x, middle - half),
        QPointF(x + half, middle),
        QPointF(x, middle + half),
    )
    return QPolygonF(corners)
