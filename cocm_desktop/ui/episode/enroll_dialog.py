"""Enrolling a patient: referral, consent, first assessment, who treats and for what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QCompleter, QFormLayout, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.consent import CONSENT_STATEMENTS, ConsentMethod
from cocm_desktop.domain.diagnosis import COMMON_DIAGNOSES
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, StaffId, new_id
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 680


class DiagnosisField(QLineEdit):
    """A code, found by its number or by any of its words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(self.tr("F33.1, or words such as recurrent, anxiety"))
        found = QCompleter([f"{code}  {title}" for code, title in COMMON_DIAGNOSES.items()], self)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(found)

    def code(self) -> str:
        return self.text().strip().partition(" ")[0]


class EnrollDialog(PatientDialog):
    """Three dates that are never one: referral, consent, initial assessment."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._episode_id = EpisodeId(new_id())
        self.referred_on = DateField(desk.today())
        self.consented_on = DateField(desk.today())
        self.method = ChoiceField(words_of(ConsentMethod))
        self.statements = [QCheckBox(words) for words in CONSENT_STATEMENTS]
        self.enrolled_on = DateField(desk.today())
        self.care_manager = ChoiceField[StaffId | None]([(None, self.tr("Choose"))])
        self.practitioner = ChoiceField[StaffId | None]([(None, self.tr("Not chosen"))])
        self.diagnosis = DiagnosisField()
        self.fields = {
            "referred_on": self.referred_on,
            "consented_on": self.consented_on,
            "told": self.statements[0],
            "enrolled_on": self.enrolled_on,
            "care_manager_id": self.care_manager,
            "diagnosis_code": self.diagnosis,
        }
        self.set_words(self.tr("Enroll"), self.tr("Enroll patient"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self._build()
        desk.read(read_staff, self._offer_staff)

    @override
    def typed(self) -> object:
        return (
            self.referred_on.entry.text(),
            self.consented_on.entry.text(),
            self.method.choice(),
            self._told(),
            self.enrolled_on.entry.text(),
            self.practitioner.choice(),
            self.diagnosis.text(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = EnrollDraft(
            id=self._episode_id,
            patient_id=self.subject.patient_id,
            care_manager_id=self.care_manager.choice(),
            consented_on=self.consented_on.day(),
            consent_method=self.method.choice(),
            enrolled_on=self.enrolled_on.day(),
            referred_on=self.referred_on.day(),
            treating_practitioner_id=self.practitioner.choice(),
            diagnosis_code=self.diagnosis.code(),
            told=self._told(),
        )
        return partial(enroll, draft=draft)

    def _told(self) -> frozenset[str]:
        pairs = zip(CONSENT_STATEMENTS, self.statements, strict=True)
        return frozenset(words for words, box in pairs if box.isChecked())

    def _build(self) -> None:
        self.form.add(self.tr("&Referred on"), self.referred_on)
        self.form.add(self.tr("&Consent given on"), self.consented_on)
        self.form.add(self.tr("&How"), self.method)
        told = QFormLayout()
        told.setVerticalSpacing(2)
        for box in self.statements:
            told.addRow(box)
        self.form.addRow(Label(self.tr("The patient was told"), "field"), told)
        self.form.add(
            self.tr("&Initial assessment on"),
            self.enrolled_on,
            self.tr("Leave it empty while it is still to come; treatment starts with it."),
        )
        self.form.add(self.tr("Care &manager"), self.care_manager)
        self.form.add(self.tr("&Treating practitioner"), self.practitioner)
        self.form.add(self.tr("&Diagnosis"), self.diagnosis)

    def _offer_staff(self, members: Sequence[StaffMember]) -> None:
        self.care_manager.offer(
            [(None, self.tr("Choose")), *_with_role(members, Role.CARE_MANAGER)]
        )
        if self.desk.staff.is_a(Role.CARE_MANAGER):
            self.care_manager.choose(self.desk.staff.id)
        self.practitioner.offer(
            [(None, self.tr("Not chosen")), *_with_role(members, Role.TREATING_PRACTITIONER)]
        )


def _with_role(members: Sequence[StaffMember], role: Role) -> list[tuple[StaffId | None, str]]:
    return [(m.id, m.title) for m in members if m.active and m.is_a(role)]
