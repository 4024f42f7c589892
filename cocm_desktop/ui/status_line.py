"""The status line: when something was saved, how old the backup is, what is shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.labels import ElidingLabel, Label

NAME_AT_MOST = 560


class StatusLine(QFrame):
    """Four places, each empty until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status")
        self.setAccessibleName(self.tr("Status"))
        self.saved = Label("", "caption")
        self.backup = Label("", "caption")
        self.shown = ElidingLabel("", "caption")
        self.clinic = ElidingLabel("", "caption")

        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(18)
        row.addWidget(self.saved)
        row.addWidget(self.backup)
        row.addWidget(self.shown, 1)
        row.addWidget(self.clinic)
        for label in (self.saved, self.backup):
            label.hide()
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Leave more room to what is shown than to the practice's name."""
        self.clinic.setMaximumWidth(min(theme_of(self).px(380), NAME_AT_MOST))

    def show_saved(self, words: str) -> None:
        _say(self.saved, words)

    def show_backup(self, words: str, *, is_late: bool) -> None:
        self.backup.set_role("late" if is_late else "caption")
        _say(self.backup, words)


def _say(label: Label, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
