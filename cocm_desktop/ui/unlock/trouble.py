"""What the first window says when there is no clinic to unlock."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cocm_desktop.ui.widgets.busy import BusyBar
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
        self._busy = BusyBar(self.tr("Opening the sample clinic"))
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
        self.title = Label("", "title", wraps=True)
        self.words = Label("", wraps=True)
        self.folder = Label("", "caption", wraps=True)
        self.again = PrimaryButton(self.tr("Look again"))
        self.open = Button(self.tr("Choose another folder…"), "folder-open")
        self.restore = Button(self.tr("Restore a backup…"), "history")
        self.rescue = Button(self.tr("Rescue what can be read…"), "download")
        self.backup = Label("", "due", wraps=True)
        self.move_here = PrimaryButton(self.tr("Move the clinic to this computer…"))
        self.there = PrimaryButton(self.tr("Unlock it there"))

        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.title)
        self._buttons = (
            self.move_here, self.there, self.again, self.open, self.restore, self.rescue,
        )  # fmt: skip
        column.addWidget(self.words)
        column.addWidget(self.backup)
        column.addWidget(self.folder)
        column.addSpacing(6)
        for button in self._buttons:
            column.addWidget(button)
        column.addStretch(1)
        self.tell("", "")

    def tell(self, words: str, folder: str) -> None:
        """Say what is wrong, with the ways on that every trouble has."""
        self.title.setText(self.tr("The clinic cannot be opened"))
        self.words.setText(words)
        self.folder.setText(folder)
        self._offer(self.again, self.open, self.restore)

    def tell_gone(self, folder: str) -> None:
        """Say that a clinic was here: an empty folder may be a disk that is not connected."""
        words = self.tr(
            "A clinic was open in this folder before, and nothing is left of it here. Connect its "
            "disk or find the folder, then look again, or restore the newest backup. A new clinic "
            "needs another folder."
        )
        self.tell(words, folder)

    def offer_rescue(self) -> None:
        """Offer what is left where the file cannot be opened as a clinic."""
        self._offer(self.again, self.restore, self.rescue, self.open)

    def tell_backup(self, words: str) -> None:
        """Say what the last good backup is."""
        self.backup.setText(words)
        self.backup.setVisible(bool(words))

    def offer_move(self) -> None:
        """Offer the way out of a place where the clinic would come to harm."""
        self._offer(self.move_here, self.open)

    def offer_there(self) -> None:
        """Offer to go where the clinic went."""
        self._offer(self.there, self.open)

    def tell_moving(self) -> None:
        """Say that the clinic is on its way; nothing else can be chosen meanwhile."""
        self.words.setText(self.tr("The clinic is being copied and compared. One moment."))
        self._offer()

    def tell_moved(self, folder: str, old_files: str) -> None:
        """Say where the clinic is now, and where its old files are kept."""
        self.title.setText(self.tr("The clinic was moved"))
        words = self.tr(
            "It is in %1 now; every file was read back and compared. The old files are kept in "
            "%2. Delete them when the clinic opens."
        )
        self.words.setText(words.replace("%1", folder).replace("%2", old_files))
        self.folder.setText("")
        self._offer(self.there)

    def _offer(self, *buttons: Button) -> None:
        self.backup.hide()
        for button in self._buttons:
            button.setVisible(button in buttons)
