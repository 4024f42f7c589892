"""A table's header that writes the titles of narrow columns upwards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget
from typing_extensions import override

from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import theme_of

UPRIGHT_ROOM = 14


class MarkHeader(QHeaderView):
    """`is_upright` tells which sections are written upwards; the rest stand at the bottom."""

    def __init__(self, is_upright: Callable[[int], bool], parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._is_upright = is_upright
        self.setHighlightSections(False)
        self.setSectionsClickable(True)

    @override
    def sizeHint(self) -> QSize:
        usual = super().sizeHint()
        return QSize(usual.width(), max(self._usual_height(), self._tallest() + UPRIGHT_ROOM))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        if not rect.isValid():
            return
        theme = theme_of(self)
        painter.fillRect(rect, theme.colour("surface"))
        if not self._is_upright(logicalIndex):
            bottom = self._usual_height()
            painter.save()
            super().paintSection(
                painter, rect.adjusted(0, rect.height() - bottom, 0, 0), logicalIndex
            )
            painter.restore()
            return
        is_sorted = self.sortIndicatorSection() == logicalIndex and self.isSortIndicatorShown()
        painter.save()
        painter.setPen(theme.colour("divider"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(theme.colour("primary" if is_sorted else "secondary"))
        painter.setFont(theme.font(Text.CAPTION, bold=True))
        painter.translate(rect.left(), rect.bottom() - UPRIGHT_ROOM // 2)
        painter.rotate(-90)
        area = QRect(0, 0, rect.height(), rect.width())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, middle, self._title(logicalIndex))
        painter.restore()

    def _title(self, section: int) -> str:
        model = self.model()
        return str(model.headerData(section, Qt.Orientation.Horizontal)) if model else ""

    def _tallest(self) -> int:
        metrics = QFontMetrics(theme_of(self).font(Text.CAPTION, bold=True))
        upright = [n for n in range(self.count()) if self._is_upright(n)]
        return max((metrics.horizontalAdvance(self._title(n)) for n in upright), default=0)

    def _usual_height(self) -> int:
        return theme_of(self).row_height
