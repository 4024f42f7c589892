"""Remittances of payers: read and matched first, posted to the bills, undone where wrong."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache
from pathlib import Path

from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import BillStep
from cocm_desktop.domain.billing.posting import (
    PostedPayment,
    PostedRemittance,
    PostingRow,
    RemittancePreview,
    posting_rows,
)
from cocm_desktop.domain.billing.reason_card import ReasonCards
from cocm_desktop.domain.billing.reason_card import read_cards as cards_of
from cocm_desktop.domain.billing.remittance import RemittanceFile
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import RemittanceId, SuperbillId, new_id
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.remittance_835 import read_remittance
from cocm_desktop.exchange.strict_json import read_bytes, read_json
from cocm_desktop.exchange.x12_check import structure_problems
from cocm_desktop.exchange.x12_read import LARGEST_FILE
from cocm_desktop.paths import resources
from cocm_desktop.storage import audit, bill_step
from cocm_desktop.storage import remittance as remittances

TOUCHES = Topic.BILLING
MOST_NAMED = 3
# Comparing takes some seconds a megabyte, while nothing else can be done.
LONGEST_COMPARED = 1_000_000


@cache
def load_cards() -> ReasonCards:
    """Read what reason codes mean, once."""
    return cards_of(read_json(resources() / "billing" / "carc.json"))


def preview_remittance(workspace: Workspace, path: Path) -> RemittancePreview:
    """Read an 835 file and tell what posting it would do. Nothing is stored."""
    workspace.require(Permission.SEE_BILLING)
    content = read_bytes(path, largest=LARGEST_FILE)
    return preview_content(workspace, content, file_name=path.name)


def preview_content(workspace: Workspace, content: bytes, *, file_name: str) -> RemittancePreview:
    """Do the same with what a file holds."""
    workspace.require(Permission.SEE_BILLING)
    file = read_remittance(content, file_name=file_name)
    text = content.decode("utf-8-sig", errors="replace")
    file = replace(file, notices=tuple(_notices(file, text)))
    return _matched(workspace, file, text)


def post_remittance(workspace: Workspace, preview: RemittancePreview) -> Change:
    """Post every claim of a remittance to its bill, all or none. Posting twice is once.

    The record id of the change is the remittance's: it undoes the posting.
    """
    workspace.require(Permission.ISSUE_SUPERBILL)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if remittances.exists(session, preview.id):
            return Change(TOUCHES, preview.id)
        now = _matched(workspace, preview.file, preview.content)
        _refuse_stale(preview, now)
        remittances.add(session, preview, stamp)
        for row in preview.rows:
            if row.is_a_step:
                bill_step.add(session, _step(workspace, preview.id, row), stamp)
        audit.write(session, stamp, _note(preview))
        for row in preview.rows:
            if row.bill is not None:
                patient_id = row.bill.superbill.patient.id
                code, bill_id = "superbill.remittance", row.bill.superbill.id
                note = audit.Note(code, audit.Action.UPDATE, bill_id, patient_id)
                audit.write(session, stamp, note)
    return Change(TOUCHES, preview.id)


def undo_remittance(workspace: Workspace, remittance_id: str, *, reason: str) -> Change:
    """Withdraw a posting: its bills stand again where they stood. The file can come again."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    reason = needed_reason(reason)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        remittances.undo(session, remittance_id, stamp, reason=reason)
        bill_step.void_of_source(session, remittance_id, stamp, reason=reason)
        audit.write(session, stamp, audit.voided("remittance.undone", remittance_id, reason=reason))
    return Change(TOUCHES, remittance_id)


def read_remittances(workspace: Workspace) -> tuple[PostedRemittance, ...]:
    """Give all remittances on file, the newest first, those that were undone too."""
    workspace.require(Permission.SEE_BILLING)
    zone = workspace.now().tzinfo
    with workspace.database.read() as session:
        return tuple(
            replace(
                each,
                posted_at=each.posted_at.astimezone(zone),
                undone_at=each.undone_at and each.undone_at.astimezone(zone),
            )
            for each in remittances.everything(session)
        )


def read_payments(
    workspace: Workspace, superbill_ids: Collection[str]
) -> dict[SuperbillId, tuple[PostedPayment, ...]]:
    """Give what payers have decided about some superbills, the oldest first."""
    workspace.require(Permission.SEE_BILLING)
    with workspace.database.read() as session:
        return remittances.payments_of(session, superbill_ids)


def payer_claim_number(workspace: Workspace, superbill_id: str) -> str:
    """Give the payer's number of a claim, which a correction has to name; empty if not known."""
    payments = read_payments(workspace, [superbill_id]).get(SuperbillId(superbill_id), ())
    numbers = [each.claim.payer_number for each in payments if each.claim.payer_number]
    return numbers[-1] if numbers else ""


def _matched(workspace: Workspace, file: RemittanceFile, content: str) -> RemittancePreview:
    with workspace.database.read() as session:
        accounts = [claim.account_number for claim in file.claims]
        bills = remittances.bills_by_account(session, accounts)
        before = remittances.posted(session, file.sha256)
    zone = workspace.now().tzinfo
    return RemittancePreview(
        id=RemittanceId(new_id()),
        file=file,
        rows=posting_rows(file, bills, load_cards()),
        content=content,
        posted_before=before.posted_at.astimezone(zone) if before else None,
    )


def _notices(file: RemittanceFile, text: str) -> list[str]:
    found = ["This is a test file: no money came with it."] if file.is_test else []
    if len(text) > LONGEST_COMPARED:
        found.append("The file is long: it was read, but not compared with the standard.")
    elif broken := structure_problems(text):
        named = "; ".join(broken[:MOST_NAMED])
        found.append(f"The file does not keep the standard everywhere: {named}.")
    return found


def _refuse_stale(preview: RemittancePreview, now: RemittancePreview) -> None:
    """Compare once more inside the transaction: somebody may have posted or voided meanwhile."""
    if now.posted_before is not None:
        words = "This file was posted before. Nothing was posted again."
        raise Refused(Problem("file", words))
    if now.rows != preview.rows:
        words = (
            "The bills have changed since this preview. Nothing was posted. "
            "Look at the preview again."
        )
        raise Refused(Problem("preview", words))
    if preview.file.is_test:
        raise Refused(Problem("file", "This is a test file. Nothing was posted."))


def _step(workspace: Workspace, remittance_id: RemittanceId, row: PostingRow) -> BillStep:
    if row.bill is None or row.state_after is None:
        raise ValueError("a row without a bill is no step")
    return BillStep(
        id=new_id(),
        superbill_id=row.bill.superbill.id,
        state=row.state_after,
        made_on=workspace.today(),
        reason=row.step_reason,
        source_id=remittance_id,
        paid_cents=row.claim.paid_cents,
    )


def _note(preview: RemittancePreview) -> audit.Note:
    """Tell the audit what came of the file: its digest and counts, never a name."""
    counts = {"claims": len(preview.rows), "matched": preview.matched}
    return audit.Note(
        "remittance.posted",
        audit.Action.EXECUTE,
        preview.id,
        sha256=preview.file.sha256,
        changes=[FieldChange(name, None, str(count)) for name, count in counts.items()],
    )
