"""Making tasks, putting them off, doing them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from cocm_desktop.actions.looking import ChartPart, look, look_at_chart
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import StaffId, TaskId, new_id
from cocm_desktop.domain.staff import Permission, Role
from cocm_desktop.domain.task import LONGEST_REASON, WORDINGS, Task, TaskDraft
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import task as tasks

TOUCHES = Topic.TASK
# Source: NHS common user interface: a task done by mistake should still be there to be reopened.
DONE_STAYS = timedelta(days=1)
MOST_USED = 12
GIVEN_ON = "Given to somebody else"


def read_tasks(workspace: Workspace, *, done_since: date | None = None) -> tuple[Task, ...]:
    """Give the open tasks and those done since yesterday or `done_since`, by due date.

    Whoever sees no charts sees the tasks that are theirs or that they gave.
    """
    workspace.require(Permission.WORK_ON_TASKS)
    look(workspace, "tasks.viewed")
    since = done_since or workspace.today() - DONE_STAYS
    with workspace.database.read() as session:
        found = tasks.open_or_done_since(session, since)
    return tuple(task for task in found if task.is_seen_by(workspace.staff))


def read_tasks_of(workspace: Workspace, patient_id: str) -> tuple[Task, ...]:
    """Give a patient's open tasks and those done since yesterday, as far as one may see them."""
    workspace.require(Permission.WORK_ON_TASKS)
    look_at_chart(workspace, patient_id, ChartPart.NOTES)
    since = workspace.today() - DONE_STAYS
    with workspace.database.read() as session:
        patients.get(session, patient_id)
        found = tasks.open_or_done_since(session, since, patient_id=patient_id)
    return tuple(task for task in found if task.is_seen_by(workspace.staff))


def read_wordings(workspace: Workspace) -> tuple[str, ...]:
    """Give what a new task may say: what this person's tasks said last, then the usual ones."""
    workspace.require(Permission.WORK_ON_TASKS)
    with workspace.database.read() as session:
        used = tasks.words_used(session, workspace.staff.id, at_most=MOST_USED)
    return tuple(dict.fromkeys((*used, *WORDINGS)))


def add_task(workspace: Workspace, draft: TaskDraft) -> Change:
    workspace.require(Permission.WORK_ON_TASKS)
    with workspace.database.write() as session:
        if not tasks.exists(session, draft.id):
            task = draft.accept(staff_id=workspace.staff.id, today=workspace.today())
            if task.patient_id is not None:
                patients.get(session, task.patient_id)
            if task.assigned_to is not None:
                _refuse_inactive(workspace, task.assigned_to)
            tasks.add(session, task, workspace.stamp())
            note = audit.created("task.added", task.id, task.patient_id)
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def put_off_task(workspace: Workspace, task_id: str, *, due_on: date, reason: str) -> Change:
    """Give an open task a later day, with the reason."""
    workspace.require(Permission.WORK_ON_TASKS)
    if not reason.strip():
        raise Refused(Problem("reason", "Say why the task is put off."))
    if len(reason) > LONGEST_REASON:
        raise Refused(Problem("reason", f"A reason has at most {LONGEST_REASON} characters."))
    with workspace.database.write() as session:
        task = _open_task(workspace, task_id)
        if due_on <= max(workspace.today(), task.due_on):
            raise Refused(Problem("due_on", "Choose a day after today and after the last one."))
        tasks.put_off(session, task_id, workspace.stamp(), due_on=due_on, reason=reason.strip())
        note = audit.created("task.put_off", task_id, task.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, task_id)


def finish_task(workspace: Workspace, task_id: str, *, outcome: str = "") -> Change:
    """Mark a task done; one that repeats brings the next."""
    workspace.require(Permission.WORK_ON_TASKS)
    today = workspace.today()
    with workspace.database.write() as session:
        task = _open_task(workspace, task_id)
        tasks.finish(session, task_id, workspace.stamp(), done_on=today, outcome=outcome.strip())
        audit.write(
            session, workspace.stamp(), audit.created("task.done", task_id, task.patient_id)
        )
        following = task.next_one(today)
        if following is not None:
            made = replace(following, made_by=workspace.staff.id)
            tasks.add(session, made, workspace.stamp())
            note = audit.created("task.added", made.id, made.patient_id)
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, task_id)


def reopen_task(workspace: Workspace, task_id: str, *, reason: str) -> Change:
    """Take back that a task was done. The task that followed it stays."""
    workspace.require(Permission.WORK_ON_TASKS)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        task = _seen_task(workspace, task_id)
        if task.is_open:
            raise Refused(Problem("task", "This task is open."))
        tasks.reopen(session, task_id, workspace.stamp(), reason=reason)
        note = audit.voided("task.reopened", task_id, reason=reason, patient_id=task.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, task_id)


def void_task(workspace: Workspace, task_id: str, *, reason: str) -> Change:
    workspace.require(Permission.WORK_ON_TASKS)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        task = _seen_task(workspace, task_id)
        tasks.void_task(session, task_id, workspace.stamp(), reason=reason)
        note = audit.voided("task.voided", task_id, reason=reason, patient_id=task.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, task_id)


def give_task(
    workspace: Workspace, task_id: str, *, assigned_to: StaffId | None, team: Role | None
) -> Change:
    """Give an open task to another person or team. The old one is voided with that reason."""
    workspace.require(Permission.WORK_ON_TASKS)
    if (assigned_to is None) == (team is None):
        raise Refused(Problem("assigned_to", "Give the task to one person or to one team."))
    with workspace.database.write() as session:
        task = _open_task(workspace, task_id)
        if assigned_to is not None:
            _refuse_inactive(workspace, assigned_to)
        given = replace(
            task,
            id=TaskId(new_id()),
            made_by=workspace.staff.id,
            assigned_to=assigned_to,
            team=team,
        )
        tasks.void_task(session, task_id, workspace.stamp(), reason=GIVEN_ON)
        tasks.add(session, given, workspace.stamp())
        old = audit.voided("task.voided", task_id, reason=GIVEN_ON, patient_id=task.patient_id)
        audit.write(session, workspace.stamp(), old)
        note = audit.created("task.given", given.id, given.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, given.id)


def _seen_task(workspace: Workspace, task_id: str) -> Task:
    with workspace.database.read() as session:
        task = tasks.get(session, task_id)
    if not task.is_seen_by(workspace.staff):
        raise Refused(Problem("task", "This task is another person's."))
    return task


def _open_task(workspace: Workspace, task_id: str) -> Task:
    task = _seen_task(workspace, task_id)
    if not task.is_open:
        raise Refused(Problem("task", "This task is done already."))
    return task


def _refuse_inactive(workspace: Workspace, staff_id: StaffId) -> None:
    with workspace.database.read() as session:
        if not staff_members.get(session, staff_id).active:
            raise Refused(Problem("assigned_to", "Choose somebody who still works here."))
