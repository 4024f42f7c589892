"""Contacts as typed, and the time they bring."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import product
from typing import Any

import pytest

from cocm_desktop.domain.contact import ContactDraft, ContactKind, ContactOutcome, SafetyAsked
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.errors import Refused
from tests.builders import TODAY, a_care_manager, a_consultant, a_contact, a_contact_draft

TOMORROW = TODAY + timedelta(days=1)


def refused_fields(draft: ContactDraft, *, closed_on: date | None = None) -> list[str]:
    with pytest.raises(Refused) as refusal:
        draft.accept(staff=a_care_manager(), today=TODAY, closed_on=closed_on)
    return [problem.field for problem in refusal.value.problems]


def test_a_contact_brings_its_time() -> None:
    draft = a_contact_draft(minutes=25, started_at=time(10, 15), note="  Sleeping better.  ")

    contact, entry = draft.accept(staff=a_care_manager(), today=TODAY, closed_on=None)

    assert (contact.id, contact.made_on, contact.note) == (draft.id, TODAY, "Sleeping better.")
    assert contact.staff_id == a_care_manager().id
    assert entry is not None
    assert (entry.id, entry.contact_id) == (draft.time_entry_id, contact.id)
    assert (entry.seconds, entry.started_at) == (1_500, time(10, 15))
    assert (entry.activity, entry.role) == (Activity.CONTACT, Role.CARE_MANAGER)
    assert entry.worked_on == contact.made_on


@pytest.mark.parametrize("said", SafetyAsked)
def test_what_was_said_of_safety_is_kept_as_it_was_said(said: SafetyAsked) -> None:
    contact, _ = a_contact_draft(safety=said).accept(
        staff=a_care_manager(), today=TODAY, closed_on=None
    )

    assert contact.safety is said
    assert contact.safety_words == ("" if said is SafetyAsked.NOT_ASKED else said.value)


def test_safety_is_not_asked_about_where_nobody_was_reached() -> None:
    unasked = a_contact_draft(outcome=ContactOutcome.NO_ANSWER)

    assert refused_fields(replace(unasked, safety=SafetyAsked.WORSE)) == ["safety"]
    assert unasked.accept(staff=a_care_manager(), today=TODAY, closed_on=None)


def test_an_older_contact_says_nothing_of_safety() -> None:
    assert a_contact().safety_words == ""


def test_a_contact_without_minutes_brings_none() -> None:
    _, entry = a_contact_draft(minutes=0).accept(
        staff=a_care_manager(), today=TODAY, closed_on=None
    )

    assert entry is None


def test_the_time_is_spent_in_the_role_of_the_person() -> None:
    _, entry = a_contact_draft().accept(staff=a_consultant(), today=TODAY, closed_on=None)

    assert entry is not None
    assert entry.role is Role.PSYCHIATRIC_CONSULTANT


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"made_on": None}, "made_on", id="no date"),
        pytest.param({"made_on": TOMORROW}, "made_on", id="in the future"),
        pytest.param({"minutes": -1}, "minutes", id="negative minutes"),
        pytest.param({"minutes": 481}, "minutes", id="more than eight hours"),
        pytest.param({"minutes": 31, "started_at": time(23, 30)}, "minutes", id="past midnight"),
        pytest.param({"note": "x" * 20_001}, "note", id="a very long note"),
        pytest.param({"question": "x" * 161}, "question", id="a long question"),
        pytest.param({"next_contact_on": TODAY}, "next_contact_on", id="next on the same day"),
    ],
)
def test_a_slip_is_named_once_beside_its_field(changes: dict[str, Any], field: str) -> None:
    assert refused_fields(a_contact_draft(**changes)) == [field]


def test_every_slip_is_named_at_once() -> None:
    draft = a_contact_draft(made_on=TOMORROW, minutes=500, next_contact_on=TODAY)

    assert refused_fields(draft) == ["made_on", "next_contact_on", "minutes"]


def test_nothing_is_recorded_after_the_closing() -> None:
    yesterday = TODAY - timedelta(days=1)

    assert refused_fields(a_contact_draft(), closed_on=yesterday) == ["made_on"]
    a_contact_draft().accept(staff=a_care_manager(), today=TODAY, closed_on=TODAY)


@pytest.mark.parametrize(
    "changes",
    [
        {"note": "x" * 20_000},
        {"question": "x" * 160},
        {"minutes": 1},
        {"minutes": 480},
        {"minutes": 30, "started_at": time(23, 30)},
        {"next_contact_on": TOMORROW},
        {"made_on": date(2026, 1, 1)},
    ],
)
def test_the_last_value_of_each_limit_is_accepted(changes: dict[str, Any]) -> None:
    assert list(a_contact_draft(**changes).problems(today=TODAY, closed_on=None)) == []


def test_two_drafts_never_share_an_id() -> None:
    first, second = (
        ContactDraft(a_contact().episode_id, TODAY, ContactKind.PHONE) for _ in range(2)
    )

    assert len({first.id, second.id, first.time_entry_id, second.time_entry_id}) == 4


@pytest.mark.parametrize(("kind", "outcome"), list(product(ContactKind, ContactOutcome)))
def test_only_a_conversation_is_a_clinical_contact(
    kind: ContactKind, outcome: ContactOutcome
) -> None:
    spoken = kind.value in {"Phone", "In person", "Video"}

    contact = a_contact(kind=kind, outcome=outcome)

    assert contact.is_clinical is (spoken and outcome.value == "Reached")
