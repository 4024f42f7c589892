"""What was found when the clinic was opened, and holds as long as it is open."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.labels import IconLabel, Label


class OpeningBar(QFrame):
    """Says that nothing can be saved, or that a spare was used. It cannot be closed."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("role", "asks")
        self.words = Label("", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        row.addWidget(IconLabel("alert-triangle", "due"))
        row.addWidget(self.words, 1)
        self.look()

    def look(self) -> None:
        """Say what holds now: after a lock it may be otherwise."""
        words = " ".join(self._desk.opening_notices)
        self.words.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))
