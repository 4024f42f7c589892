"""Takes every window out of sight when the clinic is locked, and puts it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid

_PASSING = {
    Qt.WindowType.Popup,
    Qt.WindowType.ToolTip,
    Qt.WindowType.SplashScreen,
    Qt.WindowType.Desktop,
}
"""Kinds of windows that are not opened again: menus, lists that drop down, tips."""


class Curtain:
    """Hides the windows and gives up their places on the screen.

    A window that is only hidden stays in the tree that screen readers and other programs of the
    same account read, with every word in it. One without a place on the screen is in no tree.
    """

    def __init__(self) -> None:
        self._hidden: list[QWidget] = []

    def draw(self, door: QWidget) -> None:
        """Leave only the door in sight."""
        while (popup := QApplication.activePopupWidget()) is not None and popup.close():
            pass
        windows = [each for each in QApplication.topLevelWidgets() if each is not door]
        lasting = [each for each in windows if each.windowType() not in _PASSING]
        self._hidden = sorted((each for each in lasting if each.isVisible()), key=_depth)
        for window in reversed(self._hidden):
            window.hide()
        for window in windows:
            if window.windowType() is Qt.WindowType.ToolTip:
                window.close()
        # Not at once: the key that locks is still on its way through one of these windows.
        QTimer.singleShot(0, lambda: _leave_the_trees(lasting))

    def open(self) -> None:
        """Show again what was in sight, the windows below first."""
        for window in self._hidden:
            if isValid(window):
                window.show()
                _keep_words(window)
        self._hidden = []

    def remove(self) -> None:
        """Give up what was in sight: it is another person's."""
        for window in self._hidden:
            if isValid(window):
                window.deleteLater()
        self._hidden = []


def _leave_the_trees(windows: Sequence[QWidget]) -> None:
    for window in windows:
        if isValid(window) and not window.isVisible() and window.windowHandle() is not None:
            window.destroy()


def _depth(window: QWidget) -> int:
    """Count the windows below a window."""
    parent = window.parentWidget()
    return 0 if parent is None else 1 + _depth(parent.window())


def _keep_words(window: QWidget) -> None:
    """Let the next key go on in a line: Qt selects it when a dialog is shown anew."""
    field = window.focusWidget()
    if isinstance(field, QLineEdit):
        field.deselect()
