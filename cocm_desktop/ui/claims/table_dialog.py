"""A window around one table: title, notices, rows, what is wrong, buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.importing.notices import Notices
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

WIDTH, HEIGHT = 1100, 600


class TableDialog(QDialog):
    """Stays open until what its main button does is done. While that runs it cannot be closed."""

    def __init__(self, desk: Desk, title: str, main: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._is_busy = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.heading = Label("", "secondary", wraps=True)
        self.notices = Notices()
        self.table = self.new_table(title)
        self.problems = ProblemLabel()
        self.summary = Label("", wraps=True)
        self.main = PrimaryButton(main)
        self.leave = Button(self.tr("Cancel"))
        buttons = QDialogButtonBox()
        buttons.addButton(self.main, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.leave, QDialogButtonBox.ButtonRole.RejectRole)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(self.summary, 1)
        foot.addWidget(buttons)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 18, 20, 16)
        self.column.setSpacing(10)
        self.column.addWidget(Label(title, "section"))
        for widget in (self.heading, self.notices):
            self.column.addWidget(widget)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.problems)
        self.column.addLayout(foot)
        theme = theme_of(self)
        room = self.screen().availableGeometry().size() * 0.94
        self.resize(min(theme.px(WIDTH), room.width()), min(theme.px(HEIGHT), room.height()))

        buttons.rejected.connect(self.reject)

    def new_table(self, name: str) -> Table:
        return Table(name)

    def show_columns(self, columns: Sequence[Column[Any]]) -> RowsModel[Any]:
        model: RowsModel[Any] = RowsModel(columns, self)
        self.table.set_rows_model(model)
        return model

    def insert_below_table(self, widget: QWidget) -> None:
        self.column.insertWidget(self.column.indexOf(self.table) + 1, widget)

    @override
    def reject(self) -> None:
        if not self._is_busy:
            super().reject()

    def set_busy(self, *, busy: bool) -> None:
        self._is_busy = busy
        self.main.setDisabled(busy)
        self.leave.setDisabled(busy)

    def show_error(self, error: CocmError) -> None:
        self.set_busy(busy=False)
        self.problems.show_error(error)

    def finish(self) -> None:
        self.set_busy(busy=False)
        self.accept()
