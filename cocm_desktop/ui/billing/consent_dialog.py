"""Recording a consent again, to another practitioner or after a withdrawal; withdrawing one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QCheckBox, QFormLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.consent import record_consent, withdraw_consent
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.consent import (
    CONSENT_STATEMENTS,
    Consent,
    ConsentDraft,
    ConsentMethod,
)
from cocm_desktop.domain.ids import ConsentId, EpisodeId, StaffId, new_id
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.people import RoleField
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 640


class ConsentDialog(PatientDialog):
    """`treats` is the practitioner who is offered first; `known` are the consents on file."""

    draft_kind = "consent"

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        known: Sequence[Consent],
        *,
        treats: StaffId | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._id = ConsentId(new_id())
        self._treats = treats
        self.given_on = DateField(desk.today())
        self.method = ChoiceField(words_of(ConsentMethod))
        self.practitioner = RoleField(Role.TREATING_PRACTITIONER, self.tr("Choose"))
        self.statements = [QCheckBox(words) for words in CONSENT_STATEMENTS]
        self.fields = {
            "given_on": self.given_on,
            "practitioner_id": self.practitioner,
            "told": self.statements[0],
        }
        self.set_words(self.tr("Record consent again"), self.tr("Record consent"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self._build(known)

    @override
    def open(self) -> None:
        super().open()
        self.desk.read(read_staff, self._offer_staff)

    @override
    def typed(self) -> object:
        day, how = self.given_on.entry.text(), self.method.choice()
        return day, how, self.practitioner.choice(), self._told()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = ConsentDraft(
            id=self._id,
            episode_id=EpisodeId(self.subject.episode_id or ""),
            given_on=self.given_on.day(),
            method=self.method.choice(),
            practitioner_id=self.practitioner.choice(),
            told=self._told(),
        )
        return partial(record_consent, draft=draft)

    def _build(self, known: Sequence[Consent]) -> None:
        said = "; ".join(map(_consent_words, known))
        words = self.tr("On file: %1.").replace("%1", said)
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Given on"), self.given_on)
        self.form.add(self.tr("&How"), self.method)
        self.form.add(self.tr("&Practitioner who bills"), self.practitioner)
        told = QFormLayout()
        told.setVerticalSpacing(2)
        for box in self.statements:
            told.addRow(box)
        self.form.addRow(Label(self.tr("The patient was told"), "field"), told)

    def _told(self) -> frozenset[str]:
        pairs = zip(CONSENT_STATEMENTS, self.statements, strict=True)
        return frozenset(words for words, box in pairs if box.isChecked())

    def _offer_staff(self, members: Sequence[StaffMember]) -> None:
        is_touched = self.is_touched
        self.practitioner.offer_members(members)
        self.practitioner.choose(self._treats)
        if not is_touched:
            self.forget()


class WithdrawConsentDialog(PatientDialog):
    """The last day on which a consent holds."""

    def __init__(
        self, desk: Desk, subject: Subject, consent: Consent, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._consent = consent
        self.withdrawn_on = DateField(desk.today())
        self.fields = {"withdrawn_on": self.withdrawn_on}
        self.set_words(self.tr("Withdraw consent"), self.tr("Withdraw consent"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        words = self.tr("Consent of %1. Time after the last day does not count.")
        said = words.replace("%1", long_date(consent.given_on))
        self.body.insertWidget(0, Label(said, "secondary", wraps=True))
        self.form.add(self.tr("&Last day it holds"), self.withdrawn_on)
        self.body.addStretch(1)

    @override
    def typed(self) -> object:
        return self.withdrawn_on.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        consent_id = self._consent.id
        return partial(
            withdraw_consent, consent_id=consent_id, withdrawn_on=self.withdrawn_on.day()
        )


def _consent_words(consent: Consent) -> str:
    words = f"{long_date(consent.given_on)}, {consent.method.value.lower()}"
    if consent.withdrawn_on is None:
        return words
    return f"{words}, withdrawn {long_date(consent.withdrawn_on)}"
