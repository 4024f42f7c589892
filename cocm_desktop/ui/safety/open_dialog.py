"""Opening a safety task by hand: for what a patient or somebody near them said."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.safety import open_safety_task
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import EpisodeId, SafetyTaskId, new_id
from cocm_desktop.domain.safety import FOLLOW_WORDS, SafetyTaskDraft
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.widgets.fields import DateField, NoteField
from cocm_desktop.ui.widgets.labels import Label


class OpenSafetyTaskDialog(PatientDialog):
    """The red bar stands on every clinical screen until a clinician closes the task."""

    draft_kind = "safety"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = SafetyTaskId(new_id())
        self.reason = NoteField(lines=3)
        self.noticed_on = DateField(desk.today(), desk.today())
        self.fields = {"reason": self.reason, "noticed_on": self.noticed_on}
        self.set_words(self.tr("Open a safety task"), self.tr("Open safety task"))
        self.form.add(
            self.tr("&What was noticed"), self.reason, self.tr("In a few words, and by whom.")
        )
        self.form.add(self.tr("&On"), self.noticed_on)
        self.body.addWidget(Label(FOLLOW_WORDS, "secondary", wraps=True))

    @override
    def typed(self) -> object:
        return (self.reason.text(), self.noticed_on.entry.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = SafetyTaskDraft(
            episode_id=self.subject.episode_id or EpisodeId(""),
            reason=self.reason.text(),
            noticed_on=self.noticed_on.day(),
            id=self._id,
        )
        return partial(open_safety_task, draft=draft)
