"""What a person should know about how a file was read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cocm_desktop.ui.widgets.labels import IconLabel, Label


class Notices(QFrame):
    """A framed note with a line for each; gone where there is nothing to say.

    A caution has a mark and another colour: something does not come out as it should.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "note")
        self.mark = IconLabel("alert-triangle", "due")
        self.mark.hide()
        self.words = Label("", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.hide()

    def show_notices(self, notices: Sequence[str], *, is_caution: bool = False) -> None:
        self.setProperty("role", "caution" if is_caution else "note")
        self.style().unpolish(self)
        self.style().polish(self)
        self.mark.setVisible(is_caution)
        self.words.setText("\n".join(notices))
        self.setAccessibleName(self.words.text())
        self.setVisible(bool(notices))
