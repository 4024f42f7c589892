"""Adding patients and changing their details."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cocm_desktop.actions.looking import ChartPart, look, look_at_chart
from cocm_desktop.actions.merge import refuse_merged_away
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.duplicate import Duplicate
from cocm_desktop.domain.ids import is_id
from cocm_desktop.domain.patient import Patient, PatientDraft
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.stamp import FieldChange
from cocm_desktop.domain.text import tidy
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.exchange.duplicates import possible_duplicates
from cocm_desktop.storage import audit
from cocm_desktop.storage import patient as patients


def read_patient(workspace: Workspace, patient_id: str) -> Patient:
    workspace.require(Permission.SEE_PATIENT_LIST)
    look_at_chart(workspace, patient_id, ChartPart.DEMOGRAPHICS)
    with workspace.database.read() as session:
        return patients.get(session, patient_id)


def read_patients(workspace: Workspace) -> tuple[Patient, ...]:
    """Give every patient on file, by name."""
    workspace.require(Permission.SEE_PATIENT_LIST)
    look(workspace, "patients.viewed")
    with workspace.database.read() as session:
        return tuple(patients.everyone(session))


def find_patient(workspace: Workspace, named: str) -> Patient:
    """Give the patient with this MRN or id, or refuse, pointing to where a merged record went."""
    workspace.require(Permission.SEE_PATIENT_LIST)
    wanted = tidy(named)
    with workspace.database.read() as session:
        found = patients.find_by_mrn(session, wanted) if wanted else None
        if found is None:
            refuse_merged_away(workspace, wanted)
        if is_id(wanted) and patients.exists(session, wanted):
            return patients.get(session, wanted)
    if found is None:
        raise Refused(Problem("patient", f"No patient on file has the MRN or id “{wanted}”."))
    return found


def add_patient(workspace: Workspace, draft: PatientDraft) -> Change:
    workspace.require(Permission.CHANGE_PATIENT)
    with workspace.database.write() as session:
        if not patients.exists(session, draft.id):
            mrn = draft.mrn.strip()
            taken = bool(mrn) and patients.find_by_mrn(session, mrn) is not None
            if mrn and not taken:
                refuse_merged_away(workspace, mrn, field="mrn")
            patient = draft.accept(today=workspace.today(), mrn_taken=taken)
            alike = possible_duplicates(draft, patients.keys(session))
            patients.add(session, patient, workspace.stamp())
            note = audit.created("patient.added", patient.id, patient.id)
            audit.write(session, workspace.stamp(), note)
            if alike:
                audit.write(session, workspace.stamp(), _passed_over(patient, alike))
    return Change(Topic.PATIENT, draft.id)


def change_patient(workspace: Workspace, draft: PatientDraft, *, version: int) -> Change:
    """Change a patient's details as they were read at `version`."""
    workspace.require(Permission.CHANGE_PATIENT)
    with workspace.database.write() as session:
        mrn = draft.mrn.strip()
        holder = patients.find_by_mrn(session, mrn) if mrn else None
        taken = holder is not None and holder.id != draft.id
        patient = replace(draft.accept(today=workspace.today(), mrn_taken=taken), version=version)
        changes = patients.update(session, patient)
        note = audit.changed("patient.changed", patient.id, changes, patient_id=patient.id)
        audit.write(session, workspace.stamp(), note)
    return Change(Topic.PATIENT, draft.id)


def _passed_over(patient: Patient, alike: Sequence[Duplicate]) -> audit.Note:
    """Tell which records the new one is like, and why, by their numbers and never by a name."""
    like = [
        FieldChange("is_like", None, f"{each.key.mrn or each.key.id} ({each.likeness.value})")
        for each in alike
    ]
    code = "duplicate.passed_over"
    return audit.Note(code, audit.Action.CREATE, patient.id, patient.id, changes=like)
