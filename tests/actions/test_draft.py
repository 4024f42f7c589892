"""Drafts: kept for one person and one record, found again, thrown away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cocm_desktop.actions.draft import (
    discard_draft,
    drop_draft,
    find_draft,
    keep_draft,
    read_drafts,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.draft import DraftPlace
from cocm_desktop.domain.ids import PatientId, StaffId, new_id
from cocm_desktop.errors import Refused
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.tables import AuditEntryTable


@pytest.fixture
def place(maria_patient: PatientId) -> DraftPlace:
    return DraftPlace("contact", maria_patient)


def keep(workspace: Workspace, place: DraftPlace, words: str) -> None:
    keep_draft(
        workspace,
        place,
        {"note": words, "minutes": 12, "is_told": True},
        title="Record contact",
        patient_id=place.subject_id,
    )


def colleague_of(workspace: Workspace) -> Workspace:
    other = replace(workspace.staff, id=StaffId(new_id()), sign_in="other")
    with workspace.database.write() as session:
        staff_members.add(session, other, workspace.stamp())
    return replace(workspace, staff=other)


def codes(workspace: Workspace) -> list[str]:
    with workspace.database.read() as session:
        return [row.code for row in session.query(AuditEntryTable)]


def test_what_was_typed_last_is_found_again(workspace: Workspace, place: DraftPlace) -> None:
    keep(workspace, place, "Left a mess")
    keep(workspace, place, "Left a message with her sister")

    draft = find_draft(workspace, place)

    assert draft is not None
    assert draft.values == {
        "note": "Left a message with her sister", "minutes": 12, "is_told": True,
    }  # fmt: skip
    assert (draft.kept_at, draft.device) == (workspace.now(), workspace.device)
    assert len(read_drafts(workspace)) == 1


def test_a_draft_is_offered_for_its_own_record_and_form_alone(
    workspace: Workspace, place: DraftPlace
) -> None:
    keep(workspace, place, "about Maria")

    assert find_draft(workspace, DraftPlace("contact", new_id())) is None
    assert find_draft(workspace, DraftPlace("review", place.subject_id)) is None


def test_nobody_sees_or_discards_what_another_typed(
    workspace: Workspace, place: DraftPlace
) -> None:
    keep(workspace, place, "mine")
    [mine] = read_drafts(workspace)
    other = colleague_of(workspace)

    with pytest.raises(Refused, match="no such draft"):
        discard_draft(other, mine.draft.id)

    assert find_draft(other, place) is None
    assert read_drafts(other) == ()
    assert read_drafts(workspace) == (mine,)


def test_the_list_names_the_patient(workspace: Workspace, place: DraftPlace) -> None:
    keep(workspace, place, "a")
    keep_draft(workspace, DraftPlace("patient"), {"last_name": "CH"}, title="New patient")

    named = {each.draft.title: each.patient_name for each in read_drafts(workspace)}

    assert named["Record contact"].startswith("ALVAREZ")
    assert named["New patient"] == ""


def test_discarding_is_noted_and_saving_is_not(workspace: Workspace, place: DraftPlace) -> None:
    keep(workspace, place, "a")
    drop_draft(workspace, place)
    dropped = read_drafts(workspace)
    keep(workspace, place, "b")
    [listed] = read_drafts(workspace)

    discard_draft(workspace, listed.draft.id)

    assert dropped == read_drafts(workspace) == ()
    assert codes(workspace).count("draft.discarded") == 1
