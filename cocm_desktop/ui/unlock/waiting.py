"""A pause that grows with every wrong password."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

FREE_TRIES = 3
LONGEST_SECONDS = 60


class Waiting(QObject):
    """Counts wrong passwords. Whoever copies the file is slowed down by Argon2 instead."""

    changed = Signal(int)
    """Seconds left; 0 when a person may try again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wrong = 0
        self._left = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._tick)

    @property
    def is_on(self) -> bool:
        return self._left > 0

    def count(self) -> None:
        """Note a wrong password, and wait from the fourth on: 2, 4, 8 seconds and so on."""
        self._wrong += 1
        if self._wrong > FREE_TRIES:
            self._left = min(2 ** (self._wrong - FREE_TRIES), LONGEST_SECONDS)
            self._timer.start()
            self.changed.emit(self._left)

    def forgive(self) -> None:
        self._wrong = self._left = 0
        self._timer.stop()
        self.changed.emit(0)

    @Slot()
    def _tick(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._left = 0
            self._timer.stop()
        self.changed.emit(self._left)
