"""What came back about files of claims, before it is kept."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.claim_answers import AnswerPreview, keep_answers
from cocm_desktop.domain.billing.claim_file import ClaimAnswer
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import NOTHING, count_of
from cocm_desktop.ui.claims.table_dialog import TableDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.table import Column


class AnswersDialog(TableDialog):
    """A rejected claim is denied once this is kept: it can be corrected and sent again."""

    def __init__(self, desk: Desk, preview: AnswerPreview, parent: QWidget | None = None) -> None:
        super().__init__(desk, self.tr("Answer to claims"), self.tr("&Keep"), parent=parent)
        self._preview = preview
        self.model = self.show_columns(self._columns())
        self.heading.setText(preview.file_name)
        if preview.is_known:
            self.notices.show_notices([self.tr("This report was kept before.")])
        self.model.show_rows(preview.answers)
        self.table.select_row(0)
        words = self.tr("%1, %2 rejected")
        answers = count_of(len(preview.answers), "answer")
        rejected = f"{len(preview.rejected):,}"
        self.summary.setText(words.replace("%1", answers).replace("%2", rejected))
        may_keep = desk.may(Permission.ISSUE_SUPERBILL)
        self.main.setEnabled(may_keep and not preview.is_known)

        self.main.clicked.connect(self._keep)

    @Slot()
    def _keep(self) -> None:
        self.problems.clear_problems()
        self.set_busy(busy=True)
        action = partial(keep_answers, preview=self._preview)
        self.desk.do(action, done=self.finish, refused=self.show_error, failed=self.show_error)

    def _columns(self) -> list[Column[ClaimAnswer]]:
        return [
            Column(self.tr("About"), lambda each: each.kind.value, width=72),
            Column(self.tr("Number"), lambda each: each.named, width=180),
            Column(self.tr("Patient"), self._patient, width=200),
            Column(self.tr("Verdict"), _chip, lambda chip: chip.text, width=104),
            Column(
                self.tr("What was said"),
                lambda each: each.words,
                hint=lambda each: each.words,
                width=0,
            ),
        ]

    def _patient(self, answer: ClaimAnswer) -> str:
        bill = self._preview.bills.get(answer.named)
        return bill.superbill.patient.name if bill else NOTHING


def _chip(answer: ClaimAnswer) -> Chip:
    return Chip(answer.verdict, Tone.MINIMAL if answer.is_accepted else Tone.SEVERE)
