"""Append-only audit entries, written in the same transaction as the change they tell of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from cocm_desktop import __version__
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.audit_chain import BEGINNING, seal
from cocm_desktop.storage.audit_verify import SEALED_CODE, older_digest
from cocm_desktop.storage.database import AUDIT_KEY, LATE, LATE_WRITTEN
from cocm_desktop.storage.tables import (
    AuditChangeTable,
    AuditEntryTable,
)

DONE = 0
MINOR_FAILURE = 4
SERIOUS_FAILURE = 8
"""Source: DICOM PS3.15 A.5, event outcome indicator: 0, 4, 8, 12."""
CLOCK_TOLERANCE = timedelta(minutes=1)
_LAST, _LATEST = "last audit entry", "when the last audit entry was made"
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
    bytes: int | None = None
    recipient: str | None = None
    category: str | None = None
    outcome: int = DONE
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
    last, before = _last(session)
    if last and before == BEGINNING:
        _append(session, stamp, _about_older(session, last), after=(last, BEGINNING))
    _tell_late(session)
    return _append(session, stamp, note, after=_last(session))


def write_for_each(
    session: Session, stamp: Stamp, note: Note, *, patient_ids: Iterable[str]
) -> None:
    """Append an entry for each patient whom the note is about; one where it is about none."""
    for patient_id in dict.fromkeys(patient_ids) or (note.patient_id,):
        write(session, stamp, replace(note, patient_id=patient_id))


def _tell_late(session: Session) -> None:
    """Tell first what was read while the disk took nothing."""
    late = session.info.get(LATE)
    if late and LATE_WRITTEN not in session.info:
        session.info[LATE_WRITTEN] = len(late)
        for stamp, note in tuple(late):
            _append(session, stamp, note, after=_last(session))


def _about_older(session: Session, last: int) -> Note:
    """Seal what was written before the chain as a whole, with the chain's first entry."""
    connection = session.connection().connection.driver_connection
    digest = older_digest(connection, last + 1)
    return Note(SEALED_CODE, Action.EXECUTE, f"1-{last}", sha256=digest)


def _append(session: Session, stamp: Stamp, note: Note, *, after: tuple[int, str]) -> int:
    last, before = after
    seq = last + 1
    entry = {"seq": seq, "id": new_id(), **_circumstances(stamp), **_told(note)}
    entry["clock_ok"] = stamp.clock_ok and not _was_set_back(session, stamp)
    entry["prev_mac"] = before
    fields = [(change.field, change.before, change.after) for change in note.changes]
    key = session.info.get(AUDIT_KEY, b"")
    entry["mac"] = seal(key, before, entry=entry, changes=fields)
    session.info[_LAST] = seq, entry["mac"]
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


def _circumstances(stamp: Stamp) -> dict[str, Any]:
    offset = stamp.at.utcoffset()
    return {
        "at": stamp.at,
        "local_offset": int(offset.total_seconds()) if offset else 0,
        "ticks_ms": stamp.ticks_ms,
        "clock_ok": stamp.clock_ok,
        "staff_id": stamp.staff.id,
        "staff_name": stamp.staff.name,
        "roles": ",".join(sorted(role.name for role in stamp.staff.roles)),
        "is_emergency": stamp.is_emergency,
        "device": stamp.device,
        "os_account": stamp.os_account,
        "app_version": __version__,
        "session_id": stamp.session_id,
    }


def _told(note: Note) -> dict[str, Any]:
    return {
        "code": note.code,
        "action": note.action.value,
        "outcome": note.outcome,
        "patient_id": note.patient_id,
        "object_type": note.code.partition(".")[0],
        "object_id": note.object_id,
        "object_version": note.object_version,
        "category": note.category,
        "before_hash": _digest(change.before for change in note.changes),
        "after_hash": _digest(change.after for change in note.changes),
        "reason": note.reason,
        "recipient": note.recipient,
        "sha256": note.sha256,
        "pages": note.pages,
        "bytes": note.bytes,
    }


def _digest(values: Iterable[str | None]) -> str | None:
    """Digest the values of the fields that changed; None where no field did."""
    texts = list(values)
    if not texts:
        return None
    return hashlib.sha256(json.dumps(texts, separators=(",", ":")).encode()).hexdigest()


def _last(session: Session) -> tuple[int, str]:
    """Look the last entry up once a transaction: nobody else can write before it ends."""
    known: tuple[int, str] | None = session.info.get(_LAST)
    if known is not None:
        return known
    table = AuditEntryTable
    newest = select(table.seq, table.mac, table.at).order_by(table.seq.desc()).limit(1)
    row = session.execute(newest).first()
    if row is None:
        return 0, BEGINNING
    session.info[_LATEST] = row[2]
    return row[0], row[1] or BEGINNING


def _was_set_back(session: Session, stamp: Stamp) -> bool:
    """Tell whether the clock stands before the last entry that was there already."""
    latest: datetime | None = session.info.get(_LATEST)
    return latest is not None and stamp.at < latest - CLOCK_TOLERANCE


def last_code(session: Session, object_id: str, codes: Iterable[str]) -> str | None:
    """Give which of these codes was noted last of an object."""
    table = AuditEntryTable
    query = select(table.code).where(table.object_id == object_id, table.code.in_(tuple(codes)))
    return session.scalar(query.order_by(table.seq.desc()).limit(1))


def last_at(session: Session, object_id: str) -> datetime | None:
    """Give the last moment at which something was noted of an object; None where nothing was."""
    table = AuditEntryTable
    return session.scalar(select(func.max(table.at)).where(table.object_id == object_id))
