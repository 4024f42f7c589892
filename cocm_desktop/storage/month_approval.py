"""That practitioners approved what a month comes to."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.approval import MonthApproval
from cocm_desktop.domain.ids import PatientId, StaffId, new_id
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import recorded, void
from cocm_desktop.storage.tables_month import MonthApprovalTable


def add(session: Session, approval: MonthApproval, stamp: Stamp) -> str:
    row = MonthApprovalTable(
        id=new_id(),
        patient_id=approval.patient_id,
        month=approval.month.key,
        practitioner_id=approval.practitioner_id,
        outcome=approval.outcome,
        signed_on=approval.signed_on,
        **recorded(stamp),
    )
    session.add(row)
    session.flush()
    return row.id


def of_month(
    session: Session, month: ServiceMonth, patient_ids: Collection[str]
) -> dict[PatientId, MonthApproval]:
    """Give the last approval of some patients' month in one statement."""
    table = MonthApprovalTable
    rows = session.scalars(
        select(table)
        .where(
            table.month == month.key, table.voided_at.is_(None), table.patient_id.in_(patient_ids)
        )
        .order_by(table.recorded_at, table.id)
    )
    return {PatientId(row.patient_id): _approval(row, month) for row in rows}


def void_approvals(
    session: Session, month: ServiceMonth, patient_id: str, *, stamp: Stamp, reason: str
) -> bool:
    """Take the approvals of a patient's month back; tell whether there were any."""
    table = MonthApprovalTable
    rows = session.scalars(
        select(table).where(
            table.month == month.key, table.patient_id == patient_id, table.voided_at.is_(None)
        )
    ).all()
    for row in rows:
        void(row, stamp, reason)
    return bool(rows)


def _approval(row: MonthApprovalTable, month: ServiceMonth) -> MonthApproval:
    return MonthApproval(
        patient_id=PatientId(row.patient_id),
        month=month,
        practitioner_id=StaffId(row.practitioner_id),
        outcome=row.outcome,
        signed_on=row.signed_on,
        recorded_at=row.recorded_at,
    )
