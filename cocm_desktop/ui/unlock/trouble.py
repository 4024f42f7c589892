"""What the first window says when there is no clinic to unlock."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.labels import Label


class WelcomePage(QWidget):
    """The first start on this computer: four ways on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_up = PrimaryButton(self.tr("Set up a new clinic"))
        self.open = Button(self.tr("Open a clinic that exists…"), "folder-open")
        self.restore = Button(self.tr("Restore a backup…"), "history")
        self.sample = Button(self.tr("Look at the sample clinic"), "users")
        self.words = Label(
            self.tr(
                "Everything your practice enters stays in one encrypted file on this computer. "
                "Setting it up takes about five minutes and a printer."
            ),
            "secondary",
            wraps=True,
        )

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.hide()
        column.addWidget(Label(self.tr("Welcome"), "title"))
        column.addWidget(self.words)
        column.addSpacing(6)
        for button in (self.set_up, self.open, self.restore, self.sample):
            column.addWidget(button)
        column.addWidget(self._busy)
        column.addStretch(1)

    def show_making(self) -> None:
        """Say that the sample clinic is on its way; nothing else can be chosen meanwhile."""
        words = self.tr("The sample clinic is being opened. The first time it takes a minute.")
        self.words.setText(words)
        self._busy.show()
        for button in (self.set_up, self.open, self.restore, self.sample):
            button.hide()


class TroublePage(QWidget):
    """A folder that cannot be opened as it is: what was found, what is safe, what to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label("", wraps=True)
        self.folder = Label("", "caption", wraps=True)
        self.again = PrimaryButton(self.tr("Look again"))
        self.open = Button(self.tr("Choose another folder…"), "folder-open")
        self.restore = Button(self.tr("Restore a backup…"), "history")

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(Label(self.tr("The clinic cannot be opened"), "title", wraps=True))
        column.addWidget(self.words)
        column.addWidget(self.folder)
        column.addSpacing(6)
        for button in (self.again, self.open, self.restore):
            column.addWidget(button)
        column.addStretch(1)
