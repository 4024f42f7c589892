"""Safety tasks: what is open, opening one by hand, telling the practitioner, closing one."""

from __future__ import annotations

from collections.abc import Iterator

from cocm_desktop.actions.looking import look
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PatientId, new_id
from cocm_desktop.domain.safety import (
    PractitionerToldDraft,
    SafetyClosingDraft,
    SafetyTask,
    SafetyTaskDraft,
)
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, safety
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import measure as measures
from cocm_desktop.storage import patient as patients

CLOSED_ALREADY = "This safety task is closed already."
NOT_ON_FILE = "There is no such safety task. The list of open tasks shows their ids."


def read_open_safety_tasks(workspace: Workspace) -> tuple[tuple[SafetyTask, PatientId], ...]:
    """Give every open safety task, oldest first, for the red bar."""
    workspace.require(Permission.CLOSE_SAFETY_TASK)
    look(workspace, "safety_list.viewed")
    with workspace.database.read() as session:
        return tuple(safety.open_tasks(session))


def open_safety_task(workspace: Workspace, draft: SafetyTaskDraft) -> Change:
    """Open a task by hand, with its reason. It closes like every other."""
    workspace.require(Permission.CLOSE_SAFETY_TASK)
    with workspace.database.write() as session:
        if not safety.exists(session, draft.id):
            patient_id = episodes.get(session, draft.episode_id).patient_id
            born_on = patients.get(session, patient_id).born_on
            task = draft.accept(today=workspace.today(), born_on=born_on)
            safety.add(session, task, workspace.stamp(), patient_id=patient_id)
            raised = audit.created("safety.raised", task.id, patient_id)
            audit.write(session, workspace.stamp(), raised)
    return Change(Topic.SAFETY, draft.id)


def tell_practitioner(workspace: Workspace, draft: PractitionerToldDraft) -> Change:
    """Record that the treating practitioner was told of an open task. It stays open."""
    workspace.require(Permission.CLOSE_SAFETY_TASK)
    with workspace.database.write() as session:
        task, patient_id = _open_task(workspace, draft.task_id)
        if problems := tuple(draft.problems(task, now=workspace.now())):
            raise Refused(*problems)
        safety.tell(session, draft, workspace.stamp())
        note = audit.created("safety.practitioner_told", draft.task_id, patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(Topic.SAFETY, draft.task_id)


def close_safety_task(workspace: Workspace, draft: SafetyClosingDraft) -> Change:
    """Close a task with what was assessed, when, what was done and who was told.

    Only a clinician may. Where a measure was the assessment, the task that this measure opened by
    its own answers is closed by the same statement.
    """
    workspace.require(Permission.CLOSE_SAFETY_TASK)
    with workspace.database.write() as session:
        task, patient_id = _open_task(workspace, draft.task_id)
        accepted = draft.accept(task, now=workspace.now())
        _require_own_measure(workspace, draft, patient_id)
        for each in (task, *_opened_by_assessment(workspace, draft, patient_id)):
            stamp = workspace.stamp()
            safety.close(session, accepted, stamp, closing_id=new_id(), task_id=each.id)
            audit.write(session, stamp, audit.created("safety.closed", each.id, patient_id))
    return Change(Topic.SAFETY, draft.task_id)


def _open_task(workspace: Workspace, task_id: str) -> tuple[SafetyTask, PatientId]:
    with workspace.database.read() as session:
        found = safety.get(session, task_id)
    if found is None:
        raise Refused(Problem("task_id", NOT_ON_FILE))
    if not found[0].is_open:
        raise Refused(Problem("task_id", CLOSED_ALREADY))
    return found


def _require_own_measure(
    workspace: Workspace, draft: SafetyClosingDraft, patient_id: PatientId
) -> None:
    """Refuse a measure of another patient, or one that is withdrawn, as the assessment."""
    if draft.assessment_id is None:
        return
    with workspace.database.read() as session:
        measure = measures.get(session, draft.assessment_id)
        if episodes.get(session, measure.episode_id).patient_id != patient_id:
            words = "This measure is of another patient. Record the assessment with this one."
            raise Refused(Problem("assessment_id", words))


def _opened_by_assessment(
    workspace: Workspace, draft: SafetyClosingDraft, patient_id: PatientId
) -> Iterator[SafetyTask]:
    with workspace.database.read() as session:
        for task in safety.of_patient(session, patient_id):
            is_of_it = draft.assessment_id is not None and task.measure_id == draft.assessment_id
            if is_of_it and task.is_open and task.id != draft.task_id:
                yield task
