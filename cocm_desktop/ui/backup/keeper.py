"""Backups that nobody has to think of: every half hour while something is recorded, and on closing.

The clinic waits only while its file is copied. Checking and packing go on beside the work.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from cocm_desktop.actions.backup import Backup, Begun, begin_if_due
from cocm_desktop.domain.backup_plan import Cause
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.backup.making import make_backup
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.busy import BusyBar
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel

LOOK_EVERY_MS = 60_000


class BackupKeeper(QObject):
    """Makes backups one at a time. What goes wrong by itself is said in the message bar."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._is_changed = False
        self._is_running = False
        self._may_close = False
        self.dialog: ClosingDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.make_if_due)
        desk.changed.connect(self._note_change)
        if desk.has_file:
            self._timer.start()

    def come_back(self) -> None:
        """Go on after a lock, when answers that were on their way have been dropped."""
        self._is_running = False

    @Slot()
    def make_if_due(self) -> None:
        """Look whether a backup is due, and make it without a word."""
        if not self._is_running:
            self._run(begin_if_due, done=self._forget, failed=self._desk.tell)

    def asks_before_closing(self, close: Callable[[], object]) -> bool:
        """Make the last backup of the sitting and close then; tell whether that is going on."""
        if self._may_close or not self._is_changed or not self._desk.has_file:
            return False
        if self.dialog is None:
            self.dialog = ClosingDialog(self._window)
            self.dialog.accepted.connect(partial(self._close, close))
            self.dialog.rejected.connect(self._stay)
            self.dialog.open()
            self._run(
                partial(begin_if_due, cause=Cause.CLOSING),
                done=lambda _made, _told: self._close_if_waiting(close),
                failed=self.dialog.show_error,
            )
        return True

    def _run(
        self,
        begin: Callable[..., Begun | None],
        *,
        done: Callable[[Backup | None, str], object],
        failed: Callable[[CocmError], object],
    ) -> None:
        self._is_running, self._is_changed = True, False

        def end(made: Backup | None, told: str) -> None:
            self._is_running = False
            done(made, told)

        def fail(error: CocmError) -> None:
            self._is_running, self._is_changed = False, True
            failed(error)

        make_backup(self._desk, begin, done=end, failed=fail)

    def _forget(self, _made: Backup | None, _told: str) -> None:
        """Say nothing: the age in the status line does."""

    def _close_if_waiting(self, close: Callable[[], object]) -> None:
        """Close, unless whoever wanted to has gone back to work meanwhile."""
        if self.dialog is not None:
            self._close(close)

    def _close(self, close: Callable[[], object]) -> None:
        self._may_close = True
        if self.dialog is not None:
            self.dialog.hide()
        # Not at once: Qt does not close a window in the midst of closing it.
        QTimer.singleShot(0, self._window, close)

    @Slot()
    def _stay(self) -> None:
        self.dialog = None

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if change.topics & ~Topic.BACKUP:
            self._is_changed = True


class ClosingDialog(QDialog):
    """Accepted where somebody does not wait for the backup, rejected where they stay."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Closing"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.words = Label(self.tr("Closing: making a backup…"), "section", wraps=True)
        words = self.tr("Everything is saved. A backup takes a few seconds.")
        self.more = Label(words, "secondary", wraps=True)
        self.busy = BusyBar(self.tr("Making a backup"))
        self.problems = ProblemLabel()
        self.leave = Button(self.tr("Close without a backup"))
        self.stay = Button(self.tr("Go on working"))
        buttons = QDialogButtonBox()
        buttons.addButton(self.leave, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(self.stay, QDialogButtonBox.ButtonRole.RejectRole)
        self.stay.setDefault(True)
        self.stay.setFocus()

        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        for widget in (self.words, self.more, self.busy, self.problems, buttons):
            column.addWidget(widget)
        self.setMinimumWidth(theme_of(self).px(420))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)

    def show_error(self, error: CocmError) -> None:
        """Say why there is no backup; what was recorded is saved all the same."""
        self.busy.hide()
        self.words.setText(self.tr("No backup was made."))
        self.more.setText(self.tr("Everything you recorded is saved in the clinic's file."))
        self.problems.show_error(error)
