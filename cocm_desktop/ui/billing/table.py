"""The table of the billing month: several rows can be chosen, every column sorts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QRect, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget
from typing_extensions import override

from cocm_desktop.domain.billing.month_list import MonthRow
from cocm_desktop.domain.patient import Patient
from cocm_desktop.ui.billing.columns import COLUMNS, BillColumn
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import Theme, theme_of
from cocm_desktop.ui.widgets.chips import Chip, chip_size
from cocm_desktop.ui.widgets.table import (
    ROW,
    VALUE,
    CellDelegate,
    Index,
    RowsModel,
    Table,
    paint_background,
)

PADDING = 8
SORT_ARROW_ROOM = 14
MEASURED_ROWS = 200
SHORTEST_GIVEN = ", M…"
NAME, NAME_WIDTH = 0, 168
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


class BillDelegate(CellDelegate):
    """Sets family names in bold, and what lacks something in the colour of what is due."""

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if isinstance(index.data(VALUE), Chip):
            super().paint(painter, option, index)
            return
        theme, column = theme_of(option.widget), COLUMNS[index.column()]
        row: MonthRow = index.data(ROW)
        area = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        paint_background(painter, option, theme)
        painter.save()
        painter.setPen(theme.colour(column.ink(row)))
        if index.column() == NAME:
            _write_name(painter, area, row.bill.patient, theme=theme)
        else:
            font = theme.font(tabular=column.right)
            _write(painter, area, index.data(), font=font, right=column.right)
        painter.restore()


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
    words = "" if value is None else column.text(value)
    return QFontMetrics(theme.font(tabular=column.right)).horizontalAdvance(words) + 2


class BillTable(Table):
    """Enter opens the preview, Space the details, Home and End go to the first and the last."""

    preview_wanted = Signal()
    details_wanted = Signal()
    sort_wanted = Signal(int)  # place of a column
    choice_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._is_showing = False
        self.bills = RowsModel[MonthRow](COLUMNS, self)
        self.set_rows_model(self.bills)
        self.setItemDelegate(BillDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)

        header.sectionClicked.connect(self.sort_wanted)
        self.doubleClicked.connect(lambda _index: self.preview_wanted.emit())
        self.selectionModel().selectionChanged.connect(self._tell_choice)

    @property
    def chosen(self) -> tuple[MonthRow, ...]:
        """The rows that are chosen, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return tuple(self.bills.rows[place] for place in places)

    def show_rows(self, rows: Iterable[MonthRow]) -> None:
        """Show other rows; whoever was chosen stays so, or else the one at that place."""
        kept = {row.key for row in self.chosen}
        before = max(0, self.currentIndex().row())
        self._is_showing = True
        self.bills.show_rows(rows)
        places = [n for n, row in enumerate(self.bills.rows) if row.key in kept]
        if not places and self.bills.rows:
            places = [min(before, len(self.bills.rows) - 1)]
        self._choose(places)
        self._is_showing = False
        self.choice_changed.emit()

    def show_sorting(self, place: int, *, descending: bool) -> None:
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(place, order)

    def show_next(self, *, is_open: bool) -> None:
        """Show what a month can still reach, or not."""
        for place, column in enumerate(COLUMNS):
            self.setColumnHidden(place, column.only_open and not is_open)
        self.fit_columns()

    def fit_columns(self) -> None:
        """Make each column as wide as its title and its cells need; the name takes the rest."""
        theme = theme_of(self)
        titles = QFontMetrics(theme.font(Text.CAPTION, bold=True))
        measured = self.bills.rows[:MEASURED_ROWS]
        for place, column in enumerate(COLUMNS):
            title = titles.horizontalAdvance(column.title) + SORT_ARROW_ROOM
            cells = (cell_width(column.value(row), column, theme) for row in measured)
            self.setColumnWidth(place, max(title, *cells, 0) + 2 * PADDING)
        self._give_rest_to_name()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.model() is not None:
            self.fit_columns()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.preview_wanted.emit()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            self.details_wanted.emit()
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            self.select_row(0)
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            self.select_row(len(self.bills.rows) - 1)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_rest_to_name()

    def _choose(self, places: Sequence[int]) -> None:
        """Choose some rows at once; the first becomes the current one."""
        chosen, last = QItemSelection(), self.bills.columnCount() - 1
        for place in places:
            chosen.select(self.bills.index(place, NAME), self.bills.index(place, last))
        flags, selection = QItemSelectionModel.SelectionFlag, self.selectionModel()
        if places:
            first = self.bills.index(places[0], NAME)
            selection.setCurrentIndex(first, flags.NoUpdate)
            self.scrollTo(first)
        selection.select(chosen, flags.ClearAndSelect)

    @Slot()
    def _tell_choice(self) -> None:
        if not self._is_showing:
            self.choice_changed.emit()

    def _give_rest_to_name(self) -> None:
        others = sum(self.columnWidth(place) for place in range(1, len(COLUMNS)))
        needed = theme_of(self).px(NAME_WIDTH)
        self.setColumnWidth(NAME, max(needed, self.viewport().width() - others))
