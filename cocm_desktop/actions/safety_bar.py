"""What the red bar says: every open safety task, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.patient import banner_name
from cocm_desktop.domain.safety import SafetyTask
from cocm_desktop.storage import patient as patients


@dataclass(frozen=True, slots=True)
class OpenSafetyTask:
    """A task, and the patient's name as on the banner: nobody may take it for another's."""

    task: SafetyTask
    patient_id: PatientId
    patient_name: str


def read_safety_bar(workspace: Workspace) -> tuple[OpenSafetyTask, ...]:
    """Give every open safety task with its patient, oldest first."""
    with workspace.database.read() as session:
        found = []
        for task, patient_id in read_open_safety_tasks(workspace):
            patient = patients.get(session, patient_id)
            name = banner_name(patient.last_name, patient.first_name)
            found.append(OpenSafetyTask(task, patient_id, name))
    return tuple(found)
