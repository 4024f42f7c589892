"""Tells the audit what was searched for, once nobody types on: only a digest of it, and a count."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QTableView

from cocm_desktop.actions.looking import note_search
from cocm_desktop.ui.desk import Desk

PAUSE_MS = 2000


class SearchNote(QObject):
    """Follows the find box above a stack of screens; counts what it leaves in the table shown."""

    def __init__(self, desk: Desk, box: QLineEdit, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._desk, self._box, self._stack = desk, box, stack
        self.pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self.pause.timeout.connect(self._tell)
        box.textEdited.connect(self.pause.start)

    @Slot()
    def _tell(self) -> None:
        words = self._box.text()
        shown = self._stack.currentWidget()
        if not (words.strip() and shown and shown.isVisible()):
            return
        tables = (table for table in shown.findChildren(QTableView) if table.isVisible())
        model = next((table.model() for table in tables), None)
        found = model.rowCount() if model else 0
        self._desk.read(partial(note_search, words=words, found=found), _nothing)


def _nothing(_told: object) -> None:
    """There is nothing to show."""
