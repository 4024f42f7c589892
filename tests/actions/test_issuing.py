"""Superbills made final: numbered, kept as issued, voided, corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cocm_desktop.actions.month_approval import approve_months
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.practice import change_practice, read_practice, record_fee
from cocm_desktop.actions.superbill import (
    EVERY_WARNING,
    correct_superbill,
    issue_superbill,
    issue_superbills,
    read_billing_month,
    read_superbill,
    read_voided,
    void_superbill,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.ids import EpisodeId, PatientId, PayerId, SuperbillId
from cocm_desktop.errors import Refused
from tests.actions.billing import (
    DECEMBER_2,
    NOVEMBER,
    approved,
    codes,
    ids,
    issued,
    practitioner_at,
)
from tests.actions.work import call, rows_stored, worked
from tests.builders import a_patient_draft


@pytest.mark.usefixtures("payer")
def test_what_is_issued_in_an_open_month_does_not_ask_for_more_minutes(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, date(2026, 11, 5), minutes=83)
    approve_months(practitioner_at(workspace, workspace.now()), [maria_patient], NOVEMBER)
    draft = read_superbill(workspace, maria_patient, NOVEMBER)
    issue_superbill(workspace, maria_patient, NOVEMBER, acknowledged=EVERY_WARNING)

    bill = read_superbill(workspace, maria_patient, NOVEMBER)

    assert draft.result
    assert draft.result.next_code
    assert bill.result
    assert bill.result.next_code is None
    assert ids(draft) - ids(bill) == {CheckId.W09}
    assert not any("short of" in words for words in bill.warnings)


@pytest.mark.usefixtures("payer")
def test_an_issued_superbill_never_changes(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    record_fee(workspace, "99492", cents=320_00, valid_from=date(2026, 1, 1))
    call(workspace, maria, date(2026, 11, 5), minutes=40)
    issued(workspace, maria_patient)
    bill = read_superbill(december, maria_patient, NOVEMBER)

    worked(workspace, maria, date(2026, 11, 6), minutes=60)
    change_practice(workspace, replace(read_practice(workspace), name="Another name"))

    assert read_superbill(december, maria_patient, NOVEMBER) == bill
    assert (bill.number, bill.issued_at) == ("2026-11-0001", DECEMBER_2)
    assert (bill.account_number, bill.issued_by) == ("COCM-000001-202611", "M. Bell, LCSW")
    assert (codes(bill), bill.total_cents) == ([("99492", 1)], 320_00)
    month = read_billing_month(december, NOVEMBER)
    assert month.superbills == (bill,)
    assert month.states == {maria_patient: MonthState.ISSUED}


@pytest.mark.usefixtures("payer")
def test_issuing_twice_is_once(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, date(2026, 11, 5), minutes=40)

    first = issued(workspace, maria_patient)

    assert issue_superbill(december, maria_patient, NOVEMBER).record_id == first
    assert rows_stored(workspace)["superbill"] == 1


@pytest.mark.usefixtures("payer")
def test_every_warning_is_acknowledged_by_its_name(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, date(2026, 11, 5), minutes=40)
    approved(workspace, maria_patient)
    named = read_superbill(december, maria_patient, NOVEMBER).to_acknowledge
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=f"acknowledge {named[0].name}"):
        issue_superbill(december, maria_patient, NOVEMBER, acknowledged=named[1:])

    assert rows_stored(workspace) == before

    issue_superbill(december, maria_patient, NOVEMBER, acknowledged=named)

    assert read_superbill(december, maria_patient, NOVEMBER).acknowledged == named


@pytest.mark.usefixtures("payer")
def test_several_are_issued_together_or_not_at_all(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, date(2026, 11, 5), minutes=40)
    approved(workspace, maria_patient)
    nobody = add_patient(workspace, a_patient_draft()).record_id
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="No time was recorded"):
        issue_superbills(december, [maria_patient, nobody], NOVEMBER, acknowledged=EVERY_WARNING)

    assert rows_stored(workspace) == before

    issue_superbills(december, [maria_patient], NOVEMBER, acknowledged=EVERY_WARNING)

    assert read_superbill(december, maria_patient, NOVEMBER).is_issued


@pytest.mark.usefixtures("payer")
def test_a_correction_withdraws_and_issues_anew(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, date(2026, 11, 5), minutes=40)
    first = issued(workspace, maria_patient)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="Say why"):
        correct_superbill(december, first, reason=" ", acknowledged=EVERY_WARNING)

    assert rows_stored(workspace) == before

    correct_superbill(
        december,
        first,
        reason="Wrong diagnosis",
        acknowledged=EVERY_WARNING,
        payer_number="ICN77",
    )

    bill = read_superbill(december, maria_patient, NOVEMBER)
    assert (bill.number, bill.replaces) == ("2026-11-0002", "ICN77")
    assert bill.account_number == "COCM-000002-202611"
    assert [each.id for each in read_voided(december, NOVEMBER)] == [first]


@pytest.mark.usefixtures("payer")
def test_a_month_that_changed_after_issuing_is_approved_again_and_corrected(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, date(2026, 11, 5), minutes=40)
    first = issued(workspace, maria_patient)
    with pytest.raises(Refused, match="is issued already"):
        approved(workspace, maria_patient)
    call(workspace, maria, date(2026, 11, 6), minutes=50)

    approved(workspace, maria_patient)
    correct_superbill(
        december, first, reason="A call", acknowledged=EVERY_WARNING, payer_number="ICN77"
    )

    bill = read_superbill(december, maria_patient, NOVEMBER)
    assert (bill.minutes, bill.replaces) == (90, "ICN77")


@pytest.mark.usefixtures("payer")
def test_a_voided_superbill_makes_room_for_another_number(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, date(2026, 11, 5), minutes=40)
    first = issued(workspace, maria_patient)

    void_superbill(workspace, first, reason="Wrong practitioner")
    issue_superbill(december, maria_patient, NOVEMBER, acknowledged=EVERY_WARNING)

    assert read_superbill(december, maria_patient, NOVEMBER).number == "2026-11-0002"
    assert rows_stored(workspace)["superbill"] == 2


@pytest.mark.usefixtures("payer")
def test_a_month_without_a_code_is_not_issued(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=15)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="15 minutes count; the first code begins at 16"):
        issue_superbill(december, maria_patient, NOVEMBER, acknowledged=EVERY_WARNING)

    assert rows_stored(workspace) == before
    assert read_billing_month(december, NOVEMBER).billable == ()


def test_a_superbill_that_is_voided_already_is_not_voided_again(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, payer: PayerId
) -> None:
    assert payer
    call(workspace, maria, date(2026, 11, 5), minutes=40)
    first = issued(workspace, maria_patient)
    void_superbill(workspace, first, reason="Wrong practitioner")
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="not on file"):
        void_superbill(workspace, SuperbillId(first), reason="Again")

    assert rows_stored(workspace) == before
