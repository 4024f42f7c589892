"""Noticing that nobody has typed or clicked for some minutes, or that somebody wants to lock."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWindow
from typing_extensions import override

LOCK_KEYS = "Ctrl+Shift+L"
SWITCH_KEYS = "Ctrl+Shift+X"
_SIGNS_OF_LIFE = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
}


class IdleWatch(QObject):
    """Watches the windows of the system, not every widget: input passes through them first."""

    idle = Signal()
    lock_pressed = Signal()
    """The keys that lock came to a window: over a dialog they do not reach the menu."""
    switch_pressed = Signal()
    """Likewise the keys that let another person sign in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        # A coarse timer, as Qt makes them, may be late by one part in twenty: half a minute.
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.idle)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)

    def set_minutes(self, minutes: int) -> None:
        self._timer.setInterval(minutes * 60_000)

    def start(self) -> None:
        self._timer.start()

    def watch_for(self, minutes: int) -> None:
        """Watch, or go on watching where it does already."""
        if not (self._timer.isActive() and self._timer.interval() == minutes * 60_000):
            self.set_minutes(minutes)
            self.start()

    def quiet_ms(self) -> int:
        """Give the milliseconds since the last sign of life; 0 while nobody is watched."""
        return self._timer.interval() - self._timer.remainingTime() if self._timer.isActive() else 0

    def stop(self) -> None:
        self._timer.stop()

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        """Follow the person from window to window."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SIGNS_OF_LIFE and self._timer.isActive():
            self._timer.start()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            pressed = QKeySequence(event.keyCombination())
            if pressed == QKeySequence(LOCK_KEYS):
                self.lock_pressed.emit()
            elif pressed == QKeySequence(SWITCH_KEYS):
                self.switch_pressed.emit()
        return False
