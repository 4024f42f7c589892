"""A month's superbills: drafting, issuing, voiding, correcting."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cocm_desktop.actions.billing_tables import tables_of
from cocm_desktop.actions.looking import ChartPart, look, look_at_chart
from cocm_desktop.actions.month_facts import chosen_cases, month_cases
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import BillStep, MonthState
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.closing import MonthClosing
from cocm_desktop.domain.billing.draft import draft_of, settled
from cocm_desktop.domain.billing.month_case import MonthCase
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PatientId, SuperbillId, new_id
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, bill_step, month_approval, month_closing
from cocm_desktop.storage import superbill as superbills

TOUCHES = Topic.BILLING
EVERY_WARNING = frozenset(CheckId)
"""For a person who has looked at all warnings of a superbill and names none by itself."""


@dataclass(frozen=True, slots=True)
class BillingMonth:
    """The superbills of a month by patient: issued ones as issued, the rest as drafts.

    `steps` are what became of the issued ones; `closings` how the month was closed and reopened.
    """

    month: ServiceMonth
    superbills: tuple[Superbill, ...]
    steps: Mapping[SuperbillId, tuple[BillStep, ...]] = field(default_factory=dict)
    is_closed: bool = False
    closings: tuple[MonthClosing, ...] = ()

    @property
    def billable(self) -> tuple[Superbill, ...]:
        return tuple(superbill for superbill in self.superbills if superbill.lines)

    def state_of(self, superbill: Superbill) -> MonthState:
        steps = self.steps.get(superbill.id, ())
        return steps[-1].state if steps else superbill.state

    @property
    def states(self) -> dict[PatientId, MonthState]:
        return {each.patient.id: self.state_of(each) for each in self.superbills}


def read_billing_month(workspace: Workspace, month: ServiceMonth) -> BillingMonth:
    """Give a superbill for every patient on whom time was spent in the month."""
    workspace.require(Permission.SEE_BILLING)
    look(workspace, "billing_month.viewed")
    refuse_future(workspace, month)
    with workspace.database.read():
        issued = read_issued_month(workspace, month)
        known = [bill.patient.id for bill in issued.superbills]
        drafts = _drafts(workspace, month_cases(workspace, month, without=known))
        return replace(
            issued, superbills=tuple(sorted([*issued.superbills, *drafts], key=_by_name))
        )


def read_issued_month(workspace: Workspace, month: ServiceMonth) -> BillingMonth:
    """Give what was issued of a month, and nothing else: no draft is made."""
    workspace.require(Permission.SEE_BILLING)
    look(workspace, "billing_month.viewed")
    with workspace.database.read() as session:
        issued = superbills.issued(session, month).values()
        return BillingMonth(
            month=month,
            superbills=tuple(sorted(issued, key=_by_name)),
            steps=bill_step.of_superbills(session, [each.id for each in issued]),
            is_closed=month_closing.is_closed(session, month),
            closings=month_closing.history(session, month),
        )


def read_superbill(workspace: Workspace, patient_id: str, month: ServiceMonth) -> Superbill:
    """Give the issued superbill of a patient and month, or else its draft."""
    workspace.require(Permission.SEE_BILLING)
    look_at_chart(workspace, patient_id, ChartPart.BILLING)
    refuse_future(workspace, month)
    return issued_or_draft(workspace, patient_id, month)


def read_voided(workspace: Workspace, month: ServiceMonth) -> tuple[Superbill, ...]:
    """Give the superbills of a month that were withdrawn, by number."""
    workspace.require(Permission.SEE_BILLING)
    with workspace.database.read() as session:
        return superbills.voided(session, month)


def issued_or_draft(workspace: Workspace, patient_id: str, month: ServiceMonth) -> Superbill:
    with workspace.database.read() as session:
        of_patient = superbills.issued(session, month, patient_id=patient_id)
        found = of_patient.get(PatientId(patient_id))
        return found or read_draft(workspace, patient_id, month)


def read_draft(workspace: Workspace, patient_id: str, month: ServiceMonth) -> Superbill:
    """Give a month as it would be issued now, also where it is issued already."""
    workspace.require(Permission.SEE_BILLING)
    look_at_chart(workspace, patient_id, ChartPart.BILLING)
    return _drafts(workspace, chosen_cases(workspace, [patient_id], month))[0]


def issue_superbill(
    workspace: Workspace,
    patient_id: str,
    month: ServiceMonth,
    *,
    acknowledged: Collection[CheckId] = (),
    replaces: str = "",
) -> Change:
    """Make a month's superbill final: numbered, dated and kept as it is. Issuing twice is once.

    Every warning has to be acknowledged by its name. `replaces` is the payer's number of a claim
    that this one corrects.
    """
    workspace.require(Permission.ISSUE_SUPERBILL)
    refuse_future(workspace, month)
    with workspace.database.write() as session:
        already = superbills.issued(session, month, patient_id=patient_id)
        if found := already.get(PatientId(patient_id)):
            return Change(TOUCHES, found.id)
        draft = read_draft(workspace, patient_id, month)
        refuse_unready(draft, acknowledged)
        _issue(workspace, replace(draft, replaces=replaces.strip()))
    return Change(TOUCHES, draft.id)


def issue_superbills(
    workspace: Workspace,
    patient_ids: Sequence[str],
    month: ServiceMonth,
    *,
    acknowledged: Collection[CheckId] = (),
) -> Change:
    """Issue several superbills of a month: all of them, or none."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    refuse_future(workspace, month)
    with workspace.database.write() as session:
        already = superbills.issued(session, month)
        wanted = [each for each in patient_ids if PatientId(each) not in already]
        for draft in _drafts(workspace, chosen_cases(workspace, wanted, month)):
            refuse_unready(draft, acknowledged)
            _issue(workspace, draft)
    return Change(TOUCHES, month.key)


def _drafts(workspace: Workspace, cases: Mapping[PatientId, MonthCase]) -> list[Superbill]:
    """Draft superbills in the order of the patients' names, with the approvals on file."""
    if not cases:
        return []
    month, tables = next(iter(cases.values())).offices.month, tables_of(workspace)
    with workspace.database.read() as session:
        approvals = month_approval.of_month(session, month, cases)
    drafts = [draft_of(case, tables, approvals.get(key)) for key, case in cases.items()]
    return sorted(drafts, key=_by_name)


def _issue(workspace: Workspace, draft: Superbill) -> None:
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        issued = replace(
            settled(draft),
            number=superbills.next_number(session, draft.month),
            account_number=superbills.next_account_number(session, draft.month),
            issued_at=workspace.now(),
            issued_by=workspace.staff.title,
            acknowledged=draft.to_acknowledge,
        )
        superbills.add(session, issued, stamp)
        note = audit.created("superbill.issued", issued.id, issued.patient.id)
        audit.write(session, stamp, note)


def void_superbill(workspace: Workspace, superbill_id: SuperbillId, *, reason: str) -> Change:
    """Withdraw an issued superbill, keeping it; the month can then be issued again."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    reason, stamp = needed_reason(reason), workspace.stamp()
    with workspace.database.write() as session:
        superbill = superbills.get(session, superbill_id)
        superbills.void_superbill(session, superbill_id, stamp, reason=reason)
        step = BillStep(new_id(), superbill.id, MonthState.VOID, workspace.today(), reason=reason)
        bill_step.add(session, step, stamp)
        note = audit.voided(
            "superbill.voided", superbill_id, reason=reason, patient_id=superbill.patient.id
        )
        audit.write(session, stamp, note)
    return Change(TOUCHES, superbill_id)


def correct_superbill(
    workspace: Workspace,
    superbill_id: SuperbillId,
    *,
    reason: str,
    acknowledged: Collection[CheckId] = (),
    payer_number: str = "",
) -> Change:
    """Withdraw an issued superbill and issue the month as it stands now: both, or neither.

    `payer_number` is what the payer called the claim that this replaces.
    """
    workspace.require(Permission.ISSUE_SUPERBILL)
    with workspace.database.write() as session:
        old = superbills.get(session, superbill_id)
        void_superbill(workspace, superbill_id, reason=reason)
        return issue_superbill(
            workspace,
            old.patient.id,
            old.month,
            acknowledged=acknowledged,
            replaces=payer_number,
        )


def refuse_unready(draft: Superbill, acknowledged: Collection[CheckId]) -> None:
    """Raise Refused with what stops the month, or with the warnings nobody has taken note of."""
    name, result = draft.patient.name, draft.result
    if result is not None and not draft.lines:
        stops = [check for check in result.blocks if check.stops_all] or result.blocks
        words = " ".join(check.words for check in stops) or "no code is reached."
        raise Refused(Problem("month", f"{name}, {draft.month}: {words}"))
    if left := [each for each in draft.to_acknowledge if each not in acknowledged]:
        words = ", ".join(each.name for each in left)
        refused = f"{name}, {draft.month}: look at each warning first, and acknowledge {words}."
        raise Refused(Problem("acknowledged", refused))


def refuse_future(workspace: Workspace, month: ServiceMonth) -> None:
    if month.first_day > workspace.today():
        raise Refused(Problem("month", f"{month} has not begun yet."))


def _by_name(bill: Superbill) -> tuple[str, str, str]:
    return bill.patient.name, bill.patient.id, bill.id
