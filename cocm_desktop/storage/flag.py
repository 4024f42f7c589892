"""Flags on patients."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.flag import Flag, PastFlag
from cocm_desktop.domain.ids import FlagId, PatientId
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables_work import FlagTable


def add(session: Session, flag: Flag, stamp: Stamp) -> None:
    session.add(FlagTable(**asdict(flag), **recorded(stamp)))


def exists(session: Session, flag_id: str) -> bool:
    return session.get(FlagTable, flag_id) is not None


def get(session: Session, flag_id: str) -> Flag:
    return _flag(found(session, FlagTable, flag_id, words="flag"))


def clear(session: Session, flag_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, FlagTable, flag_id, words="flag"), stamp, reason)


def showing(session: Session, day: date) -> dict[PatientId, tuple[Flag, ...]]:
    """Give the flags that show on a day, by patient, oldest first."""
    shown: dict[PatientId, tuple[Flag, ...]] = {}
    for row in session.scalars(
        select(FlagTable)
        .where(
            FlagTable.voided_at.is_(None),
            or_(FlagTable.expires_on.is_(None), FlagTable.expires_on >= day),
        )
        .order_by(FlagTable.id)
    ):
        patient_id = PatientId(row.patient_id)
        shown[patient_id] = (*shown.get(patient_id, ()), _flag(row))
    return shown


def of_patient(session: Session, patient_id: str) -> tuple[PastFlag, ...]:
    """Give every flag a patient ever had, newest first, those cleared and expired too."""
    rows = session.scalars(
        select(FlagTable).where(FlagTable.patient_id == patient_id).order_by(FlagTable.id.desc())
    )
    return tuple(
        PastFlag(_flag(row), row.recorded_at, row.voided_at, row.void_reason or "") for row in rows
    )


def _flag(row: FlagTable) -> Flag:
    return Flag(
        id=FlagId(row.id),
        patient_id=PatientId(row.patient_id),
        kind=row.kind,
        words=row.words,
        reason=row.reason,
        expires_on=row.expires_on,
    )
