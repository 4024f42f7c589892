"""Working a window as a person does: keys go to whatever has the focus."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

Dialog = TypeVar("Dialog", bound=QDialog)
Key = Qt.Key


def type_into(window: QWidget, text: str) -> None:
    """Type text, each key to the widget that has the focus at that moment."""
    for letter in text:
        QTest.keyClicks(window.focusWidget() or window, letter)


def press(
    window: QWidget, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key, with_)


def ctrl(window: QWidget, key: Qt.Key) -> None:
    press(window, key, with_=Qt.KeyboardModifier.ControlModifier)


def click(button: QWidget) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def dialog_of(kind: type[Dialog]) -> Dialog:
    """Give the dialog of a kind that is open."""
    [found] = dialogs_of(kind)
    return found


def dialogs_of(kind: type[Dialog]) -> list[Dialog]:
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, kind) and each.isVisible()
    ]
