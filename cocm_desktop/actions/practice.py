"""The practice's details and fees."""

from __future__ import annotations

from datetime import date

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.codes import CODES
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
    workspace.require(Permission.CHANGE_PRACTICE)
    if code not in CODES:
        raise Refused(Problem("code", f"{code} is not one of {', '.join(CODES)}."))
    if not 0 < cents <= HIGHEST_FEE_CENTS:
        raise Refused(Problem("cents", "A charge lies between $0.01 and $10,000.00."))
    fee = Fee(FeeId(fee_id or new_id()), code, cents, valid_from)
    with workspace.database.write() as session:
        if fee.id not in {known.id for known in practices.fees(session)}:
            practices.add_fee(session, fee, workspace.stamp())
            note = audit.created("fee.recorded", fee.id)
            audit.write(session, workspace.stamp(), note)
    return Change(Topic.PRACTICE | Topic.BILLING, fee.id)
