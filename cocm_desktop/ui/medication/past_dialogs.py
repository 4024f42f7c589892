"""Recording what was tried before, and what is known of allergies."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.medication import add_past_trial, note_allergies
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.allergies import NOT_RECORDED, PHRASES
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import PastTrialId, new_id
from cocm_desktop.domain.medication import PastTrialDraft
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.form import beside


class PastTrialDialog(PatientDialog):
    draft_kind = "past_trial"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = PastTrialId(new_id())
        self.name = QLineEdit()
        self.highest_dose = QLineEdit()
        self.taken = QLineEdit()
        self.taken.setPlaceholderText(self.tr("as remembered: 2019, for three months"))
        self.response = QLineEdit()
        self.stop_reason = QLineEdit()
        self.fields = {"name": self.name}
        self.set_words(self.tr("Add past trial"), self.tr("Add past trial"))
        self.form.add(self.tr("&Medicine"), self.name)
        self.form.add(self.tr("Highest &dose"), self.highest_dose)
        self.form.add(self.tr("&Taken"), self.taken)
        self.form.add(self.tr("Res&ponse"), self.response)
        self.form.add(self.tr("Why &stopped"), self.stop_reason)

    @override
    def typed(self) -> object:
        texts = (self.name, self.highest_dose, self.taken, self.response, self.stop_reason)
        return tuple(each.text() for each in texts)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = PastTrialDraft(
            id=self._id,
            patient_id=self.subject.patient_id,
            name=self.name.text(),
            highest_dose=self.highest_dose.text(),
            taken=self.taken.text(),
            response=self.response.text(),
            stop_reason=self.stop_reason.text(),
        )
        return partial(add_past_trial, draft=draft)


class AllergiesDialog(PatientDialog):
    """One line; the fixed phrases are a click away."""

    def __init__(
        self, desk: Desk, subject: Subject, known: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self.allergies = QLineEdit("" if known == NOT_RECORDED else known)
        self.allergies.setPlaceholderText(self.tr("such as penicillin: rash"))
        self.fields = {"allergies": self.allergies}
        self.set_words(self.tr("Allergies"), self.tr("Save allergies"))
        self.phrases = [Button(phrase) for phrase in PHRASES]
        self.form.add(self.tr("&Allergies"), self.allergies)
        self.form.addRow("", beside(*self.phrases))
        for button, phrase in zip(self.phrases, PHRASES, strict=True):
            button.clicked.connect(partial(self.allergies.setText, phrase))

    @override
    def typed(self) -> object:
        return self.allergies.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(
            note_allergies, patient_id=self.subject.patient_id, words=self.allergies.text()
        )
