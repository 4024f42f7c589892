"""The red strip over a patient's chart while a safety answer is open."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cocm_desktop.domain.safety import SafetyTask
from cocm_desktop.ui.widgets.buttons import DangerButton
from cocm_desktop.ui.widgets.labels import IconLabel, Label


class SafetyStrip(QFrame):
    """Says the oldest open task of this patient and offers to close it."""

    closing_wanted = Signal(object)  # SafetyTask

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "trouble_bar")
        self._task: SafetyTask | None = None
        self.words = Label("", "problem", wraps=True)
        self.close_task = DangerButton(self.tr("Close safety task"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        row.addWidget(IconLabel("shield-exclamation", "error"))
        row.addWidget(self.words, 1)
        row.addWidget(self.close_task)
        self.hide()

        self.close_task.clicked.connect(self._ask)

    def show_tasks(self, tasks: Sequence[SafetyTask]) -> None:
        self._task = tasks[0] if tasks else None
        self.setVisible(bool(tasks))
        if self._task is not None:
            more = len(tasks) - 1
            words = self._task.words
            self.words.setText(f"{words} {self.tr('%n more.', '', more)}" if more else words)
            self.setAccessibleName(self.words.text())

    @Slot()
    def _ask(self) -> None:
        if self._task is not None:
            self.closing_wanted.emit(self._task)
