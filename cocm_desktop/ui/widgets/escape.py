"""Esc in a field that stands on a screen where Esc leads away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def keep_escape(event: QEvent) -> bool:
    """Take Esc for the field before a shortcut gets it; tell whether the event was that."""
    is_override = event.type() == QEvent.Type.ShortcutOverride
    if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
        event.accept()
        return True
    return False
