"""What is done with a month or with issued superbills: approve, mark, close, reopen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.bill_state import BillStepDraft, mark_bills
from cocm_desktop.actions.month_approval import record_approvals
from cocm_desktop.actions.month_closing import close_month, reopen_month
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.money import read_cents
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.fields import DateField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog

NAMED = 3
"""As many superbills as a window names; the others are counted."""


class SignedDialog(RecordDialog):
    """Recording that practitioners signed billing sheets on paper."""

    def __init__(
        self, desk: Desk, month: ServiceMonth, rows: Sequence[MonthRow], *, parent: QWidget
    ) -> None:
        super().__init__(desk, parent)
        self._month = month
        self._patients = [row.bill.patient.id for row in rows]
        self.signed_on = DateField(desk.today(), desk.today())
        self.fields = {"signed_on": self.signed_on}
        self.set_words(self.tr("Record signed approval"), self.tr("Record approval"))
        about = self.tr("%1 of %2, approved by signature on the billing sheet.")
        words = about.replace("%1", count_of(len(rows), "month")).replace("%2", str(month))
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Signed on"), self.signed_on)
        self.body.addStretch(1)

    @override
    def typed(self) -> object:
        return self.signed_on.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(
            record_approvals,
            patient_ids=self._patients,
            month=self._month,
            signed_on=self.signed_on.day(),
        )


class MarkDialog(RecordDialog):
    """What became of issued superbills: sent, paid or denied, all on one day."""

    def __init__(
        self, desk: Desk, state: MonthState, rows: Sequence[MonthRow], *, parent: QWidget
    ) -> None:
        super().__init__(desk, parent)
        self._state = state
        self._marks = [(new_id(), row.bill.id) for row in rows]
        self.made_on = DateField(desk.today(), desk.today())
        self.paid = QLineEdit()
        self.paid.setMaxLength(16)
        self.reason = QLineEdit()
        self.fields = {"made_on": self.made_on, "paid_cents": self.paid, "reason": self.reason}
        words = self.tr("Mark as %1").replace("%1", state.value.lower())
        self.set_words(words, words)
        named = [f"{row.bill.number} · {row.bill.patient.name}" for row in rows[:NAMED]]
        if len(rows) > NAMED:
            named.append(self.tr("and %1 more").replace("%1", f"{len(rows) - NAMED:,}"))
        self.body.insertWidget(0, Label("\n".join(named), "secondary", wraps=True))
        self.form.add(self.tr("&Date"), self.made_on)
        if state is MonthState.PAID and len(rows) == 1:
            self.form.add(self.tr("Payer &paid"), self.paid, self.tr("In dollars; may stay empty."))
        if state is MonthState.DENIED:
            self.form.add(self.tr("&Reason"), self.reason, self.tr("As the payer gave it."))

    @override
    def typed(self) -> object:
        return self.made_on.entry.text(), self.paid.text(), self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        drafts = [
            BillStepDraft(
                id=step_id,
                superbill_id=bill_id,
                state=self._state,
                made_on=self.made_on.day(),
                reason=self.reason.text(),
                paid_cents=self._paid_cents(),
            )
            for step_id, bill_id in self._marks
        ]
        return partial(mark_bills, drafts=drafts)

    def _paid_cents(self) -> int | None:
        typed = self.paid.text().strip()
        cents = read_cents(typed) if typed else None
        if typed and cents is None:
            raise Refused(Problem("paid_cents", self.tr("Type an amount such as 113.65.")))
        return cents


class CloseMonthDialog(RecordDialog):
    """Closing a month: what it stops, and who is not ready."""

    def __init__(
        self, desk: Desk, month: ServiceMonth, rows: Sequence[MonthRow], *, parent: QWidget
    ) -> None:
        super().__init__(desk, parent)
        self._month = month
        title = self.tr("Close %1").replace("%1", str(month))
        self.set_words(title, self.tr("Close month"))
        words = self.tr(
            "Nobody can record, change or void time of this month any more. Measures, contacts "
            "and the chart stay open, and superbills are approved and issued as before. The month "
            "can be reopened with a reason."
        )
        self.body.insertWidget(0, Label(words, wraps=True))
        waiting = sum(row.state is MonthState.NOT_READY for row in rows)
        if waiting:
            about = self.tr("%1 not ready yet.").replace("%1", count_of(waiting, "month"))
            self.body.insertWidget(1, Label(about, "due", wraps=True))

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(close_month, month=self._month)


class ReopenMonthDialog(RecordDialog):
    """Opening a closed month again, with the reason."""

    def __init__(self, desk: Desk, month: ServiceMonth, parent: QWidget) -> None:
        super().__init__(desk, parent)
        self._month = month
        self.reason = QLineEdit()
        self.fields = {"reason": self.reason}
        title = self.tr("Reopen %1").replace("%1", str(month))
        self.set_words(title, self.tr("Reopen month"))
        words = self.tr(
            "Time of this month can then be recorded and voided again. What was issued stays as "
            "it was issued."
        )
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(reopen_month, month=self._month, reason=self.reason.text())
