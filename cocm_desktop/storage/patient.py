"""Patients: identity, reach and coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.duplicate import PatientKey
from cocm_desktop.domain.ids import ImportBatchId, PatientId
from cocm_desktop.domain.patient import Coverage, Patient, Reach, Sex
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import as_text, change, found, recorded, void
from cocm_desktop.storage.tables import (
    EpisodeTable,
    PatientTable,
)
from cocm_desktop.storage.tables_merge import MergeUndoTable, PatientMergeTable

MERGED = "Merged into another record of the same patient"


def add(
    session: Session, patient: Patient, stamp: Stamp, *, batch_id: ImportBatchId | None = None
) -> None:
    session.add(
        PatientTable(
            id=patient.id,
            version=patient.version,
            import_batch_id=batch_id,
            **columns(patient),
            **recorded(stamp),
        )
    )


def exists(session: Session, patient_id: str) -> bool:
    return is_stored(session, PatientTable, patient_id)


def get(session: Session, patient_id: str) -> Patient:
    return _patient(found(session, PatientTable, patient_id, words="patient"))


def by_id(session: Session, patient_ids: Collection[str]) -> dict[PatientId, Patient]:
    """Give some patients in one statement."""
    table = PatientTable
    rows = session.scalars(select(table).where(table.id.in_(patient_ids)))
    return {PatientId(row.id): _patient(row) for row in rows}


def everyone(session: Session) -> list[Patient]:
    """Give every patient on file, by name."""
    table = PatientTable
    rows = session.scalars(
        select(table)
        .where(table.voided_at.is_(None))
        .order_by(table.last_name, table.first_name, table.born_on, table.id)
    )
    return [_patient(row) for row in rows]


def find_by_mrn(session: Session, mrn: str) -> Patient | None:
    row = session.scalar(
        select(PatientTable).where(PatientTable.mrn == mrn, PatientTable.voided_at.is_(None))
    )
    return _patient(row) if row else None


def update(session: Session, patient: Patient) -> list[FieldChange]:
    row = found(session, PatientTable, patient.id, words="patient")
    return change(row, columns(patient), version=patient.version)


def keys(session: Session) -> list[PatientKey]:
    """Give what duplicates are found by, of every patient."""
    table = PatientTable
    statement = select(
        table.id,
        table.mrn,
        table.last_name,
        table.first_name,
        table.born_on,
        table.phone,
        table.preferred_name,
    ).where(table.voided_at.is_(None))
    found_keys = [PatientKey(PatientId(row[0]), *row[1:]) for row in session.execute(statement)]
    return [*found_keys, *_keys_of_merged(session)]


def _keys_of_merged(session: Session) -> Iterator[PatientKey]:
    """Give the other identities of patients whose records were merged: they are on file too."""
    into = merged_into(session)
    if not into:
        return
    rows = session.scalars(select(PatientTable).where(PatientTable.id.in_(into)))
    for row in sorted(rows, key=lambda row: row.id):
        yield PatientKey(
            into[PatientId(row.id)],
            row.mrn,
            row.last_name,
            row.first_name,
            row.born_on,
            row.phone,
            row.preferred_name,
        )


def merged_into(session: Session) -> dict[PatientId, PatientId]:
    """Give, for every record that was merged into another, the patient on file now."""
    merge, undone = PatientMergeTable, MergeUndoTable
    is_undone = select(undone.id).where(undone.merge_id == merge.id).exists()
    rows = session.execute(select(merge.other_id, merge.survivor_id).where(~is_undone))
    into = {PatientId(other): PatientId(survivor) for other, survivor in rows}
    return {other: _last(into, survivor) for other, survivor in into.items()}


def _last(into: Mapping[PatientId, PatientId], patient_id: PatientId) -> PatientId:
    while patient_id in into:
        patient_id = into[patient_id]
    return patient_id


def former_mrns(session: Session) -> dict[PatientId, tuple[str, ...]]:
    """Give the MRNs of the records that were merged into a patient, by patient."""
    into, found_mrns = merged_into(session), defaultdict[PatientId, list[str]](list)
    rows = session.execute(
        select(PatientTable.id, PatientTable.mrn).where(PatientTable.id.in_(into))
    )
    for mrn, patient_id in sorted((mrn, PatientId(one)) for one, mrn in rows if mrn):
        found_mrns[into[patient_id]].append(mrn)
    return {patient_id: tuple(mrns) for patient_id, mrns in found_mrns.items()}


def void_merged(session: Session, patient_id: str, stamp: Stamp) -> None:
    """Take a record off the lists that was merged into another."""
    void(found(session, PatientTable, patient_id, words="patient"), stamp, MERGED)


def unvoid(session: Session, patient_id: str) -> None:
    """Put a record back on the lists whose merge was undone."""
    row = session.get_one(PatientTable, patient_id)
    row.voided_at = row.voided_by = row.void_reason = None


def take_over(session: Session, patient: Patient) -> list[FieldChange]:
    """Write the fields of a patient into whom another was merged; its version goes up by one."""
    row = found(session, PatientTable, patient.id, words="patient")
    changes = change(row, columns(patient), version=row.version)
    if not changes:
        row.version += 1
    return changes


def restore(
    session: Session, patient_id: str, *, before: Mapping[str, str], after: Mapping[str, str]
) -> list[FieldChange]:
    """Write the fields that a merge changed as they were, but for those changed again since."""
    row = found(session, PatientTable, patient_id, words="patient")
    values = {
        name: _READ.get(name, str)(text)
        for name, text in before.items()
        if as_text(getattr(row, name)) == after[name]
    }
    return change(row, values, version=row.version)


_READ: dict[str, Callable[[str], Any]] = {"born_on": date.fromisoformat, "sex": Sex.__getitem__}


def void_batch(session: Session, batch_id: ImportBatchId, stamp: Stamp, *, reason: str) -> int:
    """Void every patient an import added; give how many there were."""
    rows = session.scalars(
        select(PatientTable).where(
            PatientTable.import_batch_id == batch_id, PatientTable.voided_at.is_(None)
        )
    ).all()
    for row in rows:
        void(row, stamp, reason)
    return len(rows)


def in_use_of_batch(session: Session, batch_id: ImportBatchId) -> int:
    """Count the patients of an import that have an episode or were changed since."""
    has_episode = select(EpisodeTable.id).where(EpisodeTable.patient_id == PatientTable.id).exists()
    rows = session.scalars(
        select(PatientTable.id).where(
            PatientTable.import_batch_id == batch_id,
            PatientTable.voided_at.is_(None),
            has_episode | (PatientTable.version > 1),
        )
    )
    return len(rows.all())


def columns(patient: Patient) -> dict[str, Any]:
    return {
        "mrn": patient.mrn,
        "last_name": patient.last_name,
        "first_name": patient.first_name,
        "middle_name": patient.middle_name,
        "preferred_name": patient.preferred_name,
        "born_on": patient.born_on,
        "sex": patient.sex,
        "phone": patient.reach.phone,
        "email": patient.reach.email,
        "address": patient.reach.address,
        "city": patient.reach.city,
        "state": patient.reach.state,
        "postal_code": patient.reach.postal_code,
        "language": patient.reach.language,
        "payer": patient.coverage.payer,
        "member_id": patient.coverage.member_id,
        "group_number": patient.coverage.group_number,
        "treating_practitioner": patient.treating_practitioner,
    }


def _patient(row: PatientTable) -> Patient:
    return Patient(
        id=PatientId(row.id),
        last_name=row.last_name,
        first_name=row.first_name,
        born_on=row.born_on,
        mrn=row.mrn,
        middle_name=row.middle_name,
        preferred_name=row.preferred_name,
        sex=row.sex,
        reach=Reach(
            phone=row.phone,
            email=row.email,
            address=row.address,
            city=row.city,
            state=row.state,
            postal_code=row.postal_code,
            language=row.language,
        ),
        coverage=Coverage(payer=row.payer, member_id=row.member_id, group_number=row.group_number),
        treating_practitioner=row.treating_practitioner,
        version=row.version,
    )
