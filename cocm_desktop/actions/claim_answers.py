"""What came back about files of claims: kept with the files and the bills."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import BillStep, MonthState
from cocm_desktop.domain.billing.claim_file import AnswerKind, ClaimAnswer, ClaimFile
from cocm_desktop.domain.billing.posting import OpenBill
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.claim_answers import read_answer_file
from cocm_desktop.exchange.strict_json import read_bytes
from cocm_desktop.exchange.x12_read import LARGEST_FILE
from cocm_desktop.storage import audit, bill_step
from cocm_desktop.storage import claim_file as claim_files
from cocm_desktop.storage import remittance as remittances

TOUCHES = Topic.BILLING


@dataclass(frozen=True, slots=True)
class AnswerPreview:
    """A report as it was read and matched. `bills` are by account number. Nothing is stored."""

    id: str
    file_name: str
    sha256: str
    answers: tuple[ClaimAnswer, ...]
    bills: Mapping[str, OpenBill]
    is_known: bool = False

    @property
    def rejected(self) -> tuple[ClaimAnswer, ...]:
        return tuple(each for each in self.answers if not each.is_accepted)


def preview_answers(workspace: Workspace, path: Path) -> AnswerPreview:
    """Read a 999 or 277CA and tell which file or claims it is about."""
    workspace.require(Permission.SEE_BILLING)
    read = read_answer_file(read_bytes(path, largest=LARGEST_FILE), file_name=path.name)
    named = [each.named for each in read.answers if each.kind is AnswerKind.CLAIM]
    with workspace.database.read() as session:
        bills = remittances.bills_by_account(session, named)
        files = claim_files.everything(session)
        is_known = claim_files.has_answers(session, read.sha256)
    answers = tuple(_matched(each, files, bills) for each in read.answers)
    return AnswerPreview(new_id(), read.file_name, read.sha256, answers, bills, is_known)


def keep_answers(workspace: Workspace, preview: AnswerPreview) -> Change:
    """Keep what came back.

    A claim that was rejected is denied until it is sent again; those of a file that was rejected
    as a whole were never received, and stand where they stood before it.
    """
    workspace.require(Permission.ISSUE_SUPERBILL)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if claim_files.has_answers(session, preview.sha256):
            raise Refused(Problem("file", "This report was kept before. Nothing was kept again."))
        claim_files.add_answers(
            session, preview.answers, stamp, file_name=preview.file_name, sha256=preview.sha256
        )
        for answer in preview.rejected:
            if answer.kind is AnswerKind.FILE and answer.claim_file_id:
                bill_step.void_of_source(session, answer.claim_file_id, stamp, reason=answer.words)
            bill = preview.bills.get(answer.named) if answer.superbill_id else None
            if bill is not None and bill.state is MonthState.SENT and not bill.is_voided:
                bill_step.add(session, _rejected(workspace, preview, answer), stamp)
        counts = {"answers": len(preview.answers), "rejected": len(preview.rejected)}
        note = audit.Note(
            "claim_answer.kept",
            audit.Action.EXECUTE,
            preview.id,
            sha256=preview.sha256,
            changes=[FieldChange(name, None, str(count)) for name, count in counts.items()],
        )
        audit.write(session, stamp, note)
    return Change(TOUCHES, preview.id)


def _matched(
    answer: ClaimAnswer, files: Sequence[ClaimFile], bills: Mapping[str, OpenBill]
) -> ClaimAnswer:
    if answer.kind is not AnswerKind.CLAIM:
        named = (file.id for file in files if str(file.control_number) == answer.named)
        return replace(answer, claim_file_id=next(named, None))
    bill = bills.get(answer.named)
    if bill is None:
        return answer
    holding = (
        file.id
        for file in files
        if any(claim.superbill_id == bill.superbill.id for claim in file.claims)
    )
    return replace(answer, superbill_id=bill.superbill.id, claim_file_id=next(holding, None))


def _rejected(workspace: Workspace, preview: AnswerPreview, answer: ClaimAnswer) -> BillStep:
    if answer.superbill_id is None:
        raise ValueError("an answer without a bill is no step")
    return BillStep(
        id=new_id(),
        superbill_id=answer.superbill_id,
        state=MonthState.DENIED,
        made_on=workspace.today(),
        reason=f"Rejected before the payer decided: {answer.words}",
        source_id=preview.id,
    )
