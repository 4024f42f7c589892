"""The frame of a dialog that lists records of one patient and acts on the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientStrip
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

Row = TypeVar("Row")


class PatientListDialog(QDialog, Generic[Row]):
    """Reads when it opens, and again when one of its `topics` has changed."""

    topics: ClassVar[Topic]

    def __init__(
        self, desk: Desk, subject: Subject, title: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk, self._subject = desk, subject
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.table = Table(title)
        self.model: RowsModel[Row]
        self.none: EmptyState
        desk.changed.connect(self._note_change)

    @override
    def open(self) -> None:
        self.read_again()
        super().open()

    @property
    def chosen(self) -> Row | None:
        return self.model.row_at(self.table.currentIndex())

    def read_again(self) -> None:
        """Read the records anew and show them."""
        raise NotImplementedError

    def list_by(self, columns: Sequence[Column[Row]], none: EmptyState, *, most_rows: int) -> None:
        """Set the columns, and what stands in their place without any record."""
        self.model, self.none = RowsModel[Row](columns, self), none
        self.table.set_rows_model(self.model, most_rows=most_rows)

    def arrange(
        self,
        above: Sequence[QWidget],
        below: Sequence[QWidget] = (),
        *,
        details: QWidget | None = None,
    ) -> None:
        """Lay out what adds a record above the list, and what is about the chosen one below."""
        closing = QDialogButtonBox()
        closing.addButton(Button(self.tr("Close")), QDialogButtonBox.ButtonRole.RejectRole)
        closing.rejected.connect(self.reject)
        foot = _row(below)
        foot.addWidget(closing)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(Label(self.windowTitle(), "section"))
        column.addWidget(PatientStrip(self._subject))
        column.addLayout(_row(above))
        column.addWidget(self.table)
        if details is not None:
            column.addWidget(details)
        column.addWidget(self.none, 1)
        column.addStretch(1)
        column.addLayout(foot)

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.topics & self.topics and self.isVisible():
            self.read_again()


def _row(widgets: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
