"""Closing a safety task: what was assessed, what was done, who was told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.safety import close_safety_task
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.safety import NO_RISK_WORDS, SafetyClosingDraft, SafetyTask
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import NoteField
from cocm_desktop.ui.widgets.labels import IconLabel, Label

WIDTH = 640


class CloseSafetyTaskDialog(PatientDialog):
    """Leaving it open is always possible: the task stays urgent and the red bar stays."""

    def __init__(
        self, desk: Desk, subject: Subject, task: SafetyTask, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._task = task
        self.assessed = NoteField(lines=2)
        self.step_taken = NoteField(lines=2)
        self.told = NoteField(lines=2)
        self.fields = {"assessed": self.assessed, "action": self.step_taken, "told": self.told}
        self.set_words(self.tr("Safety"), self.tr("Close safety task"))
        self.cancel.setText(self.tr("Leave open as urgent task"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self._build()

    @override
    def typed(self) -> object:
        return (self.assessed.text(), self.step_taken.text(), self.told.text())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = SafetyClosingDraft(
            task_id=self._task.id,
            assessed=self.assessed.text(),
            action=self.step_taken.text(),
            told=self.told.text(),
        )
        return partial(close_safety_task, draft=draft)

    def _build(self) -> None:
        self.body.insertWidget(0, self._words())
        named = (
            (self.tr("What was &assessed"), self.assessed),
            (self.tr("What was &done"), self.step_taken),
            (self.tr("Who was &told"), self.told),
        )
        for words, field in named:
            self.form.add(words, field)

    def _words(self) -> QFrame:
        task = self._task
        frame = QFrame()
        frame.setProperty("role", "trouble")
        answer = self.tr("Answer %1 on %2 item %3, %4.")
        for mark, value in (
            ("%1", str(task.answer)),
            ("%2", task.instrument),
            ("%3", str(task.item)),
            ("%4", long_date(task.answered_on)),
        ):
            answer = answer.replace(mark, value)
        protocol = self.tr("Follow the practice's safety protocol today.")
        words = QVBoxLayout()
        words.setSpacing(2)
        self.words = Label(answer, "strong", wraps=True)
        words.addWidget(self.words)
        words.addWidget(Label(f"{protocol} {NO_RISK_WORDS}", wraps=True))
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        row.addWidget(IconLabel("shield-exclamation", "error", size=28))
        row.addLayout(words, 1)
        return frame
