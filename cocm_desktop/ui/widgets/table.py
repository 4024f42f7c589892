"""Tables: a model over a list of rows, and a view that looks like ours.

Rows are sorted and filtered as a list and shown again; the row that was current stays so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    Qt,
    Slot,
)
from PySide6.QtGui import QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.ui.theme import Theme, theme_of
from cocm_desktop.ui.widgets.chips import Chip, paint_chip

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
VALUE = Qt.ItemDataRole.UserRole + 1
TOP = QModelIndex()
LEAST = 120
"""Pixels below which a column that takes the rest is not read any more: the table scrolls."""


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column: its title, the value a row has in it, and how that value reads.

    Numbers are set `right`, with their header. `hint` is the longer form for the tooltip.
    `width` is in pixels at the usual text size; 0 takes the room that is left, at least LEAST.
    A spare column is left out where that room would be less: it is told elsewhere too.
    """

    title: str
    value: Callable[[R], Any]
    text: Callable[[Any], str] = str
    right: bool = False
    width: int = 100
    hint: Callable[[R], str] | None = None
    is_spare: bool = False


class RowsModel(QAbstractTableModel, Generic[R]):
    """Shows the rows it is given. It reads nothing and decides nothing."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[R, ...] = ()

    def show_rows(self, rows: Iterable[R]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def row_at(self, index: Index) -> R | None:
        return self.rows[index.row()] if index.isValid() else None

    @override
    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.rows)

    @override
    def columnCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], self.columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            value = column.value(row)
            return "" if value is None else column.text(value)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ToolTipRole and column.hint:
            return column.hint(row)
        if role == VALUE:
            return column.value(row)
        return row if role == ROW else None


def _alignment(column: Column[Any]) -> int:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return (side | Qt.AlignmentFlag.AlignVCenter).value


class CellDelegate(QStyledItemDelegate):
    """Sets a cell's text as far from the edge as its header, with a thin line under the row.

    A value that is a Chip is drawn as one.
    """

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme = theme_of(option.widget)
        paint_background(painter, option, theme)
        value = index.data(VALUE)
        if isinstance(value, Chip):
            middle = QPointF(option.rect.left() + 8, option.rect.center().y() + 0.5)
            paint_chip(painter, middle, chip=value, theme=theme)
            return
        self.initStyleOption(option, index)
        painter.save()
        is_number = bool(option.displayAlignment & Qt.AlignmentFlag.AlignRight)
        painter.setFont(theme.font(tabular=True) if is_number else option.font)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        area = option.rect.adjusted(8, 0, -8, 0)
        text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, option.displayAlignment, text)
        painter.restore()


def paint_background(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    """Paint what lies behind a cell: selection or band, and the line under the row."""
    state = QStyle.StateFlag
    if option.state & state.State_Selected:
        painter.fillRect(option.rect, theme.colour("selection"))
    elif option.features & QStyleOptionViewItem.ViewItemFeature.Alternate:
        painter.fillRect(option.rect, theme.colour("alternate"))
    painter.setPen(theme.colour("track"))
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())


class Table(QTableView):
    """Whole rows, no grid, banded, rows as high as the text wants."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most_rows = 0
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(24)
        self._fit()

    def set_rows_model(self, model: RowsModel[Any], *, most_rows: int = 0) -> None:
        """Show a model, its columns as wide as they ask, never narrower than their title.

        With `most_rows` the table is as high as its rows, and scrolls from there on.
        """
        self._most_rows = most_rows
        self.setModel(model)
        model.modelReset.connect(self._fit_height)
        self._fit()

    def select_row(self, row: int) -> None:
        """Make a row the current one and bring it into view."""
        if self.model() is not None and 0 <= row < self.model().rowCount():
            flag = QItemSelectionModel.SelectionFlag
            chosen = self.model().index(row, 0)  # not by keys that are held, as setCurrentIndex
            self.selectionModel().setCurrentIndex(chosen, flag.ClearAndSelect | flag.Rows)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_rest()

    @Slot()
    def _fit_height(self) -> None:
        if self._most_rows and self.model() is not None:
            rows = min(max(self.model().rowCount(), 1), self._most_rows)
            header = self.horizontalHeader().sizeHint().height()
            frame = 2 * self.frameWidth() + 2
            self.setFixedHeight(header + rows * theme_of(self).row_height + frame)

    def _fit(self) -> None:
        theme = theme_of(self)
        self.verticalHeader().setDefaultSectionSize(theme.row_height)
        model = self.model()
        if not isinstance(model, RowsModel):
            return
        header = self.horizontalHeader()
        for number, column in enumerate(model.columns):
            if column.width:
                title = header.fontMetrics().horizontalAdvance(column.title) + 24
                header.resizeSection(number, max(theme.px(column.width), title))
        self._give_rest()
        self._fit_height()

    def _give_rest(self) -> None:
        """Stretch the columns without a width, but never so narrow that they say nothing."""
        model = self.model()
        if not isinstance(model, RowsModel):
            return
        header, least = self.horizontalHeader(), theme_of(self).px(LEAST)
        rest = [n for n, column in enumerate(model.columns) if not column.width]
        self._leave_out_spare(model.columns, needed=least * len(rest))
        fits = self._room_beside(rest) >= least * len(rest)
        mode = QHeaderView.ResizeMode
        for number in rest:
            header.setSectionResizeMode(number, mode.Stretch if fits else mode.Interactive)
            if not fits:
                header.resizeSection(number, least)

    def _leave_out_spare(self, columns: Sequence[Column[Any]], *, needed: int) -> None:
        """Hide spare columns, the last first, until there is room for what is needed."""
        spare = [n for n, column in enumerate(columns) if column.is_spare]
        rest = [n for n, column in enumerate(columns) if not column.width]
        for number in spare:
            self.showColumn(number)
        for number in reversed(spare):
            if self._room_beside(rest) >= needed:
                break
            self.hideColumn(number)

    def _room_beside(self, rest: Sequence[int]) -> int:
        """Tell how much room the other columns leave."""
        header = self.horizontalHeader()
        taken = sum(header.sectionSize(n) for n in range(header.count()) if n not in rest)
        return self.viewport().width() - taken
