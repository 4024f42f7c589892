"""The practitioner's approval of what a month comes to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from cocm_desktop.actions.billing_tables import tables_of
from cocm_desktop.actions.month_facts import chosen_cases
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.approval import OF_THE_CLAIM, MonthApproval, outcome_of
from cocm_desktop.domain.billing.draft import Evaluated, evaluate_case
from cocm_desktop.domain.billing.month_case import MonthCase
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, month_approval
from cocm_desktop.storage import superbill as superbills

TOUCHES = Topic.BILLING


def approve_months(workspace: Workspace, patient_ids: Sequence[str], month: ServiceMonth) -> Change:
    """Approve a month of patients whom the signed-in practitioner treats: all of them, or none.

    An approval is given to what the month comes to; when that changes it no longer counts.
    """
    workspace.require(Permission.APPROVE_MONTH)
    with workspace.database.write():
        cases = chosen_cases(workspace, patient_ids, month).values()
        for case in cases:
            _refuse_other(case, workspace.staff)
        _approve(workspace, cases, signed_on=None)
    return Change(TOUCHES, month.key)


def record_approvals(
    workspace: Workspace,
    patient_ids: Sequence[str],
    month: ServiceMonth,
    *,
    signed_on: date | None,
) -> Change:
    """Record that the practitioners signed the billing sheets of some patients on paper."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    if signed_on is None:
        raise Refused(Problem("signed_on", "Type the date of the signature."))
    if signed_on > workspace.today():
        raise Refused(Problem("signed_on", "A signature cannot be dated in the future."))
    if signed_on < month.first_day:
        raise Refused(Problem("signed_on", f"{month} had not begun on {long_date(signed_on)}."))
    with workspace.database.write():
        _approve(
            workspace, chosen_cases(workspace, patient_ids, month).values(), signed_on=signed_on
        )
    return Change(TOUCHES, month.key)


def withdraw_approval(
    workspace: Workspace, patient_id: str, month: ServiceMonth, *, reason: str
) -> Change:
    """Take the approval of a month back that is not issued yet."""
    if not workspace.staff.may(Permission.APPROVE_MONTH):
        workspace.require(Permission.ISSUE_SUPERBILL)
    reason, stamp = needed_reason(reason), workspace.stamp()
    with workspace.database.write() as session:
        _refuse_issued(workspace, patient_id, month)
        if not month_approval.void_approvals(
            session, month, patient_id, stamp=stamp, reason=reason
        ):
            raise Refused(Problem("month", f"{month} is not approved."))
        note = audit.voided(
            "month_approval.withdrawn", patient_id, reason=reason, patient_id=patient_id
        )
        audit.write(session, stamp, note)
    return Change(TOUCHES, month.key)


def _approve(workspace: Workspace, cases: Collection[MonthCase], *, signed_on: date | None) -> None:
    tables, stamp = tables_of(workspace), workspace.stamp()
    with workspace.database.write() as session:
        for case in cases:
            month, patient = case.offices.month, case.patient
            evaluated = evaluate_case(case, tables, None)
            _refuse_issued(workspace, patient.id, month, as_it_stands=evaluated.outcome)
            approval = MonthApproval(
                patient_id=patient.id,
                month=month,
                practitioner_id=_approver(evaluated, case).id,
                outcome=evaluated.outcome,
                recorded_at=stamp.at,
                signed_on=signed_on,
            )
            approval_id = month_approval.add(session, approval, stamp)
            note = audit.created("month_approval.recorded", approval_id, patient.id)
            audit.write(session, stamp, note)


def _approver(evaluated: Evaluated, case: MonthCase) -> StaffMember:
    """Give who approves, or refuse: nothing to approve yet, or care that is not on record."""
    missing = [
        check
        for check in evaluated.result.blocks
        if check.stops_all and check.id not in OF_THE_CLAIM
    ]
    if not evaluated.result.reached or missing or case.practitioner is None:
        words = " ".join(check.words for check in missing) or "no code is reached."
        raise Refused(Problem("month", f"{case.patient.name}, {case.offices.month}: {words}"))
    return case.practitioner


def _refuse_other(case: MonthCase, staff: StaffMember) -> None:
    if case.episode.treating_practitioner_id != staff.id:
        treats = f"{case.practitioner.title} treats" if case.practitioner else "Nobody treats"
        words = f"{treats} {case.patient.name}, and approves the month."
        raise Refused(Problem("practitioner", words))


def _refuse_issued(
    workspace: Workspace, patient_id: str, month: ServiceMonth, *, as_it_stands: str = ""
) -> None:
    """Refuse what is issued, unless the month stands otherwise now and may be corrected."""
    with workspace.database.read() as session:
        for bill in superbills.issued(session, month, patient_id=patient_id).values():
            issued = outcome_of(bill.facts, bill.result) if bill.facts and bill.result else ""
            if issued in {"", as_it_stands} or not as_it_stands:
                raise Refused(Problem("month", f"{month} is issued already for this patient."))
