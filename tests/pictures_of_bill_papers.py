"""Pictures of the papers of billing, and of the audit packet on screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.audit_packet import print_audit_packet
from cocm_desktop.actions.bill_papers import print_billing_month
from cocm_desktop.actions.superbill import read_billing_month
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.printing.billing_month import sheets_pdf
from cocm_desktop.printing.superbill import superbills_pdf
from cocm_desktop.ui.billing.screen import BillingScreen
from tests.builders import (
    a_bill,
    a_bill_paper,
    a_first_month,
    a_month,
    a_self_pay_bill,
    a_spell,
    an_issued_bill,
    many_diagnoses,
)
from tests.pictures_of_patients import Stage


def _last_month(workspace: Workspace) -> ServiceMonth:
    return ServiceMonth.of(workspace.today()).plus(-1)


def _longest(workspace: Workspace) -> Superbill:
    bills = read_billing_month(workspace, _last_month(workspace)).superbills
    return max(bills, key=lambda bill: (bill.minutes, len(bill.time_log)))


def _audit_shown(stage: Stage) -> QWidget:
    """Show the packet of the patient at the top of last month's list."""
    stage.window.go("billing")
    shown = stage.window.screen_shown
    if isinstance(shown, BillingScreen):
        shown.earlier.trigger()
        shown.view.table.selectRow(0)
        shown.audit.trigger()
    return stage.window


def _month(workspace: Workspace) -> bytes:
    month = _last_month(workspace)
    bills = read_billing_month(workspace, month).superbills
    return print_billing_month(workspace, month, bills[:6]).content


def _audit(workspace: Workspace) -> bytes:
    bill = _longest(workspace)
    return print_audit_packet(workspace, bill.patient.id, bill.month).content


def _sheets(_workspace: Workspace) -> bytes:
    """Set one that was sent, one full of diagnoses, one that is stopped, one of an open month."""
    open_month = a_month(time=(a_spell(28),), today=date(2026, 11, 20))
    return sheets_pdf(
        [
            a_bill_paper(an_issued_bill(a_first_month()), state=MonthState.SENT),
            a_bill_paper(a_bill(a_first_month(diagnoses=many_diagnoses(12)))),
            a_bill_paper(a_bill(a_month(consents=(), approved_on=None))),
            a_bill_paper(a_bill(open_month)),
        ]
    )


def _patients(_workspace: Workspace) -> bytes:
    issued = an_issued_bill()
    bill = a_self_pay_bill(number=issued.number, issued_at=issued.issued_at)
    return superbills_pdf([a_bill_paper(bill, paid_cents=50_00)])


SCREENS: dict[str, Callable[[Stage], QWidget]] = {"billing-audit": _audit_shown}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {}
PAPERS: dict[str, Callable[[Workspace], bytes]] = {
    "billing-month": _month,
    "billing-sheet": _sheets,
    "patient-superbill": _patients,
    "audit-packet": _audit,
}
