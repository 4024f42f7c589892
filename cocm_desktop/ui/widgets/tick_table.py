"""A table whose rows are ticked by Space or by a click on the box in their first column."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget
from typing_extensions import override

from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.table import ROW, CellDelegate, Index, Table, paint_background
from cocm_desktop.ui.widgets.tick_box import paint_tick, tick_reach


class TickTable(Table):
    """`key_of` gives what a row is known by, or None where it has no box."""

    ticks_changed = Signal()

    def __init__(
        self, name: str, key_of: Callable[[Any], Hashable | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, parent)
        self.ticked: frozenset[Hashable] = frozenset()
        self.key_of = key_of
        self.setItemDelegate(_TickDelegate(self))

    def tick(self, keys: Iterable[Hashable]) -> None:
        """Tick these rows and no others."""
        self.ticked = frozenset(keys)
        self.viewport().update()
        self.ticks_changed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            self._turn(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        reach = tick_reach(self.visualRect(index), theme_of(self))
        super().mousePressEvent(event)
        if index.isValid() and index.column() == 0 and reach.contains(place):
            self._turn(index)

    def _turn(self, index: Index) -> None:
        row = index.data(ROW)
        key = None if row is None else self.key_of(row)
        if key is not None:
            self.tick(self.ticked ^ {key})


class _TickDelegate(CellDelegate):
    """Draws the box in place of the words of the first column, which say the same."""

    def __init__(self, table: TickTable) -> None:
        super().__init__(table)
        self._table = table

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.column():
            super().paint(painter, option, index)
            return
        theme = theme_of(option.widget)
        paint_background(painter, option, theme)
        key = self._table.key_of(index.data(ROW))
        if key is not None:
            is_ticked = key in self._table.ticked
            paint_tick(painter, option.rect, is_ticked=is_ticked, theme=theme)
