"""Papers of the billing month: sheets for the biller, superbills for patients, the whole month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import tzinfo

from cocm_desktop.actions.anchors import current_anchor
from cocm_desktop.actions.billing_tables import tables_of
from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.release import require_release
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_paper import BillPaper, not_for_patient
from cocm_desktop.domain.billing.bill_step import BillStep
from cocm_desktop.domain.billing.month_paper import MonthPaper
from cocm_desktop.domain.billing.posting import PostedPayment
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.privacy import Purpose
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.printing.billing_month import month_pages, month_pdf, sheets_pdf
from cocm_desktop.printing.superbill import superbills_pdf
from cocm_desktop.storage import bill_step as steps
from cocm_desktop.storage import month_closing, remittance
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import time_entry as time_entries

NOTHING_TO_PRINT = "There is nothing to print: no bill is chosen, or no code was reached."
NOBODY = StaffId("")
NO_CODE = "There is nothing to print: no code stands in this month."


def print_billing_sheets(workspace: Workspace, printed: Sequence[Superbill]) -> Paper:
    """Make one PDF of the billing sheets of some bills, a page each, and note it."""
    workspace.require(Permission.SEE_BILLING)
    if not printed:
        raise Refused(Problem("month", NOTHING_TO_PRINT))
    require_release(workspace, (bill.patient.id for bill in printed), Purpose.PAYMENT)
    papers = bill_papers(workspace, printed)
    content, now = sheets_pdf(papers, anchor=current_anchor(workspace)), workspace.now()
    made = Made("billing_sheet.printed", [bill.patient.id for bill in printed])
    return noted(workspace, made, content, pages=len(papers), as_of=now)


def print_billing_month(
    workspace: Workspace, month: ServiceMonth, printed: Sequence[Superbill]
) -> Paper:
    """Make one PDF of a month: a summary with links, then the sheet of each bill; note it."""
    workspace.require(Permission.SEE_BILLING)
    if not printed:
        raise Refused(Problem("month", NOTHING_TO_PRINT))
    require_release(workspace, (bill.patient.id for bill in printed), Purpose.PAYMENT)
    now = workspace.now()
    with workspace.database.read() as session:
        worked = set(time_entries.patients_in(session, month, until=workspace.today()))
        paper = MonthPaper(
            practice=practices.get(session),
            month=month,
            papers=bill_papers(workspace, printed),
            as_of=now,
            prepared_by=workspace.staff.title,
            is_closed=month_closing.is_closed(session, month),
            others=len(worked - {bill.patient.id for bill in printed}),
        )
    content = month_pdf(paper, anchor=current_anchor(workspace))
    made = Made("billing_month.printed", [bill.patient.id for bill in printed])
    return noted(workspace, made, content, pages=month_pages(paper), as_of=now)


def print_patient_superbills(workspace: Workspace, printed: Sequence[Superbill]) -> Paper:
    """Make one PDF of superbills for patients, a page each, and note it.

    Refuses where one is of a service that Medicare covers: the practice files that claim.
    """
    workspace.require(Permission.SEE_BILLING)
    with_lines = [bill for bill in printed if bill.lines]
    if not with_lines:
        raise Refused(Problem("month", NO_CODE))
    _refuse_medicare(workspace, with_lines)
    papers = bill_papers(workspace, with_lines)
    content, now = superbills_pdf(papers, anchor=current_anchor(workspace)), workspace.now()
    made = Made("superbill.printed", [bill.patient.id for bill in with_lines])
    return noted(workspace, made, content, pages=len(papers), as_of=now)


def bill_papers(workspace: Workspace, bills: Sequence[Superbill]) -> tuple[BillPaper, ...]:
    """Give the bills with where they stand and what has been paid, in three statements."""
    issued = [bill.id for bill in bills if bill.is_issued]
    with workspace.database.read() as session:
        taken = steps.of_superbills(session, issued)
        paid = remittance.payments_of(session, issued)
        staff = {member.id: member for member in staff_members.everyone(session)}
    zone = workspace.now().tzinfo
    return tuple(
        BillPaper(
            _in_zone(bill, zone),
            taken[bill.id][-1].state if bill.id in taken else bill.state,
            paid_cents=_paid(taken.get(bill.id, ()), paid.get(bill.id, ())),
            supervisor=staff.get(_supervisor_of(bill)),
        )
        for bill in bills
    )


def _paid(taken: Sequence[BillStep], payments: Sequence[PostedPayment]) -> int:
    """Add up what remittances say, a reversal taking away, and what persons recorded."""
    by_hand = sum(step.paid_cents or 0 for step in taken if not step.source_id)
    return by_hand + sum(payment.claim.paid_cents for payment in payments)


def _supervisor_of(bill: Superbill) -> StaffId:
    """Name the physician to whom the practitioner bills incident; nobody else has this id."""
    practitioner = bill.treating_practitioner
    is_supervised = practitioner is not None and practitioner.bills_incident_to
    return (practitioner.supervisor_id if practitioner and is_supervised else None) or NOBODY


def _in_zone(bill: Superbill, zone: tzinfo | None) -> Superbill:
    """Tell the moments of a bill in the practice's time zone, in which paper is read."""
    approval = bill.approval
    if approval:
        approval = replace(approval, approved_at=approval.approved_at.astimezone(zone))
    issued_at = bill.issued_at.astimezone(zone) if bill.issued_at else None
    return replace(bill, issued_at=issued_at, approval=approval)


def _refuse_medicare(workspace: Workspace, bills: Sequence[Superbill]) -> None:
    sets = tables_of(workspace).rule_sets
    refused = [words for bill in bills if (words := not_for_patient(bill, sets))]
    if refused:
        of_all = "" if len(bills) == 1 else f"{len(refused)} of {len(bills)} chosen: "
        raise Refused(Problem("payer", f"{of_all}{refused[0]}"))
