"""One page of the set-up: what it asks for, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cocm_desktop.errors import Problem
from cocm_desktop.ui.widgets.labels import Label


class Step(QWidget):
    """Collects one part. `problems` says what still keeps the person on this page."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label("", "title", wraps=True)
        self._why = Label("", "secondary", wraps=True)
        self.fields: Mapping[str, QWidget] = {}
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(10)
        self.body.addWidget(self.title)
        self.body.addWidget(self._why)
        self.body.addSpacing(8)

    def set_words(self, title: str, why: str) -> None:
        self.title.setText(title)
        self._why.setText(why)

    def problems(self) -> Sequence[Problem]:
        """Name everything that is wrong with this page."""
        return ()

    def take_focus(self) -> None:
        """Put the cursor into the first field."""
        if self.fields:
            next(iter(self.fields.values())).setFocus()
