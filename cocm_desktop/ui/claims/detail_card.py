"""What is to be said about the chosen row, line by line."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.form_dialog import FormScroll
from cocm_desktop.ui.widgets.labels import Card, Label


class DetailCard(Card):
    """As high as some lines, and scrolling from there on."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        scroll = FormScroll()
        scroll.body.setSpacing(4)
        if (inner := scroll.widget()) is not None:
            inner.setAutoFillBackground(False)  # the card's own colour shows through
        self._lines = scroll.body
        self.body.addWidget(scroll)
        self.setFixedHeight(round(self.fontMetrics().lineSpacing() * (lines + 2)))

    def show_lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Show texts, each with its role in the style sheet."""
        empty(self._lines)
        for words, role in lines:
            self._lines.addWidget(Label(words, role, wraps=True))
        self._lines.addStretch(1)
