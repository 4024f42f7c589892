"""Patients of a small caseload, through the actions."""

from __future__ import annotations

from datetime import date

from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.patient import Coverage, PatientDraft
from tests.conftest import CARE_MANAGER, PRACTITIONER

BORN = date(1971, 4, 5)


def enrolled(
    workspace: Workspace,
    last_name: str,
    on: date = date(2026, 9, 1),
    *,
    care_manager_id: StaffId = CARE_MANAGER.id,
    member_id: str = "HHP0012345",
) -> tuple[PatientId, EpisodeId]:
    """Enroll a new patient: with diagnosis, practitioner and, unless left out, a member id."""
    coverage = Coverage("Hudson Health Plan", member_id)
    patient = PatientDraft(last_name, "Ana", BORN, mrn=f"M-{last_name}", coverage=coverage)
    patient_id = PatientId(add_patient(workspace, patient).record_id)
    draft = EnrollDraft(
        patient_id=patient_id,
        care_manager_id=care_manager_id,
        consented_on=on,
        consent_method=ConsentMethod.VERBAL,
        enrolled_on=on,
        treating_practitioner_id=PRACTITIONER.id,
        diagnosis_code="F33.1",
    )
    return patient_id, EpisodeId(enroll(workspace, draft).record_id)
