"""The tasks of one patient, as a card on the chart."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from cocm_desktop.actions.task import read_tasks_of
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.follow_up import Due, NextDue, Urgency
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.task import Task
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.tasks.actions import TaskActions
from cocm_desktop.ui.tasks.dialogs import NewTaskDialog
from cocm_desktop.ui.widgets.buttons import IconButton, LinkButton
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.labels import Card, ElidingLabel, Label

ROLES = {Urgency.OVERDUE: "due", Urgency.TODAY: "due", Urgency.LATER: "secondary"}


class TasksCard(Card):
    """Open tasks by due date, and what was done since yesterday, each with its menu."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._desk = desk
        self._subject: Subject | None = None
        self.task = TaskActions(desk, self, keys=False)
        self.add = LinkButton(self.tr("New task"))
        self.buttons: list[IconButton] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(Label(self.tr("Tasks"), "strong"), 1)
        head.addWidget(self.add)
        self.body.addLayout(head)
        self.body.addLayout(self._lines)
        self.add.clicked.connect(self._add)
        desk.changed.connect(self._note_change)

    def show_patient(self, subject: Subject) -> None:
        """Show the tasks of a patient, read anew."""
        if self._subject is None or self._subject.patient_id != subject.patient_id:
            empty(self._lines)
        self._subject = subject
        if self._desk.may(Permission.WORK_ON_TASKS):
            asked = partial(read_tasks_of, patient_id=subject.patient_id)
            self._desk.read(asked, partial(self._show, subject.patient_id))

    def _show(self, patient_id: str, tasks: tuple[Task, ...]) -> None:
        if self._subject is None or self._subject.patient_id != patient_id:
            return
        empty(self._lines)
        self.buttons = []
        for task in sorted(tasks, key=lambda each: not each.is_open):
            self._lines.addWidget(self._line(task))
        if not tasks:
            self._lines.addWidget(Label(self.tr("No open tasks"), "secondary"))

    def _line(self, task: Task) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        due, today = NextDue(task.due_on, Due.CONTACT), self._desk.today()
        row.addWidget(ElidingLabel(task.words, "" if task.is_open else "secondary"), 1)
        if task.is_open:
            row.addWidget(Label(due.words(today), ROLES[due.urgency(today)]))
        else:
            row.addWidget(Label(self.tr("Done"), "success"))
        more = IconButton(self.tr("What to do with: %1").replace("%1", task.words), "dots")
        more.clicked.connect(partial(self._show_menu, task, more))
        self.buttons.append(more)
        row.addWidget(more)
        return line

    def menu_of(self, task: Task) -> QMenu:
        """Give the menu of what can be done with a task."""
        self.task.follow(task)
        menu = QMenu(self)
        menu.addActions([each for each in self.task.all if each.isEnabled()])
        return menu

    def _show_menu(self, task: Task, more: IconButton) -> None:
        self.menu_of(task).popup(more.mapToGlobal(more.rect().bottomLeft()))

    @Slot()
    def _add(self) -> None:
        NewTaskDialog(self._desk, self.window(), subject=self._subject).open()

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.topics & Topic.TASK and self._subject is not None and self.isVisible():
            self.show_patient(self._subject)
