"""Taking apart, on the windows' own thread, what Python finds unused."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

INTERVAL_MS = 1_000


class Tidying(QObject):
    """Keeps Python from looking for unused objects on the worker's thread.

    Python does so on whatever thread makes objects. Windows among what it finds were taken apart
    on the worker then, while this thread painted others: the program ended without a word.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self.tidy)

    def begin(self) -> None:
        gc.disable()
        gc.collect()
        gc.freeze()  # libraries stay anyhow: nobody waits while they are looked through
        self._timer.start()

    def end(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def tidy(self) -> None:
        """Look through the oldest generation that is due, as Python itself would."""
        due = zip(gc.get_count(), gc.get_threshold(), strict=True)
        full = [generation for generation, (met, most) in enumerate(due) if met > most]
        if full:
            gc.collect(full[-1])
