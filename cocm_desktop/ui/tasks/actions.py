"""What can be done with one task: the same actions on Today, on Tasks and on the chart."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.task import put_off_task, reopen_task, void_task
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.task import Task
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.tasks.dialogs import (
    BecauseDialog,
    FinishTaskDialog,
    GiveTaskDialog,
    PutOffDialog,
)

PUT_OFF_KEYS = "Ctrl+;"


class TaskActions(QObject):
    """Follows the task that is chosen; what is not possible is not offered."""

    def __init__(self, desk: Desk, window: QWidget, *, keys: bool = True) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._task: Task | None = None
        self.finish = self._action(self.tr("Done"))
        self.put_off = self._action(self.tr("Put off"), PUT_OFF_KEYS if keys else "")
        self.give = self._action(self.tr("Give to somebody else"))
        self.reopen = self._action(self.tr("Reopen"))
        self.void = self._action(self.tr("Void task"))
        self.finish.triggered.connect(self._finish)
        self.put_off.triggered.connect(self._put_off)
        self.give.triggered.connect(self._give)
        self.reopen.triggered.connect(self._reopen)
        self.void.triggered.connect(self._void)
        self.follow(None)

    @property
    def all(self) -> tuple[QAction, ...]:
        return (self.finish, self.put_off, self.give, self.reopen, self.void)

    def follow(self, task: Task | None) -> None:
        """Offer what is possible with this task now."""
        self._task = task
        is_open = task is not None and task.is_open
        for action in (self.finish, self.put_off, self.give):
            action.setEnabled(is_open)
        self.reopen.setEnabled(task is not None and not task.is_open)
        self.void.setEnabled(task is not None)

    def _action(self, words: str, keys: str = "") -> QAction:
        action = QAction(words, self)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._window.addAction(action)
        return action

    @Slot()
    def _finish(self) -> None:
        if self._task is not None:
            FinishTaskDialog(self._desk, self._task, self._window).open()

    @Slot()
    def _put_off(self) -> None:
        if self._task is not None:
            task_id = self._task.id
            PutOffDialog(
                self._desk,
                self._task.words,
                lambda workspace, day, reason: put_off_task(
                    workspace, task_id, due_on=day, reason=reason
                ),
                parent=self._window,
            ).open()

    @Slot()
    def _give(self) -> None:
        if self._task is not None:
            GiveTaskDialog(self._desk, self._task, self._window).open()

    @Slot()
    def _reopen(self) -> None:
        if self._task is not None:
            self._ask_why(self.tr("Reopen task"), reopen_task, self._task)

    @Slot()
    def _void(self) -> None:
        if self._task is not None:
            self._ask_why(self.tr("Void task"), void_task, self._task)

    def _ask_why(self, title: str, action: Callable[..., Change], task: Task) -> None:
        BecauseDialog(
            self._desk,
            task.words,
            lambda workspace, reason: action(workspace, task.id, reason=reason),
            title=title,
            parent=self._window,
        ).open()
