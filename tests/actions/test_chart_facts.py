"""What a chart holds of diagnoses, medicines and therapy, read for many patients at once."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import event

from cocm_desktop.actions.chart import charts_of
from cocm_desktop.actions.diagnosis import add_diagnosis
from cocm_desktop.actions.medication import (
    add_medication,
    add_past_trial,
    note_allergies,
    stop_medication,
)
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.treatment import note_goal, record_goal, record_intervention
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.diagnosis import DiagnosisDraft, DiagnosisStatus
from cocm_desktop.domain.goal import GoalDraft, GoalState
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.intervention import InterventionDraft, InterventionKind
from cocm_desktop.domain.medication import MedicationDraft, PastTrialDraft, StopDraft
from cocm_desktop.domain.registry import RegistryRow
from tests.ui.clinic import enrolled

DAY = date(2026, 11, 2)


def fill(workspace: Workspace, patient_id: PatientId, episode_id: EpisodeId) -> None:
    """Record something of every kind."""
    add_medication(workspace, MedicationDraft(patient_id, "sertraline", "50 mg", DAY))
    other = MedicationDraft(patient_id, "amlodipine", "5 mg", DAY, is_psychotropic=False)
    add_medication(workspace, other)
    stopped = MedicationDraft(patient_id, "bupropion", "150 mg", DAY)
    add_medication(workspace, stopped)
    stop_medication(workspace, StopDraft(stopped.id, DAY + timedelta(days=9), "insomnia"))
    add_past_trial(workspace, PastTrialDraft(patient_id, "fluoxetine"))
    note_allergies(workspace, patient_id, words="Sulfa")
    draft = DiagnosisDraft(episode_id, "F31.9", DAY, status=DiagnosisStatus.RULED_OUT)
    add_diagnosis(workspace, draft)
    sleep = InterventionDraft(episode_id, DAY, InterventionKind.SLEEP)
    record_intervention(workspace, sleep)
    for words in ("Walk daily", "Sleep through"):
        record_goal(workspace, GoalDraft(episode_id, words, DAY))
    met = GoalDraft(episode_id, "Call a friend", DAY)
    record_goal(workspace, met)
    note_goal(workspace, met.id, state=GoalState.MET, noted_on=DAY)


def test_a_chart_holds_all_of_it(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    fill(workspace, maria_patient, maria)

    [chart] = charts_of(workspace, tuple(read_registry(workspace).rows))

    assert [each.name for each in chart.current_medications] == ["sertraline", "amlodipine"]
    assert [each.name for each in chart.stopped_medications] == ["bupropion"]
    facts = chart.facts
    assert [each.name for each in facts.past_trials] == ["fluoxetine"]
    assert facts.allergies == "Sulfa"
    assert [each.diagnosis.code for each in facts.settled_diagnoses] == ["F31.9"]
    assert [each.kind for each in facts.interventions] == [InterventionKind.SLEEP]
    assert [each.words for each in facts.open_goals] == ["Walk daily", "Sleep through"]
    assert [each.code for each in chart.diagnoses] == ["F33.1"]


def test_charts_take_as_many_statements_for_many_patients_as_for_one(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    fill(workspace, maria_patient, maria)
    for name in ("Abel", "Brown", "Cole"):
        fill(workspace, *enrolled(workspace, name))
    rows = tuple(read_registry(workspace).rows)

    assert len(rows) == 4
    assert statements(workspace, rows[:1]) == statements(workspace, rows)


def statements(workspace: Workspace, rows: tuple[RegistryRow, ...]) -> int:
    seen: list[str] = []
    with workspace.database.read() as session:
        engine = session.get_bind()

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            seen.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        charts_of(workspace, rows)
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)
