"""Reading what a form is filled in with, what was voided, and the definitions at the start."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cocm_desktop.actions import session
from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.instruments import (
    add_pack,
    check_pack,
    preview_pack,
    read_listed_instruments,
    retire_pack,
)
from cocm_desktop.actions.measure import correct_measure, record_measure, void_measure
from cocm_desktop.actions.measure_form import read_measure_form, read_withdrawn_measures
from cocm_desktop.actions.session import NewClinic, Place, create_clinic, lock, unlock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.instrument import PHQ9, InstrumentId
from cocm_desktop.domain.instrument_pack import PackChoices
from cocm_desktop.domain.measure import MeasureDraft
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.actions.work import as_role, phq9, rows_stored
from tests.conftest import PRACTICE
from tests.domain.test_instrument_definition import small
from tests.exchange.forms import file_of, form
from tests.storage.clinics import CHEAP, SharesInMemory

OWN = InstrumentId("OWN-4")
NOVEMBER, DAY = date(2026, 11, 3), date(2026, 11, 20)


def test_a_form_knows_what_came_before(workspace: Workspace, maria: EpisodeId) -> None:
    phq9(workspace, maria, NOVEMBER, 16)

    found = read_measure_form(workspace, maria)

    assert [(each.instrument_id, each.taken_on) for each in found.past] == [(PHQ9, NOVEMBER)]
    assert [score.total for score in found.courses[PHQ9].scores] == [16]
    assert found.first.id == PHQ9
    assert [name for _, name in found.givers] == ["A. Smith, MD", "M. Bell, LCSW"]


def test_the_front_desk_gets_no_scores_with_it(workspace: Workspace, maria: EpisodeId) -> None:
    phq9(workspace, maria, NOVEMBER, 16)

    found = read_measure_form(as_role(workspace, Role.FRONT_DESK), maria)

    assert found.courses == {}
    assert len(found.past) == 1


def test_a_biller_gets_no_form(workspace: Workspace, maria: EpisodeId) -> None:
    with pytest.raises(Refused, match="you may not record a measure"):
        read_measure_form(as_role(workspace, Role.BILLER), maria)


def test_what_is_to_be_corrected_did_not_come_before(
    workspace: Workspace, maria: EpisodeId
) -> None:
    draft = phq9(workspace, maria, NOVEMBER, 16)

    found = read_measure_form(workspace, maria, corrects=draft.id)

    assert (found.past, found.courses) == ((), {})


def test_voided_measures_are_read_with_reason_and_name(
    workspace: Workspace, maria: EpisodeId
) -> None:
    first, second = phq9(workspace, maria, NOVEMBER, 16), phq9(workspace, maria, DAY, 9)
    void_measure(workspace, first.id, reason="Keyed twice")
    right = MeasureDraft(maria, PHQ9, DAY, (1,) * 8 + (0,))
    correct_measure(workspace, second.id, right, reason="Item 2 was wrong")

    gone = read_withdrawn_measures(workspace, maria)

    assert [(each.reason, each.corrected_by) for each in gone] == [
        ("Keyed twice", None),
        ("Item 2 was wrong", right.id),
    ]
    assert gone[0].voided_at == workspace.now()
    assert gone[0].voided_by == workspace.staff.id


def test_the_front_desk_reads_no_voided_measure(workspace: Workspace, maria: EpisodeId) -> None:
    with pytest.raises(Refused, match="you may not open a patient's chart"):
        read_withdrawn_measures(as_role(workspace, Role.FRONT_DESK), maria)


def test_a_correction_is_scored_by_the_version_of_what_it_corrects(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, tmp_path: Path
) -> None:
    add_pack(workspace, preview_pack(workspace, file_of(tmp_path, small())))
    wrong = MeasureDraft(maria, OWN, DAY, (1, 1, 0, 0))
    record_measure(workspace, wrong)
    newer = small(version=2, total={"items": "1-4", "factor": 10})
    add_pack(workspace, preview_pack(workspace, file_of(tmp_path, newer)))

    right = MeasureDraft(maria, OWN, DAY, (1, 1, 1, 0))
    correct_measure(workspace, wrong.id, right, reason="Item 3 was wrong")

    last = read_chart(workspace, maria_patient).measures[-1]
    assert (last.instrument_version, last.total) == (1, 3)


def test_settings_list_retired_instruments_too(workspace: Workspace, tmp_path: Path) -> None:
    add_pack(workspace, preview_pack(workspace, file_of(tmp_path, small())))
    retire_pack(workspace, "OWN-4", reason="Replaced")

    [own] = [each for each in read_listed_instruments(workspace) if each.pack is not None]

    assert (own.instrument.id, own.is_retired, own.origin_words) == (OWN, True, "Clinic, retired")


def test_bands_that_leave_a_gap_are_refused_before_anything_is_stored(
    workspace: Workspace, tmp_path: Path
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="leaves a gap"):
        check_pack(workspace, file_of(tmp_path, form()), PackChoices(bands="0-1 Few, 3-4 Many"))

    assert rows_stored(workspace) == before


def test_a_clinic_does_not_open_with_a_broken_definition_and_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clock(zone: ZoneInfo | None) -> datetime:
        return datetime(2026, 12, 1, 3, tzinfo=UTC).astimezone(zone or UTC)

    def fail() -> None:
        words = "The definition phq-9.json cannot be used: The field items is missing."
        raise Refused(Problem("instrument", words))

    place = Place(tmp_path / "clinic", clock, KeyTools(CHEAP, SharesInMemory()))
    owner = StaffDraft("Lena Ortiz", frozenset({Role.CARE_MANAGER}), "lortiz", "LCSW")
    password = "violet tractor ozone hymn"
    lock(create_clinic(place, NewClinic(PRACTICE, owner, password), session.new_recovery_code()))

    with monkeypatch.context() as broken:
        broken.setattr(session, "load_instruments", fail)
        with pytest.raises(Refused, match=r"phq-9\.json cannot be used"):
            unlock(place, "lortiz", password)

    lock(unlock(place, "lortiz", password))
