"""What was given out of patients' records, to whom and for what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.privacy import Disclosure
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import found, recorded, value_of, void
from cocm_desktop.storage.tables_privacy import DisclosureTable


def add(session: Session, disclosures: Iterable[Disclosure], stamp: Stamp) -> None:
    """Add many at once: a file of claims is one disclosure for each of its patients."""
    rows = [asdict(each) | recorded(stamp) for each in disclosures]
    if rows:
        session.flush()
        session.connection().execute(insert(DisclosureTable), rows)


def exists(session: Session, disclosure_id: str) -> bool:
    return is_stored(session, DisclosureTable, disclosure_id)


def void_one(session: Session, disclosure_id: str, stamp: Stamp, *, reason: str) -> PatientId:
    """Withdraw one, keeping it, and tell whose it was."""
    row = found(session, DisclosureTable, disclosure_id, words="disclosure")
    void(row, stamp, reason)
    return PatientId(row.patient_id)


def of_patient(session: Session, patient_id: str) -> tuple[Disclosure, ...]:
    """Give every disclosure of a patient, the newest first."""
    table = DisclosureTable
    rows = session.scalars(
        select(table)
        .where(table.patient_id == patient_id, table.voided_at.is_(None))
        .order_by(table.disclosed_on.desc(), table.id.desc())
    )
    return tuple(value_of(Disclosure, row) for row in rows)
