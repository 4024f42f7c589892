"""A thin bar: a part of a whole, always beside the number it stands for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from cocm_desktop.ui.theme import Theme, theme_of

THICKNESS = 8


def paint_bar(painter: QPainter, area: QRectF, fraction: float, *, ink: str, theme: Theme) -> None:
    """Draw a track and, in a colour of the palette, a fraction of it full."""
    radius = area.height() / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("track"))
    painter.drawRoundedRect(area, radius, radius)
    if fraction > 0:
        width = max(area.height(), min(1.0, fraction) * area.width())
        painter.setBrush(theme.colour(ink))
        full = QRectF(area.left(), area.top(), width, area.height())
        painter.drawRoundedRect(full, radius, radius)
    painter.restore()


class Bar(QWidget):
    """The bar as a widget. The words beside it say what it means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fraction = 0.0
        self._ink = "primary"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_fraction(self, fraction: float, *, ink: str = "primary") -> None:
        self._fraction, self._ink = fraction, ink
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(120, theme_of(self).px(THICKNESS))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        paint_bar(painter, area, self._fraction, ink=self._ink, theme=theme_of(self))
        painter.end()
