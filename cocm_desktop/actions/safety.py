"""Safety tasks: what is open, and closing one."""

from __future__ import annotations

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PatientId, new_id
from cocm_desktop.domain.safety import SafetyClosingDraft, SafetyTask
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, safety


def read_open_safety_tasks(workspace: Workspace) -> tuple[tuple[SafetyTask, PatientId], ...]:
    """Give every open safety task, oldest first, for the red bar."""
    workspace.require(Permission.CLOSE_SAFETY_TASK)
    with workspace.database.read() as session:
        return tuple(safety.open_tasks(session))


def close_safety_task(workspace: Workspace, draft: SafetyClosingDraft) -> Change:
    """Close a task with what was assessed, done and told. Only a clinician may."""
    workspace.require(Permission.CLOSE_SAFETY_TASK)
    if problems := tuple(draft.problems()):
        raise Refused(*problems)
    with workspace.database.write() as session:
        found = safety.get(session, draft.task_id)
        if found is None or not found[0].is_open:
            raise Refused(Problem("task_id", "This safety task is closed already."))
        closing_id = new_id()
        safety.close(session, draft, workspace.stamp(), closing_id=closing_id)
        audit.write(
            session, workspace.stamp(), audit.created("safety.closed", draft.task_id, found[1])
        )
    return Change(Topic.SAFETY, draft.task_id)
