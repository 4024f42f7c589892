"""A course of scores in the height of a line of text."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from cocm_desktop.domain.sparkline import Sparkline
from cocm_desktop.ui.theme import Theme


def paint_sparkline(painter: QPainter, area: QRectF, line: Sparkline, *, theme: Theme) -> None:
    """Draw the line, its target dotted, and a dot on the last score."""
    ink = theme.colour("primary")
    dot = theme.px(2.8)

    def place(x: float, y: float) -> QPointF:
        width = area.width() - 2 * dot
        return QPointF(area.left() + dot + x * width, area.bottom() - y * area.height())

    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_dotted(theme.colour("control")))
    target = area.bottom() - line.target * area.height()
    painter.drawLine(QLineF(area.left(), target, area.right(), target))
    if line.points:
        points = [place(x, y) for x, y in line.points]
        painter.setPen(QPen(ink, theme.px(16) / 10))
        painter.drawPolyline(points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(points[-1], dot, dot)
    painter.restore()


def _dotted(colour: QColor) -> QPen:
    pen = QPen(colour, 1)
    pen.setDashPattern([1.5, 2.5])
    return pen
