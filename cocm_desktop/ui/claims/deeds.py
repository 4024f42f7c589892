"""What the billing menu offers about claims: files out, answers and remittances in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.claim_answers import AnswerPreview, preview_answers
from cocm_desktop.actions.remittance import preview_remittance
from cocm_desktop.domain.billing.posting import RemittancePreview
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.ui.claims.answers_dialog import AnswersDialog
from cocm_desktop.ui.claims.export_dialog import ExportClaimsDialog
from cocm_desktop.ui.claims.files_dialog import ClaimFilesDialog
from cocm_desktop.ui.claims.remittance_dialog import RemittanceDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.file_choice import ask_file


class ClaimDeeds(QObject):
    """`month` gives the month whose claims are written. Looking is for all who see billing."""

    def __init__(self, desk: Desk, window: QWidget, *, month: Callable[[], ServiceMonth]) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._month = month
        self.export = self._action(self.tr("Export claims…"), self._export)
        self.remittance = self._action(self.tr("Read a remittance…"), self._ask_remittance)
        self.answer = self._action(self.tr("Read an answer to claims…"), self._ask_answer)
        self.files = self._action(self.tr("Claim files and remittances…"), self._show_files)
        may = desk.may(Permission.ISSUE_SUPERBILL)
        for each in (self.export, self.remittance, self.answer):
            each.setVisible(may)

    @property
    def all(self) -> tuple[QAction, ...]:
        return (self.export, self.remittance, self.answer, self.files)

    def read_remittance(self, file: Path) -> None:
        """Read an 835 and show what posting it would do."""
        self._desk.read(partial(preview_remittance, path=file), self._show_remittance)

    def read_answer(self, file: Path) -> None:
        """Read a 999 or 277CA and show what it says."""
        self._desk.read(partial(preview_answers, path=file), self._show_answer)

    def _action(self, words: str, do: Callable[[], object]) -> QAction:
        made = QAction(words, self)
        made.triggered.connect(lambda _on=False: do())
        return made

    def _export(self) -> None:
        ExportClaimsDialog(self._desk, self._month(), self._window).open()

    def _show_files(self) -> None:
        ClaimFilesDialog(self._desk, self._window).open()

    def _ask_remittance(self) -> None:
        words = self.tr("Which remittance file (835)?")
        ask_file(self._window, words, self.read_remittance)

    def _ask_answer(self) -> None:
        words = self.tr("Which report (999 or 277CA)?")
        ask_file(self._window, words, self.read_answer)

    def _show_remittance(self, preview: RemittancePreview) -> None:
        RemittanceDialog(self._desk, preview, self._window).open()

    def _show_answer(self, preview: AnswerPreview) -> None:
        AnswersDialog(self._desk, preview, self._window).open()
