"""Takes every window out of sight when the clinic is locked, and puts it back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import isValid
from typing_extensions import override

_PASSING = {
    Qt.WindowType.Popup,
    Qt.WindowType.ToolTip,
    Qt.WindowType.SplashScreen,
    Qt.WindowType.Desktop,
}
"""Kinds of windows that are not opened again: menus, lists that drop down, tips."""


class Curtain(QObject):
    """Hides the windows and gives up their places on the screen.

    A window that is only hidden stays in the tree that screen readers and other programs of the
    same account read, with every word in it. One without a place on the screen is in no tree.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hidden: list[QWidget] = []
        self._is_drawn = False

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
        self._watch(is_drawn=True)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a window away that opens while the clinic is locked: it was asked for before."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            is_lasting = watched.isWindow() and watched.windowType() not in _PASSING
            if is_lasting and self._belongs(watched):
                QTimer.singleShot(0, lambda: self._take_away(watched))
        return False

    def _belongs(self, window: QWidget | None) -> bool:
        """Tell whether a window is one of those hidden, or opens over one of them."""
        if window is None:
            return False
        return window in self._hidden or self._belongs(window.parentWidget())

    def _take_away(self, window: QWidget) -> None:
        if isValid(window) and self._is_drawn:
            window.hide()
            if window not in self._hidden:
                self._hidden.append(window)
            QTimer.singleShot(0, lambda: _leave_the_trees([window]))

    def _watch(self, *, is_drawn: bool) -> None:
        self._is_drawn = is_drawn
        app = QCoreApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
            if is_drawn:
                app.installEventFilter(self)

    def open(self) -> None:
        """Show again what was in sight, the windows below first."""
        self._watch(is_drawn=False)
        for window in self._hidden:
            if isValid(window):
                window.show()
                _keep_words(window)
        self._hidden = []

    def remove(self) -> None:
        """Give up what was in sight: it is another person's."""
        self._watch(is_drawn=False)
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
