from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from cocm_desktop.actions.episode import close_episode, enroll, read_latest_episode
from cocm_desktop.actions.flag import set_flag
from cocm_desktop.actions.importing import find_duplicates
from cocm_desktop.actions.listing import read_listing
from cocm_desktop.actions.medication import (
    add_medication,
    add_past_trial,
    note_allergies,
    read_medications,
)
from cocm_desktop.actions.merge import merge_patients, preview_merge, read_merges, undo_merge
from cocm_desktop.actions.patient import (
    add_patient,
    change_patient,
    find_patient,
    read_patient,
)
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.safety import read_open_safety_tasks
from cocm_desktop.actions.superbill import issue_superbill, read_superbill, void_superbill
from cocm_desktop.actions.task import add_task
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.duplicate import Likeness
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.flag import FlagDraft, FlagKind
from cocm_desktop.domain.ids import EpisodeId, PatientId, SuperbillId
from cocm_desktop.domain.listed_patient import found
from cocm_desktop.domain.medication import MedicationDraft, PastTrialDraft
from cocm_desktop.domain.patient import Coverage, PatientDraft, Reach, Sex
from cocm_desktop.domain.patient_merge import UNDO_DAYS, MergeDraft
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.task import TaskDraft
from cocm_desktop.errors import Refused
from cocm_desktop.storage.patient_merge import WORDS, moving_tables
from cocm_desktop.storage.tables import SCHEMA, AuditEntryTable
from cocm_desktop.storage.tables_safety import SafetyTaskTable
from tests.actions.work import as_role, at, call, phq9
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


def test_no_row_is_lost_and_what_is_the_others_is_the_survivors(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    before = stored(workspace)

    merge_patients(workspace, draft_of(maria_patient, twin))

    after = stored(workspace)
    assert after.keys() == before.keys()
    owned = [row for (name, _), row in after.items() if "patient_id" in row and name]
    assert {row["patient_id"] for row in owned} <= {maria_patient, None}
    for key, row in after.items():
        same = {name: value for name, value in row.items() if name != "patient_id"}
        if key != ("patient", twin):
            assert same == {n: v for n, v in before[key].items() if n != "patient_id"}
    assert read_latest_episode(workspace, maria_patient).id == treated


def test_the_other_is_listed_no_more_and_found_by_its_mrn(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    merge_patients(workspace, draft_of(maria_patient, twin))

    [row] = read_registry(workspace).rows
    assert (row.patient_id, row.episode_id) == (maria_patient, treated)
    assert [each.patient_id for each in found(read_listing(workspace), "100377")] == [maria_patient]
    with pytest.raises(Refused, match="100377 was merged into ALVAREZ, María, MRN 100200 on Nov"):
        find_patient(workspace, "100377")
    with pytest.raises(Refused, match="was merged into ALVAREZ"):
        find_patient(workspace, twin)


def test_chart_and_bill_hold_what_was_the_others(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    minutes = read_superbill(workspace, twin, OCTOBER).minutes

    merge_patients(workspace, draft_of(maria_patient, twin))

    listed = read_medications(workspace, maria_patient)
    assert [each.name for each in listed.medications] == ["sertraline"]
    assert [each.name for each in listed.past_trials] == ["fluoxetine"]
    bill = read_superbill(workspace, maria_patient, OCTOBER)
    assert (bill.minutes, bill.episode_id, bill.patient.mrn) == (minutes, treated, "100200")


def test_fields_are_taken_from_the_other_as_chosen(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    preview = preview_merge(workspace, maria_patient, twin)
    take = preview.offered | {"mrn"}
    assert preview.offered == {"phone", "language", "coverage"}
    assert set(preview.differing) == take | {"last_name", "first_name", "sex"}

    merge_patients(workspace, draft_of(maria_patient, twin, take=take, typed="100377"))

    maria = read_patient(workspace, maria_patient)
    assert (maria.mrn, maria.last_name, maria.sex) == ("100377", "Alvarez", Sex.FEMALE)
    assert (maria.reach.phone, maria.coverage.member_id) == ("845-555-0177", "1EG4TE5MK73")
    assert find_patient(workspace, "100377").id == maria_patient


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

    undo_merge(workspace, draft.id, reason="Two sisters")

    assert {owner for _, owner in read_open_safety_tasks(workspace)} == {twin}
    owners = {r["patient_id"] for (name, _), r in stored(workspace).items() if name == "time_entry"}
    assert owners == {twin}


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


def test_merging_twice_is_once_and_both_patients_have_an_entry(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId
) -> None:
    draft = draft_of(maria_patient, twin)

    merge_patients(workspace, draft)
    merge_patients(workspace, draft)
    undo_merge(workspace, draft.id, reason="Two sisters")

    with workspace.database.read() as session:
        told = session.execute(
            select(AuditEntryTable.code, AuditEntryTable.patient_id, AuditEntryTable.reason)
            .where(AuditEntryTable.code.like("patient.merge%"))
            .order_by(AuditEntryTable.seq)
        ).all()
    assert [tuple(entry) for entry in told] == [
        ("patient.merged", maria_patient, None),
        ("patient.merged_away", twin, None),
        ("patient.merge_undone", maria_patient, "Two sisters"),
        ("patient.merge_undone", twin, "Two sisters"),
    ]


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


def test_the_preview_counts_what_moves(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    assert treated

    moving = {
        each.plural: each.count for each in preview_merge(workspace, maria_patient, twin).moving
    }

    assert moving["medicines"] == moving["tasks"] == moving["marks"] == 1
    assert moving["entries of time"] == 3
    assert len(moving) == 7


def test_every_table_of_a_patient_moves() -> None:
    names = {table.name for table in moving_tables()}
    assert names == set(WORDS)

    assert {"episode", "time_entry", "superbill", "safety_task", "medication", "flag"} <= names
    assert "audit_entry" not in names


# --------------------------------------------------------------------------------- what is refused


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
    bill = issue_superbill(workspace, twin, OCTOBER).record_id
    assert treated

    words = refused(workspace, draft_of(maria_patient, twin))["superbills"]

    assert "Oct" in words
    assert "Void" in words
    void_superbill(workspace, SuperbillId(bill), reason="To be merged")
    merge_patients(workspace, draft_of(maria_patient, twin))


def close_treated(workspace: Workspace, patient_id: PatientId) -> None:
    episode = read_latest_episode(workspace, patient_id)
    reason = CloseReason.MOVED
    draft = CloseDraft(episode.id, workspace.today(), reason, version=episode.version)
    close_episode(workspace, draft)


def test_a_superbill_issued_before_goes_along_as_it_was_issued(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    assert treated
    issue_superbill(workspace, twin, OCTOBER)
    preview = preview_merge(workspace, maria_patient, twin)
    assert "1 issued superbill" in preview.notes[0]

    merge_patients(workspace, draft_of(maria_patient, twin))

    bill = read_superbill(workspace, maria_patient, OCTOBER)
    assert bill.is_issued
    assert (bill.patient.id, bill.patient.mrn) == (maria_patient, "100377")


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
    issue_superbill(later, maria_patient, OCTOBER)

    with pytest.raises(Refused, match="2026-10-0001 was issued since"):
        undo_merge(later, draft.id, reason="Two sisters")


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
