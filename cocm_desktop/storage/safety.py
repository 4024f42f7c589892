"""Safety tasks, their closings, and who was told: rows of their own, never changed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session, aliased

from cocm_desktop.domain.ids import EpisodeId, MeasureId, PatientId, SafetyTaskId, StaffId, new_id
from cocm_desktop.domain.safety import (
    PractitionerTold,
    PractitionerToldDraft,
    SafetyClosingDraft,
    SafetyStep,
    SafetyTask,
)
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import grouped, is_stored, recorded
from cocm_desktop.storage.tables import PatientTable
from cocm_desktop.storage.tables_safety import (
    PractitionerToldTable,
    SafetyClosingTable,
    SafetyTaskTable,
)

Found = Row[SafetyTaskTable, SafetyClosingTable, PractitionerToldTable]


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
            reason=task.reason,
            **recorded(stamp),
        )
    )


def exists(session: Session, task_id: str) -> bool:
    return is_stored(session, SafetyTaskTable, task_id)


def close(
    session: Session,
    draft: SafetyClosingDraft,
    stamp: Stamp,
    *,
    closing_id: str,
    task_id: str,
) -> None:
    """Close a task by a statement that was accepted: it says when the assessment was."""
    session.add(
        SafetyClosingTable(
            id=closing_id,
            task_id=task_id,
            closed_by=stamp.staff.id,
            closed_on=stamp.at.date(),
            assessed_at=draft.assessed_at,
            assessment_id=draft.assessment_id,
            assessed=draft.assessed,
            steps=",".join(step.name for step in draft.steps),
            action=draft.action,
            told=draft.told,
            told_at=draft.told_at,
            **recorded(stamp),
        )
    )


def tell(session: Session, draft: PractitionerToldDraft, stamp: Stamp) -> None:
    session.add(
        PractitionerToldTable(
            id=new_id(),
            task_id=draft.task_id,
            who=" ".join(draft.who.split()),
            told_at=draft.told_at,
            **recorded(stamp),
        )
    )


def get(session: Session, task_id: str) -> tuple[SafetyTask, PatientId] | None:
    found = session.execute(_tasks().where(SafetyTaskTable.id == task_id)).first()
    return (_task(found), PatientId(found[0].patient_id)) if found else None


def of_patient(session: Session, patient_id: str) -> tuple[SafetyTask, ...]:
    """Give every safety task of a patient, closed ones too, oldest first."""
    return of_patients(session, [patient_id]).get(PatientId(patient_id), ())


def of_patients(
    session: Session, patient_ids: Collection[str]
) -> dict[PatientId, tuple[SafetyTask, ...]]:
    """Give the safety tasks of many patients in one statement, each oldest first."""
    rows = session.execute(_tasks().where(SafetyTaskTable.patient_id.in_(patient_ids)))
    return grouped((PatientId(row[0].patient_id), _task(row)) for row in rows)


def open_tasks(session: Session) -> list[tuple[SafetyTask, PatientId]]:
    """Give every open safety task of patients on file, oldest first."""
    rows = session.execute(
        _tasks()
        .join(PatientTable, PatientTable.id == SafetyTaskTable.patient_id)
        .where(SafetyClosingTable.id.is_(None), PatientTable.voided_at.is_(None))
    )
    return [(_task(row), PatientId(row[0].patient_id)) for row in rows]


def _tasks() -> Select[SafetyTaskTable, SafetyClosingTable, PractitionerToldTable]:
    """Give tasks with their closing and the last time that the practitioner was told."""
    told, later = PractitionerToldTable, aliased(PractitionerToldTable)
    last = (
        select(later.id)
        .where(later.task_id == SafetyTaskTable.id)
        .order_by(later.told_at.desc(), later.id.desc())
        .limit(1)
        .correlate(SafetyTaskTable)
        .scalar_subquery()
    )
    return (
        select(SafetyTaskTable, SafetyClosingTable, told)
        .outerjoin(SafetyClosingTable, SafetyClosingTable.task_id == SafetyTaskTable.id)
        .outerjoin(told, told.id == last)
        .order_by(SafetyTaskTable.answered_on, SafetyTaskTable.id)
    )


def _task(found: Found) -> SafetyTask:
    row: SafetyTaskTable = found[0]
    return SafetyTask(
        id=SafetyTaskId(row.id),
        episode_id=EpisodeId(row.episode_id),
        measure_id=MeasureId(row.measure_id) if row.measure_id else None,
        instrument=row.instrument,
        item=row.item,
        answer=row.answer,
        answered_on=row.answered_on,
        reason=row.reason,
        practitioner_told=_told(found[2]),
        **_closed(found[1]),
    )


def _told(row: PractitionerToldTable | None) -> PractitionerTold | None:
    return PractitionerTold(row.who, row.told_at, StaffId(row.recorded_by)) if row else None


def _closed(closing: SafetyClosingTable | None) -> dict[str, Any]:
    if closing is None:
        return {}
    assessment = cast("MeasureId | None", closing.assessment_id)
    return {
        "closed_at": closing.recorded_at,
        "closed_by": StaffId(closing.closed_by),
        "closed_on": closing.closed_on,
        "assessed_at": closing.assessed_at,
        "assessment_id": assessment,
        "assessed": closing.assessed,
        "steps": tuple(SafetyStep[name] for name in closing.steps.split(",") if name),
        "action": closing.action,
        "told": closing.told,
        "told_at": closing.told_at,
    }
