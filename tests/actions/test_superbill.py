from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.practice import change_practice, read_practice, record_fee
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.superbill import (
    issue_superbill,
    issue_superbills,
    read_billing_month,
    read_superbill,
    void_superbill,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.rules import MonthKind
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, SuperbillId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.errors import Refused
from tests.actions.work import at, rows_stored, worked
from tests.builders import a_patient_draft
from tests.conftest import CARE_MANAGER, EVENING

OCTOBER = ServiceMonth(2026, 10)
NOVEMBER = ServiceMonth(2026, 11)


def codes(superbill: Superbill) -> list[tuple[str, int]]:
    return [(line.code, line.units) for line in superbill.lines]


def test_the_first_month_of_service_is_initial_and_later_ones_are_not(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 10, 5), minutes=86)
    worked(workspace, maria, date(2026, 11, 5), minutes=76)

    october = read_superbill(workspace, maria_patient, OCTOBER)
    november = read_superbill(workspace, maria_patient, NOVEMBER)

    assert (october.kind, codes(october)) == (MonthKind.INITIAL, [("99492", 1), ("99494", 1)])
    assert (november.kind, codes(november)) == (
        MonthKind.SUBSEQUENT,
        [("99493", 1), ("99494", 1)],
    )
    assert (october.service_on, november.service_on) == (date(2026, 10, 31), date(2026, 11, 30))


def test_what_does_not_count_is_left_out_and_said(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=30)
    worked(workspace, maria, date(2026, 11, 6), minutes=9, activity=Activity.CLERICAL)

    superbill = read_superbill(workspace, maria_patient, NOVEMBER)

    assert (superbill.minutes, codes(superbill)) == (30, [("G2214", 1)])
    assert "9 minutes left out: Clerical work does not count." in superbill.warnings


def test_the_registry_and_the_superbill_count_the_same_minutes(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 9, 28), minutes=40)
    worked(workspace, maria, date(2026, 11, 5), minutes=33)
    worked(workspace, maria, date(2026, 11, 6), minutes=9, activity=Activity.CLERICAL)

    [row] = read_registry(workspace).rows
    superbill = read_superbill(workspace, maria_patient, NOVEMBER)

    assert (row.minutes_this_month, row.month_kind) == (superbill.minutes, superbill.kind)
    assert (superbill.minutes, superbill.kind) == (33, MonthKind.INITIAL)


def test_a_patient_enrolled_twice_in_a_month_is_billed_once(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 3), minutes=20)
    close_episode(workspace, CloseDraft(maria, date(2026, 11, 4), CloseReason.MOVED, version=1))
    again = EnrollDraft(maria_patient, CARE_MANAGER.id, date(2026, 11, 10), ConsentMethod.VERBAL)
    second = EpisodeId(enroll(workspace, again).record_id)
    worked(workspace, second, date(2026, 11, 8), minutes=50)
    worked(workspace, second, date(2026, 11, 12), minutes=18)

    [superbill] = read_billing_month(workspace, NOVEMBER).superbills
    [row] = read_registry(workspace).rows

    assert superbill.minutes == 38
    assert row.minutes_this_month == 38
    assert "50 minutes left out: Before the patient's consent." in superbill.warnings


def test_a_fee_is_that_of_the_day(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    record_fee(workspace, "99492", cents=300_00, valid_from=date(2026, 1, 1))
    record_fee(workspace, "99492", cents=320_00, valid_from=date(2026, 11, 1))
    worked(workspace, maria, date(2026, 10, 5), minutes=40)

    [line] = read_superbill(workspace, maria_patient, OCTOBER).lines

    assert line.fee_cents == 300_00


@pytest.mark.parametrize(("code", "cents"), [("99999", 1), ("99492", 0), ("99492", 10_000_01)])
def test_a_fee_that_cannot_be_is_refused(workspace: Workspace, code: str, cents: int) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused):
        record_fee(workspace, code, cents=cents, valid_from=date(2026, 1, 1))

    assert rows_stored(workspace) == before


def test_an_issued_superbill_never_changes(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    record_fee(workspace, "99492", cents=320_00, valid_from=date(2026, 1, 1))
    worked(workspace, maria, date(2026, 11, 5), minutes=40)
    issue_superbill(workspace, maria_patient, NOVEMBER)
    issued = read_superbill(workspace, maria_patient, NOVEMBER)

    worked(workspace, maria, date(2026, 11, 6), minutes=60)
    change_practice(workspace, replace(read_practice(workspace), name="Another name"))

    assert read_superbill(workspace, maria_patient, NOVEMBER) == issued
    assert (issued.number, issued.issued_at) == ("2026-11-0001", EVENING)
    assert (codes(issued), issued.total_cents) == ([("99492", 1)], 320_00)
    assert read_billing_month(workspace, NOVEMBER).superbills == (issued,)


def test_issuing_twice_is_once(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=40)

    first = issue_superbill(workspace, maria_patient, NOVEMBER)

    assert issue_superbill(workspace, maria_patient, NOVEMBER) == first
    assert rows_stored(workspace)["superbill"] == 1


def test_several_are_issued_together_or_not_at_all(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=40)
    nobody = add_patient(workspace, a_patient_draft()).record_id
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="No time was recorded"):
        issue_superbills(workspace, [maria_patient, nobody], NOVEMBER)

    assert rows_stored(workspace) == before

    issue_superbills(workspace, [maria_patient], NOVEMBER)

    assert read_superbill(workspace, maria_patient, NOVEMBER).is_issued


def test_a_voided_superbill_makes_room_for_another_number(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=40)
    first = SuperbillId(issue_superbill(workspace, maria_patient, NOVEMBER).record_id)

    void_superbill(workspace, first, reason="Wrong practitioner")
    issue_superbill(workspace, maria_patient, NOVEMBER)

    assert read_superbill(workspace, maria_patient, NOVEMBER).number == "2026-11-0002"
    assert rows_stored(workspace)["superbill"] == 2


def test_a_month_without_a_code_is_not_issued(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=15)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="15 countable minutes reach no code in November 2026"):
        issue_superbill(workspace, maria_patient, NOVEMBER)

    assert rows_stored(workspace) == before
    assert read_billing_month(workspace, NOVEMBER).billable == ()


def test_a_month_that_has_not_begun_is_refused(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    december = ServiceMonth(2026, 12)

    for ask in (read_superbill, issue_superbill):
        with pytest.raises(Refused, match="December 2026 has not begun"):
            ask(workspace, maria_patient, december)
    with pytest.raises(Refused, match="December 2026 has not begun"):
        read_billing_month(workspace, december)


def test_a_patient_without_time_has_no_superbill(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    with pytest.raises(Refused, match="No time was recorded"):
        read_superbill(workspace, maria_patient, NOVEMBER)


def test_an_open_month_is_dated_today_and_says_so(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=40)
    earlier = at(workspace, datetime(2026, 11, 12, 9, 0, tzinfo=EVENING.tzinfo))

    superbill = read_superbill(earlier, maria_patient, NOVEMBER)

    assert superbill.service_on == date(2026, 11, 12)
    assert any("still open" in warning for warning in superbill.warnings)
