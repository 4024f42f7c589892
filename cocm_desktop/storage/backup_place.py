"""The second folder for backups, one a computer."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.backup_place import BackupPlace
from cocm_desktop.domain.ids import BackupPlaceId
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables_trust import BackupPlaceTable


def add(session: Session, place: BackupPlace, stamp: Stamp) -> None:
    session.add(
        BackupPlaceTable(
            id=place.id,
            folder=place.folder,
            remind_days=place.remind_days,
            **recorded(stamp),
        )
    )


def of_device(session: Session, device: str) -> BackupPlace | None:
    """Give the place that was chosen last on a computer and not given up."""
    table = BackupPlaceTable
    row = session.scalar(
        select(table)
        .where(table.device == device, table.voided_at.is_(None))
        .order_by(table.id.desc())
        .limit(1)
    )
    return BackupPlace(BackupPlaceId(row.id), row.folder, row.remind_days) if row else None


def give_up(session: Session, place: BackupPlace, stamp: Stamp, *, reason: str) -> None:
    row = found(session, BackupPlaceTable, place.id, words="second place")
    void(row, stamp, reason)
