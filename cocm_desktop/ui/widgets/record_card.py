"""A card with a short list of records, what can be done with them, and the chosen one in full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from cocm_desktop.ui.widgets.flow import FlowLayout
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

R = TypeVar("R")
MOST_ROWS = 5


class RecordCard(Card, Generic[R]):
    """The list is as high as its records, up to a few. Buttons under it act on the chosen one."""

    chosen = Signal()

    def __init__(self, title: str, nothing_yet: str) -> None:
        super().__init__()
        self.note = Label("", "secondary", wraps=True)
        self.table = Table(title)
        self.nothing = Label(nothing_yet, "secondary", wraps=True)
        self.detail = Label("", wraps=True)
        self._model: RowsModel[R] = RowsModel((), self)
        self._describe: Callable[[R], str] = str
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(Label(title, "strong"))
        self._head.addWidget(self.note, 1)
        self._foot = FlowLayout(gap=8)
        self.body.addLayout(self._head)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.table)
        self.body.addWidget(self.detail)
        self.body.addLayout(self._foot)

    @property
    def row(self) -> R | None:
        return self._model.row_at(self.table.currentIndex())

    def add_at_head(self, button: QPushButton, do: Callable[[], object]) -> None:
        self._head.addWidget(button)
        button.clicked.connect(lambda _on=False: do())

    def add_at_foot(self, button: QPushButton, do: Callable[[], object]) -> None:
        """Add what is done with the chosen record; it hides with the list."""
        self._foot.addWidget(button)
        button.clicked.connect(lambda _on=False: do())

    def show_rows(
        self, columns: Sequence[Column[R]], rows: Sequence[R], describe: Callable[[R], str]
    ) -> None:
        """Show records in place of those before; the one chosen stays where it was."""
        before = max(0, self.table.currentIndex().row())
        self._describe = describe
        self._model = RowsModel(columns, self)
        self._model.show_rows(rows)
        self.table.set_rows_model(self._model, most_rows=MOST_ROWS)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.table.select_row(min(before, len(rows) - 1))
        self._show_chosen(self.table.currentIndex(), QModelIndex())

    @Slot(QModelIndex, QModelIndex)
    def _show_chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        row: Any = self._model.row_at(current)
        self.detail.setText(self._describe(row) if row is not None else "")
        self.detail.setVisible(bool(self.detail.text()))
        for place in range(self._foot.count()):
            item = self._foot.itemAt(place)
            widget = item.widget() if item is not None else None
            if widget is not None and not widget.property("forbidden"):
                widget.setVisible(row is not None)
        self.chosen.emit()
