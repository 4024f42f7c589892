"""Files of claims as they were written, and what came back about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.claim import Claim, Frequency
from cocm_desktop.domain.billing.claim_file import AnswerKind, ClaimAnswer, ClaimFile, FiledClaim
from cocm_desktop.domain.ids import ClaimFileId, SuperbillId, new_id
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import found, grouped, recorded
from cocm_desktop.storage.tables import StaffTable
from cocm_desktop.storage.tables_claims import ClaimAnswerTable, ClaimFileTable, FiledClaimTable


def add(
    session: Session, file: ClaimFile, stamp: Stamp, *, claims: Sequence[Claim], content: str
) -> None:
    session.add(
        ClaimFileTable(
            id=file.id,
            kind=file.kind,
            control_number=file.control_number,
            file_name=file.file_name,
            sha256=file.sha256,
            is_test=file.is_test,
            content=content,
            **recorded(stamp),
        )
    )
    session.flush()
    session.add_all(
        FiledClaimTable(
            id=new_id(),
            claim_file_id=file.id,
            superbill_id=claim.superbill.id,
            account_number=claim.account_number,
            frequency=claim.frequency,
            payer_rank=claim.coverage.rank,
        )
        for claim in claims
    )


def add_answers(
    session: Session,
    answers: Sequence[ClaimAnswer],
    stamp: Stamp,
    *,
    file_name: str,
    sha256: str,
) -> None:
    session.add_all(
        ClaimAnswerTable(
            id=new_id(),
            kind=each.kind,
            file_name=file_name,
            sha256=sha256,
            claim_file_id=each.claim_file_id,
            superbill_id=each.superbill_id,
            named=each.named,
            is_accepted=each.is_accepted,
            words=each.words,
            **recorded(stamp),
        )
        for each in answers
    )


def filed(session: Session, superbill_ids: Collection[str]) -> frozenset[tuple[SuperbillId, int]]:
    """Give which superbills stand in a file, each with its payer's rank.

    Neither a test nor a file that was rejected as a whole counts.
    """
    rows = session.execute(
        _in_files(superbill_ids).where(FiledClaimTable.frequency != Frequency.VOID)
    )
    return frozenset((SuperbillId(bill_id), rank) for bill_id, rank in rows)


def void_filed(session: Session, superbill_ids: Collection[str]) -> frozenset[SuperbillId]:
    """Give which superbills were taken back by a claim in a file that was no test."""
    rows = session.execute(
        _in_files(superbill_ids).where(FiledClaimTable.frequency == Frequency.VOID)
    )
    return frozenset(SuperbillId(bill_id) for bill_id, _rank in rows)


def _in_files(superbill_ids: Collection[str]) -> Select[str, int]:
    claim, file, answer = FiledClaimTable, ClaimFileTable, ClaimAnswerTable
    rejected = select(answer.claim_file_id).where(
        answer.kind == AnswerKind.FILE,
        answer.is_accepted.is_(False),
        answer.claim_file_id.is_not(None),
    )
    return (
        select(claim.superbill_id, claim.payer_rank)
        .join(file, file.id == claim.claim_file_id)
        .where(
            claim.superbill_id.in_(superbill_ids),
            file.is_test.is_(False),
            file.id.not_in(rejected),
        )
    )


def has_answers(session: Session, sha256: str) -> bool:
    statement = select(func.count()).where(ClaimAnswerTable.sha256 == sha256)
    return bool(session.scalar(statement))


def next_control_number(session: Session) -> int:
    """Give a number that no interchange has had."""
    return (session.scalar(select(func.max(ClaimFileTable.control_number))) or 0) + 1


def content(session: Session, file_id: str) -> str:
    return found(session, ClaimFileTable, file_id, words="file of claims").content


def exists(session: Session, file_id: str) -> bool:
    return is_stored(session, ClaimFileTable, file_id)


def everything(session: Session) -> tuple[ClaimFile, ...]:
    """Give all files, the newest first, each with its claims and what came back."""
    table = ClaimFileTable
    rows = session.execute(
        select(table, StaffTable.name)
        .outerjoin(StaffTable, StaffTable.id == table.recorded_by)
        .order_by(table.recorded_at.desc(), table.id.desc())
    ).all()
    claims, answers = _claims(session), _answers(session)
    return tuple(
        ClaimFile(
            id=ClaimFileId(row.id),
            kind=row.kind,
            file_name=row.file_name,
            sha256=row.sha256,
            is_test=row.is_test,
            made_at=row.recorded_at,
            made_by=name or "",
            control_number=row.control_number,
            claims=claims.get(row.id, ()),
            answers=answers.get(row.id, ()),
        )
        for row, name in rows
    )


def _claims(session: Session) -> dict[str, tuple[FiledClaim, ...]]:
    table = FiledClaimTable
    rows = session.scalars(select(table).order_by(table.account_number, table.id))
    return grouped(
        (
            row.claim_file_id,
            FiledClaim(SuperbillId(row.superbill_id), row.account_number, row.payer_rank),
        )
        for row in rows
    )


def _answers(session: Session) -> dict[str, tuple[ClaimAnswer, ...]]:
    rows = session.scalars(select(ClaimAnswerTable).order_by(ClaimAnswerTable.id))
    return grouped((row.claim_file_id or "", _answer(row)) for row in rows)


def _answer(row: ClaimAnswerTable) -> ClaimAnswer:
    return ClaimAnswer(
        kind=row.kind,
        named=row.named,
        is_accepted=row.is_accepted,
        words=row.words,
        superbill_id=SuperbillId(row.superbill_id) if row.superbill_id else None,
        claim_file_id=ClaimFileId(row.claim_file_id) if row.claim_file_id else None,
    )
