"""The answers of one question side by side, each a cell with its points."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from cocm_desktop.domain.instrument import Option
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import theme_of

WIDEST, NARROWEST, ROOM, INSET = 92, 30, 480, 3
ROW_HEIGHT, LOW_ROW_HEIGHT = 35, 30


def cell_width(cells: int) -> int:
    """Give each cell the same room, in pixels at the usual text size."""
    return max(NARROWEST, min(WIDEST, ROOM // max(cells, 1)))


class AnswerCells(QWidget):
    """The chosen one is filled and bold. A question that is not asked has faint cells."""

    chosen = Signal(int)

    def __init__(
        self, options: Sequence[Option], parent: QWidget | None = None, *, is_low: bool = False
    ) -> None:
        super().__init__(parent)
        self._options = tuple(options)
        self._answer: int | None = None
        self._is_faint = False
        self._height = LOW_ROW_HEIGHT if is_low else ROW_HEIGHT
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_answer(self, answer: int | None, *, is_faint: bool = False) -> None:
        self._answer = answer
        self._is_faint = is_faint
        self.update()

    @override
    def sizeHint(self) -> QSize:
        theme, cells = theme_of(self), len(self._options)
        return QSize(cells * theme.px(cell_width(cells)), theme.px(self._height))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = int(event.position().x() // (self.width() / len(self._options)))
        if 0 <= place < len(self._options):
            self.chosen.emit(self._options[place].value)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = self.width() / len(self._options)
        height = min(self.height(), theme.px(self._height)) - 2 * INSET
        top = (self.height() - height) / 2
        border, ink = ("divider", "disabled") if self._is_faint else ("control", "text")
        for place, option in enumerate(self._options):
            is_chosen = option.value == self._answer
            cell = QRectF(place * width + INSET, top, width - 2 * INSET, height)
            painter.setBrush(theme.colour("primary" if is_chosen else "surface"))
            painter.setPen(QPen(theme.colour("primary" if is_chosen else border), 1))
            painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setPen(theme.colour("on_primary" if is_chosen else ink))
            painter.setFont(theme.font(Text.SECTION, bold=is_chosen))
            painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(option.value))
        painter.end()
