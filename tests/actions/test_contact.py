from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.contact import (
    clear_review_flag,
    flag_for_review,
    record_contact,
    void_contact,
)
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.superbill import read_superbill
from cocm_desktop.actions.time_entry import read_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.contact import ContactDraft, ContactKind, ContactOutcome
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.errors import Refused
from tests.actions.billing import NOVEMBER
from tests.actions.work import call, rows_stored, worked

NOVEMBER_30 = date(2026, 11, 30)


def phone_call(episode_id: EpisodeId, made_on: date, minutes: int = 25) -> ContactDraft:
    return ContactDraft(episode_id, made_on, ContactKind.PHONE, minutes=minutes)


def test_a_contact_reaches_the_registry(workspace: Workspace, maria: EpisodeId) -> None:
    change = record_contact(workspace, phone_call(maria, NOVEMBER_30))

    [row] = read_registry(workspace).rows
    assert (row.last_contact_on, row.minutes_this_month) == (NOVEMBER_30, 25)
    assert Topic.BILLING in change.topics


def test_every_problem_is_named_and_nothing_is_stored(
    workspace: Workspace, maria: EpisodeId
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused) as refusal:
        record_contact(workspace, phone_call(maria, date(2026, 12, 1), minutes=500))

    assert [problem.field for problem in refusal.value.problems] == ["made_on", "minutes"]
    assert rows_stored(workspace) == before


def test_a_retried_save_is_saved_once(workspace: Workspace, maria: EpisodeId) -> None:
    draft = replace(phone_call(maria, NOVEMBER_30), question="Raise the dose?")

    record_contact(workspace, draft)
    before = rows_stored(workspace)
    record_contact(workspace, draft)

    assert rows_stored(workspace) == before


def test_an_attempt_brings_time_but_is_no_contact(workspace: Workspace, maria: EpisodeId) -> None:
    call(workspace, maria, date(2026, 11, 3))
    call(workspace, maria, date(2026, 11, 9), minutes=4, outcome=ContactOutcome.NO_ANSWER)

    [row] = read_registry(workspace).rows
    assert (row.last_contact_on, row.last_attempt_on) == (date(2026, 11, 3), date(2026, 11, 9))
    assert row.minutes_this_month == 24


def test_a_message_is_no_clinical_contact(workspace: Workspace, maria: EpisodeId) -> None:
    record_contact(workspace, ContactDraft(maria, NOVEMBER_30, ContactKind.MESSAGE))

    [row] = read_registry(workspace).rows
    assert row.last_contact_on is None


def test_two_contacts_do_not_double_the_minutes(workspace: Workspace, maria: EpisodeId) -> None:
    call(workspace, maria, date(2026, 11, 3), minutes=20)
    call(workspace, maria, date(2026, 11, 9), minutes=15)

    [row] = read_registry(workspace).rows
    assert (row.minutes_this_month, row.last_contact_on) == (35, date(2026, 11, 9))


def test_a_planned_contact_is_what_is_due_next(workspace: Workspace, maria: EpisodeId) -> None:
    draft = replace(phone_call(maria, NOVEMBER_30), next_contact_on=date(2026, 12, 4))

    record_contact(workspace, draft)

    [row] = read_registry(workspace).rows
    assert row.planned_on == date(2026, 12, 4)


def test_voiding_a_contact_voids_its_time(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    draft = call(workspace, maria, date(2026, 11, 3))

    void_contact(workspace, draft.id, reason="Wrong patient")

    [row] = read_registry(workspace).rows
    assert (row.last_contact_on, row.minutes_this_month) == (None, 0)
    assert read_chart(workspace, maria_patient).contacts == ()
    assert read_time(workspace, maria) == ()
    assert rows_stored(workspace)["contact"] == 1


def test_the_chart_shows_a_contact_with_its_minutes(
    workspace: Workspace, maria: EpisodeId, maria_patient: PatientId
) -> None:
    call(workspace, maria, date(2026, 11, 3), minutes=17)

    [shown] = read_chart(workspace, maria_patient).contacts
    assert (shown.contact.made_on, shown.minutes, shown.staff_name) == (
        date(2026, 11, 3),
        17,
        "M. Bell",
    )


def test_a_minute_counts_once(workspace: Workspace, maria: EpisodeId) -> None:
    worked(workspace, maria, date(2026, 11, 3), minutes=30, started_at=time(9, 0))
    draft = replace(phone_call(maria, date(2026, 11, 3), minutes=10), started_at=time(9, 29))
    before = rows_stored(workspace)

    with pytest.raises(Refused, match="overlaps your 9:00 AM–9:30 AM entry for"):
        record_contact(workspace, draft)

    assert rows_stored(workspace) == before
    record_contact(workspace, replace(draft, started_at=time(9, 30)))


def test_a_contact_may_ask_a_question(workspace: Workspace, maria: EpisodeId) -> None:
    record_contact(workspace, replace(phone_call(maria, NOVEMBER_30), question=" Switch? "))

    [row] = read_registry(workspace).rows
    assert row.question == "Switch?"


def test_a_newer_question_replaces_the_older(workspace: Workspace, maria: EpisodeId) -> None:
    flag_for_review(workspace, maria, "Raise the dose?")
    flag_for_review(workspace, maria, "Or switch?")

    [row] = read_registry(workspace).rows
    assert row.question == "Or switch?"
    clear_review_flag(workspace, maria, reason="Answered in the meeting")
    [row] = read_registry(workspace).rows
    assert row.question == ""


@pytest.mark.parametrize("question", [" ", " \u200b ", "x" * 161])
def test_a_question_is_asked_in_one_sentence(
    workspace: Workspace, maria: EpisodeId, question: str
) -> None:
    before = rows_stored(workspace)

    with pytest.raises(Refused):
        flag_for_review(workspace, maria, question)

    assert rows_stored(workspace) == before


@pytest.mark.parametrize(("outcome", "is_warned"), [("REACHED", False), ("LEFT_MESSAGE", True)])
def test_a_contact_without_minutes_of_its_own_is_one_for_billing(
    workspace: Workspace,
    maria: EpisodeId,
    maria_patient: PatientId,
    outcome: str,
    *,
    is_warned: bool,
) -> None:
    worked(workspace, maria, date(2026, 11, 5), minutes=40)
    call(workspace, maria, date(2026, 11, 6), minutes=0, outcome=ContactOutcome[outcome])

    bill = read_superbill(workspace, maria_patient, NOVEMBER)

    assert bill.result
    assert (CheckId.W12 in {each.id for each in bill.result.checks}) is is_warned
