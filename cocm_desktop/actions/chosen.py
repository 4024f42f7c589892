"""What is done for several patients at once: for all of them, or for none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cocm_desktop.actions.episode import TOUCHES, require_care_manager
from cocm_desktop.actions.flag import set_flag
from cocm_desktop.actions.task import add_task
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.flag import FlagDraft
from cocm_desktop.domain.ids import PatientId, StaffId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.task import TaskDraft
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients

MOST_CHOSEN = 500


def assign_care_manager(
    workspace: Workspace, patient_ids: Sequence[PatientId], care_manager_id: StaffId | None
) -> Change:
    """Give the open episodes of all these patients to one care manager."""
    workspace.require(Permission.ENROLL)
    _require_some(patient_ids)
    if care_manager_id is None:
        raise Refused(Problem("care_manager_id", "Choose a care manager."))
    with workspace.database.write() as session:
        require_care_manager(workspace, care_manager_id)
        for patient_id in patient_ids:
            episode = episodes.latest(session, patient_id)
            if episode is None or episode.closed_on is not None:
                name = patients.get(session, patient_id).name
                words = f"{name} has no open episode. Nobody was assigned: leave that patient out."
                raise Refused(Problem("care_manager_id", words))
            changes = episodes.update(session, replace(episode, care_manager_id=care_manager_id))
            if changes:
                note = audit.changed(
                    "episode.assigned", episode.id, changes, patient_id=episode.patient_id
                )
                audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, care_manager_id)


def add_tasks(workspace: Workspace, drafts: Sequence[TaskDraft]) -> Change:
    """Give a task about each of several patients."""
    workspace.require(Permission.WORK_ON_TASKS)
    _require_some(drafts)
    with workspace.database.write():
        for draft in drafts:
            add_task(workspace, draft)
    return Change(Topic.TASK, drafts[0].id)


def set_flags(workspace: Workspace, drafts: Sequence[FlagDraft]) -> Change:
    """Set the same mark on several patients."""
    workspace.require(Permission.WORK_ON_TASKS)
    _require_some(drafts)
    with workspace.database.write():
        for draft in drafts:
            set_flag(workspace, draft)
    return Change(Topic.PATIENT, drafts[0].id)


def _require_some(chosen: Sequence[object]) -> None:
    if not chosen:
        raise Refused(Problem("patients", "Choose at least one patient."))
    if len(chosen) > MOST_CHOSEN:
        words = f"At most {MOST_CHOSEN} patients at once. Nothing was changed: choose fewer."
        raise Refused(Problem("patients", words))
