"""A month's superbills as drafted from what is on file."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.meeting import record_meeting
from cocm_desktop.actions.outside_care import record_other_service, record_stay, record_visit
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.practice import record_fee
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.staff import add_staff
from cocm_desktop.actions.superbill import (
    issue_superbill,
    read_billing_month,
    read_superbill,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.outside_care import OtherServiceDraft, StayDraft, VisitDraft
from cocm_desktop.domain.billing.rules import MonthKind
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, PayerId, StaffId
from cocm_desktop.domain.meeting import MeetingDraft, Share
from cocm_desktop.domain.patient import Coverage, PatientDraft
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.errors import Refused
from cocm_desktop.storage import time_entry as time_entries
from tests.actions.billing import (
    NOVEMBER,
    OCTOBER,
    approved,
    codes,
    ids,
    issued,
)
from tests.actions.work import at, call, gad7, rows_stored, worked
from tests.builders import a_patient_draft, a_time_entry
from tests.conftest import CARE_MANAGER, EVENING, PRACTITIONER


@pytest.mark.usefixtures("payer")
def test_the_first_month_of_service_is_initial_and_later_ones_are_not(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, date(2026, 10, 5), minutes=86)
    call(workspace, maria, date(2026, 11, 5), minutes=76)
    approved(workspace, maria_patient, OCTOBER)
    approved(workspace, maria_patient, NOVEMBER)

    october = read_superbill(december, maria_patient, OCTOBER)
    november = read_superbill(december, maria_patient, NOVEMBER)

    assert (october.kind, codes(october)) == (MonthKind.INITIAL, [("99492", 1), ("99494", 1)])
    assert (november.kind, codes(november)) == (
        MonthKind.SUBSEQUENT,
        [("99493", 1), ("99494", 1)],
    )
    assert (october.service_on, november.service_on) == (date(2026, 10, 31), date(2026, 11, 30))
    assert [line.allowed_cents for line in november.lines] == [144_96, 61_46]


@pytest.mark.usefixtures("payer")
def test_nothing_stands_before_the_practitioner_has_approved(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, date(2026, 11, 5), minutes=40)

    draft = read_superbill(december, maria_patient, NOVEMBER)

    assert (draft.lines, draft.state) == ((), MonthState.NOT_READY)
    assert draft.result
    assert [check.id for check in draft.result.blocks] == [CheckId.B20]
    assert [line.code for line in draft.result.suggested] == ["99492"]

    approved(workspace, maria_patient)

    ready = read_superbill(december, maria_patient, NOVEMBER)
    assert (codes(ready), ready.state) == ([("99492", 1)], MonthState.READY)
    assert ready.approval
    assert ready.approval.approved_by == PRACTITIONER.title


def test_what_does_not_count_is_left_out_and_said(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, payer: PayerId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=30)
    worked(workspace, maria, date(2026, 11, 6), minutes=9, activity=Activity.CLERICAL)

    superbill = read_superbill(workspace, maria_patient, NOVEMBER)

    assert superbill.payer
    assert superbill.payer.id == payer
    assert superbill.minutes == 30
    assert superbill.left_out == ("9 minutes left out: Clerical work does not count.",)
    log = {(each.counted_seconds, each.not_counted) for each in superbill.time_log}
    assert log == {(1800, ""), (0, "Clerical work does not count.")}


def test_without_proofs_each_that_is_missing_is_named(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=40)

    draft = read_superbill(december, maria_patient, NOVEMBER)

    wanted = {CheckId.B02, CheckId.B04, CheckId.B05, CheckId.B07, CheckId.B16, CheckId.B20}
    assert wanted <= ids(draft)
    assert (draft.minutes, draft.lines, CheckId.W29 in ids(draft)) == (40, (), False)


def test_time_before_a_visit_that_had_to_come_first_does_not_count(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=40)
    worked(workspace, maria, date(2026, 11, 9), minutes=20)
    late = VisitDraft(maria_patient, date(2026, 11, 8), "99214", PRACTITIONER.id)

    record_visit(workspace, late)

    draft = read_superbill(december, maria_patient, NOVEMBER)
    assert {CheckId.B02, CheckId.W29} <= ids(draft)
    assert draft.minutes == 20


def test_a_patient_who_was_seen_within_a_year_needs_no_visit_first(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    record_visit(workspace, VisitDraft(maria_patient, date(2026, 3, 3)))
    worked(workspace, maria, date(2026, 11, 5), minutes=40)

    draft = read_superbill(workspace, maria_patient, NOVEMBER)

    assert (draft.minutes, CheckId.B02 in ids(draft)) == (40, False)


@pytest.mark.parametrize(
    ("payer_word", "rule_set"), [("Aetna", "COMMERCIAL-DEFAULT"), ("Self-pay", "SELFPAY")]
)
def test_a_payer_that_is_not_set_up_blocks_no_draft(
    workspace: Workspace, payer_word: str, rule_set: str
) -> None:
    draft = PatientDraft("Kim", "Ana", date(1980, 1, 1), coverage=Coverage(payer_word, "A1"))
    patient_id = PatientId(add_patient(workspace, draft).record_id)
    enrolled = EnrollDraft(
        patient_id, CARE_MANAGER.id, date(2026, 10, 1), ConsentMethod.VERBAL, date(2026, 10, 1)
    )
    episode_id = EpisodeId(enroll(workspace, enrolled).record_id)
    record_visit(workspace, VisitDraft(patient_id, date(2026, 3, 3)))
    worked(workspace, episode_id, date(2026, 11, 5), minutes=40)

    bill = read_superbill(workspace, patient_id, NOVEMBER)

    assert bill.facts
    assert (bill.facts.payer.rule_set, bill.payer) == (rule_set, None)
    assert bill.result
    assert [line.allowed_cents for line in bill.result.suggested] == [None]
    assert (CheckId.W16 in ids(bill)) is (rule_set == "COMMERCIAL-DEFAULT")


def test_the_registry_and_the_superbill_count_the_same_minutes(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, payer: PayerId
) -> None:
    worked(workspace, maria, date(2026, 9, 28), minutes=40)
    worked(workspace, maria, date(2026, 11, 5), minutes=33)
    worked(workspace, maria, date(2026, 11, 6), minutes=9, activity=Activity.CLERICAL)

    [row] = read_registry(workspace).rows
    superbill = read_superbill(workspace, maria_patient, NOVEMBER)

    assert payer
    assert (row.minutes_this_month, row.month_kind) == (superbill.minutes, superbill.kind)
    assert (superbill.minutes, superbill.kind) == (33, MonthKind.INITIAL)


def test_a_patient_enrolled_twice_in_a_month_is_billed_once(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    record_visit(workspace, VisitDraft(maria_patient, date(2026, 3, 3)))
    worked(workspace, maria, date(2026, 11, 3), minutes=20)
    close_episode(workspace, CloseDraft(maria, date(2026, 11, 4), CloseReason.MOVED, version=1))
    again = EnrollDraft(
        maria_patient,
        CARE_MANAGER.id,
        date(2026, 11, 10),
        ConsentMethod.VERBAL,
        treating_practitioner_id=PRACTITIONER.id,
    )
    second = EpisodeId(enroll(workspace, again).record_id)
    worked(workspace, second, date(2026, 11, 8), minutes=50)
    worked(workspace, second, date(2026, 11, 12), minutes=18)

    [superbill] = read_billing_month(workspace, NOVEMBER).superbills
    [row] = read_registry(workspace).rows

    assert superbill.minutes == 38
    assert row.minutes_this_month == 38
    held = "No consent for this practitioner held on that day."
    assert f"50 minutes left out: {held}" in superbill.warnings


def test_time_that_the_same_person_gave_another_patient_counts_once(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    other = PatientId(add_patient(workspace, a_patient_draft(mrn="100999")).record_id)
    enrolled = EnrollDraft(other, CARE_MANAGER.id, date(2026, 10, 1), ConsentMethod.VERBAL)
    episode_id = EpisodeId(enroll(workspace, enrolled).record_id)
    for patient_id in (maria_patient, other):
        record_visit(workspace, VisitDraft(patient_id, date(2026, 3, 3)))
    worked(workspace, maria, date(2026, 11, 5), minutes=30, started_at=time(10, 0))
    with workspace.database.write() as session:
        twice = a_time_entry(
            25,
            worked_on=date(2026, 11, 5),
            started_at=time(10, 20),
            staff_id=CARE_MANAGER.id,
            episode_id=episode_id,
            signed_at=EVENING,
            signed_by=CARE_MANAGER.id,
        )
        time_entries.add(session, twice, workspace.stamp(), patient_id=other)

    month = read_billing_month(workspace, NOVEMBER)

    minutes = {bill.patient.id: bill.minutes for bill in month.superbills}
    assert minutes == {maria_patient: 30, other: 15}
    assert [read_superbill(workspace, each, NOVEMBER).minutes for each in minutes] == [
        *minutes.values()
    ]


@pytest.mark.usefixtures("payer")
def test_other_services_and_stays_are_facts_of_the_month(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=40)
    record_stay(workspace, StayDraft(maria_patient, date(2026, 11, 4), date(2026, 11, 6)))
    scale = OtherServiceDraft(maria_patient, "96127", date(2026, 11, 30), PRACTITIONER.id)
    record_other_service(workspace, scale)
    record_other_service(workspace, scale)

    bill = read_superbill(workspace, maria_patient, NOVEMBER)

    assert {CheckId.W07, CheckId.W17} <= ids(bill)
    assert bill.facts
    assert len(bill.facts.other_codes) == 1


@pytest.mark.usefixtures("payer")
def test_a_fee_is_that_of_the_month(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    record_fee(workspace, "99492", cents=300_00, valid_from=date(2026, 1, 1))
    record_fee(workspace, "99492", cents=320_00, valid_from=date(2026, 11, 1))
    call(workspace, maria, date(2026, 10, 5), minutes=40)
    approved(workspace, maria_patient, OCTOBER)

    [line] = read_superbill(december, maria_patient, OCTOBER).lines

    assert (line.fee_cents, line.pointers) == (300_00, (1,))


@pytest.mark.parametrize(("code", "cents"), [("99999", 1), ("99492", 0), ("99492", 10_000_01)])
def test_a_fee_that_cannot_be_is_refused(workspace: Workspace, code: str, cents: int) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused):
        record_fee(workspace, code, cents=cents, valid_from=date(2026, 1, 1))

    assert rows_stored(workspace) == before


@pytest.mark.usefixtures("payer")
def test_what_was_billed_is_a_fact_of_later_months(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, date(2026, 10, 5), minutes=86)
    call(workspace, maria, date(2026, 11, 5), minutes=40)
    missed = read_superbill(december, maria_patient, NOVEMBER)
    issued(workspace, maria_patient, OCTOBER)

    november = read_superbill(december, maria_patient, NOVEMBER)

    assert november.facts
    billed = [(each.month, each.code, each.units) for each in november.facts.episode.billed]
    assert billed == [(OCTOBER, "99492", 1), (OCTOBER, "99494", 1)]
    assert (CheckId.W11 in ids(missed), CheckId.W11 in ids(november)) == (True, False)


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
    assert maria
    with pytest.raises(Refused, match="No time was recorded"):
        read_superbill(workspace, maria_patient, NOVEMBER)


@pytest.mark.usefixtures("payer")
def test_an_open_month_says_so_and_cannot_be_billed_before_its_day_of_service(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=40)
    earlier = at(workspace, datetime(2026, 11, 12, 9, 0, tzinfo=EVENING.tzinfo))

    superbill = read_superbill(earlier, maria_patient, NOVEMBER)

    assert {CheckId.W35, CheckId.B18} <= ids(superbill)
    assert not any("still open" in words for words in superbill.to_check)
    assert superbill.result
    assert superbill.result.next_code


def test_a_score_on_another_scale_proves_a_measure_and_tells_no_course(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=40)
    gad7(workspace, maria, date(2026, 10, 8), 15)
    before = read_superbill(workspace, maria_patient, NOVEMBER)
    gad7(workspace, maria, date(2026, 11, 8), 12)

    bill = read_superbill(workspace, maria_patient, NOVEMBER)

    assert bill.facts
    [measure] = bill.facts.proofs.measures
    assert (measure.instrument, measure.total) == ("GAD-7", None)
    assert (CheckId.B05 in ids(before), CheckId.B05 in ids(bill)) == (True, False)


def test_a_joint_meeting_with_the_consultant_is_a_caseload_consultation(
    workspace: Workspace, december: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    draft = StaffDraft("L. Chen", frozenset({Role.PSYCHIATRIC_CONSULTANT}))
    consultant = StaffId(add_staff(workspace, draft).record_id)
    for month in (10, 11):
        worked(workspace, maria, date(2026, month, 5), minutes=40)
    before = read_superbill(december, maria_patient, NOVEMBER)

    attendees = (CARE_MANAGER.id, consultant)
    record_meeting(workspace, MeetingDraft(date(2026, 11, 10), 30, attendees, (Share(maria, 10),)))

    bill = read_superbill(december, maria_patient, NOVEMBER)
    assert bill.facts
    assert bill.facts.proofs.meetings == (date(2026, 11, 10),)
    assert (CheckId.B04 in ids(before), CheckId.B04 in ids(bill)) == (True, False)
