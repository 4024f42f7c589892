"""A tab of the chart: a table of records, the chosen one in full below, and Void."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.void_dialog import Voidable
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import DangerButton
from cocm_desktop.ui.widgets.labels import Card, EmptyState, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

R = TypeVar("R")
HEIGHT, TABLE_LEAST = 84, 130
"""Where there is less room than three rows of the table need, the page scrolls."""


class FullText(QPlainTextEdit):
    """The whole of a note, however long: it scrolls, and can be copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setAccessibleName(self.tr("In full"))
        self.setStyleSheet("border: 0; padding: 0; background: transparent;")
        self.setFixedHeight(theme_of(self).px(HEIGHT))


class ListPage(QWidget, Generic[R]):
    """Newest first. What is recorded is voided with a reason, never changed."""

    void_wanted = Signal(object)  # Voidable

    def __init__(self, desk: Desk, name: str, empty: EmptyState) -> None:
        super().__init__()
        self._desk = desk
        self.table = Table(name)
        self.model: RowsModel[R] = RowsModel((), self)
        self.detail_title = Label("", "strong", wraps=True)
        self.detail = FullText()
        self.void = DangerButton(self.tr("Void"))
        self.void.setVisible(desk.may(Permission.VOID_RECORD))
        self.above = QHBoxLayout()
        """Room over the table for what can be done here."""
        self.beside_void = QHBoxLayout()
        """Room for what else can be done with the chosen record."""
        self._voidable: Callable[[R], Voidable] | None = None
        self._empty = empty
        self._pages = QStackedWidget()
        self._build()

        self.void.clicked.connect(self._ask_void)

    def show_rows(
        self,
        columns: Sequence[Column[R]],
        rows: Sequence[R],
        *,
        voidable: Callable[[R], Voidable],
    ) -> None:
        self._voidable = voidable
        self.model = self.make_model(columns)
        self.model.show_rows(rows)
        self.table.set_rows_model(self.model)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.table.select_row(0)
        self._pages.setCurrentWidget(self._full if rows else self._empty)

    def show_table(self) -> None:
        """Show the table even where a filter leaves no row in it."""
        self._pages.setCurrentWidget(self._full)

    def make_model(self, columns: Sequence[Column[R]]) -> RowsModel[R]:
        return RowsModel(columns, self)

    def describe(self, row: R) -> tuple[str, str]:
        """Give the heading and the full text of a row."""
        raise NotImplementedError

    def _build(self) -> None:
        self._full = QScrollArea()
        self._full.setWidgetResizable(True)
        self._full.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        content.setProperty("role", "page")
        self.table.setMinimumHeight(theme_of(self).px(TABLE_LEAST))
        card = Card()
        head = QHBoxLayout()
        head.addWidget(self.detail_title, 1)
        head.addLayout(self.beside_void)
        head.addWidget(self.void)
        card.body.addLayout(head)
        card.body.addWidget(self.detail)
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(10)
        inner.addLayout(self.above)
        inner.addWidget(self.table, 1)
        inner.addWidget(card)
        self._full.setWidget(content)
        self._pages.addWidget(self._full)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(self._pages, 1)

    @Slot(QModelIndex, QModelIndex)
    def _show_chosen(self, current: QModelIndex, _before: QModelIndex) -> None:
        row: Any = self.model.row_at(current)
        self.void.setEnabled(row is not None)
        title, text = self.describe(row) if row is not None else ("", "")
        self.detail_title.setText(title)
        self.detail.setPlainText(text)

    @Slot()
    def _ask_void(self) -> None:
        row: Any = self.model.row_at(self.table.currentIndex())
        if row is not None and self._voidable is not None:
            self.void_wanted.emit(self._voidable(row))
