"""Issued superbills: each kept whole, as it was issued."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import PatientId, SuperbillId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.storage.documents import superbill_from_text, superbill_to_text
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables_month import SuperbillTable


def add(session: Session, superbill: Superbill, stamp: Stamp) -> None:
    session.add(
        SuperbillTable(
            id=superbill.id,
            patient_id=superbill.patient.id,
            episode_id=superbill.episode_id,
            month=superbill.month.key,
            number=superbill.number,
            account_number=superbill.account_number,
            codes=" ".join(f"{line.code}*{line.units}" for line in superbill.lines),
            content=superbill_to_text(superbill),
            **recorded(stamp),
        )
    )


def get(session: Session, superbill_id: str) -> Superbill:
    row = found(session, SuperbillTable, superbill_id, words="superbill")
    return _superbill(row)


def issued(
    session: Session, month: ServiceMonth, *, patient_id: str | None = None
) -> dict[PatientId, Superbill]:
    """Give the valid superbills of a month by patient, or that of one patient."""
    statement = select(SuperbillTable).where(
        SuperbillTable.month == month.key, SuperbillTable.voided_at.is_(None)
    )
    if patient_id is not None:
        statement = statement.where(SuperbillTable.patient_id == patient_id)
    rows = session.scalars(statement)
    return {PatientId(row.patient_id): _superbill(row) for row in rows}


def voided(session: Session, month: ServiceMonth) -> tuple[Superbill, ...]:
    """Give the superbills of a month that were withdrawn, by number."""
    rows = session.scalars(
        select(SuperbillTable)
        .where(SuperbillTable.month == month.key, SuperbillTable.voided_at.is_not(None))
        .order_by(SuperbillTable.number)
    )
    return tuple(map(_superbill, rows))


def _superbill(row: SuperbillTable) -> Superbill:
    """Read it as it was issued; a patient who was merged since is found by the record on file."""
    issued_as = superbill_from_text(row.content)
    if issued_as.patient.id == row.patient_id:
        return issued_as
    return replace(issued_as, patient=replace(issued_as.patient, id=PatientId(row.patient_id)))


def void_superbill(
    session: Session, superbill_id: SuperbillId, stamp: Stamp, *, reason: str
) -> None:
    void(found(session, SuperbillTable, superbill_id, words="superbill"), stamp, reason)


def next_number(session: Session, month: ServiceMonth) -> str:
    """Give the next number of a month's series, such as 2026-11-0007; voided ones count on."""
    statement = select(func.count()).where(SuperbillTable.month == month.key)
    return f"{month.key}-{(session.scalar(statement) or 0) + 1:04}"


def next_account_number(session: Session, month: ServiceMonth) -> str:
    """Give a claim's account number, such as COCM-000123-202611: counted over all months.

    Source: X12 005010X222A1, CLM01: up to 20 characters of the basic set.
    """
    count = session.scalar(select(func.count()).select_from(SuperbillTable)) or 0
    return f"COCM-{count + 1:06}-{month.year:04}{month.month:02}"
