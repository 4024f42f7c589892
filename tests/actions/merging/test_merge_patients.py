from __future__ import annotations

import pytest
from sqlalchemy import select

from cocm_desktop.actions.episode import read_latest_episode
from cocm_desktop.actions.listing import read_listing
from cocm_desktop.actions.medication import (
    read_medications,
)
from cocm_desktop.actions.merge import merge_patients, preview_merge, undo_merge
from cocm_desktop.actions.patient import (
    find_patient,
    read_patient,
)
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.superbill import read_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.listed_patient import found
from cocm_desktop.domain.patient import Sex
from cocm_desktop.errors import Refused
from cocm_desktop.storage.patient_merge import WORDS, moving_tables
from cocm_desktop.storage.tables import AuditEntryTable
from tests.actions.billing import issued_as_it_is
from tests.actions.merging.conftest import OCTOBER, draft_of, stored


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


def test_a_superbill_issued_before_goes_along_as_it_was_issued(
    workspace: Workspace, maria_patient: PatientId, twin: PatientId, treated: EpisodeId
) -> None:
    assert treated
    issued_as_it_is(workspace, twin, OCTOBER)
    preview = preview_merge(workspace, maria_patient, twin)
    assert "1 issued superbill" in preview.notes[0]

    merge_patients(workspace, draft_of(maria_patient, twin))

    bill = read_superbill(workspace, maria_patient, OCTOBER)
    assert bill.is_issued
    assert (bill.patient.id, bill.patient.mrn) == (maria_patient, "100377")
