"""What was put off for patients, until when and why."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.due_delay import DueDelay
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import recorded
from cocm_desktop.storage.tables_work import DueDelayTable


def add(session: Session, delay: DueDelay, stamp: Stamp, *, delay_id: str) -> None:
    session.add(
        DueDelayTable(
            id=delay_id,
            patient_id=delay.patient_id,
            made_on=delay.made_on,
            until_on=delay.until_on,
            reason=delay.reason,
            **recorded(stamp),
        )
    )


def exists(session: Session, delay_id: str) -> bool:
    return session.get(DueDelayTable, delay_id) is not None


def last_of_everyone(session: Session, since: date) -> dict[PatientId, DueDelay]:
    """Give each patient's last delay, of those made on the day or later."""
    rows = session.scalars(
        select(DueDelayTable).where(DueDelayTable.made_on >= since).order_by(DueDelayTable.id)
    )
    return {PatientId(row.patient_id): _delay(row) for row in rows}


def _delay(row: DueDelayTable) -> DueDelay:
    return DueDelay(PatientId(row.patient_id), row.made_on, row.until_on, row.reason)
