"""What is typed and not saved: one row a person, form and record, replaced while they type."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.draft import Draft, DraftPlace
from cocm_desktop.domain.ids import DraftId, StaffId
from cocm_desktop.storage.tables_trust import DraftTable


def keep(session: Session, draft: Draft) -> None:
    """Put a draft in the place of the one before."""
    row = _row(session, draft.staff_id, draft.place)
    content = json.dumps(
        {"title": draft.title, "patient_id": draft.patient_id, "values": dict(draft.values)}
    )
    if row is None:
        row = DraftTable(
            id=draft.id,
            staff_id=draft.staff_id,
            kind=draft.place.kind,
            subject_id=draft.place.subject_id,
        )
        session.add(row)
    row.content, row.kept_at, row.device = content, draft.kept_at, draft.device


def find(session: Session, staff_id: StaffId, place: DraftPlace) -> Draft | None:
    row = _row(session, staff_id, place)
    return _draft(row) if row else None


def of_staff(session: Session, staff_id: StaffId) -> list[Draft]:
    """Give a person's drafts, the last one typed first."""
    table = DraftTable
    rows = select(table).where(table.staff_id == staff_id).order_by(table.kept_at.desc())
    return [_draft(row) for row in session.scalars(rows)]


def remove(session: Session, staff_id: StaffId, place: DraftPlace) -> None:
    """Forget a draft, if there is one."""
    table = DraftTable
    session.execute(
        delete(table).where(
            table.staff_id == staff_id,
            table.kind == place.kind,
            table.subject_id == place.subject_id,
        )
    )


def _row(session: Session, staff_id: StaffId, place: DraftPlace) -> DraftTable | None:
    table = DraftTable
    return session.scalar(
        select(table).where(
            table.staff_id == staff_id,
            table.kind == place.kind,
            table.subject_id == place.subject_id,
        )
    )


def _draft(row: DraftTable) -> Draft:
    content: dict[str, Any] = json.loads(row.content)
    return Draft(
        id=DraftId(row.id),
        staff_id=StaffId(row.staff_id),
        place=DraftPlace(row.kind, row.subject_id),
        title=content["title"],
        patient_id=content["patient_id"],
        values=content["values"],
        kept_at=row.kept_at,
        device=row.device,
    )
