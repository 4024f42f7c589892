"""The bar of emergency access: red while it lasts, amber while one waits to be looked at."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cocm_desktop.actions.emergency import end_emergency_access, waiting_emergencies
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.safety_bar import SafetyButton
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.labels import ElidingLabel, IconLabel, Label

_LOOK_AGAIN = 10_000
"""Milliseconds between two looks at the clock."""


class EmergencyBar(QFrame):
    """Cannot be closed while the access lasts. It ends by the clock, or sooner by the button."""

    ended = Signal()
    """What could be seen by it must leave the screen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._was_on = desk.emergency is not None
        self.setProperty("role", "emergency")
        self.words = ElidingLabel(role="on_safety")
        self.end = SafetyButton(self.tr("End emergency access"), "x")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel("alert-triangle", "on_safety"))
        row.addWidget(self.words, 1)
        row.addWidget(self.end)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_AGAIN)
        self._timer.timeout.connect(self.look)
        self.end.clicked.connect(self._end)
        self.hide()
        if self._was_on:
            self._timer.start()
        self.look()

    @Slot()
    def look(self) -> None:
        """Say how long it lasts, or that it has ended."""
        access = self._desk.emergency
        self.setVisible(access is not None)
        if access is None:
            self._timer.stop()
            if self._was_on:
                self._was_on = False
                self.ended.emit()
            return
        left = access.minutes_left(self._desk.now())
        words = self.tr(
            "Emergency access, %n minute(s) left. Everything you do is marked and will be looked "
            "at. Your reason: “%1”", "", left,
        )  # fmt: skip
        words = words.replace("minute(s)", "minute" if left == 1 else "minutes")
        self.words.setText(words.replace("%1", access.reason))
        self.setAccessibleName(words.replace("%1", access.reason))

    @Slot()
    def _end(self) -> None:
        self._desk.do(end_emergency_access, done=self.look, refused=self._desk.tell)


class WaitingEmergencies(QFrame):
    """Tells an administrator that emergency accesses wait to be looked at."""

    wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("role", "asks")
        self.words = Label("", wraps=True)
        self.look = LinkButton(self.tr("Look at them"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        row.addWidget(IconLabel("alert-triangle", "due"))
        row.addWidget(self.words, 1)
        row.addWidget(self.look)
        self.hide()
        self.look.clicked.connect(self.wanted)
        desk.changed.connect(self._read_if_told)

    def read_again(self) -> None:
        if self._desk.staff.may(Permission.SEE_AUDIT):
            self._desk.read(waiting_emergencies, self.show_count)

    def show_count(self, count: int) -> None:
        self.setVisible(count > 0)
        words = self.tr("Somebody took emergency access, and nobody has looked at it yet.")
        many = self.tr("%1 emergency accesses wait to be looked at.").replace("%1", str(count))
        self.words.setText(words if count == 1 else many)

    @Slot(object)
    def _read_if_told(self, change: Change) -> None:
        if change.topics & Topic.AUDIT:
            self.read_again()
