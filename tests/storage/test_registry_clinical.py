"""What the registry's statement says of plans, flags, tasks, and the scale of an episode."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import event

from cocm_desktop.actions.contact import record_contact, void_contact
from cocm_desktop.actions.episode_phase import choose_primary
from cocm_desktop.actions.flag import clear_flag, set_flag
from cocm_desktop.actions.measure import record_measure
from cocm_desktop.actions.medication import (
    add_medication,
    change_dose,
    stop_medication,
    void_medication,
)
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.task import add_task, finish_task, reopen_task, void_task
from cocm_desktop.actions.treatment import record_intervention, void_treatment
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.contact import ContactDraft, ContactKind, ContactOutcome
from cocm_desktop.domain.flag import FlagDraft, FlagKind
from cocm_desktop.domain.ids import EpisodeId, MedicationId, PatientId
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.intervention import InterventionDraft, InterventionKind
from cocm_desktop.domain.measure import MeasureDraft
from cocm_desktop.domain.medication import DoseDraft, MedicationDraft, StopDraft
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.task import TaskDraft
from tests.actions.work import at, call
from tests.conftest import CARE_MANAGER

SLEEP, RELAXATION = InterventionKind.SLEEP, InterventionKind.RELAXATION
NOVEMBER_3, NOVEMBER_10, NOVEMBER_17 = (date(2026, 11, day) for day in (3, 10, 17))


def row(workspace: Workspace) -> RegistryRow:
    [only] = read_registry(workspace).rows
    return only


def medicine(workspace: Workspace, patient_id: PatientId, on: date, **changes: Any) -> MedicationId:
    draft = MedicationDraft(patient_id, "sertraline", "50 mg", on, **changes)
    return MedicationId(add_medication(workspace, draft).record_id)


def session_of(
    workspace: Workspace, episode_id: EpisodeId, kind: InterventionKind, on: date
) -> str:
    return record_intervention(workspace, InterventionDraft(episode_id, on, kind)).record_id


def test_a_new_medicine_and_a_new_dose_change_the_plan(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    assert row(workspace).plan_changed_on is None
    first = medicine(workspace, maria_patient, NOVEMBER_3)
    assert row(workspace).plan_changed_on == NOVEMBER_3

    change_dose(workspace, DoseDraft(first, "100 mg", NOVEMBER_17))
    assert row(workspace).plan_changed_on == NOVEMBER_17

    stop_medication(workspace, StopDraft(first, date(2026, 11, 20), "No effect"))
    assert row(workspace).plan_changed_on == NOVEMBER_17
    void_medication(workspace, first, reason="Wrong patient")
    assert row(workspace).plan_changed_on is None


def test_a_medicine_for_the_body_changes_no_plan(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    medicine(workspace, maria_patient, NOVEMBER_3, is_psychotropic=False)

    assert row(workspace).plan_changed_on is None


def test_another_kind_of_intervention_changes_the_plan_and_more_of_the_same_does_not(
    workspace: Workspace, maria: EpisodeId
) -> None:
    session_of(workspace, maria, SLEEP, NOVEMBER_3)
    session_of(workspace, maria, SLEEP, NOVEMBER_17)
    assert row(workspace).plan_changed_on == NOVEMBER_3

    other = session_of(workspace, maria, RELAXATION, NOVEMBER_10)
    assert row(workspace).plan_changed_on == NOVEMBER_10

    void_treatment(workspace, other, reason="typo")
    assert row(workspace).plan_changed_on == NOVEMBER_3


def test_of_several_changes_the_last_counts_and_none_that_lies_ahead(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    medicine(workspace, maria_patient, NOVEMBER_10)
    session_of(workspace, maria, SLEEP, NOVEMBER_17)

    assert row(workspace).plan_changed_on == NOVEMBER_17
    earlier = at(workspace, workspace.now().replace(day=12))
    assert row(earlier).plan_changed_on == NOVEMBER_10


def test_flags_show_until_they_expire_or_are_cleared(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    today = workspace.today()
    kept = FlagDraft(maria_patient, FlagKind.INTERPRETER, "Speaks Spanish")
    own = FlagDraft(maria_patient, FlagKind.OTHER, "Asked", "Only mornings", today)
    for draft in (kept, own):
        set_flag(workspace, draft)

    assert set(row(workspace).flags) == {"Needs an interpreter", "Only mornings"}
    tomorrow = at(workspace, workspace.now() + timedelta(days=1))
    assert row(tomorrow).flags == ("Needs an interpreter",)
    clear_flag(workspace, kept.id, reason="Speaks English")
    assert row(workspace).flags == ("Only mornings",)


def test_open_tasks_are_counted(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    today = workspace.today()
    drafts = [
        TaskDraft(words, today, maria_patient, CARE_MANAGER.id) for words in ("Call", "Write")
    ]
    for draft in drafts:
        add_task(workspace, draft)
    assert row(workspace).open_tasks == 2

    finish_task(workspace, drafts[0].id)
    assert row(workspace).open_tasks == 1
    reopen_task(workspace, drafts[0].id, reason="Not reached")
    assert row(workspace).open_tasks == 2
    void_task(workspace, drafts[1].id, reason="typo")
    assert row(workspace).open_tasks == 1


def test_an_episode_may_be_judged_by_a_scale_that_is_neither_phq9_nor_gad7(
    workspace: Workspace, maria: EpisodeId
) -> None:
    pcl5 = InstrumentId("PCL-5")
    choose_primary(workspace, maria, instrument_id=pcl5, version=1)
    for day, answer in ((NOVEMBER_3, 2), (NOVEMBER_17, 1)):
        record_measure(workspace, MeasureDraft(maria, pcl5, day, (answer,) * 20))

    course = row(workspace).primary

    assert [score.total for score in course.scores] == [40, 20]
    assert course.is_at_target is True
    assert (course.remission_below, course.is_elevated) == (None, True)


def test_an_attempt_does_not_unplan_the_next_contact(
    workspace: Workspace, maria: EpisodeId
) -> None:
    planned = ContactDraft(
        maria, NOVEMBER_3, ContactKind.PHONE, minutes=20, next_contact_on=NOVEMBER_17
    )
    record_contact(workspace, planned)
    call(workspace, maria, NOVEMBER_10, outcome=ContactOutcome.NO_ANSWER)

    assert row(workspace).planned_on == NOVEMBER_17
    void_contact(workspace, planned.id, reason="typo")
    assert row(workspace).planned_on is None


def test_the_registry_is_one_statement_and_the_merged_records_of_all(
    workspace: Workspace, maria: EpisodeId
) -> None:
    seen: list[str] = []

    def note(*told: object) -> None:
        seen.append(str(told[2]))

    def statements() -> int:
        seen.clear()
        with workspace.database.read() as session:
            event.listen(session.connection(), "before_cursor_execute", note)
            read_registry(workspace)
        return len([statement for statement in seen if "FROM patient LEFT" in statement])

    of_one = statements()
    for number in range(4):
        add_patient(workspace, PatientDraft("Ito", f"Ken {number}", date(1980, 2, 3)))

    assert 1 <= of_one == statements() <= 3
