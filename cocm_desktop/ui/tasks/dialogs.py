"""Dialogs about tasks: a new one, done, put off, given on, reopened, voided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.listing import read_listing
from cocm_desktop.actions.staff import read_staff
from cocm_desktop.actions.task import add_task, finish_task, give_task, read_wordings
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import TaskId, new_id
from cocm_desktop.domain.task import LONGEST_REASON, PUT_OFF, QUICK_DUE, REPEATS, Task, TaskDraft
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientStrip
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.tasks.fields import PatientField, QuickDateField, WhoseField, WordingField
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog

WIDTH = 700
PutOff = Callable[[Workspace, date, str], Change]
Because = Callable[[Workspace, str], Change]


class NewTaskDialog(RecordDialog):
    """On a chart the patient is named at the head; elsewhere one may be chosen."""

    draft_kind = "task"

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, *, subject: Subject | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._task_id = TaskId(new_id())
        self._subject = subject
        self.words = WordingField()
        self.patient = PatientField()
        self.due = QuickDateField(desk.today(), QUICK_DUE, desk.today() + timedelta(days=1))
        self.whose = WhoseField(desk.staff)
        self.repeat = ChoiceField([(weeks, self._every(weeks)) for weeks in (0, *REPEATS)])
        self.fields = {
            "words": self.words,
            "patient": self.patient,
            "due_on": self.due.date,
            "assigned_to": self.whose,
            "repeat_weeks": self.repeat,
        }
        self.set_words(self.tr("New task"), self.tr("Save task"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&Task"), self.words)
        if subject is None:
            self.form.add(self.tr("&Patient"), self.patient)
        else:
            self.column.insertWidget(1, PatientStrip(subject))
        self.form.add(self.tr("&Due"), self.due)
        self.form.add(self.tr("&For"), self.whose)
        self.form.add(self.tr("&Repeat"), self.repeat)

    def _every(self, weeks: int) -> str:
        if weeks <= 1:
            return self.tr("Every week") if weeks else self.tr("Never")
        return self.tr("Every %1 weeks").replace("%1", str(weeks))

    @override
    def draft_subjects(self) -> tuple[str, str]:
        patient_id = self._subject.patient_id if self._subject else ""
        return patient_id, patient_id

    @override
    def open(self) -> None:
        self.desk.read(read_wordings, self.words.offer)
        self.desk.read(read_staff, self.whose.offer_staff)
        if self._subject is None:
            self.desk.read(read_listing, self.patient.offer)
        super().open()

    @override
    def typed(self) -> object:
        return self.words.currentText(), self.patient.text(), self.due.date.day()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        whose = self.whose.choice()
        draft = TaskDraft(
            words=self.words.currentText(),
            due_on=self.due.date.day(),
            patient_id=(self._subject.patient_id if self._subject else self.patient.patient_id()),
            assigned_to=whose.staff_id,
            team=whose.team,
            repeat_weeks=self.repeat.choice(),
            id=self._task_id,
        )
        return partial(add_task, draft=draft)


class FinishTaskDialog(RecordDialog):
    """Enter at once is enough: what came of it may stay empty."""

    def __init__(self, desk: Desk, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._task = task
        self.outcome = QLineEdit()
        self.outcome.setMaxLength(LONGEST_REASON)
        self.fields = {"outcome": self.outcome}
        self.set_words(self.tr("Task done"), self.tr("Done"))
        self.body.insertWidget(0, Label(task.words, "strong", wraps=True))
        hint = self.tr("The next one is made when this one is done.") if task.repeat_weeks else ""
        self.form.add(self.tr("What came of it"), self.outcome, hint)

    @override
    def typed(self) -> object:
        return self.outcome.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(finish_task, task_id=self._task.id, outcome=self.outcome.text())


class PutOffDialog(RecordDialog):
    """Putting something off to a later day, with the reason."""

    def __init__(
        self, desk: Desk, words: str, put_off: PutOff, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._put_off = put_off
        today = desk.today()
        self.until = QuickDateField(today, PUT_OFF, today + timedelta(days=1))
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self.fields = {"due_on": self.until.date, "reason": self.reason}
        self.set_words(self.tr("Put off"), self.tr("Put off"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, Label(words, "strong", wraps=True))
        self.form.add(self.tr("&Until"), self.until)
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.until.date.day(), self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        until_on, reason = self.until.date.needed("due_on"), self.reason.text()
        return lambda workspace: self._put_off(workspace, until_on, reason)


class BecauseDialog(RecordDialog):
    """Something that needs a reason and nothing else: reopening or voiding a task."""

    def __init__(
        self,
        desk: Desk,
        words: str,
        do: Because,
        *,
        title: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self._do = do
        self.reason = QLineEdit()
        self.reason.setMaxLength(LONGEST_REASON)
        self.fields = {"reason": self.reason}
        self.set_words(title, title)
        self.body.insertWidget(0, Label(words, "strong", wraps=True))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        reason = self.reason.text()
        return lambda workspace: self._do(workspace, reason)


class GiveTaskDialog(RecordDialog):
    """Giving a task to another person or team, such as after somebody has left."""

    def __init__(self, desk: Desk, task: Task, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._task = task
        self.whose = WhoseField(desk.staff)
        self.fields = {"assigned_to": self.whose}
        self.set_words(self.tr("Give to somebody else"), self.tr("Give task"))
        self.body.insertWidget(0, Label(task.words, "strong", wraps=True))
        self.form.add(self.tr("&For"), self.whose)

    @override
    def open(self) -> None:
        self.desk.read(read_staff, self.whose.offer_staff)
        super().open()

    @override
    def typed(self) -> object:
        return self.whose.choice()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        whose = self.whose.choice()
        return partial(
            give_task, task_id=self._task.id, assigned_to=whose.staff_id, team=whose.team
        )
