from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from random import Random

import pytest

from cocm_desktop.actions.flag import set_flag
from cocm_desktop.actions.listing import read_listing
from cocm_desktop.actions.medication import (
    add_medication,
    add_past_trial,
)
from cocm_desktop.actions.merge import merge_patients, read_merges, undo_merge
from cocm_desktop.actions.patient import (
    add_patient,
    change_patient,
    find_patient,
    read_patient,
)
from cocm_desktop.actions.recommendation_letter import keep_letter
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.review_record import read_reviews
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.task import add_task
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.flag import FlagDraft, FlagKind
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.medication import MedicationDraft, PastTrialDraft
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.patient_merge import FIELDS, UNDO_DAYS
from cocm_desktop.domain.task import TaskDraft
from cocm_desktop.errors import Refused
from tests.actions.billing import issued_as_it_is
from tests.actions.merging.conftest import OCTOBER, draft_of, episode_of, stored
from tests.actions.work import at, call, phq9, reviewed
from tests.conftest import CARE_MANAGER


def test_an_undo_restores_everything_exactly(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    assert treated
    before = stored(workspace)
    draft = draft_of(maria_patient, twin, take=frozenset({"phone", "sex", "last_name"}))
    merge_patients(workspace, draft)
    assert stored(workspace) != before

    undo_merge(workspace, draft.id, reason="Two sisters")

    assert stored(workspace) == before
    assert {p.patient_id for p in read_listing(workspace)} == {maria_patient, twin}


@pytest.mark.parametrize("seed", range(12))
def test_whatever_two_records_hold_nothing_is_lost_and_an_undo_is_exact(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, seed: int
) -> None:
    random = Random(seed)
    treated = random.choice((maria_patient, twin, None))
    if treated:
        episode_of(workspace, treated)
    today = workspace.today()
    for number in range(random.randrange(12)):
        whose, words = random.choice((maria_patient, twin)), f"No. {number}"
        deed = random.choice(
            (
                partial(add_past_trial, draft=PastTrialDraft(whose, words)),
                partial(add_medication, draft=MedicationDraft(whose, words, "1 mg", today)),
                partial(set_flag, draft=FlagDraft(whose, FlagKind.OTHER, "Asked", words)),
                partial(
                    add_task, draft=TaskDraft(words, today, whose, assigned_to=CARE_MANAGER.id)
                ),
            )
        )
        deed(workspace)
    before = stored(workspace)
    take = frozenset(random.sample(sorted(set(FIELDS) - {"mrn"}), random.randrange(6)))
    draft = draft_of(maria_patient, twin, take=take)

    merge_patients(workspace, draft)

    after = stored(workspace)
    owners = {row.get("patient_id") for row in after.values()}
    assert after.keys() == before.keys()
    assert twin not in owners
    undo_merge(workspace, draft.id, reason="Two sisters")
    assert stored(workspace) == before


def test_an_open_safety_task_survives_the_merge_and_its_undo(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    [(task, _)] = read_open_safety_tasks(workspace)
    draft = draft_of(maria_patient, twin)

    merge_patients(workspace, draft)

    assert read_open_safety_tasks(workspace) == ((task, maria_patient),)
    [row] = read_registry(workspace).rows
    assert row.safety_answer == 1

    undo_merge(workspace, draft.id, reason="Two sisters")

    assert read_open_safety_tasks(workspace) == ((task, twin),)
    assert task.episode_id == treated


def test_what_was_added_to_an_episode_since_goes_back_with_it(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    draft = draft_of(maria_patient, twin)
    merge_patients(workspace, draft)
    phq9(workspace, treated, date(2026, 11, 20), 12, item9=2)
    call(workspace, treated, date(2026, 11, 20))
    reviewed(workspace, [treated], date(2026, 11, 20))
    [review] = read_reviews(workspace, treated)
    keep_letter(workspace, review.id)

    undo_merge(workspace, draft.id, reason="Two sisters")

    assert {owner for _, owner in read_open_safety_tasks(workspace)} == {twin}
    owners = {
        (name, row["patient_id"])
        for (name, _), row in stored(workspace).items()
        if name in {"time_entry", "letter"}
    }
    assert owners == {("time_entry", twin), ("letter", twin)}


def test_what_was_typed_since_the_merge_is_kept_by_its_undo(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    draft = draft_of(maria_patient, twin, take=frozenset({"phone", "language"}))
    merge_patients(workspace, draft)
    maria = read_patient(workspace, maria_patient)
    typed = PatientDraft(
        maria.last_name,
        maria.first_name,
        maria.born_on,
        mrn=maria.mrn,
        sex=maria.sex,
        reach=replace(maria.reach, phone="845-555-0199"),
        id=maria.id,
    )
    change_patient(workspace, typed, version=maria.version)

    undo_merge(workspace, draft.id, reason="Two sisters")

    maria = read_patient(workspace, maria_patient)
    assert (maria.reach.phone, maria.reach.language) == ("845-555-0199", "")


def test_the_list_says_who_was_merged_when_and_until_when_it_can_be_undone(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    assert treated
    draft = draft_of(maria_patient, twin)
    merge_patients(workspace, draft)

    [merge] = read_merges(workspace)

    assert (merge.survivor, merge.other) == ("ALVAREZ, María", "ÁLVAREZ, Maria")
    assert (merge.merged_by, merge.merged_at) == (CARE_MANAGER.name, workspace.now())
    assert merge.undo_until == workspace.today() + timedelta(days=UNDO_DAYS)
    assert merge.moved >= 8
    undo_merge(workspace, draft.id, reason="Two sisters")
    assert read_merges(workspace)[0].undone_at == workspace.now()


def test_an_undo_is_refused_after_its_days_twice_and_without_reason(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    draft = draft_of(maria_patient, twin)
    merge_patients(workspace, draft)
    late = at(workspace, workspace.now() + timedelta(days=UNDO_DAYS + 1))
    before = stored(workspace)

    with pytest.raises(Refused, match="for 30 days"):
        undo_merge(late, draft.id, reason="Two sisters")
    with pytest.raises(Refused, match="Say why"):
        undo_merge(workspace, draft.id, reason=" ")
    with pytest.raises(Refused, match="No merge"):
        undo_merge(workspace, "none", reason="Two sisters")
    assert stored(workspace) == before

    undo_merge(workspace, draft.id, reason="Two sisters")
    with pytest.raises(Refused, match="undone already"):
        undo_merge(workspace, draft.id, reason="Two sisters")


def test_a_merge_into_a_record_merged_since_is_undone_last(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    third = PatientDraft("Alvares", "Maria", date(1971, 4, 5), mrn="100400")
    first, other = draft_of(maria_patient, twin), PatientId(add_patient(workspace, third).record_id)
    merge_patients(workspace, first)
    second = draft_of(other, maria_patient, typed="100400")
    merge_patients(workspace, second)
    with pytest.raises(Refused, match="Undo that first"):
        undo_merge(workspace, first.id, reason="Two sisters")
    with pytest.raises(Refused, match="MRN 100400"):
        find_patient(workspace, "100377")

    undo_merge(workspace, second.id, reason="Two sisters")
    undo_merge(workspace, first.id, reason="Two sisters")

    assert len(read_listing(workspace)) == 3


def test_a_superbill_issued_since_is_voided_before_an_undo(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    assert treated
    draft = draft_of(maria_patient, twin)
    merge_patients(workspace, draft)
    later = at(workspace, workspace.now() + timedelta(hours=1))
    issued_as_it_is(later, maria_patient, OCTOBER)

    with pytest.raises(Refused, match="2026-10-0001 was issued since"):
        undo_merge(later, draft.id, reason="Two sisters")


def test_the_mrn_may_be_given_to_the_survivor_but_not_be_taken_by_another_before_an_undo(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    draft = draft_of(maria_patient, twin)
    merge_patients(workspace, draft)
    other = PatientDraft("Chen", "Wei", date(1980, 1, 1), mrn="100500")
    add_patient(workspace, other)
    change_patient(workspace, replace(other, mrn="100377"), version=1)

    with pytest.raises(Refused, match="CHEN, Wei has the MRN 100377 now"):
        undo_merge(workspace, draft.id, reason="Two sisters")


def test_a_survivor_who_was_given_the_old_mrn_by_hand_gives_it_back_before_an_undo(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    draft = draft_of(maria_patient, twin)
    merge_patients(workspace, draft)
    typed = PatientDraft("Alvarez", "María", date(1971, 4, 5), mrn="100377", id=maria_patient)
    change_patient(workspace, typed, version=read_patient(workspace, maria_patient).version)

    with pytest.raises(Refused, match="ALVAREZ, María has the MRN 100377 now"):
        undo_merge(workspace, draft.id, reason="Two sisters")
