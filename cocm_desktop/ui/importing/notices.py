"""What a person should know about how a file was read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from cocm_desktop.ui.widgets.labels import Label


class Notices(QFrame):
    """A framed note with a line for each; gone where there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "note")
        self.words = Label("", wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.words)
        self.hide()

    def show_notices(self, notices: Sequence[str]) -> None:
        self.words.setText("\n".join(notices))
        self.setAccessibleName(self.words.text())
        self.setVisible(bool(notices))
