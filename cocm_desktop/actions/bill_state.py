"""What became of an issued superbill: sent, paid, denied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import NEXT_STATES, BillStep, MonthState
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import SuperbillId, new_id
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, bill_step
from cocm_desktop.storage import superbill as superbills

TOUCHES = Topic.BILLING


@dataclass(frozen=True, slots=True)
class BillStepDraft:
    """What was typed about a bill, or read from a file: `source_id` names it."""

    superbill_id: SuperbillId
    state: MonthState
    made_on: date | None
    reason: str = ""
    source_id: str = ""
    paid_cents: int | None = None
    id: str = field(default_factory=new_id)


def mark_bill(workspace: Workspace, draft: BillStepDraft) -> Change:
    """Record that an issued superbill went over to a state, in an order that can be."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if bill_step.exists(session, draft.id):
            return Change(TOUCHES, draft.superbill_id)
        bill = superbills.get(session, draft.superbill_id)
        steps = bill_step.of_superbill(session, bill.id)
        step = _accepted(draft, bill, steps, today=workspace.today())
        bill_step.add(session, step, stamp)
        code = f"superbill.{step.state.name.lower()}"
        note = audit.Note(
            code, audit.Action.UPDATE, bill.id, bill.patient.id, reason=step.reason or None
        )
        audit.write(session, stamp, note)
    return Change(TOUCHES, draft.superbill_id)


def mark_bills(workspace: Workspace, drafts: Sequence[BillStepDraft]) -> Change:
    """Record the same of several issued superbills: all of them, or none."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    with workspace.database.write():
        for draft in drafts:
            mark_bill(workspace, draft)
    return Change(TOUCHES, drafts[0].superbill_id if drafts else "")


def read_steps(workspace: Workspace, superbill_id: str) -> tuple[BillStep, ...]:
    """Give what became of an issued superbill, in order."""
    workspace.require(Permission.SEE_BILLING)
    with workspace.database.read() as session:
        return bill_step.of_superbill(session, superbill_id)


def _accepted(
    draft: BillStepDraft, bill: Superbill, steps: tuple[BillStep, ...], *, today: date
) -> BillStep:
    now = steps[-1].state if steps else MonthState.ISSUED
    if draft.state is MonthState.VOID:
        raise Refused(Problem("state", "A superbill is voided with its reason, not marked."))
    if draft.state not in NEXT_STATES.get(now, ()):
        words = f"{bill.number} is {now.value.lower()}: it cannot become"
        raise Refused(Problem("state", f"{words} {draft.state.value.lower()}."))
    if draft.made_on is None:
        raise Refused(Problem("made_on", "Type the date."))
    if draft.made_on > today:
        raise Refused(Problem("made_on", "This cannot be dated in the future."))
    last_on = steps[-1].made_on if steps else bill.issued_at.date() if bill.issued_at else None
    if last_on and draft.made_on < last_on:
        words = f"{bill.number} was {now.value.lower()} on {long_date(last_on)}."
        raise Refused(Problem("made_on", words))
    if draft.state is MonthState.DENIED and not draft.reason.strip():
        raise Refused(Problem("reason", "Say why the payer denied it."))
    if draft.paid_cents is not None and draft.paid_cents < 0:
        raise Refused(Problem("paid_cents", "An amount that was paid is not below zero."))
    return BillStep(
        id=draft.id,
        superbill_id=bill.id,
        state=draft.state,
        made_on=draft.made_on,
        reason=draft.reason.strip(),
        source_id=draft.source_id,
        paid_cents=draft.paid_cents,
    )
