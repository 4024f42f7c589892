from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from cocm_desktop.actions.episode import close_episode, read_latest_episode
from cocm_desktop.actions.importing import find_duplicates
from cocm_desktop.actions.listing import read_listing
from cocm_desktop.actions.medication import (
    note_allergies,
    read_medications,
)
from cocm_desktop.actions.merge import merge_patients, preview_merge
from cocm_desktop.actions.patient import (
    add_patient,
)
from cocm_desktop.actions.superbill import void_superbill
from cocm_desktop.actions.timer import start_timer
from cocm_desktop.actions.timer_saving import discard_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.duplicate import Likeness
from cocm_desktop.domain.episode import CloseDraft, CloseReason
from cocm_desktop.domain.ids import EpisodeId, PatientId, SuperbillId, TimerId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.errors import Refused
from cocm_desktop.storage.tables_safety import SafetyTaskTable
from tests.actions.billing import issued_as_it_is
from tests.actions.merging.conftest import OCTOBER, close_treated, draft_of, episode_of, refused
from tests.actions.work import as_role


def test_the_surviving_mrn_is_typed_to_confirm(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    wrong = refused(workspace, draft_of(maria_patient, twin, typed="100377"))

    assert wrong == {"typed": "Type the MRN of the surviving record, 100200, to confirm."}


def test_without_an_mrn_the_family_name_is_typed(workspace: Workspace, twin: PatientId) -> None:
    nameless = PatientDraft("Alvarez", "Maria", date(1971, 4, 5))
    survivor = PatientId(add_patient(workspace, nameless).record_id)
    assert "family name" in refused(workspace, draft_of(survivor, twin))["typed"]

    merge_patients(workspace, draft_of(survivor, twin, typed="alvarez"))

    assert [each.patient_id for each in read_listing(workspace)] == [survivor]


def test_other_dates_of_birth_are_confirmed_by_themselves(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    draft = PatientDraft("Alvarez", "Maria", date(1971, 5, 4), mrn="100377")
    other = PatientId(add_patient(workspace, draft).record_id)
    assert set(refused(workspace, draft_of(maria_patient, other))) == {"is_birth_confirmed"}

    merge_patients(workspace, draft_of(maria_patient, other, is_birth_confirmed=True))

    assert [each.patient_id for each in read_listing(workspace)] == [maria_patient]


def test_nothing_is_merged_while_a_timer_is_open(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    started = start_timer(workspace, treated, Activity.CONTACT)

    with pytest.raises(Refused, match="A timer is open"):
        merge_patients(workspace, draft_of(maria_patient, twin))
    discard_timer(workspace, TimerId(started.record_id), reason="To merge")

    merge_patients(workspace, draft_of(maria_patient, twin))


def test_a_record_is_not_merged_with_itself_nor_by_an_unknown_field(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    assert "other" in refused(workspace, draft_of(maria_patient, maria_patient))
    assert "take" in refused(workspace, draft_of(maria_patient, twin, take=frozenset({"age"})))


def test_two_episodes_that_are_not_closed_are_refused(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, twin: PatientId
) -> None:
    episode_of(workspace, twin)
    assert "one at a time" in refused(workspace, draft_of(maria_patient, twin))["episodes"]

    episode = read_latest_episode(workspace, maria_patient)
    close_episode(
        workspace,
        CloseDraft(
            episode.id,
            workspace.today(),
            CloseReason.ENROLLED_IN_ERROR,
            version=episode.version,
        ),
    )
    assert preview_merge(workspace, maria_patient, twin).notes == (
        "The patient will have 2 episodes, each as it was.",
    )
    merge_patients(workspace, draft_of(maria_patient, twin))

    assert read_latest_episode(workspace, maria_patient).id != maria


def test_an_issued_month_that_both_worked_in_is_voided_first(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    close_treated(workspace, twin)
    episode_of(workspace, maria_patient)
    bill = issued_as_it_is(workspace, twin, OCTOBER)
    assert treated

    words = refused(workspace, draft_of(maria_patient, twin))["superbills"]

    assert "Oct" in words
    assert "Void" in words
    void_superbill(workspace, SuperbillId(bill), reason="To be merged")
    merge_patients(workspace, draft_of(maria_patient, twin))


def test_allergies_that_differ_are_written_into_one_record_first(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    note_allergies(workspace, maria_patient, words="Penicillin")
    note_allergies(workspace, twin, words="Sulfa")
    assert "Sulfa" in refused(workspace, draft_of(maria_patient, twin))["allergies"]

    note_allergies(workspace, maria_patient, words="Penicillin, sulfa")
    merge_patients(workspace, draft_of(maria_patient, twin))

    assert read_medications(workspace, maria_patient).allergies == "Penicillin, sulfa"


@pytest.mark.parametrize("role", set(Role) - {Role.CARE_MANAGER, Role.ADMINISTRATOR})
def test_only_care_managers_and_administrators_merge(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, role: Role
) -> None:
    assert "permission" in refused(as_role(workspace, role), draft_of(maria_patient, twin))


def test_the_old_mrn_and_the_old_name_are_on_file(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    merge_patients(workspace, draft_of(maria_patient, twin))
    again = PatientDraft("Álvarez", "Maria", date(1971, 4, 5), mrn="100377")

    with pytest.raises(Refused, match="was merged into"):
        add_patient(workspace, again)

    likely = find_duplicates(workspace, again)
    assert {each.key.id for each in likely} == {maria_patient}
    assert likely[0].likeness in {Likeness.SAME_PERSON, Likeness.SAME_MRN}


def test_a_safety_task_moves_only_by_a_merge(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    def changed(**values: Any) -> None:
        with workspace.database.write() as session:
            session.execute(update(SafetyTaskTable).values(**values))

    assert treated
    with pytest.raises(IntegrityError, match="append-only"):
        changed(patient_id=maria_patient)

    merge_patients(workspace, draft_of(maria_patient, twin))

    with pytest.raises(IntegrityError, match="append-only"):
        changed(answer=0)
