"""The answers of one form, in words where the words are here, and what they came to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from cocm_desktop.domain.measure_record import AnswerLine, MeasureRecord
from cocm_desktop.ui.patient.dialog import PatientStrip
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.room import open_at
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table

SIZE = (820, 620)


class AnswersDialog(QDialog):
    """For reading only."""

    def __init__(
        self, subject: Subject, record: MeasureRecord, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Answers"))
        self.title = Label(record.title, "strong", wraps=True)
        self.lines = Label("\n".join(record.lines), "secondary", wraps=True)
        self.table = Table(self.tr("Answers"))
        columns: list[Column[AnswerLine]] = [
            Column(self.tr("Item"), lambda line: line.label, width=70),
            Column(
                self.tr("Question"),
                lambda line: line.question,
                width=0,
                hint=lambda line: line.question,
            ),
            Column(self.tr("Answer"), lambda line: line.answer, width=220),
        ]
        self.model = RowsModel(columns, self)
        self.model.show_rows(record.answer_lines)
        self.table.set_rows_model(self.model)
        self.close_button = Button(self.tr("Close"))
        buttons = QDialogButtonBox()
        buttons.addButton(self.close_button, QDialogButtonBox.ButtonRole.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for widget in (PatientStrip(subject), self.title, self.lines):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(buttons)
        open_at(self, *SIZE)

        buttons.rejected.connect(self.reject)
