"""Choosing as which service a month is billed, and to which of its payers."""

from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.actions.coverage import record_coverage
from cocm_desktop.actions.merge import merge_patients
from cocm_desktop.actions.month_choice import choose, choose_payer, choose_service, read_choice
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.payer import add_payer
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.superbill import read_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.coverage_draft import CoverageDraft
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.billing.rules import CodeUnits, NextCode
from cocm_desktop.domain.ids import EpisodeId, PatientId, PayerId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.patient_merge import MergeDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.errors import Refused
from tests.actions.billing import MEMBER_ID, NOVEMBER, OCTOBER, issued, on_record
from tests.actions.work import as_role, rows_stored, worked


@pytest.fixture
def worked_month(workspace: Workspace, maria: EpisodeId) -> EpisodeId:
    for day, minutes in (
        (date(2026, 10, 6), 40),
        (date(2026, 11, 5), 32),
        (date(2026, 11, 20), 50),
    ):
        worked(workspace, maria, day, minutes=minutes)
    return maria


@pytest.fixture
def payers(
    workspace: Workspace, worked_month: EpisodeId, maria_patient: PatientId
) -> tuple[PayerId, PayerId]:
    """Give two payers, of which one covers the days up to November 10 and one those after it."""
    assert worked_month
    made = []
    for name, filing in (("Medicare", ClaimFiling.MEDICARE_B), ("Other", ClaimFiling.COMMERCIAL)):
        draft = PayerDraft(name, "MCR" if name == "Medicare" else "BCBSM", filing)
        made.append(PayerId(add_payer(workspace, draft).record_id))
    spans = ((None, date(2026, 11, 10)), (date(2026, 11, 11), None))
    for payer_id, (first, last) in zip(made, spans, strict=True):
        held = CoverageDraft(maria_patient, payer_id, MEMBER_ID, first_on=first, last_on=last)
        record_coverage(workspace, held)
    return made[0], made[1]


def test_each_payer_has_the_minutes_of_its_own_days(
    workspace: Workspace, maria_patient: PatientId, payers: tuple[PayerId, PayerId]
) -> None:
    last = read_superbill(workspace, maria_patient, NOVEMBER)
    choose_payer(workspace, maria_patient, NOVEMBER, payer_id=payers[0])
    first = read_superbill(workspace, maria_patient, NOVEMBER)

    assert (last.payer and last.payer.id, last.minutes) == (payers[1], 50)
    assert (first.payer and first.payer.id, first.minutes) == (payers[0], 32)
    [medicare], [other] = last.other_payers, first.other_payers
    assert (medicare.minutes, other.minutes) == (32, 50)


def test_what_the_other_payers_days_come_to_is_told(
    workspace: Workspace, maria_patient: PatientId, payers: tuple[PayerId, PayerId]
) -> None:
    assert payers
    on_paper = read_superbill(workspace, maria_patient, NOVEMBER)

    [share] = on_paper.other_payers
    assert share.codes == (CodeUnits("99493", 1),)
    assert share.words == (
        "Medicare has 32 minutes of its own: 99493, $144.96 allowed. They are not on this bill."
    )


def test_the_choice_of_a_payer_can_be_left_to_the_days_again(
    workspace: Workspace, maria_patient: PatientId, payers: tuple[PayerId, PayerId]
) -> None:
    choose_payer(workspace, maria_patient, NOVEMBER, payer_id=payers[0])
    choose_payer(workspace, maria_patient, NOVEMBER, payer_id=None)

    found = read_choice(workspace, maria_patient, NOVEMBER)

    assert found.payer_id is None
    assert found.payers == ((payers[0], "Medicare"), (payers[1], "Other"))
    bill = read_superbill(workspace, maria_patient, NOVEMBER)
    assert bill.payer
    assert bill.payer.id == payers[1]


def test_a_payer_that_does_not_cover_the_month_cannot_be_chosen(
    workspace: Workspace, maria_patient: PatientId, payers: tuple[PayerId, PayerId]
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="pays first on no day of October 2026"):
        choose_payer(workspace, maria_patient, OCTOBER, payer_id=payers[1])

    assert rows_stored(workspace) == before


@pytest.mark.usefixtures("worked_month")
def test_an_episode_is_billed_as_a_service_from_a_month_on(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    choose_service(workspace, maria_patient, NOVEMBER, line=Line.BHI)

    earlier, later = (
        read_superbill(workspace, maria_patient, month).facts for month in (OCTOBER, NOVEMBER)
    )

    assert earlier
    assert later
    assert (earlier.line, later.line) == (Line.COCM, Line.BHI)


def test_a_month_of_general_integration_reaches_its_own_code(
    workspace: Workspace, worked_month: EpisodeId, maria_patient: PatientId
) -> None:
    on_record(workspace, maria_patient, worked_month)
    choose_service(workspace, maria_patient, NOVEMBER, line=Line.BHI)

    result = read_superbill(workspace, maria_patient, NOVEMBER).result

    assert result
    assert result.reached == (CodeUnits("99484", 1),)


@pytest.mark.usefixtures("worked_month")
def test_the_registry_points_at_the_mark_of_the_service(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    for line in (Line.BHI, Line.BHI_CLINICIAN):
        choose_service(workspace, maria_patient, NOVEMBER, line=line)

    [row] = read_registry(workspace).rows

    assert row.next_code == NextCode("G0323", 20)
    assert row.reached_codes == (CodeUnits("G0323", 1),)


@pytest.mark.usefixtures("worked_month")
def test_the_last_choice_of_a_month_holds(workspace: Workspace, maria_patient: PatientId) -> None:
    for line in (Line.BHI, Line.BHI_CLINICIAN, Line.COCM):
        choose_service(workspace, maria_patient, OCTOBER, line=line)

    assert read_choice(workspace, maria_patient, NOVEMBER).line is Line.COCM


@pytest.mark.usefixtures("worked_month")
def test_what_is_chosen_again_is_stored_once(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    choose_service(workspace, maria_patient, NOVEMBER, line=Line.BHI)
    before = rows_stored(workspace)

    choose(workspace, maria_patient, NOVEMBER, line=Line.BHI, payer_id=None)

    assert rows_stored(workspace) == before


def test_nothing_is_chosen_for_a_month_that_is_issued(
    workspace: Workspace, worked_month: EpisodeId, maria_patient: PatientId
) -> None:
    payer_id = on_record(workspace, maria_patient, worked_month)
    issued(workspace, maria_patient)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="issued already"):
        choose_service(workspace, maria_patient, NOVEMBER, line=Line.BHI)
    with pytest.raises(Refused, match="issued already"):
        choose_payer(workspace, maria_patient, NOVEMBER, payer_id=payer_id)

    assert rows_stored(workspace) == before


@pytest.mark.usefixtures("worked_month")
def test_the_front_desk_chooses_nothing(workspace: Workspace, maria_patient: PatientId) -> None:
    desk = as_role(workspace, Role.FRONT_DESK)
    before = rows_stored(workspace)

    with pytest.raises(Refused):
        choose_service(desk, maria_patient, NOVEMBER, line=Line.BHI)
    with pytest.raises(Refused):
        choose_payer(desk, maria_patient, NOVEMBER, payer_id=None)

    assert rows_stored(workspace) == before


def test_a_chosen_payer_goes_with_the_patient_into_another_record(
    workspace: Workspace, maria_patient: PatientId, payers: tuple[PayerId, PayerId]
) -> None:
    choose_payer(workspace, maria_patient, NOVEMBER, payer_id=payers[0])
    other = PatientId(
        add_patient(workspace, PatientDraft("Alvares", "María", date(1971, 4, 5))).record_id
    )
    merge_patients(workspace, MergeDraft(other, maria_patient, typed="Alvares"))

    assert read_choice(workspace, other, NOVEMBER).payer_id == payers[0]
