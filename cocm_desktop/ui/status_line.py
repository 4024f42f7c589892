"""The status line: when something was saved, how old the backup is, what is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from cocm_desktop.ui.widgets.labels import ElidingLabel, Label


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

    def show_saved(self, words: str) -> None:
        _say(self.saved, words)

    def show_backup(self, words: str, *, is_late: bool) -> None:
        self.backup.set_role("late" if is_late else "caption")
        _say(self.backup, words)


def _say(label: Label, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))
