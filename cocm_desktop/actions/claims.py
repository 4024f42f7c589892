"""Claims of issued superbills: what is ready, files of them, what came back about the files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from cocm_desktop.actions.afterwards import telling_of_the_file
from cocm_desktop.actions.billing_tables import tables_of
from cocm_desktop.actions.looking import look
from cocm_desktop.actions.release import Release, account_for, require_release, stopped
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import NEXT_STATES, BillStep, MonthState
from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.claim import Claim
from cocm_desktop.domain.billing.claim_file import ClaimFile, ClaimFileKind, FilingRow
from cocm_desktop.domain.billing.filing import FilingFacts, Rank, filing_rows
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import ClaimFileId, new_id
from cocm_desktop.domain.privacy import Purpose
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.claim_837 import claims_837
from cocm_desktop.exchange.claim_csv import claims_csv
from cocm_desktop.exchange.claim_envelope import Envelope, envelope_problems
from cocm_desktop.exchange.safe_file import write_whole
from cocm_desktop.exchange.x12_check import require_structure
from cocm_desktop.storage import audit, bill_step, billing_settings, coverage
from cocm_desktop.storage import claim_file as claim_files
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import payer as payers
from cocm_desktop.storage import practice as practices
from cocm_desktop.storage import remittance as remittances
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import superbill as superbills

TOUCHES = Topic.BILLING
MOST_NAMED = 5
NOTHING_DUE = "No claim is ready that is not in a file already."


@dataclass(frozen=True, slots=True)
class Filing:
    """The claims of a month, and what the practice must settle before any 837P."""

    month: ServiceMonth
    rows: tuple[FilingRow, ...]
    settings: BillingSettings
    problems: tuple[Problem, ...]

    @property
    def due(self) -> tuple[FilingRow, ...]:
        return tuple(row for row in self.rows if row.is_due)

    def offered(self, *, again: bool) -> tuple[FilingRow, ...]:
        """Give what goes into a file of the whole month; `again`: also what is in one already."""
        return tuple(row for row in self.rows if row.may_go_again) if again else self.due

    @property
    def kept_back(self) -> tuple[FilingRow, ...]:
        return tuple(row for row in self.rows if row.problems)


@dataclass(frozen=True, slots=True)
class FileRequest:
    """Which claims go into a file of which kind. Without `keys`, all that are due.

    `again` lets claims in that stand in a file already: chosen ones, or else all that the payer has
    not decided on; `marks_sent` notes each bill as sent, unless the file is a test.
    """

    month: ServiceMonth
    kind: ClaimFileKind
    keys: frozenset[Rank] = frozenset()
    marks_sent: bool = True
    again: bool = False
    id: ClaimFileId = field(default_factory=lambda: ClaimFileId(new_id()))


def read_filing(workspace: Workspace, month: ServiceMonth) -> Filing:
    """Tell of every issued superbill of a month whether its claim is ready, or why not."""
    workspace.require(Permission.SEE_BILLING)
    look(workspace, "claims.viewed")
    with workspace.database.read() as session:
        issued = tuple(superbills.issued(session, month).values())
        voided = superbills.voided(session, month)
        practice = practices.get(session)
        settings = billing_settings.on_day(session, workspace.today())
    rows = filing_rows(issued, _facts(workspace, issued, voided), tables_of(workspace).is_billable)
    by_name = sorted(rows, key=lambda row: (row.superbill.patient.name, row.superbill.id, row.rank))
    return Filing(month, tuple(by_name), settings, tuple(envelope_problems(practice, settings)))


def write_claims(workspace: Workspace, request: FileRequest, path: Path | None) -> Change:
    """Write a file of claims and keep it: whole, or nothing at all. Writing twice is once.

    A folder as path gets a file of the program's own name; without a path it is only kept.
    The record id is the file's.
    """
    workspace.require(Permission.ISSUE_SUPERBILL)
    stamp = workspace.stamp()
    with telling_of_the_file() as told, workspace.database.write() as session:
        if claim_files.exists(session, request.id):
            return Change(TOUCHES, request.id)
        filing = read_filing(workspace, request.month)
        rows = _chosen(filing, request)
        claims = [row.claim for row in rows if row.claim is not None]
        file, content = _made(workspace, filing, request, claims=claims)
        claim_files.add(session, file, stamp, claims=claims, content=content.decode())
        if request.marks_sent and not file.is_test:
            for row in rows:
                if MonthState.SENT in NEXT_STATES.get(row.state, ()):
                    bill_step.add(session, _sent(workspace, row, file), stamp)
        noted, of = _note("claim_file.written", file), [row.superbill.patient.id for row in rows]
        audit.write_for_each(session, stamp, replace(noted, bytes=len(content)), patient_ids=of)
        account_for(workspace, _release(file, claims))
        if path is not None:
            write_whole(path / file.file_name if path.is_dir() else path, content)
            told.is_done = True
    return Change(TOUCHES, request.id)


def write_again(workspace: Workspace, file_id: str, path: Path) -> Change:
    """Write a file of claims once more, just as it was."""
    workspace.require(Permission.ISSUE_SUPERBILL)
    with telling_of_the_file() as told, workspace.database.write() as session:
        content = claim_files.content(session, file_id)
        file = next(each for each in claim_files.everything(session) if each.id == file_id)
        bills = [superbills.get(session, each.superbill_id) for each in file.claims]
        require_release(workspace, (bill.patient.id for bill in bills), Purpose.PAYMENT)
        noted, of = _note("claim_file.written_again", file), [bill.patient.id for bill in bills]
        audit.write_for_each(session, workspace.stamp(), noted, patient_ids=of)
        write_whole(path / file.file_name if path.is_dir() else path, content.encode())
        told.is_done = True
    return Change(Topic(0), file_id)


def read_claim_files(workspace: Workspace) -> tuple[ClaimFile, ...]:
    """Give all files of claims, the newest first, with what came back about them."""
    workspace.require(Permission.SEE_BILLING)
    zone = workspace.now().tzinfo
    with workspace.database.read() as session:
        return tuple(
            replace(each, made_at=each.made_at.astimezone(zone))
            for each in claim_files.everything(session)
        )


def _facts(
    workspace: Workspace, issued: Sequence[Superbill], voided: Sequence[Superbill]
) -> FilingFacts:
    bills = (*issued, *voided)
    bill_ids = [bill.id for bill in bills]
    patient_ids = [bill.patient.id for bill in bills]
    with workspace.database.read() as session:
        return FilingFacts(
            practice=practices.get(session),
            payers=payers.by_id(session),
            coverage=coverage.of_patients(session, patient_ids),
            patients=patients.by_id(session, patient_ids),
            staff={member.id: member for member in staff_members.everyone(session)},
            steps=bill_step.of_superbills(session, bill_ids),
            payments=remittances.payments_of(session, bill_ids),
            filed=claim_files.filed(session, bill_ids),
            void_filed=claim_files.void_filed(session, bill_ids),
            voided=tuple(voided),
            today=workspace.today(),
            rule_sets=tables_of(workspace).rule_sets,
            restricted=stopped(workspace, patient_ids, Purpose.PAYMENT),
        )


def _chosen(filing: Filing, request: FileRequest) -> tuple[FilingRow, ...]:
    """Give the rows of a request, or refuse it with what keeps each of them back."""
    if request.kind is ClaimFileKind.PROFESSIONAL and filing.problems:
        raise Refused(*filing.problems)
    chosen = tuple(row for row in filing.rows if row.key in request.keys)
    rows = chosen or (() if request.keys else filing.offered(again=request.again))
    if not rows:
        raise Refused(Problem("month", NOTHING_DUE), *_reasons(filing.kept_back))
    if broken := [row for row in rows if not row.is_ready]:
        raise Refused(*_reasons(broken))
    filed = [row for row in rows if not row.is_due]
    if filed and not request.again:
        words = (
            f"{count_of(len(filed), 'claim')} went to the payer already, such as "
            f"{filed[0].superbill.number}. A payer denies what comes twice."
        )
        raise Refused(Problem("claims", words))
    return rows


def _reasons(rows: Sequence[FilingRow]) -> Iterator[Problem]:
    """Say of the first few claims what keeps each of them back."""
    for row in rows[:MOST_NAMED]:
        yield Problem("claims", f"{row.superbill.number}: {row.words}")


def _made(
    workspace: Workspace, filing: Filing, request: FileRequest, *, claims: Sequence[Claim]
) -> tuple[ClaimFile, bytes]:
    is_x12 = request.kind is ClaimFileKind.PROFESSIONAL
    with workspace.database.read() as session:
        practice = practices.get(session)
        number = claim_files.next_control_number(session)
    envelope = Envelope(number, workspace.now(), practice, filing.settings)
    name = f"COCM-CLAIMS-{workspace.now():%Y%m%d-%H%M%S}.csv"
    if is_x12:
        text = claims_837(claims, envelope)
        require_structure(text)
        content, name = text.encode("ascii"), envelope.file_name
    else:
        content = claims_csv(claims)
    file = ClaimFile(
        id=request.id,
        kind=request.kind,
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        is_test=is_x12 and not filing.settings.is_production,
        made_at=workspace.now(),
        made_by=workspace.staff.name,
        control_number=number if is_x12 else None,
    )
    return file, content


def _sent(workspace: Workspace, row: FilingRow, file: ClaimFile) -> BillStep:
    return BillStep(
        id=new_id(),
        superbill_id=row.superbill.id,
        state=MonthState.SENT,
        made_on=workspace.today(),
        reason=file.file_name,
        source_id=file.id,
    )


def _release(file: ClaimFile, claims: Sequence[Claim]) -> Release:
    """Tell what of whom went to the payers; which of them is in the file itself."""
    return Release(
        [claim.superbill.patient.id for claim in claims],
        Purpose.PAYMENT,
        recipient=", ".join(sorted({claim.payer.name for claim in claims})),
        what=f"Claim in {file.file_name}",
        sha256=file.sha256,
    )


def _note(code: str, file: ClaimFile) -> audit.Note:
    """Tell the audit of a file: its digest, number and test mark, never a name."""
    told = {"control_number": str(file.control_number or ""), "is_test": str(file.is_test)}
    changes = [FieldChange(name, None, text) for name, text in told.items() if text]
    return audit.Note(code, audit.Action.EXECUTE, file.id, sha256=file.sha256, changes=changes)
