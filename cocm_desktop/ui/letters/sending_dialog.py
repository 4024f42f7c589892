"""Logging that a letter to a patient went out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.letter import record_sending
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.letter import Letter, SendingDraft, SendingWay
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, words_of
from cocm_desktop.ui.widgets.labels import Label


class SendingDialog(PatientDialog):
    def __init__(
        self, desk: Desk, subject: Subject, letter: Letter, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._letter = letter
        self.way = ChoiceField[SendingWay](words_of(SendingWay))
        self.way.choose(SendingWay.MAIL)
        self.sent_on = DateField(desk.today(), desk.today())
        self.recipient = QLineEdit(letter.recipient)
        self.note = QLineEdit()
        self.fields = {
            "way": self.way,
            "sent_on": self.sent_on,
            "recipient": self.recipient,
            "note": self.note,
        }
        self.set_words(self.tr("Record as sent"), self.tr("Record as sent"))
        self.body.insertWidget(0, Label(f"{letter.kind.value}: {letter.title}", "strong"))
        self.form.add(self.tr("&How"), self.way)
        self.form.add(self.tr("Sent &on"), self.sent_on)
        self.form.add(self.tr("&To"), self.recipient)
        self.form.add(self.tr("&Note"), self.note)

    @override
    def typed(self) -> object:
        words = (self.recipient.text(), self.note.text(), self.sent_on.entry.text())
        return (self.way.choice(), *words)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = SendingDraft(
            self.sent_on.day(), self.way.choice(), self.recipient.text(), self.note.text()
        )
        return partial(record_sending, letter_id=self._letter.id, draft=draft)
