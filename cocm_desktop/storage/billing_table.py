"""Tables that the practice loaded from public files: added, withdrawn, never changed."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.billing_table import BillingTable, LoadedTable, TablePreview
from cocm_desktop.domain.billing.evaluation_facts import Span
from cocm_desktop.domain.ids import BillingTableId
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import forget, is_stored, kept
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables import StaffTable
from cocm_desktop.storage.tables_rules import BillingTableTable

_KEPT = "billing tables"
Parsed = TypeVar("Parsed")
_PARSED: dict[str, Any] = {}


def add(session: Session, preview: TablePreview, stamp: Stamp) -> None:
    forget(session, _KEPT)
    table = preview.as_table()
    session.add(
        BillingTableTable(
            id=table.id,
            kind=table.kind,
            name=table.name,
            valid_from=table.valid.first,
            ends_on=table.valid.last,
            is_qualifying=table.is_qualifying,
            file_name=table.file_name,
            sha256=table.sha256,
            row_count=table.row_count,
            content=zlib.compress(preview.content, 9),
            **recorded(stamp),
        )
    )


def exists(session: Session, table_id: str) -> bool:
    return is_stored(session, BillingTableTable, table_id)


def withdraw(session: Session, table_id: str, stamp: Stamp, *, reason: str) -> BillingTable:
    forget(session, _KEPT)
    row = found(session, BillingTableTable, table_id, words="table")
    void(row, stamp, reason)
    return _table(row)


def everything(session: Session) -> tuple[LoadedTable, ...]:
    """Give every table that holds: the newest days first, of the same days the last loaded."""
    return kept(session, _KEPT, _everything)


def parsed(
    session: Session, table: BillingTable, parse: Callable[[BillingTable, bytes], Parsed]
) -> Parsed:
    """Give a table as `parse` reads it, once: its content is public and is never changed."""
    if table.id not in _PARSED:
        stored = BillingTableTable
        packed = session.scalar(select(stored.content).where(stored.id == table.id))
        _PARSED[table.id] = parse(table, zlib.decompress(packed or b""))
    read: Parsed = _PARSED[table.id]
    return read


def _everything(session: Session) -> tuple[LoadedTable, ...]:
    table = BillingTableTable
    rows = session.execute(
        select(table, StaffTable.name)
        .outerjoin(StaffTable, StaffTable.id == table.recorded_by)
        .where(table.voided_at.is_(None))
        .order_by(table.valid_from.desc(), table.id.desc())
    )
    return tuple(LoadedTable(_table(row), row.recorded_at, by or "") for row, by in rows)


def _table(row: BillingTableTable) -> BillingTable:
    return BillingTable(
        id=BillingTableId(row.id),
        kind=row.kind,
        name=row.name,
        valid=Span(row.valid_from, row.ends_on),
        file_name=row.file_name,
        sha256=row.sha256,
        row_count=row.row_count,
        is_qualifying=row.is_qualifying,
    )
