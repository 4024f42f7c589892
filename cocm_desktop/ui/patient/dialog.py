"""The head of every dialog about a patient: who it is."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog


class PatientStrip(QFrame):
    """Name, birth and number at the head of a dialog, so that nobody writes about another."""

    def __init__(self, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        name = Label(subject.name, "banner")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(6)
        row.addWidget(name)
        facts = ((self.tr("Born"), subject.born_words), (self.tr("MRN"), subject.mrn_words))
        for label, value in facts:
            row.addSpacing(12)
            row.addWidget(Label(label, "secondary"))
            row.addWidget(Label(value))
        row.addStretch(1)


class PatientDialog(RecordDialog):
    """A dialog that records something about one patient, named at its head."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.subject = subject
        self.column.insertWidget(1, PatientStrip(subject))

    @override
    def draft_subjects(self) -> tuple[str, str]:
        return self.subject.patient_id, self.subject.patient_id
