"""Imports of patient lists, and how the columns of each layout were mapped."""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import ImportBatchId, new_id
from cocm_desktop.domain.import_preview import ImportBatch
from cocm_desktop.domain.patient_list import Mapping, PatientField
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables import (
    ImportBatchTable,
    ImportLayoutTable,
    StaffTable,
)


def add(session: Session, batch: ImportBatch, stamp: Stamp) -> None:
    session.add(
        ImportBatchTable(
            id=batch.id,
            file_name=batch.file_name,
            sha256=batch.sha256,
            rows_added=batch.rows_added,
            rows_known=batch.rows_known,
            rows_rejected=batch.rows_rejected,
            **recorded(stamp),
        )
    )


def find(session: Session, batch_id: ImportBatchId) -> ImportBatch | None:
    """Give an import, also one that was undone; None where there was none."""
    return next((batch for batch in everything(session) if batch.id == batch_id), None)


def everything(session: Session) -> list[ImportBatch]:
    """Give all imports, the newest first, those that were undone too."""
    table = ImportBatchTable
    rows = session.execute(
        select(table, StaffTable.name)
        .outerjoin(StaffTable, StaffTable.id == table.recorded_by)
        .order_by(table.recorded_at.desc(), table.id.desc())
    )
    return [
        ImportBatch(
            id=ImportBatchId(row.id),
            file_name=row.file_name,
            sha256=row.sha256,
            rows_added=row.rows_added,
            rows_known=row.rows_known,
            rows_rejected=row.rows_rejected,
            imported_at=row.recorded_at,
            imported_by=name or "",
            undone_at=row.voided_at,
            undo_reason=row.void_reason or "",
        )
        for row, name in rows
    ]


def void_import(session: Session, batch_id: ImportBatchId, stamp: Stamp, *, reason: str) -> None:
    void(found(session, ImportBatchTable, batch_id, words="import"), stamp, reason)


def mapping_of(session: Session, fingerprint: str) -> Mapping | None:
    """Give how the columns of this layout were mapped the last time."""
    table = ImportLayoutTable
    written = session.scalar(
        select(table.mapping)
        .where(table.fingerprint == fingerprint)
        .order_by(table.recorded_at.desc(), table.id.desc())
        .limit(1)
    )
    if written is None:
        return None
    return tuple(PatientField.__members__.get(name) for name in json.loads(written))


def remember_mapping(session: Session, stamp: Stamp, *, fingerprint: str, mapping: Mapping) -> None:
    names = [field.name if field else "" for field in mapping]
    session.add(
        ImportLayoutTable(
            id=new_id(), fingerprint=fingerprint, mapping=json.dumps(names), **recorded(stamp)
        )
    )
