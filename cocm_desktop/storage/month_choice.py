"""What a person chose about a month: which payer it is billed to, and as which service."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.ids import EpisodeId, PatientId, PayerId, new_id
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import recorded, void
from cocm_desktop.storage.tables_month import MonthPayerTable, ServiceLineTable

_REPLACED = "Another choice"


def lines(
    session: Session, episode_ids: Collection[str], month: ServiceMonth
) -> dict[EpisodeId, Line]:
    """Give as which service episodes are billed in a month, where somebody has chosen."""
    table = ServiceLineTable
    rows = session.execute(
        select(table.episode_id, table.line)
        .where(table.episode_id.in_(episode_ids), table.month <= month.key)
        .order_by(table.month, table.id)
    )
    return {EpisodeId(episode_id): line for episode_id, line in rows}


def add_line(
    session: Session, episode_id: str, month: ServiceMonth, *, line: Line, stamp: Stamp
) -> str:
    row = ServiceLineTable(
        id=new_id(), episode_id=episode_id, month=month.key, line=line, **recorded(stamp)
    )
    session.add(row)
    session.flush()
    return row.id


def payers(
    session: Session, patient_ids: Collection[str], month: ServiceMonth
) -> dict[PatientId, PayerId]:
    """Give the payers that were chosen for patients' month."""
    return {
        PatientId(row.patient_id): PayerId(row.payer_id)
        for row in _payer_rows(session, patient_ids, month)
    }


def set_payer(
    session: Session,
    patient_id: str,
    month: ServiceMonth,
    *,
    payer_id: PayerId | None,
    stamp: Stamp,
) -> None:
    """Choose a payer; None leaves it to the days of coverage again."""
    for row in _payer_rows(session, [patient_id], month):
        void(row, stamp, _REPLACED)
    if payer_id is not None:
        session.add(
            MonthPayerTable(
                id=new_id(),
                patient_id=patient_id,
                month=month.key,
                payer_id=payer_id,
                **recorded(stamp),
            )
        )
    session.flush()


def _payer_rows(
    session: Session, patient_ids: Collection[str], month: ServiceMonth
) -> tuple[MonthPayerTable, ...]:
    table = MonthPayerTable
    return tuple(
        session.scalars(
            select(table)
            .where(
                table.month == month.key,
                table.patient_id.in_(patient_ids),
                table.voided_at.is_(None),
            )
            .order_by(table.id)
        )
    )
