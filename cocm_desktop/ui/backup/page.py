"""Backups: make one now, try one, keep copies elsewhere, see the last ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cocm_desktop.actions.backup import (
    Backup,
    BackupLine,
    BackupStatus,
    Report,
    begin_backup,
    check_backups,
    check_clinic,
    list_backups,
    read_status,
)
from cocm_desktop.actions.backup_place import (
    choose_backup_place,
    copy_to_backup_place,
    give_up_backup_place,
    words_about,
)
from cocm_desktop.actions.restore_drill import Drill, try_newest_backup
from cocm_desktop.domain.backup_place import BackupPlaceDraft
from cocm_desktop.domain.backup_plan import Age
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.wording import long_moment
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.backup.making import make_backup
from cocm_desktop.ui.backup.words import (
    check_words,
    drill_words,
    newest_words,
    place_words,
    rows_words,
    size_words,
    why_words,
)
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper_check import PaperCheckDialog
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.file_choice import ask_folder
from cocm_desktop.ui.widgets.form import Page
from cocm_desktop.ui.widgets.labels import Card, Label, ProblemLabel
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class BackupPage(Page):
    """Each act takes seconds; the buttons wait until it is done."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.make = PrimaryButton(self.tr("Back up now"), "database-export")
        self.make_elsewhere = Button(self.tr("Back up to another place…"))
        self.check = Button(self.tr("Check the clinic's file"), "shield-check")
        self.check_paper = Button(self.tr("Check a paper…"))
        self.newest = Label("", "secondary", wraps=True)
        self.result = Label(wraps=True)
        self.problems = ProblemLabel()
        self._asked: QWidget | None = None
        self.place = Label("", wraps=True)
        self.choose_place = Button(self.tr("Choose a folder…"), "folder-open")
        self.copy_now = Button(self.tr("Copy the newest backup there"))
        self.drop_place = Button(self.tr("Give it up"))
        self.drill = Label("", wraps=True)
        self.try_now = Button(self.tr("Try to restore the newest backup"), "history")
        self.check_all = Button(self.tr("Read them all"))
        self.table = Table(self.tr("Last backups"))
        self.model = RowsModel[BackupLine](self._columns(), self)
        self.table.set_rows_model(self.model, most_rows=10)
        self._buttons = (
            self.make, self.make_elsewhere, self.check, self.choose_place, self.copy_now,
            self.drop_place, self.try_now, self.check_all,
        )  # fmt: skip
        self._build()
        self._connect()

    def read_again(self) -> None:
        self._desk.read(read_status, self.show_status)
        self._desk.read(list_backups, self.show_backups)

    def show_status(self, status: BackupStatus) -> None:
        """Say how the clinic stands with its backups, in amber where something is to be done."""
        _say(self.newest, newest_words(status), is_due=status.age is not Age.GOOD)
        _say(self.place, place_words(status), is_due=status.is_place_due)
        _say(self.drill, drill_words(status), is_due=status.is_drill_due)
        for button in (self.copy_now, self.drop_place):
            button.setVisible(status.place is not None)

    def show_backups(self, lines: Sequence[BackupLine]) -> None:
        self.model.show_rows(lines)
        self._none.setVisible(not lines)
        self.table.setVisible(bool(lines))
        self.check_all.setVisible(bool(lines))

    def back_up_to(self, folder: Path | None) -> None:
        """Make a backup in a folder, or beside the clinic where none is given."""
        asked = self.make if folder is None else self.make_elsewhere
        self._set_busy(self.tr("Making a backup and reading it back…"), asked)
        begin = partial(begin_backup, folder=folder)
        make_backup(self._desk, begin, done=self._made, failed=self._failed)

    def put_copies_in(self, folder: Path) -> None:
        """Copy every backup of this computer to a folder too, from now on."""
        action = partial(choose_backup_place, draft=BackupPlaceDraft(str(folder)))
        words = words_about(folder)
        self._set_busy(self.tr("Looking at the folder…"), self.choose_place)
        self._desk.do(
            action,
            done=lambda: self._say(words or self.tr("Copies of the backups go there from now on.")),
            refused=self._failed,
            failed=self._failed,
        )

    def _columns(self) -> tuple[Column[BackupLine], ...]:
        return (
            Column(self.tr("Made"), self._made_words, width=180),
            Column(self.tr("Holds"), _holds, width=170),
            Column(self.tr("Why"), lambda each: why_words(each.backup.label if each.backup else ""),
                   width=110),
            Column(self.tr("State"), check_words, width=165, hint=lambda each: each.trouble),
            Column(self.tr("File"), lambda each: each.path.name, width=0,
                   hint=lambda each: str(each.path)),
        )  # fmt: skip

    def _made_words(self, line: BackupLine) -> str:
        if line.backup is None:
            return "—"
        return long_moment(line.backup.as_of.astimezone(self._desk.now().tzinfo))

    def _build(self) -> None:
        make = Card(self.tr("Backup"))
        words = self.tr(
            "A backup is one encrypted file. It opens with the same passwords and the same "
            "recovery code as the clinic does today. One is made by itself every half hour while "
            "something is recorded, and on closing. To restore one, lock the clinic and press "
            "“Restore a backup” under the password."
        )
        make.body.addWidget(Label(words, "secondary", wraps=True))
        make.body.addWidget(self.newest)
        make.body.addLayout(_row(self.make, self.make_elsewhere, self.check, self.check_paper))
        make.body.addWidget(self.result)
        make.body.addWidget(self.problems)
        self.result.hide()

        second = Card(self.tr("Second place"))
        words = self.tr(
            "Every backup is copied there too while the disk is connected: a USB stick, another "
            "disk, or a drive of the practice. Each computer has its own."
        )
        second.body.addWidget(Label(words, "secondary", wraps=True))
        second.body.addWidget(self.place)
        second.body.addLayout(_row(self.choose_place, self.copy_now, self.drop_place))

        drill = Card(self.tr("Test restore"))
        words = self.tr(
            "The newest backup is unpacked into a folder of its own, opened, read whole, compared "
            "and thrown away. The clinic is not touched, and the audit keeps the result."
        )
        drill.body.addWidget(Label(words, "secondary", wraps=True))
        drill.body.addWidget(self.drill)
        drill.body.addLayout(_row(self.try_now))

        last = Card(self.tr("Last backups beside the clinic"))
        self._none = Label(self.tr("No backup has been made yet."), "due")
        last.body.addWidget(self._none)
        last.body.addWidget(self.table)
        last.body.addLayout(_row(self.check_all))
        self.table.hide()
        for card in (make, second, drill, last):
            self.body.addWidget(card)
        self.body.addStretch(1)

    def _connect(self) -> None:
        self.make.clicked.connect(self._make)
        self.make_elsewhere.clicked.connect(
            partial(self._ask_where, self.tr("Where shall the backup go?"), self.back_up_to)
        )
        self.choose_place.clicked.connect(
            partial(self._ask_where, self.tr("Where shall copies go?"), self.put_copies_in)
        )
        self.check.clicked.connect(self._check)
        self.check_paper.clicked.connect(self._check_paper)
        self.copy_now.clicked.connect(self._copy)
        self.drop_place.clicked.connect(self._drop)
        self.try_now.clicked.connect(self._try)
        self.check_all.clicked.connect(self._check_all)

    @Slot()
    def _make(self) -> None:
        self.back_up_to(None)

    def _ask_where(self, words: str, then: Callable[[Path], None]) -> None:
        ask_folder(self, words, then)

    def _made(self, backup: Backup | None, trouble: str) -> None:
        if backup is None:
            self._set_idle()
            return
        size = size_words(backup.path.stat().st_size)
        words = self.tr("Backup made and read back: %1, %2. It is at %3")
        words = words.replace("%1", rows_words(backup.contents.rows)).replace("%2", size)
        self._say(f"{words.replace('%3', str(backup.path))} {trouble}".strip())

    @Slot()
    def _check_paper(self) -> None:
        PaperCheckDialog(self._desk, self).open()

    @Slot()
    def _check(self) -> None:
        self._set_busy(self.tr("Reading every page and row…"), self.check)
        self._desk.read(check_clinic, self._show_report, failed=self._failed)

    def _show_report(self, report: Report) -> None:
        if report.findings:
            words = self.tr("Make no further entries. Restore the newest good backup.")
            self._complain((*report.findings, words))
            return
        words = self.tr("No fault found in %1 and %2.").replace("%1", rows_words(report.rows))
        self._say(words.replace("%2", size_words(report.size)))

    @Slot()
    def _copy(self) -> None:
        self._set_busy(self.tr("Copying the newest backup…"), self.copy_now)
        self._desk.read(copy_to_backup_place, self._copied, failed=self._failed)

    def _copied(self, copy: Path) -> None:
        self._say(self.tr("Copied and compared: %1").replace("%1", str(copy)))
        self._desk.changed.emit(Change(Topic.BACKUP, copy.name))

    @Slot()
    def _drop(self) -> None:
        words = self.tr("Copies go there no more. Those that are there stay.")
        self._set_busy(self.tr("Giving the place up…"), self.choose_place)
        self._desk.do(
            give_up_backup_place,
            done=lambda: self._say(words),
            refused=self._failed,
            failed=self._failed,
        )

    @Slot()
    def _try(self) -> None:
        self._set_busy(self.tr("Restoring the newest backup beside the clinic…"), self.try_now)
        self._desk.read(try_newest_backup, self._tried, failed=self._failed)

    def _tried(self, drill: Drill) -> None:
        self._desk.changed.emit(Change(Topic.BACKUP, drill.backup.vault_id))
        if drill.findings:
            words = self.tr("Make a backup now and try that one. The clinic itself is not touched.")
            self._complain((*drill.findings, words))
            return
        words = self.tr("%1 can be restored: %2, in %3 s.").replace("%1", drill.backup.path.name)
        words = words.replace("%2", rows_words(drill.backup.contents.rows))
        self._say(words.replace("%3", f"{drill.seconds:.1f}"))

    @Slot()
    def _check_all(self) -> None:
        self._set_busy(self.tr("Reading the backups…"), self.check_all)
        self._desk.read(check_backups, self._checked, failed=self._failed)

    def _checked(self, lines: Sequence[BackupLine]) -> None:
        self.show_backups(lines)
        bad = [line.path.name for line in lines if line.trouble]
        if bad:
            words = self.tr("Damaged: %1. The others are good. Make a new backup today.")
            self._complain((words.replace("%1", ", ".join(bad)),))
        else:
            self._say(self.tr("All of them are good."))

    def _complain(self, sentences: Sequence[str]) -> None:
        self._set_idle()
        self.result.hide()
        self.problems.setText("\n".join(sentences))
        self.problems.show()

    def _say(self, words: str) -> None:
        self._set_idle()
        self.problems.clear_problems()
        _say(self.result, words, role="success")
        self.result.show()

    def _failed(self, error: CocmError) -> None:
        self._set_idle()
        self.result.hide()
        self.problems.show_error(error)

    def _set_busy(self, words: str, asked: QWidget) -> None:
        """Say what goes on in the card of the button that asked for it."""
        self._asked = asked
        home = asked.parentWidget()
        if isinstance(home, Card):
            home.body.addWidget(self.result)
            home.body.addWidget(self.problems)
        for button in self._buttons:
            button.setEnabled(False)
        self.problems.clear_problems()
        _say(self.result, words)
        self.result.show()

    def _set_idle(self) -> None:
        """Give the cursor back to the button that lost it while it could not be pressed."""
        for button in self._buttons:
            button.setEnabled(True)
        focused = self.window().focusWidget()
        is_here = focused is None or self.isAncestorOf(focused)
        if self._asked is not None and self._asked.isVisible() and is_here:
            self._asked.setFocus()


def _holds(line: BackupLine) -> str:
    return rows_words(line.backup.contents.rows) if line.backup else ""


def _say(label: Label, words: str, *, role: str = "secondary", is_due: bool = False) -> None:
    label.set_role("due" if is_due else role)
    label.setText(words)


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row
