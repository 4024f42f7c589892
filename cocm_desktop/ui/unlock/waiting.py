"""A pause that is counted down on a button."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot


class Waiting(QObject):
    """Shows how long is left. How long it lasts is told by what counts the wrong passwords."""

    changed = Signal(int)
    """Seconds left; 0 when a person may try again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)

    @property
    def is_on(self) -> bool:
        return self._left > 0

    def begin(self, seconds: int) -> None:
        """Count down from so many seconds; 0 ends the pause."""
        self._left = seconds
        if seconds:
            self._timer.start()
        else:
            self._timer.stop()
        self.changed.emit(seconds)

    @Slot()
    def _tick(self) -> None:
        self.begin(self._left - 1)
