"""The table of the billing month: rows are ticked or chosen, every column sorts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget
from typing_extensions import override

from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.ui.billing.cells import NAME, BillDelegate, cell_width
from cocm_desktop.ui.billing.columns import COLUMNS, BillColumn
from cocm_desktop.ui.billing.mark_header import MarkHeader
from cocm_desktop.ui.sizes import Text
from cocm_desktop.ui.theme import Theme, theme_of
from cocm_desktop.ui.widgets.table import RowsModel, Table
from cocm_desktop.ui.widgets.tick_box import PADDING, TICK_ROOM, tick_reach

SORT_ARROW_ROOM = 10
MEASURED_ROWS = 200
UPRIGHT_PADDING = 4
NAME_WIDTH = 150


class BillTable(Table):
    """Space ticks a row, Enter opens the preview, Home and End go to the first and the last."""

    preview_wanted = Signal()
    sort_wanted = Signal(int)  # place of a column
    choice_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._is_showing = False
        self.bills = RowsModel[MonthRow](COLUMNS, self)
        header = MarkHeader(lambda place: COLUMNS[place].is_upright, self)
        header.setMinimumSectionSize(20)
        self.setHorizontalHeader(header)
        self.set_rows_model(self.bills)
        self._cells = BillDelegate(self)
        self.setItemDelegate(self._cells)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header.setSortIndicatorShown(True)

        header.sectionClicked.connect(self.sort_wanted)
        self.doubleClicked.connect(lambda _index: self.preview_wanted.emit())
        self.selectionModel().selectionChanged.connect(self._tell_choice)

    @property
    def chosen(self) -> tuple[MonthRow, ...]:
        """The rows that are chosen, from the top."""
        # To ask for each row by itself takes fifty times as long.
        ranges = self.selectionModel().selection().toList()
        places = sorted({row for part in ranges for row in range(part.top(), part.bottom() + 1)})
        return tuple(self.bills.rows[place] for place in places)

    @property
    def ticked(self) -> tuple[MonthRow, ...]:
        """The rows that are ticked and shown, from the top."""
        return tuple(row for row in self.bills.rows if row.key in self._cells.ticked)

    @property
    def acted_on(self) -> tuple[MonthRow, ...]:
        """What something is done with: the rows that are ticked, or else those chosen."""
        return self.ticked or self.chosen

    def tick(self, keys: Iterable[str]) -> None:
        """Tick these rows and no others."""
        self._cells.ticked = set(keys)
        self.viewport().update()
        self.choice_changed.emit()

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
        measured = self.bills.rows[:MEASURED_ROWS]
        for place, column in enumerate(COLUMNS):
            widths = (cell_width(column.value(row), column, theme) for row in measured)
            self.setColumnWidth(place, _column_width(column, max(widths, default=0), theme))
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
            self._turn_ticks(self.chosen)
        elif event.key() == Qt.Key.Key_Home and not event.modifiers():
            self.select_row(0)
        elif event.key() == Qt.Key.Key_End and not event.modifiers():
            self.select_row(len(self.bills.rows) - 1)
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == NAME:
            box = tick_reach(self.visualRect(index), theme_of(self))
            if box.contains(event.position().toPoint()):
                self._turn_ticks((self.bills.rows[index.row()],))
                return
        super().mousePressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_rest_to_name()

    def _turn_ticks(self, rows: Sequence[MonthRow]) -> None:
        """Tick these rows as well; where all of them are ticked, none of them."""
        keys = {row.key for row in rows}
        before = self._cells.ticked
        self.tick(before - keys if keys <= before else before | keys)

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


def _column_width(column: BillColumn, cells: int, theme: Theme) -> int:
    if column.is_upright:
        return cells + 2 * theme.px(UPRIGHT_PADDING)
    titles = QFontMetrics(theme.font(Text.CAPTION, bold=True))
    title = titles.horizontalAdvance(column.title) + SORT_ARROW_ROOM
    room = theme.px(TICK_ROOM) if column is COLUMNS[NAME] else 0
    return max(title, cells + room) + 2 * PADDING
