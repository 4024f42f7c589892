"""What became of issued superbills, step by step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.bill_step import BillStep
from cocm_desktop.domain.ids import SuperbillId
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import grouped, recorded, void
from cocm_desktop.storage.tables_month import BillStepTable


def add(session: Session, step: BillStep, stamp: Stamp) -> None:
    session.add(BillStepTable(**asdict(step), **recorded(stamp)))


def exists(session: Session, step_id: str) -> bool:
    return is_stored(session, BillStepTable, step_id)


def of_superbills(
    session: Session, superbill_ids: Collection[str]
) -> dict[SuperbillId, tuple[BillStep, ...]]:
    """Give the steps of some superbills in one statement, each in the order of recording."""
    table = BillStepTable
    rows = session.scalars(
        select(table)
        .where(table.superbill_id.in_(superbill_ids), table.voided_at.is_(None))
        .order_by(table.recorded_at, table.id)
    )
    return grouped((SuperbillId(row.superbill_id), _step(row)) for row in rows)


def of_superbill(session: Session, superbill_id: str) -> tuple[BillStep, ...]:
    return of_superbills(session, [superbill_id]).get(SuperbillId(superbill_id), ())


def void_of_source(
    session: Session, source_id: str, stamp: Stamp, *, reason: str
) -> tuple[SuperbillId, ...]:
    """Withdraw what a file did, and tell which superbills it was done to."""
    table = BillStepTable
    rows = session.scalars(
        select(table).where(table.source_id == source_id, table.voided_at.is_(None))
    ).all()
    for row in rows:
        void(row, stamp, reason)
    return tuple(dict.fromkeys(SuperbillId(row.superbill_id) for row in rows))


def _step(row: BillStepTable) -> BillStep:
    return BillStep(
        id=row.id,
        superbill_id=SuperbillId(row.superbill_id),
        state=row.state,
        made_on=row.made_on,
        reason=row.reason,
        source_id=row.source_id,
        paid_cents=row.paid_cents,
    )
