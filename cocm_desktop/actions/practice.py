"""The practice's details and fees."""

from __future__ import annotations

from datetime import date

from cocm_desktop.actions.billing_tables import load_tables
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import FeeId, new_id
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Fee
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import practice as practices

HIGHEST_FEE_CENTS = 10_000_00


def read_practice(workspace: Workspace) -> Practice:
    with workspace.database.read() as session:
        return practices.get(session)


def read_fees(workspace: Workspace) -> tuple[Fee, ...]:
    with workspace.database.read() as session:
        return tuple(practices.fees(session))


def change_practice(workspace: Workspace, practice: Practice) -> Change:
    """Store the practice's details; what changed goes field by field into the audit."""
    workspace.require(Permission.CHANGE_PRACTICE)
    if problems := tuple(practice.problems()):
        raise Refused(*problems)
    with workspace.database.write() as session:
        changes = practices.update(session, practice)
        note = audit.changed("practice.changed", practice.name, changes)
        audit.write(session, workspace.stamp(), note)
    return Change(Topic.PRACTICE | Topic.BILLING, practice.name)


def record_fee(
    workspace: Workspace, code: str, *, cents: int, valid_from: date, fee_id: str = ""
) -> Change:
    """Record the charge for one unit of a code from a day on; earlier months keep theirs.

    With the id of a charge that is recorded already nothing is recorded again.
    """
    workspace.require(Permission.SET_UP_CHARGES)
    if not load_tables().codes.label(code):
        raise Refused(Problem("code", f"{code} is not among the codes of behavioral care."))
    if not 0 < cents <= HIGHEST_FEE_CENTS:
        raise Refused(Problem("cents", "A charge lies between $0.01 and $10,000.00."))
    fee = Fee(FeeId(fee_id or new_id()), code, cents, valid_from)
    with workspace.database.write() as session:
        if fee.id not in {known.id for known in practices.fees(session)}:
            practices.add_fee(session, fee, workspace.stamp())
            note = audit.created("fee.recorded", fee.id)
            audit.write(session, workspace.stamp(), note)
    return Change(Topic.PRACTICE | Topic.BILLING, fee.id)


def void_fee(workspace: Workspace, fee_id: str, *, reason: str) -> Change:
    """Withdraw a charge that was typed wrong; superbills that were issued keep theirs."""
    workspace.require(Permission.SET_UP_CHARGES)
    why = needed_reason(reason)
    with workspace.database.write() as session:
        practices.void_fee(session, fee_id, workspace.stamp(), reason=why)
        note = audit.voided("fee.voided", fee_id, reason=why)
        audit.write(session, workspace.stamp(), note)
    return Change(Topic.PRACTICE | Topic.BILLING, fee_id)
