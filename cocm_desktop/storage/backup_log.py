"""What the audit knows of backups: whether anything was recorded since, when one was tried."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cocm_desktop.storage.audit import DONE, Action
from cocm_desktop.storage.tables import AuditEntryTable

_ABOUT_THE_FILE = ("audit", "backup", "backup_place", "clinic", "program", "session", "sitting")
"""Entries about these tell of no record: a backup without them lacks nothing of a patient."""


def is_changed_since(session: Session, seq: int) -> bool:
    """Tell whether anything was recorded after an entry of the audit. Looking at a chart is not."""
    table = AuditEntryTable
    changed = (
        select(table.seq)
        .where(
            table.seq > seq,
            table.action != Action.READ.value,
            table.object_type.not_in(_ABOUT_THE_FILE),
        )
        .limit(1)
    )
    return session.scalar(changed) is not None


def last(session: Session, code: str, *, object_id: str | None = None) -> datetime | None:
    """Give when something went well last, of one object or of any."""
    table = AuditEntryTable
    newest = select(func.max(table.at)).where(table.code == code, table.outcome == DONE)
    if object_id is not None:
        newest = newest.where(table.object_id == object_id)
    return session.scalar(newest)


def seal_of(session: Session, seq: int) -> str | None:
    """Give the seal of one entry; None where there is no such entry."""
    mac = session.execute(select(AuditEntryTable.mac).where(AuditEntryTable.seq == seq)).first()
    return (mac[0] or "") if mac else None
