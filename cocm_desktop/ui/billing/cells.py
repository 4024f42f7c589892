"""The cells of the billing month, drawn: names with their tick, marks, chips and words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget
from typing_extensions import override

from cocm_desktop.domain.billing.checklist import ProofState
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.patient import Patient
from cocm_desktop.ui.billing.columns import COLUMNS, MARKS, BillColumn
from cocm_desktop.ui.icons import icon_pixmap
from cocm_desktop.ui.theme import Theme, theme_of
from cocm_desktop.ui.widgets.chips import Chip, chip_size
from cocm_desktop.ui.widgets.table import ROW, VALUE, CellDelegate, Index, paint_background
from cocm_desktop.ui.widgets.tick_box import PADDING, TICK_ROOM, paint_tick

NAME = 0
MARK = 14
SHORTEST_GIVEN = ", M…"
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
_CENTRE = Qt.AlignmentFlag.AlignCenter


class BillDelegate(CellDelegate):
    """Sets family names in bold, and what lacks something in the colour of what is due.

    `ticked` are the keys of the rows that are ticked; the table adds to it and takes away.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.ticked: set[str] = set()

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        value = index.data(VALUE)
        if isinstance(value, Chip):
            super().paint(painter, option, index)
            return
        theme, column = theme_of(option.widget), COLUMNS[index.column()]
        row: MonthRow = index.data(ROW)
        paint_background(painter, option, theme)
        if isinstance(value, ProofState):
            _paint_mark(painter, option.rect, value, theme=theme)
            return
        area = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        painter.save()
        painter.setPen(theme.colour(column.ink(row)))
        if index.column() == NAME:
            paint_tick(painter, option.rect, is_ticked=row.key in self.ticked, theme=theme)
            name_area = option.rect.adjusted(theme.px(TICK_ROOM), 0, -PADDING, 0)
            painter.setPen(theme.colour("text"))
            _write_name(painter, name_area, row.bill.patient, theme=theme)
        elif column.is_upright:
            painter.setFont(theme.font(tabular=True))
            painter.drawText(option.rect, _CENTRE, index.data())
        else:
            font = theme.font(tabular=column.right)
            _write(painter, area, index.data(), font=font, right=column.right)
        painter.restore()


def _paint_mark(painter: QPainter, area: QRect, state: ProofState, *, theme: Theme) -> None:
    name, colour = MARKS[state]
    size = theme.px(MARK)
    pixmap = icon_pixmap(name, getattr(theme.palette, colour), size=size)
    half = size // 2
    painter.drawPixmap(area.center() - QPoint(half - 1, half - 1), pixmap)


def _write(painter: QPainter, area: QRect, words: str, *, font: QFont, right: bool = False) -> int:
    """Write one line, cut with an ellipsis where it does not fit; give the room it took."""
    metrics = QFontMetrics(font)
    fitting = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(0, area.width()))
    painter.setFont(font)
    painter.drawText(area, _RIGHT if right else _LEFT, fitting)
    return metrics.horizontalAdvance(fitting)


def _write_name(painter: QPainter, area: QRect, patient: Patient, *, theme: Theme) -> None:
    """Write the family name heavy and the given one after it; a long family name leaves room."""
    given = f", {patient.first_name}"
    least = QFontMetrics(theme.font()).horizontalAdvance(SHORTEST_GIVEN)
    room = area.adjusted(0, 0, -least, 0)
    taken = _write(painter, room, patient.last_name.upper(), font=theme.font(bold=True))
    _write(painter, area.adjusted(taken, 0, 0, 0), given, font=theme.font())


def cell_width(value: Any, column: BillColumn, theme: Theme) -> int:
    """Tell how wide a cell's contents are, without the room around them."""
    if isinstance(value, Chip):
        return chip_size(value, theme).width()
    if column.is_upright:
        return theme.px(MARK)
    words = "" if value is None else column.text(value)
    return QFontMetrics(theme.font(tabular=column.right)).horizontalAdvance(words) + 2
