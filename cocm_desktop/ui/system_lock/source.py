"""One small interface for every way to hear that the computer is locked, sleeps or is handed on."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class LockSource(QObject):
    """Begins to listen when a clinic may be open, and stops with the program."""

    wanted = Signal(object)
    """A LockCause: lock now."""

    def begin(self) -> bool:
        """Listen from now on; tell whether this computer has what is listened to."""
        return False

    def end(self) -> None:
        """Listen no longer."""

    def locked(self) -> None:
        """Hear that the windows are out of sight: a computer that waited to sleep may go on."""


class Sources(LockSource):
    """Several sources as one: whichever speaks first locks."""

    def __init__(self, sources: Iterable[LockSource], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources = tuple(sources)
        for source in self._sources:
            source.setParent(self)
            source.wanted.connect(self.wanted)

    def begin(self) -> bool:
        """Begin with each; one that is not there leaves the others."""
        begun = [source.begin() for source in self._sources]
        return any(begun)

    def end(self) -> None:
        for source in self._sources:
            source.end()

    def locked(self) -> None:
        for source in self._sources:
            source.locked()
