"""Seconds that this program did not live through: the computer slept, whoever told of it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from typing_extensions import override

from cocm_desktop.domain.lock import LockCause
from cocm_desktop.ui.system_lock.source import LockSource

LOOKS_EVERY_MS = 1_000
LONGEST_GAP_SECONDS = 60.0
"""A program that did not run for so long was asleep, with its windows on the screen."""
Clocks = Callable[[], tuple[float, float]]


def clocks() -> tuple[float, float]:
    """Give the clock on the wall and the steady one: of a sleep some computers count only one."""
    return time.time(), time.monotonic()  # noqa: TID251  compared only; no record is dated by it


class GapWatch(LockSource):
    """Looks at two clocks each second. A clock that is set ahead locks too, which harms nobody."""

    def __init__(self, clocks: Clocks = clocks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clocks = clocks
        self._last = clocks()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)

    @override
    def begin(self) -> bool:
        self._last = self._clocks()
        self._timer.start()
        return True

    @override
    def end(self) -> None:
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Compare with the last look."""
        now = self._clocks()
        gap = max(after - before for after, before in zip(now, self._last, strict=True))
        self._last = now
        if gap > LONGEST_GAP_SECONDS:
            self.wanted.emit(LockCause.SLEEP)
