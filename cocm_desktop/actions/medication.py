"""Recording what a patient takes and has tried."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.allergies import NOT_RECORDED, allergies_problems, allergies_words
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.medication import (
    DoseDraft,
    IntakeDraft,
    Medication,
    MedicationDraft,
    PastTrial,
    PastTrialDraft,
    StopDraft,
)
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Refused
from cocm_desktop.storage import allergies, audit
from cocm_desktop.storage import medication as medications
from cocm_desktop.storage import patient as patients

TOUCHES = Topic.TREATMENT


@dataclass(frozen=True, slots=True)
class MedicationList:
    """What a patient takes and took, by name, and what was tried before."""

    medications: tuple[Medication, ...]
    past_trials: tuple[PastTrial, ...]
    allergies: str = NOT_RECORDED

    @property
    def current(self) -> tuple[Medication, ...]:
        return tuple(medication for medication in self.medications if medication.is_current)

    @property
    def stopped(self) -> tuple[Medication, ...]:
        return tuple(medication for medication in self.medications if not medication.is_current)


def read_medications(workspace: Workspace, patient_id: str) -> MedicationList:
    workspace.require(Permission.SEE_CHART)
    look_at_chart(workspace, patient_id, ChartPart.MEDICATIONS)
    with workspace.database.read() as session:
        return MedicationList(
            medications.of_patient(session, patient_id, until=workspace.today()),
            medications.trials_of(session, patient_id),
            allergies.of_patients(session, [patient_id]).get(patient_id, NOT_RECORDED),
        )


def add_medication(workspace: Workspace, draft: MedicationDraft) -> Change:
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        if not medications.exists(session, draft.id):
            patient = patients.get(session, draft.patient_id)
            medication = draft.accept(today=workspace.today())
            medications.add(session, medication, workspace.stamp())
            note = audit.created("medication.added", draft.id, patient.id)
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def change_dose(workspace: Workspace, draft: DoseDraft) -> Change:
    """Record a new dose from a day on; the earlier ones stay as history."""
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        if not medications.dose_exists(session, draft.id):
            medication = medications.get(session, draft.medication_id)
            dose = draft.accept(medication, today=workspace.today())
            medications.add_dose(session, dose, workspace.stamp())
            note = audit.created("dose.changed", draft.id, medication.patient_id)
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def note_intake(workspace: Workspace, draft: IntakeDraft) -> Change:
    """Record how a medicine is taken and borne; what was told before stays as history."""
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        medication = medications.get(session, draft.medication_id)
        intake = draft.accept(medication, today=workspace.today())
        medications.add_intake(
            session, intake, workspace.stamp(), medication_id=draft.medication_id
        )
        note = audit.created("medication.intake", draft.medication_id, medication.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.medication_id)


def note_allergies(workspace: Workspace, patient_id: str, *, words: str) -> Change:
    """Record what is known of a patient's allergies, in place of what was known before."""
    workspace.require(Permission.RECORD_TREATMENT)
    if problems := tuple(allergies_problems(words)):
        raise Refused(*problems)
    with workspace.database.write() as session:
        patient = patients.get(session, patient_id)
        allergies.note(session, patient.id, workspace.stamp(), words=allergies_words(words))
        note = audit.created("allergies.noted", patient.id, patient.id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, patient_id)


def stop_medication(workspace: Workspace, draft: StopDraft) -> Change:
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        medication = medications.get(session, draft.medication_id)
        if problems := tuple(draft.problems(medication, today=workspace.today())):
            raise Refused(*problems)
        medications.stop(session, draft, workspace.stamp())
        note = audit.created("medication.stopped", draft.medication_id, medication.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.medication_id)


def void_medication(workspace: Workspace, medication_id: str, *, reason: str) -> Change:
    workspace.require(Permission.VOID_RECORD)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        patient_id = medications.get(session, medication_id).patient_id
        medications.void_medication(session, medication_id, workspace.stamp(), reason=reason)
        note = audit.voided(
            "medication.voided", medication_id, reason=reason, patient_id=patient_id
        )
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, medication_id)


def add_past_trial(workspace: Workspace, draft: PastTrialDraft) -> Change:
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        if not medications.trial_exists(session, draft.id):
            patient = patients.get(session, draft.patient_id)
            medications.add_trial(session, draft.accept(), workspace.stamp())
            note = audit.created("trial.added", draft.id, patient.id)
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def void_past_trial(workspace: Workspace, trial_id: str, *, reason: str) -> Change:
    workspace.require(Permission.VOID_RECORD)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        patient_id = medications.get_trial(session, trial_id).patient_id
        medications.void_trial(session, trial_id, workspace.stamp(), reason=reason)
        note = audit.voided("trial.voided", trial_id, reason=reason, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, trial_id)
