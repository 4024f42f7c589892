"""Remittances that were posted, and what each says about a superbill."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.posting import (
    OpenBill,
    PostedPayment,
    PostedRemittance,
    RemittancePreview,
)
from cocm_desktop.domain.billing.remittance import ClaimPayment
from cocm_desktop.domain.ids import PatientId, RemittanceId, SuperbillId, new_id
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage import bill_step
from cocm_desktop.storage.documents import superbill_from_text, value_from_text, value_to_text
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import found, grouped, recorded, void
from cocm_desktop.storage.tables import StaffTable
from cocm_desktop.storage.tables_claims import RemittanceClaimTable, RemittanceTable
from cocm_desktop.storage.tables_month import SuperbillTable

MOST_AT_ONCE = 500


def add(session: Session, preview: RemittancePreview, stamp: Stamp) -> None:
    file, first = preview.file, preview.file.payments[0]
    session.add(
        RemittanceTable(
            id=preview.id,
            file_name=file.file_name,
            sha256=file.sha256,
            payer_name=first.payer_name,
            trace_number=first.trace_number,
            paid_on=first.paid_on,
            paid_cents=file.paid_cents,
            content=preview.content,
            **recorded(stamp),
        )
    )
    session.flush()
    session.add_all(
        RemittanceClaimTable(
            id=new_id(),
            remittance_id=preview.id,
            superbill_id=row.superbill_id,
            account_number=row.claim.account_number,
            payer_name=row.payment.payer_name,
            paid_on=row.payment.paid_on,
            paid_cents=row.claim.paid_cents,
            content=value_to_text(row.claim),
        )
        for row in preview.rows
    )


def exists(session: Session, remittance_id: str) -> bool:
    return is_stored(session, RemittanceTable, remittance_id)


def posted(session: Session, sha256: str) -> PostedRemittance | None:
    """Give the posting of a file with this content that still counts."""
    same = (each for each in everything(session) if each.sha256 == sha256)
    return next((each for each in same if each.undone_at is None), None)


def undo(session: Session, remittance_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, RemittanceTable, remittance_id, words="remittance"), stamp, reason)


def everything(session: Session) -> tuple[PostedRemittance, ...]:
    """Give all remittances, the newest first, those that were undone too."""
    table, claim = RemittanceTable, RemittanceClaimTable
    counts = {
        row[0]: (row[1], row[2])
        for row in session.execute(
            select(claim.remittance_id, func.count(), func.count(claim.superbill_id)).group_by(
                claim.remittance_id
            )
        )
    }
    rows = session.execute(
        select(table, StaffTable.name)
        .outerjoin(StaffTable, StaffTable.id == table.recorded_by)
        .order_by(table.recorded_at.desc(), table.id.desc())
    )
    return tuple(_remittance(row, name or "", counts.get(row.id, (0, 0))) for row, name in rows)


def _remittance(row: RemittanceTable, name: str, counts: tuple[int, int]) -> PostedRemittance:
    claims, matched = counts
    return PostedRemittance(
        id=RemittanceId(row.id),
        file_name=row.file_name,
        sha256=row.sha256,
        payer_name=row.payer_name,
        trace_number=row.trace_number,
        paid_on=row.paid_on,
        paid_cents=row.paid_cents,
        posted_at=row.recorded_at,
        posted_by=name,
        claims=claims,
        matched=matched,
        undone_at=row.voided_at,
        undo_reason=row.void_reason or "",
    )


def bills_by_account(session: Session, accounts: Collection[str]) -> dict[str, OpenBill]:
    """Give the superbills of some account numbers, the voided ones too, and where they stand."""
    table = SuperbillTable
    wanted = [each for each in dict.fromkeys(accounts) if each]
    rows = [
        row
        for start in range(0, len(wanted), MOST_AT_ONCE)
        for row in session.scalars(
            select(table).where(table.account_number.in_(wanted[start : start + MOST_AT_ONCE]))
        )
    ]
    steps = bill_step.of_superbills(session, [row.id for row in rows])
    found_ones = {}
    for row in rows:
        bill, own = superbill_from_text(row.content), steps.get(SuperbillId(row.id), ())
        patient = replace(bill.patient, id=PatientId(row.patient_id))
        found_ones[row.account_number] = OpenBill(
            superbill=replace(bill, patient=patient),
            state=own[-1].state if own else MonthState.ISSUED,
            is_voided=row.voided_at is not None,
        )
    return found_ones


def payments_of(
    session: Session, superbill_ids: Collection[str]
) -> dict[SuperbillId, tuple[PostedPayment, ...]]:
    """Give what remittances that still count say about some superbills, the oldest first."""
    claim, remittance = RemittanceClaimTable, RemittanceTable
    rows = session.scalars(
        select(claim)
        .join(remittance, remittance.id == claim.remittance_id)
        .where(claim.superbill_id.in_(superbill_ids), remittance.voided_at.is_(None))
        .order_by(remittance.recorded_at, claim.id)
    )
    return grouped((SuperbillId(row.superbill_id or ""), _payment(row)) for row in rows)


def _payment(row: RemittanceClaimTable) -> PostedPayment:
    return PostedPayment(
        remittance_id=RemittanceId(row.remittance_id),
        payer_name=row.payer_name,
        paid_on=row.paid_on,
        claim=value_from_text(ClaimPayment, row.content),
    )
