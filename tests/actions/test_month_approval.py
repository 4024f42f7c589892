"""Approving, closing and marking a month: who may, in which order, and what stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from cocm_desktop.actions.bill_state import BillStepDraft, mark_bill, read_steps
from cocm_desktop.actions.consent import record_consent, withdraw_consent
from cocm_desktop.actions.contact import record_contact, void_contact
from cocm_desktop.actions.diagnosis import add_diagnosis
from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.month_approval import (
    approve_months,
    record_approvals,
    withdraw_approval,
)
from cocm_desktop.actions.month_closing import close_month, read_month_to_open, reopen_month
from cocm_desktop.actions.outside_care import record_visit, void_outside_care
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.superbill import (
    correct_superbill,
    read_billing_month,
    read_issued_month,
    read_superbill,
    read_voided,
    void_superbill,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.closing import ClosingStep
from cocm_desktop.domain.billing.outside_care import Visit, VisitDraft
from cocm_desktop.domain.consent import ConsentDraft, ConsentMethod
from cocm_desktop.domain.contact import ContactDraft, ContactKind, ContactOutcome
from cocm_desktop.domain.diagnosis import DiagnosisDraft
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, SuperbillId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import GRANTED, Permission, Role
from cocm_desktop.errors import Refused
from tests.actions.billing import (
    DECEMBER_2,
    NOVEMBER,
    approved,
    issued,
    on_record,
    practitioner_at,
)
from tests.actions.work import as_member, as_role, at, call, phq9, rows_stored, worked
from tests.builders import a_patient_draft
from tests.conftest import CARE_MANAGER, EVENING, PRACTITIONER

DECEMBER_1 = date(2026, 12, 1)
DAY = date(2026, 11, 5)


@pytest.fixture
def ready(workspace: Workspace, maria: EpisodeId, maria_patient: PatientId) -> PatientId:
    """Give a patient whose November waits for nothing but the approval."""
    on_record(workspace, maria_patient, maria)
    call(workspace, maria, DAY, minutes=40)
    return maria_patient


def state(workspace: Workspace, patient_id: PatientId) -> MonthState:
    return read_billing_month(workspace, NOVEMBER).states[patient_id]


def test_an_approval_no_longer_counts_when_the_month_comes_to_something_else(
    workspace: Workspace, december: Workspace, maria: EpisodeId, ready: PatientId
) -> None:
    approved(workspace, ready)
    assert state(december, ready) is MonthState.READY

    late = worked(workspace, maria, date(2026, 11, 20), minutes=12)

    assert late
    assert state(december, ready) is MonthState.NOT_READY

    approved(workspace, ready)
    add_diagnosis(workspace, DiagnosisDraft(maria, "F41.1", date(2026, 11, 1)))

    assert state(december, ready) is MonthState.NOT_READY


def test_an_approval_stays_while_only_the_calendar_goes_on(
    workspace: Workspace, ready: PatientId
) -> None:
    approved(workspace, ready)
    in_spring = at(workspace, datetime(2027, 3, 1, 9, 0, tzinfo=EVENING.tzinfo))

    assert state(in_spring, ready) is MonthState.READY


def test_who_does_not_treat_the_patient_does_not_approve(
    workspace: Workspace, ready: PatientId
) -> None:
    other = replace(PRACTITIONER, id=workspace.staff.id, name="B. Jones")
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=r"A\. Smith, MD treats ALVAREZ, María"):
        approve_months(as_member(at(workspace, DECEMBER_2), other), [ready], NOVEMBER)

    assert rows_stored(workspace) == before


def test_nothing_is_approved_as_long_as_care_is_not_on_record(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, DAY, minutes=40)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="There is no care plan"):
        approve_months(practitioner_at(workspace), [maria_patient], NOVEMBER)

    assert rows_stored(workspace) == before


def test_several_are_approved_together_or_none_is(
    workspace: Workspace, december: Workspace, ready: PatientId
) -> None:
    other = PatientId(add_patient(workspace, a_patient_draft(mrn="100999")).record_id)
    enrolled = EnrollDraft(other, CARE_MANAGER.id, date(2026, 10, 1), ConsentMethod.VERBAL)
    worked(workspace, EpisodeId(enroll(workspace, enrolled).record_id), DAY, minutes=40)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="There is no care plan"):
        record_approvals(december, [ready, other], NOVEMBER, signed_on=DECEMBER_1)

    assert rows_stored(workspace) == before


def test_a_month_without_a_practitioner_is_approved_by_nobody(
    workspace: Workspace, december: Workspace, maria_patient: PatientId
) -> None:
    draft = EnrollDraft(
        maria_patient,
        CARE_MANAGER.id,
        date(2026, 10, 1),
        ConsentMethod.VERBAL,
        diagnosis_code="F33.1",
        enrolled_on=date(2026, 10, 1),
    )
    episode_id = EpisodeId(enroll(workspace, draft).record_id)
    on_record(workspace, maria_patient, episode_id)
    call(workspace, episode_id, DAY, minutes=40)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="Nobody cannot bill this service"):
        record_approvals(december, [maria_patient], NOVEMBER, signed_on=DECEMBER_1)

    assert rows_stored(workspace) == before


def test_a_signature_on_paper_is_recorded_with_its_day(
    december: Workspace, ready: PatientId
) -> None:
    record_approvals(december, [ready], NOVEMBER, signed_on=DECEMBER_1)

    bill = read_superbill(december, ready, NOVEMBER)
    assert bill.facts
    assert bill.facts.approved_on == DECEMBER_1
    assert bill.approval
    assert bill.approval.approved_by == "A. Smith, MD"


@pytest.mark.parametrize(
    ("signed_on", "words"),
    [
        (None, "Type the date"),
        (date(2026, 12, 3), "future"),
        (date(2026, 10, 31), "had not begun on Oct 31, 2026"),
    ],
)
def test_a_day_that_cannot_be_is_refused(
    december: Workspace, ready: PatientId, signed_on: date | None, words: str
) -> None:
    before = rows_stored(december)

    with pytest.raises(Refused, match=words):
        record_approvals(december, [ready], NOVEMBER, signed_on=signed_on)

    assert rows_stored(december) == before


def test_an_approval_is_taken_back_before_anything_is_issued(
    workspace: Workspace, december: Workspace, ready: PatientId
) -> None:
    approved(workspace, ready)

    withdraw_approval(practitioner_at(workspace), ready, NOVEMBER, reason="Wrong patient")

    assert state(december, ready) is MonthState.NOT_READY
    with pytest.raises(Refused, match="is not approved"):
        withdraw_approval(december, ready, NOVEMBER, reason="Again")

    issued(workspace, ready)

    for change in (
        lambda: withdraw_approval(december, ready, NOVEMBER, reason="Too late"),
        lambda: approved(workspace, ready),
    ):
        before = rows_stored(workspace)
        with pytest.raises(Refused, match="is issued already"):
            change()
        assert rows_stored(workspace) == before


def test_a_closed_month_keeps_its_time_and_lets_scores_in(
    workspace: Workspace, december: Workspace, maria: EpisodeId, ready: PatientId
) -> None:
    spoken = ContactDraft(maria, DAY, ContactKind.PHONE, ContactOutcome.REACHED, minutes=9)
    record_contact(december, spoken)
    close_month(december, NOVEMBER)
    before = rows_stored(workspace)

    for change in (
        lambda: worked(december, maria, date(2026, 11, 6), minutes=10),
        lambda: void_contact(december, spoken.id, reason="Twice"),
    ):
        with pytest.raises(Refused, match="November 2026 is closed"):
            change()

    assert rows_stored(workspace) == before
    phq9(december, maria, date(2026, 11, 19), 9)
    worked(december, maria, date(2026, 12, 1), minutes=10)

    reopen_month(december, NOVEMBER, reason="A call was forgotten")
    worked(december, maria, date(2026, 11, 6), minutes=10)

    month = read_billing_month(december, NOVEMBER)
    assert not month.is_closed
    assert [(each.step, each.reason) for each in month.closings] == [
        (ClosingStep.CLOSED, ""),
        (ClosingStep.REOPENED, "A call was forgotten"),
    ]
    assert month.superbills[0].patient.id == ready


def test_a_month_is_closed_when_it_is_over_and_once(december: Workspace) -> None:
    with pytest.raises(Refused, match="is not over yet"):
        close_month(december, ServiceMonth(2026, 12))
    with pytest.raises(Refused, match="November 2026 is open"):
        reopen_month(december, NOVEMBER, reason="Late entry")
    close_month(december, NOVEMBER)
    before = rows_stored(december)

    with pytest.raises(Refused, match="closed already"):
        close_month(december, NOVEMBER)
    with pytest.raises(Refused, match="Say why"):
        reopen_month(december, NOVEMBER, reason=" ")
    with pytest.raises(Refused, match="at most 2,000 characters"):
        reopen_month(december, NOVEMBER, reason="x" * 2_001)

    assert rows_stored(december) == before


def test_a_bill_goes_from_state_to_state(
    workspace: Workspace, december: Workspace, ready: PatientId
) -> None:
    bill_id = issued(workspace, ready)
    sent = BillStepDraft(bill_id, MonthState.SENT, DECEMBER_2.date())

    mark_bill(december, sent)
    mark_bill(december, sent)
    denied = BillStepDraft(bill_id, MonthState.DENIED, DECEMBER_2.date(), "CO-197")
    mark_bill(december, denied)
    mark_bill(december, BillStepDraft(bill_id, MonthState.SENT, DECEMBER_2.date()))
    paid = BillStepDraft(bill_id, MonthState.PAID, DECEMBER_2.date(), paid_cents=113_65)
    mark_bill(december, paid)

    steps = read_steps(december, bill_id)
    assert [step.state.value for step in steps] == ["Sent", "Denied", "Sent", "Paid"]
    assert (steps[1].reason, steps[-1].paid_cents) == ("CO-197", 113_65)
    assert state(december, ready) is MonthState.PAID

    void_superbill(december, bill_id, reason="Wrong diagnosis")

    assert read_steps(december, bill_id)[-1].state is MonthState.VOID
    assert state(december, ready) is MonthState.READY


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (BillStepDraft(SuperbillId(""), MonthState.VOID, DECEMBER_1), "voided with its reason"),
        (BillStepDraft(SuperbillId(""), MonthState.READY, DECEMBER_1), "cannot become ready"),
        (BillStepDraft(SuperbillId(""), MonthState.SENT, None), "Type the date"),
        (BillStepDraft(SuperbillId(""), MonthState.SENT, date(2026, 12, 3)), "future"),
        (BillStepDraft(SuperbillId(""), MonthState.SENT, DECEMBER_1), "was issued on Dec 2"),
        (BillStepDraft(SuperbillId(""), MonthState.DENIED, DECEMBER_2.date()), "Say why"),
        (
            BillStepDraft(SuperbillId(""), MonthState.PAID, DECEMBER_2.date(), paid_cents=-1),
            "not below zero",
        ),
    ],
)
def test_a_step_that_cannot_be_is_refused(
    workspace: Workspace, ready: PatientId, draft: BillStepDraft, words: str
) -> None:
    december = at(workspace, DECEMBER_2)
    bill_id = issued(workspace, ready)
    before = rows_stored(workspace)

    with pytest.raises(Refused, match=words):
        mark_bill(december, replace(draft, superbill_id=bill_id))

    assert rows_stored(workspace) == before


NOBODY = "00000000-0000-7000-8000-00000000ffff"
VISIT = VisitDraft(PatientId(NOBODY), DAY)
CONSENT = ConsentDraft(EpisodeId(NOBODY), DAY, ConsentMethod.VERBAL, None)
MARK = BillStepDraft(SuperbillId(NOBODY), MonthState.SENT, DAY)
NEEDS: tuple[tuple[Permission, Callable[[Workspace], object]], ...] = (
    (Permission.APPROVE_MONTH, lambda w: approve_months(w, [NOBODY], NOVEMBER)),
    (
        Permission.ISSUE_SUPERBILL,
        lambda w: record_approvals(w, [NOBODY], NOVEMBER, signed_on=DAY),
    ),
    (Permission.CLOSE_MONTH, lambda w: close_month(w, NOVEMBER)),
    (Permission.CLOSE_MONTH, lambda w: reopen_month(w, NOVEMBER, reason="Late")),
    (Permission.ISSUE_SUPERBILL, lambda w: mark_bill(w, MARK)),
    (Permission.SEE_BILLING, lambda w: read_steps(w, NOBODY)),
    (Permission.SEE_BILLING, lambda w: read_issued_month(w, NOVEMBER)),
    (Permission.SEE_BILLING, lambda w: read_voided(w, NOVEMBER)),
    (
        Permission.ISSUE_SUPERBILL,
        lambda w: correct_superbill(w, SuperbillId(NOBODY), reason="Typo"),
    ),
    (Permission.RECORD_VISIT, lambda w: record_visit(w, VISIT)),
    (Permission.RECORD_VISIT, lambda w: void_outside_care(w, Visit, NOBODY, reason="Typo")),
    (Permission.TAKE_IN, lambda w: record_consent(w, CONSENT)),
    (Permission.TAKE_IN, lambda w: withdraw_consent(w, NOBODY, withdrawn_on=DAY)),
)


def test_each_of_these_asks_for_a_permission_first(workspace: Workspace) -> None:
    before = rows_stored(workspace)

    for permission, action in NEEDS:
        for role in Role:
            if permission not in GRANTED[role]:
                with pytest.raises(Refused, match="you may not"):
                    action(as_role(workspace, role))

    assert rows_stored(workspace) == before


def test_billing_begins_with_the_last_month_until_it_is_finished(
    workspace: Workspace, december: Workspace, ready: PatientId
) -> None:
    this = ServiceMonth(2026, 12)
    assert read_month_to_open(at(workspace, DECEMBER_2.replace(day=15))) == NOVEMBER
    assert read_month_to_open(at(workspace, DECEMBER_2.replace(day=16))) == this

    close_month(december, NOVEMBER)
    assert read_month_to_open(december) == this
    reopen_month(december, NOVEMBER, reason="Late entry")
    assert read_month_to_open(december) == NOVEMBER

    issued(workspace, ready)

    assert read_month_to_open(december) == this
