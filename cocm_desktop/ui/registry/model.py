"""The registry's rows as Qt reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.registry_column import Column
from cocm_desktop.domain.registry_columns import COLUMNS
from cocm_desktop.domain.row_order import SortKey

ROW = Qt.ItemDataRole.UserRole
"""The RegistryRow behind a cell."""
COLUMN = Qt.ItemDataRole.UserRole + 1
"""The Column of a cell."""
TOP = QModelIndex()
UP, DOWN = " ↑", " ↓"
Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RegistryModel(QAbstractTableModel):
    """Shows the rows it is given, in their order. It reads nothing and decides nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RegistryRow, ...] = ()
        self._order: tuple[SortKey, ...] = ()

    @property
    def rows(self) -> tuple[RegistryRow, ...]:
        return self._rows

    def show_rows(self, rows: Iterable[RegistryRow]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def show_order(self, order: Sequence[SortKey]) -> None:
        """Put arrows behind the titles of the columns by which the rows are sorted."""
        self._order = tuple(order)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)

    def place_of(self, key: str) -> int | None:
        """Give the place of a patient's row, or None if it is not shown."""
        return next((n for n, row in enumerate(self._rows) if row.key == key), None)

    @override
    def rowCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = TOP) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr(column.title) + self._arrow(section)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tr(column.explained) if column.explained else None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def _arrow(self, section: int) -> str:
        """Point up or down; where several columns sort, with the turn of this one."""
        for turn, key in enumerate(self._order, start=1):
            if key.column is COLUMNS[section]:
                arrow = DOWN if key.descending else UP
                return f"{arrow}{turn}" if len(self._order) > 1 else arrow
        return ""

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        ask = _ANSWERS.get(role)
        return ask(self._rows[index.row()], COLUMNS[index.column()]) if ask else None


def _alignment(column: Column) -> Qt.AlignmentFlag:
    return _RIGHT if column.is_number else _LEFT


_ANSWERS: dict[int, Callable[[RegistryRow, Column], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda row, column: column.text(row),
    Qt.ItemDataRole.TextAlignmentRole: lambda _row, column: _alignment(column),
    Qt.ItemDataRole.ToolTipRole: lambda row, column: column.tip(row) or None,
    Qt.ItemDataRole.AccessibleTextRole: lambda row, column: column.read_aloud(row),
    ROW: lambda row, _column: row,
    COLUMN: lambda _row, column: column,
}
