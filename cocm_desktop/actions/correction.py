"""What correcting an issued superbill would change, before it is done."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.remittance import payer_claim_number
from cocm_desktop.actions.superbill import read_draft
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import SuperbillId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.storage import superbill as superbills


@dataclass(frozen=True, slots=True)
class Correction:
    """A superbill as issued beside the month as it stands now.

    `payer_number` is what the payer's last remittance called the claim; empty if none came.
    """

    issued: Superbill
    now: Superbill
    payer_number: str = ""


def read_correction(workspace: Workspace, superbill_id: SuperbillId) -> Correction:
    """Tell what would be issued in place of a superbill. Nothing is stored."""
    workspace.require(Permission.SEE_BILLING)
    with workspace.database.read() as session:
        issued = superbills.get(session, superbill_id)
        now = read_draft(workspace, issued.patient.id, issued.month)
        return Correction(issued, now, payer_claim_number(workspace, superbill_id))
