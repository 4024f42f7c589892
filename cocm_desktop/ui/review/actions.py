"""What the actions on a meeting and on its agenda have in common."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.desk import Desk


class ReviewActions(QObject):
    """Actions of the review screen, for whoever may record a review."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window

    def _action(self, words: str, keys: str, do: Callable[[], object]) -> QAction:
        made = QAction(words, self)
        made.setShortcut(QKeySequence(keys))
        made.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.setVisible(self._desk.may(Permission.RECORD_REVIEW))
        made.triggered.connect(lambda _on=False: do())
        self._window.addAction(made)
        return made

    def _do(self, action: Callable[[Workspace], Change]) -> None:
        """Run an action whose outcome the next reading shows."""
        self._desk.do(action, done=_nothing, refused=self._desk.tell)


def _nothing() -> None:
    """Hear an answer that says nothing more."""
