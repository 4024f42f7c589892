"""Append-only audit entries, written in the same transaction as the change they tell of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from cocm_desktop import __version__
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.tables import (
    AuditChangeTable,
    AuditEntryTable,
)

DONE = 0
_LAST_SEQ = "last audit entry"
_ENTRY, _CHANGE = insert(AuditEntryTable), insert(AuditChangeTable)


class Action(Enum):
    """What was done. Source: DICOM PS3.15 A.5 event action codes."""

    CREATE = "C"
    READ = "R"
    UPDATE = "U"
    VOID = "D"
    EXECUTE = "E"


@dataclass(frozen=True, slots=True)
class Note:
    """What an entry tells: a fixed code such as contact.recorded, and the record it is about.

    The word before the dot is the kind of record.
    """

    code: str
    action: Action
    object_id: str
    patient_id: str | None = None
    object_version: int | None = None
    reason: str | None = None
    sha256: str | None = None
    pages: int | None = None
    changes: Sequence[FieldChange] = ()


def created(code: str, object_id: str, patient_id: str | None = None) -> Note:
    return Note(code, Action.CREATE, object_id, patient_id)


def changed(
    code: str, object_id: str, changes: Sequence[FieldChange], *, patient_id: str | None = None
) -> Note:
    return Note(code, Action.UPDATE, object_id, patient_id, changes=changes)


def voided(code: str, object_id: str, *, reason: str, patient_id: str | None = None) -> Note:
    return Note(code, Action.VOID, object_id, patient_id, reason=reason)


def write(session: Session, stamp: Stamp, note: Note) -> int:
    """Append the entry and its field changes; give its number in the gapless sequence."""
    session.flush()
    seq = _last_seq(session) + 1
    session.info[_LAST_SEQ] = seq
    offset = stamp.at.utcoffset()
    entry = {
        "seq": seq,
        "id": new_id(),
        "at": stamp.at,
        "local_offset": int(offset.total_seconds()) if offset else 0,
        "staff_id": stamp.staff.id,
        "staff_name": stamp.staff.name,
        "roles": ",".join(sorted(role.name for role in stamp.staff.roles)),
        "device": stamp.device,
        "app_version": __version__,
        "session_id": stamp.session_id,
        "code": note.code,
        "action": note.action.value,
        "outcome": DONE,
        "patient_id": note.patient_id,
        "object_type": note.code.partition(".")[0],
        "object_id": note.object_id,
        "object_version": note.object_version,
        "reason": note.reason,
        "sha256": note.sha256,
        "pages": note.pages,
    }
    changes = [
        {"id": new_id(), "seq": seq, "field": c.field, "before": c.before, "after": c.after}
        for c in note.changes
    ]
    # Rows that nothing reads back need no object each: half the time of a short action.
    connection = session.connection()
    connection.execute(_ENTRY, entry)
    if changes:
        connection.execute(_CHANGE, changes)
    return seq


def _last_seq(session: Session) -> int:
    """Look the number up once a transaction: nobody else can write before it ends."""
    known: int | None = session.info.get(_LAST_SEQ)
    return known or session.scalar(select(func.max(AuditEntryTable.seq))) or 0


def last_at(session: Session, object_id: str) -> datetime | None:
    """Give the last moment at which something was noted of an object; None where nothing was."""
    table = AuditEntryTable
    return session.scalar(select(func.max(table.at)).where(table.object_id == object_id))
