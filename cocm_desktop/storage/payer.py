"""Payers: whom the practice bills, the retired ones too."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.payer import Payer
from cocm_desktop.domain.ids import PayerId
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import change, found, recorded
from cocm_desktop.storage.tables_charges import PayerTable

WORDS = "payer"


def add(session: Session, payer: Payer, stamp: Stamp) -> None:
    session.add(PayerTable(**asdict(payer), **recorded(stamp)))
    session.flush()


def exists(session: Session, payer_id: str) -> bool:
    return is_stored(session, PayerTable, payer_id)


def get(session: Session, payer_id: str) -> Payer:
    return _payer(found(session, PayerTable, payer_id, words=WORDS))


def everything(session: Session) -> tuple[Payer, ...]:
    """Give all payers by name, the retired ones too."""
    rows = session.scalars(select(PayerTable).order_by(PayerTable.name, PayerTable.id))
    return tuple(map(_payer, rows))


def by_id(session: Session) -> dict[PayerId, Payer]:
    return {payer.id: payer for payer in everything(session)}


def update(session: Session, payer: Payer) -> list[FieldChange]:
    values = asdict(payer)
    version = values.pop("version")
    return change(
        found(session, PayerTable, values.pop("id"), words=WORDS), values, version=version
    )


def _payer(row: PayerTable) -> Payer:
    values: dict[str, Any] = {field.name: getattr(row, field.name) for field in fields(Payer)}
    return Payer(**values)
