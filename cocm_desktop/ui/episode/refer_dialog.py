"""Referring a patient: when, to which care manager, and who treats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.episode_phase import refer
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.episode_phase import ReferralDraft
from cocm_desktop.domain.ids import EpisodeId, new_id
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.people import RoleField
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 600


class ReferDialog(PatientDialog):
    """A referral is no enrollment: nothing counts before consent."""

    draft_kind = "refer"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._episode_id = EpisodeId(new_id())
        self.referred_on = DateField(desk.today(), desk.today())
        self.care_manager = RoleField(Role.CARE_MANAGER, self.tr("Choose"))
        self.practitioner = RoleField(Role.TREATING_PRACTITIONER, self.tr("Not chosen"))
        self.fields = {"referred_on": self.referred_on, "care_manager_id": self.care_manager}
        self.set_words(self.tr("Refer patient"), self.tr("Record referral"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        words = self.tr(
            "The patient is not enrolled yet. Record each attempt to reach them as a contact; then "
            "enroll, put on the wait-list, or close the referral with the reason."
        )
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Referred on"), self.referred_on)
        self.form.add(self.tr("Care &manager"), self.care_manager)
        self.form.add(self.tr("&Treating practitioner"), self.practitioner)
        desk.read(read_staff, self._offer_staff)

    @override
    def typed(self) -> object:
        return (
            self.referred_on.entry.text(),
            self.practitioner.choice(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = ReferralDraft(
            id=self._episode_id,
            patient_id=self.subject.patient_id,
            care_manager_id=self.care_manager.choice(),
            referred_on=self.referred_on.day(),
            treating_practitioner_id=self.practitioner.choice(),
        )
        return partial(refer, draft=draft)

    def _offer_staff(self, members: Sequence[StaffMember]) -> None:
        self.care_manager.offer_members(members)
        self.practitioner.offer_members(members)
        if self.desk.staff.is_a(Role.CARE_MANAGER):
            self.care_manager.choose(self.desk.staff.id)
