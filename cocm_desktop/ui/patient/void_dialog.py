"""Withdrawing a record, with the reason. The record is kept and no longer counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 560


@dataclass(frozen=True, slots=True)
class Voidable:
    """A record to withdraw: how it reads, what else goes with it, and the action."""

    words: str
    also: str
    void: Callable[[Workspace, str], Change]
    """Takes the reason."""


class VoidDialog(PatientDialog):
    def __init__(
        self, desk: Desk, subject: Subject, record: Voidable, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._record = record
        self.reason = QLineEdit()
        self.fields = {"reason": self.reason}
        self.set_words(self.tr("Void"), self.tr("Void record"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, Label(record.words, "strong", wraps=True))
        if record.also:
            self.body.insertWidget(1, Label(record.also, "secondary", wraps=True))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        record, reason = self._record, self.reason.text()
        return lambda workspace: record.void(workspace, reason)
