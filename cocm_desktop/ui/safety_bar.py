"""The red bar on every clinical screen: safety tasks that nobody has closed yet."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cocm_desktop.actions.safety_list import read_safety_list
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.safety_list import SafetyLine, SafetyList
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.safety.dialog import CloseSafetyTaskDialog
from cocm_desktop.ui.safety.list_dialog import SafetyListDialog
from cocm_desktop.ui.safety.subject import subject_of
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.labels import ElidingLabel, IconLabel

_TOPICS = Topic.SAFETY | Topic.MEASURE | Topic.PATIENT | Topic.EPISODE | Topic.SETTINGS


class SafetyButton(Button):
    kind = "safety"
    _ink = "on_safety"


class SafetyBar(QFrame):
    """Cannot be closed: it goes when a clinician has closed every task.

    There is one bar. On a chart it speaks of that patient first and offers to close the task;
    elsewhere of the oldest, and leads to the chart. How many more there are stands at its end.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._listed: SafetyList | None = None
        self._line: SafetyLine | None = None
        self._here = ""
        self._one = self.tr("Details")
        self.setProperty("role", "safety")
        self.words = ElidingLabel(role="on_safety")
        self.open = SafetyButton(self.tr("Open safety task"), "chevron-right")
        self.close_task = SafetyButton(self.tr("Close safety task"), "shield-check")
        self.all = SafetyButton("", "list")

        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel("shield-exclamation", "on_safety"))
        row.addWidget(self.words, 1)
        row.addWidget(self.open)
        row.addWidget(self.close_task)
        row.addWidget(self.all)
        self.hide()

        self.open.clicked.connect(self._open_patient)
        self.close_task.clicked.connect(self._close_task)
        self.all.clicked.connect(self.show_all)
        desk.changed.connect(self._read_if_shown)

    def read_again(self) -> None:
        if self._desk.may(Permission.CLOSE_SAFETY_TASK):
            self._desk.read(read_safety_list, self.show_tasks)

    def show_tasks(self, listed: SafetyList) -> None:
        self._listed = listed
        self._show()

    def follow(self, patient_id: str) -> None:
        """Say first what is open of the patient whose chart is shown; "" for other screens."""
        self._here = patient_id
        self._show()

    @Slot()
    def show_all(self) -> None:
        """Open the list of every open task."""
        SafetyListDialog(self._desk, self.window()).open()

    def _show(self) -> None:
        """Name a task, whose it is and since when, and how many more there are."""
        listed = self._listed
        self.setVisible(listed is not None and bool(listed.lines))
        if listed is None or not listed.lines:
            self._line = None
            return
        here = listed.of_patient(self._here)
        line = self._line = (*here, *listed.lines)[0]
        told = f" {line.told_words}." if line.told_words else ""
        words = f"{line.patient_name}: {line.task.words_on(listed.today)}{told}"
        self.words.setText(words)
        self.setAccessibleName(words)
        self.open.setVisible(not here)
        self.close_task.setVisible(bool(here))
        more = len(listed.lines) - 1
        self.all.setText(self.tr("%1 more open").replace("%1", str(more)) if more else self._one)

    @Slot(object)
    def _read_if_shown(self, change: Change) -> None:
        if change.topics & _TOPICS:
            self.read_again()

    @Slot()
    def _open_patient(self) -> None:
        if self._line is not None:
            self._desk.patient_wanted.emit(self._line.patient.id)

    @Slot()
    def _close_task(self) -> None:
        if self._line is not None:
            subject = subject_of(self._line, self._desk.today())
            CloseSafetyTaskDialog(self._desk, subject, self._line.task, parent=self.window()).open()
