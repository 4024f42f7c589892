"""Reading the list of tasks, with the names of patients and staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from cocm_desktop.actions.task import DONE_STAYS, read_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.task_list import TaskLine, TaskNames
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import task as task_rows

# How far back the list of what was done reaches, where it is asked for.
DONE_DAYS = 90


@dataclass(frozen=True, slots=True)
class TaskList:
    """The tasks one may see, by due date. With the history, also what was done in 90 days."""

    lines: tuple[TaskLine, ...]


def read_task_list(workspace: Workspace, *, history: bool = False) -> TaskList:
    today = workspace.today()
    since = today - (timedelta(days=DONE_DAYS) if history else DONE_STAYS)
    with workspace.database.read() as session:
        tasks = read_tasks(workspace, done_since=since)
        wanted = [task.patient_id for task in tasks if task.patient_id]
        names = TaskNames(
            staff={member.id: member for member in staff_members.everyone(session)},
            patients=task_rows.patient_names(session, wanted),
        )
    return TaskList(tuple(names.line(task, today) for task in tasks))
