"""Every file of claims that was written, and every remittance that was posted."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.claims import read_claim_files, write_again
from cocm_desktop.actions.remittance import read_remittances, undo_remittance
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.claim_file import ClaimFile
from cocm_desktop.domain.billing.posting import PostedRemittance
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import NOTHING, dollars, long_moment, short_date
from cocm_desktop.ui.claims.detail_card import DetailCard
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.file_choice import ask_folder
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.room import open_at
from cocm_desktop.ui.widgets.table import Column, RowsModel, Table
from cocm_desktop.ui.widgets.withdraw_dialog import WithdrawDialog

WIDTH, HEIGHT = 1040, 600
ANSWER_LINES = 3
Read = tuple[tuple[ClaimFile, ...], tuple[PostedRemittance, ...]]


class ClaimFilesDialog(QDialog):
    """A lost file is written again as it was; a posting that was wrong is undone."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Claim files and remittances"))
        open_at(self, WIDTH, HEIGHT)
        self.files = Table(self.tr("Files of claims"))
        self.files_model: RowsModel[ClaimFile] = RowsModel(self._file_columns(), self)
        self.files.set_rows_model(self.files_model)
        self.remittances = Table(self.tr("Remittances"))
        self.remittances_model: RowsModel[PostedRemittance] = RowsModel(
            self._remittance_columns(), self
        )
        self.remittances.set_rows_model(self.remittances_model)
        self.again = Button(self.tr("&Write again…"))
        self.undo = Button(self.tr("&Undo posting…"), "arrow-back-up")
        self.no_files = Label(self.tr("No file of claims was written yet."), "secondary")
        self.no_remittances = Label(self.tr("No remittance was posted yet."), "secondary")
        self.answers = DetailCard(ANSWER_LINES)
        words = self.tr("Files are written from the billing menu, and remittances read there.")
        title = self.tr("No claim was sent and no remittance posted yet")
        self.nothing = EmptyState("file-invoice", title, words=words)
        self._parts = QWidget()
        self._build()

        for before, after in ((self.again, self.files), (self.files, self.undo)):
            self.setTabOrder(before, after)
        self.again.clicked.connect(self._ask_folder)
        self.undo.clicked.connect(self._ask_reason)
        for table in (self.files, self.remittances):
            table.selectionModel().currentRowChanged.connect(self._let)
        desk.changed.connect(self._note_change)

    @override
    def open(self) -> None:
        self._read()
        super().open()

    def write_again(self, folder: Path) -> None:
        """Write the chosen file once more into a folder."""
        file = self.files_model.row_at(self.files.currentIndex())
        if file is None:
            return
        words = self.tr("%1 was written again.").replace("%1", file.file_name)
        self._desk.do(
            partial(write_again, file_id=file.id, path=folder),
            done=lambda: self._desk.told.emit(words),
            refused=self._desk.tell,
        )

    def _build(self) -> None:
        buttons = QDialogButtonBox()
        close = Button(self.tr("Close"))
        buttons.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        parts = QVBoxLayout(self._parts)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(10)
        self._add_part(parts, self.tr("Files of claims"), self.again, table=self.files)
        parts.addWidget(self.no_files)
        parts.addWidget(self.answers)
        self._add_part(parts, self.tr("Remittances"), self.undo, table=self.remittances)
        parts.addWidget(self.no_remittances)
        parts.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(10)
        column.addWidget(self._parts, 1)
        column.addWidget(self.nothing, 1)
        column.addWidget(buttons)

    @staticmethod
    def _add_part(column: QVBoxLayout, title: str, button: Button, *, table: Table) -> None:
        line = QHBoxLayout()
        line.addWidget(Label(title, "section"), 1)
        line.addWidget(button)
        column.addLayout(line)
        column.addWidget(table, 1)

    @Slot(object)
    def _note_change(self, change: Change) -> None:
        if self.isVisible() and change.topics & Topic.BILLING:
            self._read()

    def _read(self) -> None:
        self._desk.read(_read_both, self._show)

    def _show(self, read: Read) -> None:
        files, remittances = read
        self.files_model.show_rows(files)
        self.remittances_model.show_rows(remittances)
        for table, nothing, found in (
            (self.files, self.no_files, files),
            (self.remittances, self.no_remittances, remittances),
        ):
            table.setVisible(bool(found))
            nothing.setVisible(not found)
            table.select_row(0)
        self._parts.setVisible(bool(files or remittances))
        self.nothing.setVisible(not files and not remittances)
        (self.files if files else self.remittances).setFocus()
        self._let()

    @Slot(QModelIndex, QModelIndex)
    def _let(self, *_rows: QModelIndex) -> None:
        may = self._desk.may(Permission.ISSUE_SUPERBILL)
        file = self.files_model.row_at(self.files.currentIndex())
        posted = self.remittances_model.row_at(self.remittances.currentIndex())
        self.again.setEnabled(may and file is not None)
        answers = file.answers if file else ()
        self.answers.setVisible(bool(answers))
        self.answers.show_lines(
            (f"{each.verdict} · {each.named} · {each.words}", "") for each in answers
        )
        self.undo.setEnabled(may and posted is not None and posted.undone_at is None)

    @Slot()
    def _ask_folder(self) -> None:
        ask_folder(self, self.tr("Write the file into which folder?"), self.write_again)

    @Slot()
    def _ask_reason(self) -> None:
        posted = self.remittances_model.row_at(self.remittances.currentIndex())
        if posted is None:
            return
        words = self.tr(
            "Its bills stand again where they stood before. The file can be posted once more."
        )
        remittance_id = posted.id
        WithdrawDialog(
            self._desk,
            self.tr("Undo posting"),
            words,
            withdrawing=lambda reason: partial(
                undo_remittance, remittance_id=remittance_id, reason=reason
            ),
            parent=self,
        ).open()

    def _file_columns(self) -> list[Column[ClaimFile]]:
        return [
            Column(self.tr("Written"), lambda file: file.made_at, long_moment, width=170),
            Column(self.tr("By"), lambda file: file.made_by, width=150),
            Column(self.tr("Kind"), _kind_chip, lambda chip: chip.text, width=104),
            Column(self.tr("File"), lambda file: file.file_name, width=0),
            Column(self.tr("Claims"), lambda file: len(file.claims), right=True, width=72),
            Column(self.tr("What came back"), _answer, width=170, hint=_answer_hint),
        ]

    def _remittance_columns(self) -> list[Column[PostedRemittance]]:
        return [
            Column(self.tr("Posted"), lambda each: each.posted_at, long_moment, width=170),
            Column(self.tr("By"), lambda each: each.posted_by, width=150),
            Column(self.tr("Payer"), lambda each: each.payer_name, width=0),
            Column(self.tr("Paid on"), lambda each: each.paid_on, short_date, width=96),
            Column(self.tr("Amount"), lambda each: each.paid_cents, dollars, right=True, width=104),
            Column(self.tr("Claims"), lambda each: each.claims, right=True, width=72),
            Column(self.tr("With a bill"), lambda each: each.matched, right=True, width=88),
            Column(self.tr("State"), self._state, width=110, hint=lambda each: each.undo_reason),
        ]

    def _state(self, each: PostedRemittance) -> str:
        return self.tr("Undone") if each.undone_at else self.tr("Posted")


def _read_both(workspace: Workspace) -> Read:
    return read_claim_files(workspace), read_remittances(workspace)


def _kind_chip(file: ClaimFile) -> Chip:
    is_test = " test" if file.is_test else ""
    return Chip(f"{file.kind.value}{is_test}", Tone.INFO if file.is_test else Tone.NEUTRAL)


def _answer(file: ClaimFile) -> str:
    return file.answer_words or NOTHING


def _answer_hint(file: ClaimFile) -> str:
    return "\n".join(answer.words for answer in file.answers)
