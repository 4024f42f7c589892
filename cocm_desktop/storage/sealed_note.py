"""Sealed notes, whose words lie encrypted under a key of their own inside the encrypted file."""

from __future__ import annotations

import base64
from typing import Any

from cryptography.exceptions import InvalidTag
from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import PatientId, SealedNoteId, StaffId
from cocm_desktop.domain.sealed_note import SealedNote
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.errors import Damaged
from cocm_desktop.storage.data_key import decrypt, derive, encrypt
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables_privacy import SealedNoteTable

NOTE = "sealed note"


def exists(session: Session, note_id: str) -> bool:
    return is_stored(session, SealedNoteTable, note_id)


def add(session: Session, note: SealedNote, stamp: Stamp, *, words: str, key: bytes) -> None:
    """Keep a note; its words are readable with the key of the sealed notes only."""
    session.add(
        SealedNoteTable(
            id=note.id,
            patient_id=note.patient_id,
            written_on=note.written_on,
            sealed=_sealed(note.id, words, key),
            **recorded(stamp),
        )
    )


def of_patient(session: Session, patient_id: str) -> tuple[SealedNote, ...]:
    """Give a patient's notes without their words, the newest first."""
    table = SealedNoteTable
    rows = session.execute(
        select(table.id, table.patient_id, table.written_on, table.recorded_by, table.recorded_at)
        .where(table.patient_id == patient_id, table.voided_at.is_(None))
        .order_by(table.written_on.desc(), table.id.desc())
    )
    return tuple(_note(row) for row in rows)


def get(session: Session, note_id: str) -> SealedNote:
    return _note(found(session, SealedNoteTable, note_id, words=NOTE))


def words_of(session: Session, note_id: str, key: bytes) -> str:
    """Open a note. Raises Damaged where the key is another or the words were changed."""
    row = found(session, SealedNoteTable, note_id, words=NOTE)
    try:
        raw = base64.b64decode(row.sealed, validate=True)
        return decrypt(_key_of(key), raw, _place(note_id)).decode()
    except (InvalidTag, ValueError) as error:
        raise Damaged(
            "This sealed note cannot be opened: it was changed by something other than CoCM "
            "Desktop. It was left as it is. Restore it from a backup."
        ) from error


def withdraw(session: Session, note_id: str, stamp: Stamp, *, reason: str) -> SealedNote:
    row = found(session, SealedNoteTable, note_id, words=NOTE)
    void(row, stamp, reason)
    return _note(row)


def _sealed(note_id: str, words: str, key: bytes) -> str:
    return base64.b64encode(encrypt(_key_of(key), words.encode(), _place(note_id))).decode()


def _key_of(key: bytes) -> bytes:
    return derive(key, "CoCM Desktop/1/sealed notes")


def _place(note_id: str) -> bytes:
    """Name the one note where the words belong: put into another they do not open."""
    return f"sealed note|{note_id}".encode()


def _note(row: Any) -> SealedNote:
    return SealedNote(
        SealedNoteId(row.id),
        PatientId(row.patient_id),
        row.written_on,
        StaffId(row.recorded_by),
        row.recorded_at,
    )
