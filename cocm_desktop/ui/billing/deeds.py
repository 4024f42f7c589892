"""What can be done with a month and with those chosen in it: actions, and the dialogs they open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.correction import Correction, read_correction
from cocm_desktop.actions.month_approval import approve_months, withdraw_approval
from cocm_desktop.actions.month_choice import ReadChoice, read_choice
from cocm_desktop.actions.superbill import void_superbill
from cocm_desktop.domain.billing.bill_step import NEXT_STATES, MonthState
from cocm_desktop.domain.billing.month_list import to_approve, to_issue
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.ids import SuperbillId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import count_of, dollars
from cocm_desktop.errors import Refused
from cocm_desktop.ui.billing.correct_dialog import CorrectDialog
from cocm_desktop.ui.billing.issue_dialog import IssueDialog
from cocm_desktop.ui.billing.mending import approves, subject_of
from cocm_desktop.ui.billing.month_dialogs import (
    CloseMonthDialog,
    MarkDialog,
    ReopenMonthDialog,
    SignedDialog,
)
from cocm_desktop.ui.billing.service_dialog import ServiceDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.void_dialog import Voidable, VoidDialog

MARKED = (MonthState.SENT, MonthState.PAID, MonthState.DENIED)


class BillDeeds(QObject):
    """What a person may not do is not offered; what cannot be done now is disabled."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._month: ServiceMonth | None = None
        self._rows: tuple[MonthRow, ...] = ()
        self._acted_on: tuple[MonthRow, ...] = ()
        self._chosen: tuple[MonthRow, ...] = ()
        self.approve = self._action(
            self.tr("Approve"), self._approve, "Ctrl+Shift+A", may=Permission.APPROVE_MONTH
        )
        self.signed = self._action(self.tr("Record signed approval"), self._ask_signed)
        self.unapprove = self._action(self.tr("Take approval back…"), self._ask_to_unapprove)
        self.unapprove.setVisible(self.approve.isVisible() or self.signed.isVisible())
        self.issue = self._action(self.tr("Issue"), self._ask_to_issue, "Ctrl+I")
        self.marks = {state: self._mark_action(state) for state in MARKED}
        self.service = self._action(self.tr("Service and payer…"), self._ask_service)
        self.correct = self._action(self.tr("Correct…"), self._ask_to_correct)
        self.void = self._action(self.tr("Void"), self._ask_to_void, "Del")
        closing = Permission.CLOSE_MONTH
        self.close_month = self._action(self.tr("Close month"), self._ask_to_close, may=closing)
        self.reopen = self._action(self.tr("Reopen month"), self._ask_to_reopen, may=closing)
        # Elsewhere Del means another thing.
        self.void.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def all(self) -> tuple[QAction, ...]:
        """Every action, in the order of a menu."""
        after = (*self.marks.values(), self.correct, self.void)
        before = (self.service, self.approve, self.signed, self.unapprove, self.issue)
        return (*before, *after, self.close_month, self.reopen)

    @property
    def to_approve(self) -> tuple[MonthRow, ...]:
        """Those that whoever is signed in may approve: their own patients."""
        found = to_approve(self._acted_on)
        return tuple(row for row in found if approves(self._desk, row.bill))

    @property
    def to_issue(self) -> tuple[MonthRow, ...]:
        return to_issue(self._acted_on)

    def to_mark(self, state: MonthState) -> tuple[MonthRow, ...]:
        """Those that can go over to a state."""
        return tuple(row for row in self._acted_on if state in NEXT_STATES.get(row.state, ()))

    def show_month(
        self, month: ServiceMonth, rows: Sequence[MonthRow], *, is_over: bool, is_closed: bool
    ) -> None:
        self._month, self._rows = month, tuple(rows)
        may_close = self._desk.may(Permission.CLOSE_MONTH)
        self.close_month.setVisible(may_close and is_over and not is_closed)
        self.reopen.setVisible(may_close and is_closed)

    def follow(self, acted_on: Sequence[MonthRow], chosen: Sequence[MonthRow]) -> None:
        """Offer what can be done with these; only the one that is shown is corrected or voided."""
        self._acted_on, self._chosen = tuple(acted_on), tuple(chosen)
        self.approve.setEnabled(bool(self.to_approve))
        self.signed.setEnabled(bool(to_approve(self._acted_on)))
        self.issue.setEnabled(bool(self.to_issue))
        for state, action in self.marks.items():
            action.setEnabled(bool(self.to_mark(state)))
        self.service.setEnabled(len(chosen) == 1 and not chosen[0].bill.is_issued)
        for action in (self.correct, self.void):
            action.setEnabled(len(chosen) == 1 and chosen[0].bill.is_issued)
        self.unapprove.setEnabled(len(chosen) == 1 and self._may_unapprove(chosen[0].bill))

    def _action(
        self,
        words: str,
        do: Callable[[], None],
        keys: str = "",
        *,
        may: Permission = Permission.ISSUE_SUPERBILL,
    ) -> QAction:
        made = QAction(words, self)
        made.setShortcut(QKeySequence(keys))
        made.setVisible(self._desk.may(may))
        made.triggered.connect(lambda _on=False: do())
        self._window.addAction(made)
        return made

    def _mark_action(self, state: MonthState) -> QAction:
        words = self.tr("Mark as %1").replace("%1", state.value.lower())
        return self._action(words, partial(self._ask_to_mark, state))

    def _approve(self) -> None:
        rows, month = self.to_approve, self._month
        if not rows or month is None:
            return
        patients = [row.bill.patient.id for row in rows]
        words = self.tr("%1 approved.").replace("%1", count_of(len(rows), "month"))
        self._desk.do(
            partial(approve_months, patient_ids=patients, month=month),
            done=lambda: self._desk.told.emit(words),
            refused=self._tell_refused,
        )

    @Slot(object)
    def _tell_refused(self, refusal: Refused) -> None:
        self._desk.tell(refusal)

    def _ask_signed(self) -> None:
        rows = to_approve(self._acted_on)
        if rows and self._month is not None:
            self._open(SignedDialog(self._desk, self._month, rows, parent=self._window))

    def _ask_to_issue(self) -> None:
        rows = self.to_issue
        if rows and self._month is not None:
            dialog = IssueDialog(self._desk, self._month, rows, parent=self._window)
            dialog.issued.connect(self._tell_issued)
            self._open(dialog)

    def _ask_to_mark(self, state: MonthState) -> None:
        if rows := self.to_mark(state):
            self._open(MarkDialog(self._desk, state, rows, parent=self._window))

    def _ask_to_close(self) -> None:
        if self._month is not None:
            self._open(CloseMonthDialog(self._desk, self._month, self._rows, parent=self._window))

    def _ask_to_reopen(self) -> None:
        if self._month is not None:
            self._open(ReopenMonthDialog(self._desk, self._month, self._window))

    def _ask_service(self) -> None:
        bill = self._chosen[0].bill
        asked = partial(read_choice, patient_id=bill.patient.id, month=bill.month)
        self._desk.read(asked, partial(self._show_service, bill))

    def _show_service(self, bill: Superbill, choice: ReadChoice) -> None:
        self._open(ServiceDialog(self._desk, bill, choice, parent=self._window))

    def _ask_to_correct(self) -> None:
        self._read_correction(self._chosen[0].bill.id)

    def _read_correction(self, bill_id: SuperbillId) -> None:
        asked = partial(read_correction, superbill_id=bill_id)
        self._desk.read(asked, self._show_correction)

    def _show_correction(self, correction: Correction) -> None:
        dialog = CorrectDialog(self._desk, correction, parent=self._window)
        dialog.approved.connect(partial(self._read_correction, correction.issued.id))
        self._open(dialog)

    def _may_unapprove(self, bill: Superbill) -> bool:
        is_waiting = bill.approval is not None and not bill.is_issued
        is_theirs = approves(self._desk, bill) or self._desk.may(Permission.ISSUE_SUPERBILL)
        return is_waiting and is_theirs

    def _ask_to_unapprove(self) -> None:
        bill, approval = self._chosen[0].bill, self._chosen[0].bill.approval
        if approval is None:
            return
        record = Voidable(
            words=self.tr("Approval by %1").replace("%1", approval.approved_by),
            also=self.tr("The month waits for an approval again; this one stays on file as void."),
            void=lambda workspace, reason: withdraw_approval(
                workspace, bill.patient.id, bill.month, reason=reason
            ),
        )
        subject = subject_of(bill, self._desk)
        self._open(VoidDialog(self._desk, subject, record, parent=self._window))

    def _ask_to_void(self) -> None:
        if not self.void.isEnabled():
            return
        bill = self._chosen[0].bill
        amount = "" if bill.total_cents is None else f", {dollars(bill.total_cents)}"
        record = Voidable(
            words=f"{bill.number}: {bill.code_words}{amount}",
            also=self.tr(
                "The superbill is kept as void. The month can then be issued again, under "
                "another number. Where the payer has the claim already, use Correct in the "
                "Billing menu instead, or tell whoever has sent it."
            ),
            void=lambda workspace, reason: void_superbill(workspace, bill.id, reason=reason),
        )
        subject = subject_of(bill, self._desk)
        self._open(VoidDialog(self._desk, subject, record, parent=self._window))

    @staticmethod
    def _open(dialog: QDialog) -> None:
        dialog.open()

    @Slot(int)
    def _tell_issued(self, count: int) -> None:
        words = self.tr("%1 issued.").replace("%1", count_of(count, "superbill"))
        self._desk.told.emit(words)
