"""Referring a patient to somebody outside the team, and recording what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.treatment import note_referral_out, record_referral_out
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import EpisodeId, ReferralOutId, new_id
from cocm_desktop.domain.referral_out import ReferralOut, ReferralOutDraft, ReferralResult
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField, words_of
from cocm_desktop.ui.widgets.labels import Label


class AddReferralDialog(PatientDialog):
    draft_kind = "referral"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = ReferralOutId(new_id())
        self.to = QLineEdit()
        self.reason = NoteField(lines=2)
        self.made_on = DateField(desk.today(), desk.today())
        self.fields = {"to": self.to, "reason": self.reason, "made_on": self.made_on}
        self.set_words(self.tr("Add referral"), self.tr("Add referral"))
        self.form.add(self.tr("&To"), self.to, self.tr("Person, clinic or service"))
        self.form.add(self.tr("&What for"), self.reason)
        self.form.add(self.tr("&Referred on"), self.made_on)

    @override
    def typed(self) -> object:
        return (self.to.text(), self.reason.text(), self.made_on.entry.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = ReferralOutDraft(
            episode_id=self.subject.episode_id or EpisodeId(""),
            to=self.to.text(),
            reason=self.reason.text(),
            made_on=self.made_on.day(),
            id=self._id,
        )
        return partial(record_referral_out, draft=draft)


class ReferralResultDialog(PatientDialog):
    """What was known before stays as history."""

    def __init__(
        self, desk: Desk, subject: Subject, referral: ReferralOut, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._referral = referral
        self.result_now = ChoiceField(words_of(ReferralResult))
        self.result_now.choose(referral.result)
        self.noted_on = DateField(desk.today(), desk.today())
        self.fields = {"result": self.result_now, "noted_on": self.noted_on}
        self.set_words(self.tr("What came of the referral"), self.tr("Record"))
        words = f"{referral.to}: {referral.reason}"
        self.body.insertWidget(0, Label(words, "strong", wraps=True))
        self.form.add(self.tr("&Result"), self.result_now)
        self.form.add(self.tr("&As of"), self.noted_on)

    @override
    def typed(self) -> object:
        return (self.result_now.choice(), self.noted_on.entry.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        noted_on = self.noted_on.needed("noted_on")
        result = self.result_now.choice()
        return partial(
            note_referral_out, referral_id=self._referral.id, result=result, noted_on=noted_on
        )
