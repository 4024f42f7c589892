"""Restoring a backup: choose it, prove who asks, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from cocm_desktop.domain.wording import long_moment
from cocm_desktop.errors import CocmError, WrongSecret
from cocm_desktop.ui.door import Door, FoundBackup, RestoredClinic
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.unlock.secret_fields import SecretFields
from cocm_desktop.ui.widgets.busy import BusyBar
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.file_choice import ask_folder
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel
from cocm_desktop.ui.widgets.pages import Pages
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table
from cocm_desktop.ui.work import Work

WIDTH = 760
LIST_HEIGHT = 210


class RestoreWizard(QDialog):
    """Accepted when the clinic is restored. Until the password has proved right nothing is done."""

    def __init__(self, door: Door, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self._work = work
        self._is_busy = False
        self.chosen: FoundBackup | None = None
        self.setWindowTitle(self.tr("Restore a backup"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.title = Label("", "section", wraps=True)
        self.table = Table(self.tr("Backups"))
        self.model = RowsModel[FoundBackup](
            (
                Column(self.tr("Made"), lambda each: long_moment(each.made_at), width=170),
                Column(self.tr("Holds"), lambda each: each.holds, width=190),
                Column(self.tr("Why"), lambda each: each.why, width=130),
                Column(self.tr("File"), lambda each: each.path.name, width=0,
                       hint=lambda each: str(each.path)),
            ),
            self,
        )  # fmt: skip
        self.table.set_rows_model(self.model, most_rows=8)
        self.table.setMinimumHeight(theme_of(self).px(LIST_HEIGHT))
        self.none = Label(self.tr("There is no backup in this folder."), "due", wraps=True)
        self.another_file = Button(self.tr("Choose a file…"))
        self.another_folder = Button(self.tr("Look in a folder…"), "folder-open")
        self.state = Label("", "secondary", wraps=True)
        self.over = Label("", "due", wraps=True)
        self.secret = SecretFields(self.tr("&Password of that day"))
        self.outcome = Label("", wraps=True)
        self.problems = ProblemLabel()
        self.busy = BusyBar(self.tr("Working"))
        self.back = Button(self.tr("&Back"))
        self.on = PrimaryButton("")
        self.cancel = Button(self.tr("Cancel"))
        self.choosing, self.proving, self.done_page = QWidget(), QWidget(), QWidget()
        self.pages = Pages()
        self._build()
        self._connect()
        self._turn_to(self.choosing)
        self.look_in(None)

    def look_in(self, folder: Path | None) -> None:
        """List the backups of a folder, or those beside the clinic."""
        self._start()
        self._work.run(
            partial(self._door.find_backups, folder), done=self._show_found, failed=self._fail
        )

    def choose(self, file: Path) -> None:
        """Take a backup, and go on to the password; it is read whole meanwhile."""
        self._start()
        task = partial(self._door.look_at_backup, file)
        self._work.run(task, done=self._show_chosen, failed=self._fail)

    @Slot()
    def go_on(self) -> None:
        """Do what the page is for."""
        if self.pages.shown is self.choosing:
            if found := self._selected():
                self.choose(found.path)
        elif self.pages.shown is self.proving:
            self._restore()
        else:
            self.accept()

    @Slot()
    @override
    def reject(self) -> None:
        if not self._is_busy:
            self.secret.clear()
            super().reject()

    def _build(self) -> None:
        column = _column(self.choosing)
        words = self.tr("Choose the newest one that is good. Nothing is changed yet.")
        column.addWidget(Label(words, "secondary", wraps=True))
        column.addWidget(self.none)
        column.addWidget(self.table)
        elsewhere = QHBoxLayout()
        for button in (self.another_folder, self.another_file):
            elsewhere.addWidget(button)
        elsewhere.addStretch(1)
        column.addLayout(elsewhere)
        column = _column(self.proving)
        for widget in (self.state, self.over, self.secret):
            column.addWidget(widget)
        _column(self.done_page).addWidget(self.outcome)
        for page in (self.choosing, self.proving, self.done_page):
            self.pages.add(page)
        buttons = QHBoxLayout()
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        for button in (self.back, self.on):
            buttons.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 18, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(self.title)
        whole.addWidget(self.pages, 1)
        whole.addWidget(self.problems)
        whole.addWidget(self.busy)
        whole.addLayout(buttons)
        self.setMinimumWidth(theme_of(self).px(WIDTH))

    def _connect(self) -> None:
        self.on.clicked.connect(self.go_on)
        self.back.clicked.connect(partial(self._turn_to, self.choosing))
        self.cancel.clicked.connect(self.reject)
        self.table.activated.connect(self.go_on)
        self.another_file.clicked.connect(self._ask_for_file)
        self.another_folder.clicked.connect(self._ask_for_folder)
        self.secret.password.entry.returnPressed.connect(self.on.click)

    def _turn_to(self, page: QWidget) -> None:
        words = {
            self.choosing: (self.tr("Which backup?"), self.tr("&Next")),
            self.proving: (self.tr("Open the backup"), self.tr("Restore")),
            self.done_page: (self.tr("The clinic is restored"), self.tr("Sign in")),
        }
        title, on = words[page]
        self.title.setText(title)
        self.on.setText(on)
        self.on.setDefault(True)
        self.back.setVisible(page is self.proving)
        self.cancel.setVisible(page is not self.done_page)
        self.problems.clear_problems()
        self.pages.show_page(page)
        self._stop()

    def _show_found(self, found: Sequence[FoundBackup]) -> None:
        self._stop()
        self.model.show_rows(found)
        self.none.setVisible(not found)
        self.table.setVisible(bool(found))
        self.on.setEnabled(bool(found))
        if found:
            self.table.selectRow(0)
            self.table.setFocus()

    def _selected(self) -> FoundBackup | None:
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def _show_chosen(self, found: FoundBackup) -> None:
        self.chosen = found
        made = long_moment(found.made_at)
        words = self.tr("The backup of %1 holds %2. It was read whole and is good.")
        self.state.setText(words.replace("%1", made).replace("%2", found.holds))
        self.over.setVisible(found.replaces)
        words = self.tr(
            "It takes the place of the clinic in %1. What was recorded there after %2 is then no "
            "longer in the clinic. Nothing is deleted: the files that are there now are kept in a "
            "folder beside it."
        )
        self.over.setText(words.replace("%1", str(self._door.folder)).replace("%2", made))
        self.secret.offer(found.sign_ins, found.usual_sign_in)
        self._turn_to(self.proving)
        self.secret.take_focus()

    def _restore(self) -> None:
        if self.chosen is None:
            return
        try:
            secret = self.secret.secret()
        except CocmError as error:
            self.problems.show_error(error, self.secret.fields)
            return
        self._start()
        task = partial(self._door.restore, self.chosen.path, secret)
        self._work.run(task, done=self._show_done, failed=self._fail)

    def _show_done(self, done: RestoredClinic) -> None:
        self.secret.clear()
        words = self.tr("%1 holds the clinic as of %2. Sign in with the password of that day.")
        if done.is_keys_only:
            words = self.tr(
                "The clinic's own file in %1 is whole: only its keys were put back, and nothing "
                "that was recorded is lost. Sign in with the password of %2."
            )
        words = words.replace("%1", str(self._door.folder)).replace("%2", long_moment(done.made_at))
        if done.kept is not None:
            kept = self.tr("What was there before is kept in %1.").replace("%1", str(done.kept))
            words = f"{words}\n{kept}"
        self.outcome.setText(words)
        self._turn_to(self.done_page)
        self.on.setFocus()

    def _fail(self, error: Exception) -> None:
        self._stop()
        if not isinstance(error, CocmError):
            raise error
        self.secret.password.clear()
        self.problems.show_error(error, self.secret.fields)
        if isinstance(error, WrongSecret):
            self.secret.take_focus()

    def _start(self) -> None:
        self._is_busy = True
        self.problems.clear_problems()
        self.busy.show()
        for widget in (self.pages, self.on, self.back, self.cancel):
            widget.setDisabled(True)

    def _stop(self) -> None:
        self._is_busy = False
        self.busy.hide()
        for widget in (self.pages, self.on, self.back, self.cancel):
            widget.setEnabled(True)

    @Slot()
    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, self.tr("Which backup?"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Backups (*.cocmbak)"))
        dialog.fileSelected.connect(lambda name: self.choose(Path(name)))
        dialog.open()

    @Slot()
    def _ask_for_folder(self) -> None:
        ask_folder(self, self.tr("Where are the backups?"), self.look_in)


def _column(page: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return column
