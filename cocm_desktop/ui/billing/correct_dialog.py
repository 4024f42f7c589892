"""Correcting an issued superbill: it is voided, and the month is issued as it stands now."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.correction import Correction
from cocm_desktop.actions.superbill import correct_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import dollars
from cocm_desktop.ui.billing.mending import subject_of
from cocm_desktop.ui.billing.month_dialogs import SignedDialog
from cocm_desktop.ui.billing.warning_list import WarningList
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 600
LONGEST_NUMBER = 50  # Source: X12 005010X222A1, REF*F8, element REF02.


class CorrectDialog(PatientDialog):
    """Both happen or neither does. It waits until every warning has been looked at."""

    approved = Signal()
    """The month as it is now was approved: what can be done is to be read again."""

    def __init__(self, desk: Desk, correction: Correction, *, parent: QWidget) -> None:
        super().__init__(desk, subject_of(correction.issued, desk), parent)
        self._issued = correction.issued
        self.reason = QLineEdit()
        self.number = QLineEdit(correction.payer_number)
        self.number.setMaxLength(LONGEST_NUMBER)
        self.fields = {"reason": self.reason}
        self._row = row = MonthRow(correction.now, is_open=False)
        self.warnings = WarningList([row])
        self.signed = Button(self.tr("Record signed approval…"))
        self.signed.setVisible(row.awaits_approval)
        self.set_words(self.tr("Correct superbill"), self.tr("Void and issue again"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        was = f"{correction.issued.number}: {_in_words(correction.issued)}"
        self.body.insertWidget(0, Label(was, "strong", wraps=True))
        if correction.now.lines:
            words = self.tr("It is issued again as: %1").replace("%1", _in_words(correction.now))
        else:
            words = self.tr("It cannot be issued again yet: %1").replace("%1", row.next_step.words)
        self.body.insertWidget(1, Label(words, "" if correction.now.lines else "due", wraps=True))
        self._can_issue = bool(correction.now.lines)
        hint = self.tr("As the remittance names the claim. Empty where the payer has none.")
        self.form.add(self.tr("&Reason"), self.reason)
        self.form.add(self.tr("&Payer's claim number"), self.number, hint)
        self.body.addWidget(self.signed, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.warnings)
        self.signed.clicked.connect(self._ask_signed)
        self.warnings.ticked.connect(self._let)
        self._let()

    @override
    def typed(self) -> object:
        return self.reason.text(), self.number.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(
            correct_superbill,
            superbill_id=self._issued.id,
            reason=self.reason.text(),
            acknowledged=frozenset(self.warnings.boxes),
            payer_number=self.number.text(),
        )

    @Slot()
    def _ask_signed(self) -> None:
        month = self._issued.month
        dialog = SignedDialog(self.desk, month, [self._row], parent=self)
        dialog.stored.connect(self._begin_again)
        dialog.open()

    @Slot()
    def _begin_again(self) -> None:
        self.forget()
        self.reject()
        self.approved.emit()

    @override
    def _set_busy(self, *, busy: bool) -> None:
        super()._set_busy(busy=busy)
        self._let()

    @Slot()
    def _let(self) -> None:
        is_ready = self._can_issue and self.warnings.is_looked_at
        self.save.setEnabled(is_ready and not self._is_busy)


def _in_words(bill: Superbill) -> str:
    amount = "" if bill.total_cents is None else f", {dollars(bill.total_cents)}"
    return f"{bill.code_words}{amount}"
