"""Recording that the treating practitioner was told of an open safety task."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.safety import tell_practitioner
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.safety import PractitionerToldDraft
from cocm_desktop.domain.safety_list import SafetyLine
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.safety.subject import subject_of
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.moment_field import MomentField


class PractitionerToldDialog(PatientDialog):
    """The task stays open: telling somebody is not the assessment."""

    def __init__(self, desk: Desk, line: SafetyLine, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject_of(line, desk.today()), parent)
        self._task = line.task
        self.who = QLineEdit(line.practitioner)
        self.told_at = MomentField(desk.now(), desk.now())
        self.fields = {"who": self.who, "told_at": self.told_at.day, "time": self.told_at.time}
        self.set_words(self.tr("Practitioner told"), self.tr("Save"))
        self.body.insertWidget(0, Label(line.task.words_on(desk.today()), wraps=True))
        self.form.add(self.tr("&Who was told"), self.who)
        self.form.add(self.tr("W&hen"), self.told_at)
        self.body.addWidget(Label(self.tr("The task stays open until a clinician closes it.")))

    @override
    def typed(self) -> object:
        return (self.who.text(), self.told_at.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = PractitionerToldDraft(self._task.id, self.who.text(), self.told_at.moment())
        return partial(tell_practitioner, draft=draft)
