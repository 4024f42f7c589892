"""Diagnoses of an episode: noted, chosen as primary, settled, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.diagnosis import (
    add_diagnosis,
    make_primary,
    note_diagnosis,
    read_diagnoses,
    void_diagnosis,
)
from cocm_desktop.actions.month_facts import month_case
from cocm_desktop.actions.superbill import read_superbill
from cocm_desktop.actions.time_entry import record_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.diagnosis import DiagnosisDraft, DiagnosisStatus, StatusDraft
from cocm_desktop.domain.ids import DiagnosisId, EpisodeId, PatientId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import GRANTED, Permission, Role
from cocm_desktop.errors import Refused
from tests.actions.work import as_role, rows_stored
from tests.builders import a_time_entry_draft

NOVEMBER_2 = date(2026, 11, 2)
NOBODY = DiagnosisId("00000000-0000-7000-8000-00000000ffff")


def note(workspace: Workspace, episode: EpisodeId, code: str, **changes: Any) -> DiagnosisId:
    draft = replace(DiagnosisDraft(episode, code, NOVEMBER_2), **changes)
    return DiagnosisId(add_diagnosis(workspace, draft).record_id)


def codes(workspace: Workspace, episode: EpisodeId) -> list[str]:
    return [each.diagnosis.code for each in read_diagnoses(workspace, episode)]


def test_the_diagnosis_of_the_enrollment_is_primary_and_has_its_title(
    workspace: Workspace, maria: EpisodeId
) -> None:
    [enrolled] = read_diagnoses(workspace, maria)

    assert enrolled.is_primary
    assert enrolled.words == "F33.1 Major depressive disorder, recurrent, moderate"


def test_several_are_kept_in_their_order(workspace: Workspace, maria: EpisodeId) -> None:
    note(workspace, maria, "f411")
    note(workspace, maria, "F10.10", status=DiagnosisStatus.RULED_OUT, onset="2019")

    assert codes(workspace, maria) == ["F33.1", "F41.1", "F10.10"]
    assert read_diagnoses(workspace, maria)[2].onset == "2019"


def test_another_one_is_made_primary_and_papers_name_it_first(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    chosen = note(workspace, maria, "F43.10")

    make_primary(workspace, chosen)
    make_primary(workspace, chosen)

    assert codes(workspace, maria) == ["F43.10", "F33.1"]
    chart = read_chart(workspace, maria_patient)
    assert [each.code for each in chart.diagnoses] == ["F43.10", "F33.1"]


def test_one_noted_as_primary_is_so_at_once(workspace: Workspace, maria: EpisodeId) -> None:
    note(workspace, maria, "F43.10", is_primary=True)

    assert codes(workspace, maria) == ["F43.10", "F33.1"]


def test_a_superbill_names_what_was_treated_in_its_month_and_what_cannot_be_billed(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    record_time(workspace, a_time_entry_draft(episode_id=maria))
    wrong = note(workspace, maria, "F41.1")
    note_diagnosis(workspace, StatusDraft(wrong, DiagnosisStatus.RULED_OUT, workspace.today()))
    over = note(workspace, maria, "F33.4")
    note_diagnosis(workspace, StatusDraft(over, DiagnosisStatus.RESOLVED, workspace.today()))

    case = month_case(workspace, maria_patient, ServiceMonth(2026, 11))
    bill = read_superbill(workspace, maria_patient, ServiceMonth(2026, 11))

    assert [each.code for each in case.diagnoses] == ["F33.1", "F33.4"]
    assert "F33.4 cannot be billed on Nov 30, 2026." in bill.to_check


def test_a_primary_one_that_is_resolved_gives_way(workspace: Workspace, maria: EpisodeId) -> None:
    note(workspace, maria, "F41.1")
    first = read_diagnoses(workspace, maria)[0]

    note_diagnosis(workspace, StatusDraft(first.id, DiagnosisStatus.RESOLVED, workspace.today()))

    assert codes(workspace, maria) == ["F41.1", "F33.1"]
    with pytest.raises(Refused, match="It is resolved"):
        make_primary(workspace, first.id)


def test_saved_twice_it_is_stored_once(workspace: Workspace, maria: EpisodeId) -> None:
    draft = DiagnosisDraft(maria, "F41.1", NOVEMBER_2)

    add_diagnosis(workspace, draft)
    add_diagnosis(workspace, draft)

    assert codes(workspace, maria) == ["F33.1", "F41.1"]


def test_a_withdrawn_one_is_gone_and_may_be_recorded_again(
    workspace: Workspace, maria: EpisodeId
) -> None:
    wrong = note(workspace, maria, "F41.1")

    void_diagnosis(workspace, wrong, reason="Wrong patient")
    again = note(workspace, maria, "F41.1")

    assert [each.id for each in read_diagnoses(workspace, maria)][1:] == [again]


REFUSED: dict[str, Callable[[Workspace, EpisodeId], object]] = {
    "on the list already": lambda w, e: note(w, e, "F33.1"),
    "not on file": lambda w, _: make_primary(w, NOBODY),
    "working already": lambda w, e: note_diagnosis(
        w, StatusDraft(read_diagnoses(w, e)[0].id, DiagnosisStatus.WORKING, w.today())
    ),
    "why the record": lambda w, e: void_diagnosis(w, read_diagnoses(w, e)[0].id, reason=" "),
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_is_refused_stores_nothing(workspace: Workspace, maria: EpisodeId, words: str) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=words):
        REFUSED[words](workspace, maria)

    assert rows_stored(workspace) == before


NEEDS: dict[str, tuple[Permission, Callable[[Workspace], object]]] = {
    "read_diagnoses": (Permission.SEE_CHART, lambda w: read_diagnoses(w, NOBODY)),
    "add_diagnosis": (
        Permission.RECORD_TREATMENT,
        lambda w: add_diagnosis(w, DiagnosisDraft(EpisodeId(NOBODY), "F33.1", NOVEMBER_2)),
    ),
    "note_diagnosis": (
        Permission.RECORD_TREATMENT,
        lambda w: note_diagnosis(w, StatusDraft(NOBODY, DiagnosisStatus.RESOLVED, NOVEMBER_2)),
    ),
    "make_primary": (Permission.RECORD_TREATMENT, lambda w: make_primary(w, NOBODY)),
    "void_diagnosis": (Permission.VOID_RECORD, lambda w: void_diagnosis(w, NOBODY, reason="x")),
}


@pytest.mark.parametrize("name", NEEDS)
def test_nobody_without_the_permission_may(workspace: Workspace, name: str) -> None:
    permission, action = NEEDS[name]
    for role in (role for role in Role if permission not in GRANTED[role]):
        with pytest.raises(Refused, match="you may not"):
            action(as_role(workspace, role))
