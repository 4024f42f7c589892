"""Tasks: what is to be done, put off, done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import PatientId, StaffId, TaskId, new_id
from cocm_desktop.domain.patient import banner_name
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.domain.task import Task
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables import PatientTable
from cocm_desktop.storage.tables_work import TaskDelayTable, TaskDoneTable, TaskTable


def add(session: Session, task: Task, stamp: Stamp) -> None:
    session.add(
        TaskTable(
            id=task.id,
            patient_id=task.patient_id,
            assigned_to=task.assigned_to,
            team=task.team,
            words=task.words,
            due_on=task.due_on,
            repeat_weeks=task.repeat_weeks,
            **recorded(stamp),
        )
    )


def exists(session: Session, task_id: str) -> bool:
    return session.get(TaskTable, task_id) is not None


def get(session: Session, task_id: str) -> Task:
    [task] = _tasks(session, [found(session, TaskTable, task_id, words="task")])
    return task


def put_off(session: Session, task_id: str, stamp: Stamp, *, due_on: date, reason: str) -> None:
    session.add(
        TaskDelayTable(
            id=new_id(), task_id=task_id, due_on=due_on, reason=reason, **recorded(stamp)
        )
    )


def finish(session: Session, task_id: str, stamp: Stamp, *, done_on: date, outcome: str) -> None:
    session.add(
        TaskDoneTable(
            id=new_id(), task_id=task_id, done_on=done_on, outcome=outcome, **recorded(stamp)
        )
    )


def reopen(session: Session, task_id: str, stamp: Stamp, *, reason: str) -> None:
    for row in session.scalars(
        select(TaskDoneTable).where(
            TaskDoneTable.task_id == task_id, TaskDoneTable.voided_at.is_(None)
        )
    ):
        void(row, stamp, reason)


def void_task(session: Session, task_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, TaskTable, task_id, words="task"), stamp, reason)


def open_or_done_since(
    session: Session, day: date, *, patient_id: str | None = None
) -> tuple[Task, ...]:
    """Give the open tasks, and those done on the day or later, by due date."""
    done = TaskDoneTable
    earlier = (
        select(done.id)
        .where(done.task_id == TaskTable.id, done.voided_at.is_(None), done.done_on < day)
        .exists()
    )
    asked = select(TaskTable).where(TaskTable.voided_at.is_(None), ~earlier)
    if patient_id is not None:
        asked = asked.where(TaskTable.patient_id == patient_id)
    rows = session.scalars(asked.order_by(TaskTable.due_on, TaskTable.id)).all()
    return tuple(sorted(_tasks(session, rows), key=lambda task: task.due_on))


def words_used(session: Session, staff_id: str, *, at_most: int) -> tuple[str, ...]:
    """Give what a person's last tasks said, the newest first."""
    asked = select(TaskTable.words).where(
        TaskTable.recorded_by == staff_id, TaskTable.voided_at.is_(None)
    )
    found = session.scalars(asked.order_by(TaskTable.id.desc()).limit(at_most * 4))
    return tuple(dict.fromkeys(found))[:at_most]


def patient_names(session: Session, ids: Iterable[PatientId]) -> dict[PatientId, str]:
    """Name the patients of tasks, those that were voided or merged too, in one statement."""
    table = PatientTable
    found = session.execute(
        select(table.id, table.last_name, table.first_name).where(table.id.in_(set(ids)))
    )
    return {PatientId(row[0]): banner_name(row[1], row[2]) for row in found}


def _tasks(session: Session, rows: Sequence[TaskTable]) -> list[Task]:
    ids = [row.id for row in rows]
    delays: dict[str, list[TaskDelayTable]] = {}
    for delay in session.scalars(
        select(TaskDelayTable).where(TaskDelayTable.task_id.in_(ids)).order_by(TaskDelayTable.id)
    ):
        delays.setdefault(delay.task_id, []).append(delay)
    finished = {
        row.task_id: row
        for row in session.scalars(
            select(TaskDoneTable).where(
                TaskDoneTable.task_id.in_(ids), TaskDoneTable.voided_at.is_(None)
            )
        )
    }
    return [_task(row, delays.get(row.id, []), finished.get(row.id)) for row in rows]


def _task(row: TaskTable, delays: list[TaskDelayTable], done: TaskDoneTable | None) -> Task:
    return Task(
        id=TaskId(row.id),
        words=row.words,
        due_on=delays[-1].due_on if delays else row.due_on,
        made_by=StaffId(row.recorded_by),
        patient_id=PatientId(row.patient_id) if row.patient_id else None,
        assigned_to=StaffId(row.assigned_to) if row.assigned_to else None,
        team=row.team,
        repeat_weeks=row.repeat_weeks,
        put_off=len(delays),
        done_on=done.done_on if done else None,
        outcome=done.outcome if done else "",
    )
