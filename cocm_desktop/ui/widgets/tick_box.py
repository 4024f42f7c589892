"""The box in front of a row of a table: where it stands, and how it is drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter

from cocm_desktop.ui.icons import icon_pixmap
from cocm_desktop.ui.theme import Theme

PADDING = 8
TICK = 16
"""The side of the box."""
TICK_ROOM = PADDING + TICK + 8
_REACH = 6
"""Pixels around the box in which a click still means it."""


def tick_box(area: QRect, theme: Theme) -> QRect:
    """Tell where the box stands in a cell."""
    side = theme.px(TICK)
    return QRect(area.left() + PADDING, area.center().y() - side // 2, side, side)


def tick_reach(area: QRect, theme: Theme) -> QRect:
    """Tell where a click turns the box."""
    return tick_box(area, theme).adjusted(-_REACH, -_REACH, _REACH, _REACH)


def paint_tick(painter: QPainter, area: QRect, *, is_ticked: bool, theme: Theme) -> None:
    box = tick_box(area, theme)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("primary" if is_ticked else "control"))
    painter.setBrush(theme.colour("primary" if is_ticked else "surface"))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    if is_ticked:
        inner = box.adjusted(2, 2, -2, -2)
        pixmap = icon_pixmap("check", theme.palette.on_primary, size=inner.width())
        painter.drawPixmap(inner.topLeft(), pixmap)
    painter.restore()
