"""The practice and its fees."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import FeeId, new_id
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.domain.superbill import Fee
from cocm_desktop.errors import Damaged
from cocm_desktop.storage.records import change, found, recorded, void
from cocm_desktop.storage.tables import PracticeTable
from cocm_desktop.storage.tables_charges import FeeTable


def add(session: Session, practice: Practice, stamp: Stamp) -> None:
    session.add(PracticeTable(id=new_id(), **asdict(practice), **recorded(stamp)))


def get(session: Session) -> Practice:
    row = _row(session)
    values: dict[str, Any] = {field.name: getattr(row, field.name) for field in fields(Practice)}
    return Practice(**values)


def update(session: Session, practice: Practice) -> list[FieldChange]:
    values = asdict(practice)
    version = values.pop("version")
    return change(_row(session), values, version=version)


def add_fee(session: Session, fee: Fee, stamp: Stamp) -> None:
    session.add(FeeTable(**asdict(fee), **recorded(stamp)))


def fees(session: Session) -> list[Fee]:
    rows = session.scalars(
        select(FeeTable).where(FeeTable.voided_at.is_(None)).order_by(FeeTable.code, FeeTable.id)
    )
    return [Fee(FeeId(row.id), row.code, row.cents, row.valid_from) for row in rows]


def void_fee(session: Session, fee_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, FeeTable, fee_id, words="charge"), stamp, reason)


def _row(session: Session) -> PracticeTable:
    row: PracticeTable | None = session.scalar(select(PracticeTable))
    if row is None:
        raise Damaged(
            "This file holds no practice, so it is not a complete clinic. It was left as it is. "
            "Restore the newest good backup."
        )
    return row
