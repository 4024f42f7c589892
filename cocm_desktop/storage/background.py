"""Notes on the history of patients, and what Part 2 programs let the practice know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.background import (
    HistoryNote,
    Part2ConsentDraft,
    Part2Record,
    ShownRecord,
    holding,
)
from cocm_desktop.domain.ids import HistoryNoteId, PatientId
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import change, found, grouped, recorded, value_of, void
from cocm_desktop.storage.tables_background import HistoryNoteTable, Part2RecordTable

NOTE, RECORD = "note on the history", "record of a Part 2 program"


def add_note(session: Session, note: HistoryNote, stamp: Stamp) -> None:
    session.add(HistoryNoteTable(**asdict(note), **recorded(stamp)))


def note_exists(session: Session, note_id: str) -> bool:
    return is_stored(session, HistoryNoteTable, note_id)


def void_note(session: Session, note_id: str, stamp: Stamp, *, reason: str) -> PatientId:
    """Withdraw a note, and tell whose it was; the one before it of its kind holds again."""
    row = found(session, HistoryNoteTable, note_id, words=NOTE)
    void(row, stamp, reason)
    return PatientId(row.patient_id)


def history_of_patients(
    session: Session, patient_ids: Collection[str], *, until: date
) -> dict[PatientId, tuple[HistoryNote, ...]]:
    """Give the note of each kind that holds, by patient."""
    kept = _notes(session, patient_ids, until=until)
    return {patient_id: holding(notes) for patient_id, notes in kept.items()}


def notes_of(session: Session, patient_id: str, *, until: date) -> tuple[HistoryNote, ...]:
    """Give every note on a patient's history, oldest first; of a kind, the last one holds."""
    return _notes(session, [patient_id], until=until).get(PatientId(patient_id), ())


def _notes(
    session: Session, patient_ids: Collection[str], *, until: date
) -> dict[PatientId, tuple[HistoryNote, ...]]:
    table = HistoryNoteTable
    rows = session.execute(
        select(table.id, table.patient_id, table.kind, table.words, table.noted_on)
        .where(
            table.patient_id.in_(patient_ids), table.voided_at.is_(None), table.noted_on <= until
        )
        .order_by(table.noted_on, table.id)
    )
    return grouped((PatientId(row.patient_id), _note(row)) for row in rows)


def add_record(session: Session, record: Part2Record, stamp: Stamp) -> None:
    session.add(Part2RecordTable(**asdict(record), **recorded(stamp)))


def record_exists(session: Session, record_id: str) -> bool:
    return is_stored(session, Part2RecordTable, record_id)


def get_record(session: Session, record_id: str) -> Part2Record:
    return value_of(Part2Record, found(session, Part2RecordTable, record_id, words=RECORD))


def change_consent(
    session: Session, record_id: str, consent: Part2ConsentDraft, *, version: int
) -> list[FieldChange]:
    """Set the days of the consent, and tell which of them differ."""
    row = found(session, Part2RecordTable, record_id, words=RECORD)
    return change(row, asdict(consent), version=version)


def void_record(session: Session, record_id: str, stamp: Stamp, *, reason: str) -> PatientId:
    """Withdraw a record, and tell whose it was."""
    row = found(session, Part2RecordTable, record_id, words=RECORD)
    void(row, stamp, reason)
    return PatientId(row.patient_id)


def records_of_patients(
    session: Session, patient_ids: Collection[str], *, today: date
) -> dict[PatientId, tuple[ShownRecord, ...]]:
    """Give what may be read today of the records, by patient, the oldest first."""
    table = Part2RecordTable
    rows = session.scalars(
        select(table)
        .where(
            table.patient_id.in_(patient_ids), table.voided_at.is_(None), table.received_on <= today
        )
        .order_by(table.received_on, table.id)
    )
    return grouped(
        (PatientId(row.patient_id), value_of(Part2Record, row).shown_on(today)) for row in rows
    )


def _note(row: Any) -> HistoryNote:
    return HistoryNote(
        HistoryNoteId(row.id), PatientId(row.patient_id), row.kind, row.words, row.noted_on
    )
