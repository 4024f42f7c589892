from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from cocm_desktop.actions.coverage import read_coverage, void_coverage
from cocm_desktop.actions.episode import close_episode, read_latest_episode
from cocm_desktop.actions.importing import find_duplicates
from cocm_desktop.actions.listing import read_listing
from cocm_desktop.actions.medication import (
    note_allergies,
    read_medications,
)
from cocm_desktop.actions.merge import merge_patients, preview_merge
from cocm_desktop.actions.outside_care import (
    read_outside_care,
    record_death,
    void_outside_care,
)
from cocm_desktop.actions.patient import (
    add_patient,
)
from cocm_desktop.actions.superbill import void_superbill
from cocm_desktop.actions.timer import start_timer
from cocm_desktop.actions.timer_saving import discard_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.outside_care import Death, DeathDraft
from cocm_desktop.domain.duplicate import Likeness
from cocm_desktop.domain.episode import CloseDraft, CloseReason
from cocm_desktop.domain.ids import CoverageId, EpisodeId, PatientId, SuperbillId, TimerId, new_id
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.errors import Refused
from cocm_desktop.storage import coverage
from cocm_desktop.storage import payer as payers
from cocm_desktop.storage.tables_safety import SafetyTaskTable
from tests.actions.billing import issued_as_it_is
from tests.actions.merging.conftest import OCTOBER, close_treated, draft_of, episode_of, refused
from tests.actions.work import as_role
from tests.builders import a_coverage, a_payer


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


def test_two_payers_in_one_place_on_the_same_days_are_parted_first(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    payer = a_payer(name="Medicare")
    until = date(2026, 6, 30)
    own = a_coverage(patient_id=maria_patient, last_on=until)
    theirs = a_coverage(
        id=CoverageId(new_id()), patient_id=twin, member_id="2AB4TE5MK73", first_on=until
    )
    with workspace.database.write() as session:
        payers.add(session, payer, workspace.stamp())
        for each in (own, theirs):
            coverage.add(session, each, workspace.stamp())

    words = refused(workspace, draft_of(maria_patient, twin))["coverage"]
    assert words.startswith("Medicare here and Medicare there pay first on the same days")

    void_coverage(workspace, theirs.id, reason="The same once more")
    merge_patients(workspace, draft_of(maria_patient, twin))

    assert read_coverage(workspace, maria_patient).coverage[0].id == own.id


def test_the_same_policy_on_both_records_is_no_contradiction(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    own = a_coverage(patient_id=maria_patient)
    with workspace.database.write() as session:
        payers.add(session, a_payer(), workspace.stamp())
        for each in (own, replace(own, id=CoverageId(new_id()), patient_id=twin)):
            coverage.add(session, each, workspace.stamp())

    merge_patients(workspace, draft_of(maria_patient, twin))

    assert len(read_coverage(workspace, maria_patient).coverage) == 2


def test_days_of_death_that_differ_are_corrected_first(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    wrong = DeathDraft(twin, date(2026, 11, 2))
    record_death(workspace, DeathDraft(maria_patient, date(2026, 11, 20)))
    record_death(workspace, wrong)
    assert "Nov 20, 2026 and Nov 2" in refused(workspace, draft_of(maria_patient, twin))["death"]

    void_outside_care(workspace, Death, wrong.id, reason="Misread")
    merge_patients(workspace, draft_of(maria_patient, twin))

    assert read_outside_care(workspace, maria_patient).death


MAY_MERGE = {Role.CARE_MANAGER, Role.ADMINISTRATOR}


@pytest.mark.parametrize("role", [role for role in Role if role not in MAY_MERGE])
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
