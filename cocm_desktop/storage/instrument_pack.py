"""The clinic's own definitions of instruments: added, retired, never changed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import InstrumentPackId, new_id
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.instrument_pack import InstrumentPack
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import forget, kept
from cocm_desktop.storage.records import recorded
from cocm_desktop.storage.tables_clinical import InstrumentPackTable, InstrumentRetirementTable

_PACKS = "instruments of the clinic's own"


def add(session: Session, pack: InstrumentPack, stamp: Stamp) -> None:
    forget(session, _PACKS)
    session.add(
        InstrumentPackTable(
            id=pack.id,
            instrument_id=pack.instrument_id,
            version=pack.version,
            kind=pack.kind,
            file_name=pack.file_name,
            sha256=pack.sha256,
            content=pack.content,
            **recorded(stamp),
        )
    )


def retire(session: Session, pack_id: str, stamp: Stamp, *, reason: str) -> None:
    forget(session, _PACKS)
    session.add(
        InstrumentRetirementTable(id=new_id(), pack_id=pack_id, reason=reason, **recorded(stamp))
    )


def everything(session: Session) -> tuple[InstrumentPack, ...]:
    """Give every pack of every version, retired ones too, by name and version."""
    return kept(session, _PACKS, _everything)


def _everything(session: Session) -> tuple[InstrumentPack, ...]:
    pack, retirement = InstrumentPackTable, InstrumentRetirementTable
    rows = session.execute(
        select(pack, retirement.reason)
        .outerjoin(retirement, retirement.pack_id == pack.id)
        .order_by(pack.instrument_id, pack.version)
    )
    return tuple(
        InstrumentPack(
            id=InstrumentPackId(row.id),
            instrument_id=InstrumentId(row.instrument_id),
            version=row.version,
            kind=row.kind,
            file_name=row.file_name,
            sha256=row.sha256,
            content=row.content,
            retire_reason=reason,
        )
        for row, reason in rows
    )
