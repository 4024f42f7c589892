"""The way back of the cursor from a field that is there only for a moment."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class WayBack:
    """Remembers what had the cursor; where that is gone, the cursor goes `instead`."""

    def __init__(self, instead: QWidget) -> None:
        self._instead = instead
        self._before: QWidget | None = None

    def remember(self) -> None:
        self._before = self._instead.window().focusWidget()

    def take(self) -> None:
        """Put the cursor back where work went on."""
        before, self._before = self._before, None
        if before is None or not isValid(before) or not before.isVisible():
            before = self._instead
        before.setFocus()
