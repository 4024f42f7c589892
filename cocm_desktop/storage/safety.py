"""Safety tasks and their closings: rows of their own, never changed."""

from __future__ import annotations

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import EpisodeId, MeasureId, PatientId, SafetyTaskId, StaffId
from cocm_desktop.domain.safety import SafetyClosingDraft, SafetyTask
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import recorded
from cocm_desktop.storage.tables import (
    PatientTable,
    SafetyClosingTable,
    SafetyTaskTable,
)


def add(session: Session, task: SafetyTask, stamp: Stamp, *, patient_id: str) -> None:
    session.add(
        SafetyTaskTable(
            id=task.id,
            patient_id=patient_id,
            episode_id=task.episode_id,
            measure_id=task.measure_id,
            instrument=task.instrument,
            item=task.item,
            answer=task.answer,
            answered_on=task.answered_on,
            **recorded(stamp),
        )
    )


def close(session: Session, draft: SafetyClosingDraft, stamp: Stamp, *, closing_id: str) -> None:
    session.add(
        SafetyClosingTable(
            id=closing_id,
            task_id=draft.task_id,
            closed_by=stamp.staff.id,
            assessed=draft.assessed.strip(),
            action=draft.action.strip(),
            told=draft.told.strip(),
            **recorded(stamp),
        )
    )


def get(session: Session, task_id: str) -> tuple[SafetyTask, PatientId] | None:
    found = session.execute(_tasks().where(SafetyTaskTable.id == task_id)).first()
    return (_task(found), PatientId(found[0].patient_id)) if found else None


def of_patient(session: Session, patient_id: str) -> tuple[SafetyTask, ...]:
    """Give every safety task of a patient, closed ones too, oldest first."""
    rows = session.execute(_tasks().where(SafetyTaskTable.patient_id == patient_id))
    return tuple(_task(row) for row in rows)


def open_tasks(session: Session) -> list[tuple[SafetyTask, PatientId]]:
    """Give every open safety task of patients on file, oldest first."""
    rows = session.execute(
        _tasks()
        .join(PatientTable, PatientTable.id == SafetyTaskTable.patient_id)
        .where(SafetyClosingTable.id.is_(None), PatientTable.voided_at.is_(None))
    )
    return [(_task(row), PatientId(row[0].patient_id)) for row in rows]


def _tasks() -> Select[SafetyTaskTable, SafetyClosingTable]:
    return (
        select(SafetyTaskTable, SafetyClosingTable)
        .outerjoin(SafetyClosingTable, SafetyClosingTable.task_id == SafetyTaskTable.id)
        .order_by(SafetyTaskTable.answered_on, SafetyTaskTable.id)
    )


def _task(found: Row[SafetyTaskTable, SafetyClosingTable]) -> SafetyTask:
    row: SafetyTaskTable = found[0]
    closing: SafetyClosingTable | None = found[1]
    return SafetyTask(
        id=SafetyTaskId(row.id),
        episode_id=EpisodeId(row.episode_id),
        measure_id=MeasureId(row.measure_id),
        instrument=row.instrument,
        item=row.item,
        answer=row.answer,
        answered_on=row.answered_on,
        closed_at=closing.recorded_at if closing else None,
        closed_by=StaffId(closing.closed_by) if closing else None,
        assessed=closing.assessed if closing else "",
        action=closing.action if closing else "",
        told=closing.told if closing else "",
    )
