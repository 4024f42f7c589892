"""What is known of patients' allergies: free text, the latest counts."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import recorded
from cocm_desktop.storage.tables_clinical import AllergiesTable


def note(session: Session, patient_id: str, stamp: Stamp, *, words: str) -> None:
    session.add(AllergiesTable(id=new_id(), patient_id=patient_id, words=words, **recorded(stamp)))


def of_patients(session: Session, patient_ids: Collection[str]) -> dict[str, str]:
    table = AllergiesTable
    rows = session.scalars(
        select(table).where(table.patient_id.in_(patient_ids)).order_by(table.id)
    )
    return {row.patient_id: row.words for row in rows}
