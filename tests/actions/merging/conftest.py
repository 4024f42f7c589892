from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from cocm_desktop.actions.episode import close_episode, enroll, read_latest_episode
from cocm_desktop.actions.flag import set_flag
from cocm_desktop.actions.medication import (
    add_medication,
    add_past_trial,
)
from cocm_desktop.actions.merge import merge_patients
from cocm_desktop.actions.patient import (
    add_patient,
)
from cocm_desktop.actions.task import add_task
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.flag import FlagDraft, FlagKind
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.medication import MedicationDraft, PastTrialDraft
from cocm_desktop.domain.patient import Coverage, PatientDraft, Reach
from cocm_desktop.domain.patient_merge import MergeDraft
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.task import TaskDraft
from cocm_desktop.errors import Refused
from cocm_desktop.storage.tables import SCHEMA
from tests.actions.work import call, phq9
from tests.conftest import CARE_MANAGER, PRACTITIONER

OF_MERGES = {"audit_entry", "audit_change", "patient_merge", "moved_record", "merge_undo"}
OCTOBER = ServiceMonth(2026, 10)


def stored(workspace: Workspace) -> dict[tuple[str, str], dict[str, Any]]:
    """Every row of every table by its id, but for the log, the merges and patients' versions."""
    rows = {}
    with workspace.database.read() as session:
        for table in SCHEMA.sorted_tables:
            if table.name not in OF_MERGES:
                for row in session.execute(select(table)).mappings():
                    rows[table.name, row["id"]] = {k: v for k, v in row.items() if k != "version"}
    return rows


@pytest.fixture
def twin(workspace: Workspace) -> PatientId:
    """The same María once more, as another hand wrote her down."""
    draft = PatientDraft(
        "Álvarez",
        "Maria",
        date(1971, 4, 5),
        mrn="100377",
        reach=Reach(phone="845-555-0177", language="Spanish"),
        coverage=Coverage("Medicare", "1EG4TE5MK73"),
    )
    return PatientId(add_patient(workspace, draft).record_id)


@pytest.fixture
def treated(workspace: Workspace, twin: PatientId) -> EpisodeId:
    """An episode of the twin with a bit of everything in it."""
    return episode_of(workspace, twin)


def episode_of(workspace: Workspace, patient_id: PatientId) -> EpisodeId:
    draft = EnrollDraft(
        patient_id=patient_id,
        care_manager_id=CARE_MANAGER.id,
        consented_on=date(2026, 10, 1),
        consent_method=ConsentMethod.VERBAL,
        enrolled_on=date(2026, 10, 1),
        treating_practitioner_id=PRACTITIONER.id,
        diagnosis_code="F33.1",
    )
    episode = EpisodeId(enroll(workspace, draft).record_id)
    phq9(workspace, episode, date(2026, 10, 2), 17, item9=1)
    for day in (2, 9, 16):
        call(workspace, episode, date(2026, 10, day), minutes=30)
    add_medication(
        workspace, MedicationDraft(patient_id, "sertraline", "50 mg daily", date(2026, 10, 2))
    )
    add_past_trial(workspace, PastTrialDraft(patient_id, "fluoxetine"))
    today = workspace.today()
    add_task(workspace, TaskDraft("Call back", today, patient_id, assigned_to=CARE_MANAGER.id))
    set_flag(workspace, FlagDraft(patient_id, FlagKind.TRANSPORT, "No car"))
    return episode


def draft_of(survivor: PatientId, other: PatientId, **changes: Any) -> MergeDraft:
    return replace(MergeDraft(survivor, other, typed="100200"), **changes)


def refused(workspace: Workspace, draft: MergeDraft) -> dict[str, str]:
    """Try to merge; give the problems by field, and see that nothing was stored."""
    before = stored(workspace)
    with pytest.raises(Refused) as refusal:
        merge_patients(workspace, draft)
    assert stored(workspace) == before
    return {problem.field: problem.message for problem in refusal.value.problems}


def close_treated(workspace: Workspace, patient_id: PatientId) -> None:
    episode = read_latest_episode(workspace, patient_id)
    reason = CloseReason.MOVED
    draft = CloseDraft(episode.id, workspace.today(), reason, version=episode.version)
    close_episode(workspace, draft)
