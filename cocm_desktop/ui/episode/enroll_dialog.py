"""Enrolling a patient: referral, consent, first assessment, who treats and for what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.codes import codes_of
from cocm_desktop.actions.episode import enroll, read_latest_episode, read_scales
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.consent import CONSENT_STATEMENTS, ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft, Episode
from cocm_desktop.domain.ids import EpisodeId, new_id
from cocm_desktop.domain.instrument import PHQ9, InstrumentId
from cocm_desktop.domain.staff import Permission, Role, StaffMember
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.diagnosis.code_field import CodeField
from cocm_desktop.ui.episode.people import ConfirmBox, RoleField
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 680


class EnrollDialog(PatientDialog):
    """Three dates that are never one: referral, consent, initial assessment.

    The front desk records consent alone; the rest is asked of whoever may enroll.
    """

    draft_kind = "enroll"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._episode_id = EpisodeId(new_id())
        self._assesses = desk.may(Permission.ENROLL)
        self.referred_on = DateField(desk.today())
        self.consented_on = DateField(desk.today())
        self.method = ChoiceField(words_of(ConsentMethod))
        self.statements = [QCheckBox(words) for words in CONSENT_STATEMENTS]
        self.enrolled_on = DateField(desk.today())
        self.care_manager = RoleField(Role.CARE_MANAGER, self.tr("Choose"))
        self.practitioner = RoleField(Role.TREATING_PRACTITIONER, self.tr("Not chosen"))
        self.diagnosis = CodeField(desk.today())
        self.scale = ChoiceField[InstrumentId]([(PHQ9, str(PHQ9))])
        self.confirm = ConfirmBox()
        self.notice = Label("", "problem", wraps=True)
        self.notice.hide()
        self.fields = {
            "referred_on": self.referred_on,
            "consented_on": self.consented_on,
            "told": self.statements[0],
            "care_manager_id": self.care_manager,
            "is_confirmed": self.confirm,
        }
        if self._assesses:
            self.fields["enrolled_on"] = self.enrolled_on
            self.fields["diagnosis_code"] = self.diagnosis
            self.fields["instrument"] = self.scale
            self.set_words(self.tr("Enroll"), self.tr("Enroll patient"))
        else:
            self.set_words(self.tr("Record consent"), self.tr("Record consent"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self._build()
        desk.read(read_staff, self._offer_staff)
        if self._assesses:
            desk.read(read_scales, self._offer_scales)
            desk.read(codes_of, self.diagnosis.use_codes)
        if subject.episode_id is not None:
            desk.read(partial(read_latest_episode, patient_id=subject.patient_id), self._go_on)

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
            self.scale.choice(),
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
            primary_instrument_id=self.scale.choice(),
            told=self._told(),
            is_confirmed=self.confirm.isChecked(),
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
        if self._assesses:
            self.form.add(
                self.tr("&Initial assessment on"),
                self.enrolled_on,
                self.tr("Leave it empty while it is still to come; treatment starts with it."),
            )
        self.form.add(self.tr("Care &manager"), self.care_manager)
        self.form.add(self.tr("&Treating practitioner"), self.practitioner)
        if self._assesses:
            self._build_treatment()
        self.form.addRow(Label(""), self.confirm)
        self.body.insertWidget(0, self.notice)

    def _build_treatment(self) -> None:
        self.form.add(self.tr("&Diagnosis"), self.diagnosis)
        self.form.add(
            self.tr("&Primary scale"),
            self.scale,
            self.tr("The episode is judged by it; with its baseline it is fixed."),
        )

    def _offer_staff(self, members: Sequence[StaffMember]) -> None:
        self.care_manager.offer_members(members)
        self.practitioner.offer_members(members)
        if self.desk.staff.is_a(Role.CARE_MANAGER):
            self.care_manager.choose(self.desk.staff.id)

    def _offer_scales(self, scales: Sequence[InstrumentId]) -> None:
        self.scale.offer([(each, str(each)) for each in scales])

    def _go_on(self, episode: Episode) -> None:
        """Take over what the referral said; name a death that the last episode recorded."""
        if episode.died_on is not None:
            words = self.tr("The last episode closed because the patient died on %1.")
            self.notice.setText(words.replace("%1", long_date(episode.died_on)))
            self.notice.show()
        if not episode.status.is_referral:
            return
        is_touched = self.is_touched
        self.referred_on.set_day(episode.referred_on)
        self.care_manager.choose(episode.care_manager_id)
        self.practitioner.choose(episode.treating_practitioner_id)
        if not is_touched:
            self.forget()
