"""One line under the top bar: what could not be done, or what went well."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cocm_desktop.ui.widgets.buttons import IconButton
from cocm_desktop.ui.widgets.labels import IconLabel, Label

_SHORT = 6_000
"""Milliseconds that good news stays. Trouble stays until it is closed."""


class MessageBar(QFrame):
    """Hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trouble = IconLabel("alert-triangle", "error")
        self._good = IconLabel("circle-check", "success")
        self.words = Label(wraps=True)
        self._close = IconButton(self.tr("Close this message"), "x")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)

        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self._trouble)
        row.addWidget(self._good)
        row.addWidget(self.words, 1)
        row.addWidget(self._close)
        self.hide()

        self._close.clicked.connect(self.hide)
        self._timer.timeout.connect(self.hide)

    @Slot(str)
    def show_trouble(self, words: str) -> None:
        self._timer.stop()
        self._show(words, good=False)

    @Slot(str)
    def show_good_news(self, words: str) -> None:
        self._show(words, good=True)
        self._timer.start(_SHORT)

    def _show(self, words: str, *, good: bool) -> None:
        self.setProperty("role", "good" if good else "trouble_bar")
        self.style().unpolish(self)
        self.style().polish(self)
        self._good.setVisible(good)
        self._trouble.setVisible(not good)
        self.words.setText(words)
        self.setAccessibleName(words)
        self.show()
