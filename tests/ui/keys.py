"""Keys as a person presses them."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


def press(widget: QWidget, *keys: str) -> None:
    """Press keys one after the other; shortcuts have their say before the widget."""
    for each in keys:
        QTest.keySequence(widget, QKeySequence(each))
