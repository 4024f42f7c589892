"""A part of a chart's tab: a heading with what can be done, a table, the chosen row in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.labels import Card, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

R = TypeVar("R")
MOST_ROWS = 8


class Section(Card, Generic[R]):
    """As high as its rows. Buttons about a row work while one is chosen."""

    def __init__(
        self,
        title: str,
        nothing: str,
        *,
        describe: Callable[[R], str] = lambda _: "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self._describe = describe
        self._of_row: list[tuple[Button, Callable[[R], bool]]] = []
        self.title = Label(title, "strong")
        self.table = Table(title)
        self.model: RowsModel[R] = RowsModel((), self)
        self.nothing = Label(nothing, "secondary", wraps=True)
        self.detail = Label("", "secondary", wraps=True)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        self.body.addLayout(self._head)
        for each in (self.table, self.nothing, self.detail):
            self.body.addWidget(each)

    def offer(self, button: Button, do: Callable[[], object], *, is_shown: bool = True) -> None:
        """Put a button into the heading, to be used at any time."""
        button.clicked.connect(do)
        button.setVisible(is_shown)
        self._head.addWidget(button)

    def offer_for_row(
        self,
        button: Button,
        do: Callable[[R], object],
        *,
        when: Callable[[R], bool] = lambda _: True,
        is_shown: bool = True,
    ) -> None:
        """Put a button into the heading that does something with the chosen row."""

        def click() -> None:
            row = self.chosen()
            if row is not None:
                do(row)

        self._of_row.append((button, when))
        self.offer(button, click, is_shown=is_shown)

    def show_rows(self, columns: Sequence[Column[R]], rows: Sequence[R]) -> None:
        """Show rows in place of those before; the row that was chosen stays so by its place."""
        place = max(self.table.currentIndex().row(), 0)
        self.model = RowsModel(columns, self)
        self.model.show_rows(rows)
        self.table.set_rows_model(self.model, most_rows=MOST_ROWS)
        self.table.selectionModel().currentRowChanged.connect(self._follow)
        self.table.select_row(min(place, len(rows) - 1))
        self.table.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self._follow()

    def chosen(self) -> R | None:
        return self.model.row_at(self.table.currentIndex())

    @Slot(QModelIndex, QModelIndex)
    def _follow(self, *_: Any) -> None:
        row = self.chosen()
        for button, when in self._of_row:
            button.setEnabled(row is not None and when(row))
        words = self._describe(row) if row is not None else ""
        self.detail.setText(words)
        self.detail.setVisible(bool(words))
