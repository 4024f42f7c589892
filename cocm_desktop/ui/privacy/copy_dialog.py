"""Giving a copy of one patient's whole record: to whom, by what right, into which file."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.patient_copy import write_patient_copy
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import DisclosureId, new_id
from cocm_desktop.domain.patient_copy import CopyRequest
from cocm_desktop.domain.privacy import Purpose
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, words_of
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.new_file import ask_new_file
from cocm_desktop.ui.widgets.password import PasswordField

WIDTH = 640


class CopyDialog(PatientDialog):
    """The file is asked for last; a request that is refused leaves no file."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = DisclosureId(new_id())
        self._file = Path()
        self.recipient, self.address = QLineEdit(subject.name), QLineEdit()
        self.purpose = ChoiceField(words_of(Purpose))
        self.purpose.choose(Purpose.TO_PATIENT)
        self.authority, self.court_order = QLineEdit(), QLineEdit()
        self.with_part2 = QCheckBox(self.tr("With protected &records, under a valid consent"))
        self.with_part2.setChecked(True)
        self.password = PasswordField()
        self.fields = {
            "recipient": self.recipient,
            "address": self.address,
            "authority": self.authority,
            "court_order": self.court_order,
            "password": self.password,
        }
        self.set_words(self.tr("Give a copy of the record"), self.tr("Choose file…"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        words = self.tr(
            "One ZIP file: the whole record to read (PDF) and for other programs (JSON, FHIR). "
            "Sealed notes are never in it. What went out is noted, and your password is asked for."
        )
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self._lay_out()
        self.purpose.currentIndexChanged.connect(self._follow)
        self._follow()

    @override
    def typed(self) -> object:
        lines = (self.recipient, self.address, self.authority, self.court_order, self.password)
        chosen = self.purpose.choice(), self.with_part2.isChecked()
        return (*(line.text() for line in lines), *chosen)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        purpose = self.purpose.choice()
        request = CopyRequest(
            self.subject.patient_id,
            self.recipient.text(),
            purpose,
            address=self.address.text(),
            authority=self.authority.text() if purpose.needs_authority else "",
            court_order=self.court_order.text() if purpose.is_proceeding else "",
            with_part2=self.with_part2.isChecked(),
            password=self.password.text(),
            id=self._id,
        )
        return partial(write_patient_copy, request=request, file=self._file)

    @Slot()
    @override
    def _save(self) -> None:
        name = Path(f"record-{self.desk.today():%Y%m%d}.zip")
        ask_new_file(self, self.tr("Save the copy"), name, kind="ZIP", chosen=self.save_to)

    def save_to(self, file: Path) -> None:
        """Make the copy and write it there."""
        self._file = file
        super()._save()

    def _lay_out(self) -> None:
        self.form.add(self.tr("&To"), self.recipient)
        self.form.add(self.tr("A&ddress"), self.address)
        self.form.add(self.tr("&For"), self.purpose)
        self._authority_row = self.form.rowCount()
        self.form.add(self.tr("&By"), self.authority, self.tr("The order, law or authorization."))
        hint = self.tr("Of 42 CFR part 2, subpart E. A subpoena alone does not open them.")
        self._court_row = self.form.rowCount()
        self.form.add(self.tr("Court &order"), self.court_order, hint)
        self.form.addRow(Label(""), self.with_part2)
        hint = self.tr(
            "Empty: the file is not encrypted. Else at least 12 characters (AES-256); tell it by "
            "another way than the file goes."
        )
        self.form.add(self.tr("&Password of the file"), self.password, hint)

    @Slot()
    def _follow(self) -> None:
        """Ask only for what the purpose needs."""
        purpose = self.purpose.choice()
        self.form.setRowVisible(self._authority_row, purpose.needs_authority)
        self.form.setRowVisible(self._court_row, purpose.is_proceeding)
