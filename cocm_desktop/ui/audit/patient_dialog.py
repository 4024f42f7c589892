"""Who looked at one patient's record, and what was done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.ui.audit.paper import print_shown
from cocm_desktop.ui.audit.view import AuditView
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.room import open_at

WIDTH, HEIGHT = 980, 600


class PatientAuditDialog(QDialog):
    """Opened from the chart by whoever may see the audit."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Who looked at this record"))
        open_at(self, WIDTH, HEIGHT)
        self.view = AuditView(desk, subject.patient_id)
        self.view.of_patient.setVisible(False)
        buttons = QDialogButtonBox()
        self.print = Button(self.tr("Print…"), "printer")
        self.print.clicked.connect(lambda: print_shown(desk, self.view.query(), self))
        buttons.addButton(self.print, QDialogButtonBox.ButtonRole.ActionRole)
        close = Button(self.tr("Close"))
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        title = self.tr("Who looked at the record of %1").replace("%1", subject.name)
        column.addWidget(Label(title, "section"))
        column.addWidget(self.view, 1)
        column.addWidget(buttons)

    @override
    def open(self) -> None:
        self.view.read_again()
        super().open()
        self.view.table.setFocus()
