"""A month's superbills: drafting, issuing, voiding, printing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cocm_desktop.actions.month_facts import month_facts
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PatientId, SuperbillId, new_id
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Superbill, prepare
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import superbill as superbills
from cocm_desktop.storage import time_entry as time_entries

TOUCHES = Topic.BILLING


@dataclass(frozen=True, slots=True)
class BillingMonth:
    """The superbills of a month by patient: issued ones as issued, the rest as drafts."""

    month: ServiceMonth
    superbills: tuple[Superbill, ...]

    @property
    def billable(self) -> tuple[Superbill, ...]:
        return tuple(superbill for superbill in self.superbills if superbill.lines)


def read_billing_month(workspace: Workspace, month: ServiceMonth) -> BillingMonth:
    """Give a superbill for every patient on whom time was spent in the month."""
    workspace.require(Permission.SEE_BILLING)
    today = workspace.today()
    _refuse_future(workspace, month)
    with workspace.database.read() as session:
        issued = superbills.issued(session, month)
        worked = set(time_entries.patients_in(session, month, until=today)) | set(issued)
        found = [
            issued.get(patient_id) or _draft(workspace, patient_id, month) for patient_id in worked
        ]
    by_name = sorted(found, key=lambda bill: (bill.patient.name, bill.patient.id, bill.id))
    return BillingMonth(month, tuple(by_name))


def read_superbill(workspace: Workspace, patient_id: str, month: ServiceMonth) -> Superbill:
    """Give the issued superbill of a patient and month, or else its draft."""
    workspace.require(Permission.SEE_BILLING)
    _refuse_future(workspace, month)
    with workspace.database.read() as session:
        of_patient = superbills.issued(session, month, patient_id=patient_id)
        issued = of_patient.get(PatientId(patient_id))
        return issued or _draft(workspace, PatientId(patient_id), month)


def issue_superbill(workspace: Workspace, patient_id: str, month: ServiceMonth) -> Change:
    """Make a month's superbill final: numbered, dated and kept as it is. Issuing twice is once."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    _refuse_future(workspace, month)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        of_patient = superbills.issued(session, month, patient_id=patient_id)
        already = of_patient.get(PatientId(patient_id))
        if already:
            return Change(TOUCHES, already.id)
        draft = _draft(workspace, PatientId(patient_id), month)
        if not draft.lines:
            words = f"{draft.minutes} countable minutes reach no code in {month}."
            raise Refused(Problem("minutes", words))
        number = superbills.next_number(session, month)
        issued = replace(draft, number=number, issued_at=workspace.now())
        superbills.add(session, issued, stamp)
        note = audit.created("superbill.issued", issued.id, issued.patient.id)
        audit.write(session, stamp, note)
    return Change(TOUCHES, issued.id)


def issue_superbills(
    workspace: Workspace, patient_ids: Sequence[str], month: ServiceMonth
) -> Change:
    """Issue several superbills of a month: all of them, or none."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    with workspace.database.write():
        for patient_id in patient_ids:
            issue_superbill(workspace, patient_id, month)
    return Change(TOUCHES, month.key)


def void_superbill(workspace: Workspace, superbill_id: SuperbillId, *, reason: str) -> Change:
    """Withdraw an issued superbill, keeping it; the month can then be issued again."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        superbill = superbills.get(session, superbill_id)
        superbills.void_superbill(session, superbill_id, workspace.stamp(), reason=reason)
        note = audit.voided(
            "superbill.voided", superbill_id, reason=reason, patient_id=superbill.patient.id
        )
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, superbill_id)


def _refuse_future(workspace: Workspace, month: ServiceMonth) -> None:
    if month.first_day > workspace.today():
        raise Refused(Problem("month", f"{month} has not begun yet."))


def _draft(workspace: Workspace, patient_id: PatientId, month: ServiceMonth) -> Superbill:
    today = workspace.today()
    with workspace.database.read() as session:
        facts = month_facts(workspace, patient_id, month)
        fees = practices.fees(session)
    return prepare(facts, fees, superbill_id=SuperbillId(new_id()), today=today)
