"""Backups: make one now, check the file, see the last ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from cocm_desktop.actions.backup import Backup, Report, back_up, check_clinic, read_backups
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.wording import long_moment
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.backup.words import rows_words, size_words
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper_check import PaperCheckDialog
from cocm_desktop.ui.widgets.buttons import Button, PrimaryButton
from cocm_desktop.ui.widgets.form import Page
from cocm_desktop.ui.widgets.labels import Card, Label, ProblemLabel
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table


class BackupPage(Page):
    """Both acts take seconds; the buttons wait until they are done."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.make = PrimaryButton(self.tr("Back up now"), "database-export")
        self.make_elsewhere = Button(self.tr("Back up to another place…"))
        self.check = Button(self.tr("Check the clinic's file"), "shield-check")
        self.check_paper = Button(self.tr("Check a paper…"))
        self.result = Label(wraps=True)
        self.problems = ProblemLabel()
        self.table = Table(self.tr("Last backups"))
        self.model = RowsModel[Backup](
            (
                Column(self.tr("Made"), self._made_words, width=170),
                Column(self.tr("Holds"), lambda each: rows_words(each.contents.rows), width=190),
                Column(self.tr("File"), lambda each: each.path.name, width=0,
                       hint=lambda each: str(each.path)),
            ),
            self,
        )  # fmt: skip
        self.table.set_rows_model(self.model, most_rows=10)
        self._build()

        self.make.clicked.connect(self._make)
        self.make_elsewhere.clicked.connect(self._ask_where)
        self.check.clicked.connect(self._check)
        self.check_paper.clicked.connect(self._check_paper)

    def read_again(self) -> None:
        self._desk.read(read_backups, self.show_backups)

    def show_backups(self, backups: Sequence[Backup]) -> None:
        self.model.show_rows(backups)
        self._none.setVisible(not backups)
        self.table.setVisible(bool(backups))

    def back_up_to(self, folder: Path | None) -> None:
        """Make a backup in a folder, or beside the clinic where none is given."""
        self._set_busy(self.tr("Making a backup and reading it back…"))
        self._desk.read(lambda workspace: back_up(workspace, folder), self._made,
                        failed=self._failed)  # fmt: skip

    def _made_words(self, backup: Backup) -> str:
        return long_moment(backup.as_of.astimezone(self._desk.now().tzinfo))

    def _build(self) -> None:
        make = Card(self.tr("Backup"))
        words = self.tr(
            "A backup is one encrypted file. It opens with the same passwords and the same "
            "recovery code as the clinic does today. Keep one on another disk too: a backup "
            "beside the clinic is lost with the computer."
        )
        make.body.addWidget(Label(words, "secondary", wraps=True))
        row = QHBoxLayout()
        for button in (self.make, self.make_elsewhere, self.check, self.check_paper):
            row.addWidget(button)
        row.addStretch(1)
        make.body.addLayout(row)
        make.body.addWidget(self.result)
        make.body.addWidget(self.problems)
        self.result.hide()

        last = Card(self.tr("Last backups beside the clinic"))
        self._none = Label(self.tr("No backup has been made yet."), "due")
        last.body.addWidget(self._none)
        last.body.addWidget(self.table)
        self.table.hide()
        self.body.addWidget(make)
        self.body.addWidget(last)
        self.body.addStretch(1)

    @Slot()
    def _make(self) -> None:
        self.back_up_to(None)

    @Slot()
    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.tr("Where shall the backup go?"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.back_up_to(Path(name)))
        dialog.open()

    def _made(self, backup: Backup) -> None:
        size = size_words(backup.path.stat().st_size)
        words = self.tr("Backup made and read back: %1, %2. It is at %3")
        words = words.replace("%1", rows_words(backup.contents.rows)).replace("%2", size)
        self._say(words.replace("%3", str(backup.path)))
        self._desk.changed.emit(Change(Topic.BACKUP, backup.vault_id))

    @Slot()
    def _check(self) -> None:
        self._set_busy(self.tr("Reading every page and row…"))
        self._desk.read(check_clinic, self._show_report, failed=self._failed)

    @Slot()
    def _check_paper(self) -> None:
        PaperCheckDialog(self._desk, self).open()

    def _show_report(self, report: Report) -> None:
        if report.findings:
            self._set_idle()
            self.result.hide()
            words = self.tr("Make no further entries. Restore the newest good backup.")
            self.problems.setText("\n".join((*report.findings, words)))
            self.problems.show()
            return
        words = self.tr("No fault found in %1 and %2.").replace("%1", rows_words(report.rows))
        self._say(words.replace("%2", size_words(report.size)))

    def _say(self, words: str) -> None:
        self._set_idle()
        self.problems.clear_problems()
        self.result.set_role("success")
        self.result.setText(words)
        self.result.show()

    def _failed(self, error: CocmError) -> None:
        self._set_idle()
        self.result.hide()
        self.problems.show_error(error)

    def _set_busy(self, words: str) -> None:
        for button in (self.make, self.make_elsewhere, self.check):
            button.setEnabled(False)
        self.problems.clear_problems()
        self.result.set_role("secondary")
        self.result.setText(words)
        self.result.show()

    def _set_idle(self) -> None:
        for button in (self.make, self.make_elsewhere, self.check):
            button.setEnabled(True)
