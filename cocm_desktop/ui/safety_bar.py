"""The red bar on every clinical screen: safety tasks that nobody has closed yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cocm_desktop.actions.safety_bar import OpenSafetyTask, read_safety_bar
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.labels import ElidingLabel, IconLabel

_TOPICS = Topic.SAFETY | Topic.MEASURE | Topic.PATIENT | Topic.EPISODE


class SafetyButton(Button):
    kind = "safety"
    _ink = "on_safety"


class SafetyBar(QFrame):
    """Cannot be closed: it goes when a clinician has closed every task."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._patient_id: PatientId | None = None
        self._tasks: tuple[OpenSafetyTask, ...] = ()
        self._left_out = ""
        self.setProperty("role", "safety")
        self.words = ElidingLabel(role="on_safety")
        self.open = SafetyButton(self.tr("Open safety task"), "chevron-right")

        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel("shield-exclamation", "on_safety"))
        row.addWidget(self.words, 1)
        row.addWidget(self.open)
        self.hide()

        self.open.clicked.connect(self._open_patient)
        desk.changed.connect(self._read_if_shown)

    def read_again(self) -> None:
        if self._desk.may(Permission.CLOSE_SAFETY_TASK):
            self._desk.read(read_safety_bar, self.show_tasks)

    def show_tasks(self, tasks: Sequence[OpenSafetyTask]) -> None:
        self._tasks = tuple(tasks)
        self._show()

    def leave_out(self, patient_id: str) -> None:
        """Keep silent about the patient whose chart is open: the chart says it itself."""
        self._left_out = patient_id
        self._show()

    def _show(self) -> None:
        """Name the oldest task, whose it is, and how many more there are."""
        shown = [each for each in self._tasks if each.patient_id != self._left_out]
        self.setVisible(bool(shown))
        if not shown:
            return
        oldest, more = shown[0], len(shown) - 1
        self._patient_id = oldest.patient_id
        whose = oldest.patient_name
        if more:
            whose += " " + self.tr("(%n more open)", "", more)
        words = f"{whose}: {oldest.task.words}"
        self.words.setText(words)
        self.setAccessibleName(words)

    @Slot(object)
    def _read_if_shown(self, change: Change) -> None:
        if change.topics & _TOPICS:
            self.read_again()

    @Slot()
    def _open_patient(self) -> None:
        if self._patient_id is not None:
            self._desk.patient_wanted.emit(self._patient_id)
