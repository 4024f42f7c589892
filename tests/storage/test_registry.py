"""The registry's one statement against the same figures worked out record by record."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from cocm_desktop.actions.consent import read_consents, record_consent, withdraw_consent
from cocm_desktop.actions.contact import flag_for_review, record_contact, void_contact
from cocm_desktop.actions.episode import close_episode, enroll
from cocm_desktop.actions.measure import void_measure
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.time_entry import record_time, void_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.rules import month_kind
from cocm_desktop.domain.consent import ConsentDraft, ConsentMethod
from cocm_desktop.domain.contact import ContactDraft, ContactKind, ContactOutcome
from cocm_desktop.domain.episode import CloseDraft, CloseReason, EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.time_entry import Activity, TimeEntryDraft
from tests.actions.work import at, call, gad7, phq9, worked
from tests.conftest import CARE_MANAGER, PRACTITIONER

TODAY = date(2026, 11, 30)
CONSENTED = date(2026, 3, 2)


def an_enrolled(workspace: Workspace, number: int) -> tuple[PatientId, EpisodeId]:
    draft = PatientDraft(f"Family{number:02}", "Given", date(1970, 1, 1), mrn=str(number))
    patient_id = PatientId(add_patient(workspace, draft).record_id)
    enrolled = EnrollDraft(
        patient_id, CARE_MANAGER.id, CONSENTED, ConsentMethod.VERBAL, enrolled_on=CONSENTED
    )
    return patient_id, EpisodeId(enroll(workspace, enrolled).record_id)


def test_every_row_agrees_with_a_count_by_hand(workspace: Workspace) -> None:
    chance = random.Random(20261130)
    expected = {}
    with workspace.database.write():
        for number in range(12):
            patient_id, episode_id = an_enrolled(workspace, number)
            expected[patient_id] = a_course_of_events(workspace, episode_id, chance)

    rows = read_registry(workspace).rows

    assert [row.last_name for row in rows] == sorted(row.last_name for row in rows)
    for row in rows:
        shown = {
            "phq9": [(score.taken_on, score.total, score.critical) for score in row.phq9.scores],
            "gad7": [(score.taken_on, score.total) for score in row.gad7.scores],
            "contact": row.last_contact_on,
            "attempt": row.last_attempt_on,
            "minutes": row.minutes_this_month,
            "kind": row.month_kind,
        }
        assert shown == expected[row.patient_id]


def a_course_of_events(
    workspace: Workspace, episode_id: EpisodeId, chance: random.Random
) -> dict[str, object]:
    """Record a random course, voiding some of it; give what the registry must show."""
    scores, anxiety, reached, made, minutes, served = [], [], [], [], 0, []
    for _ in range(chance.randrange(9)):
        day = CONSENTED + timedelta(days=chance.randrange((TODAY - CONSENTED).days + 1))
        kept = chance.random() < 0.8
        if chance.random() < 0.5:
            total = chance.randrange(1, 25)
            draft = phq9(workspace, episode_id, day, total, item9=total % 2)
            if kept:
                scores.append((day, total, total % 2))
            else:
                void_measure(workspace, draft.id, reason="typo")
        else:
            gad7(workspace, episode_id, day, 7)
            anxiety.append((day, 7))
        outcome = chance.choice([ContactOutcome.REACHED, ContactOutcome.NO_ANSWER])
        length = chance.randrange(1, 40)
        contact = call(workspace, episode_id, day, minutes=length, outcome=outcome)
        activity = chance.choice([Activity.COORDINATION, Activity.CLERICAL])
        entry = worked(workspace, episode_id, day, minutes=length, activity=activity)
        counted = length if activity is not Activity.CLERICAL else 0
        if kept:
            made.append(day)
            reached += [day] if outcome is ContactOutcome.REACHED else []
            counted += length
        else:
            void_contact(workspace, contact.id, reason="typo")
        if chance.random() < 0.2:
            void_time(workspace, entry.id, reason="typo")
            counted -= length if activity is not Activity.CLERICAL else 0
        minutes += counted if ServiceMonth(2026, 11).contains(day) else 0
        served += [ServiceMonth.of(day)] if counted else []
    return {
        "phq9": sorted(scores, key=lambda score: score[0]),
        "gad7": sorted(anxiety),
        "contact": max(reached, default=None),
        "attempt": max(made, default=None),
        "minutes": minutes,
        "kind": month_kind(served, ServiceMonth(2026, 11)),
    }


def test_what_was_recorded_after_the_day_asked_for_is_not_shown(workspace: Workspace) -> None:
    _, episode_id = an_enrolled(workspace, 1)
    phq9(workspace, episode_id, date(2026, 3, 2), 18)
    phq9(workspace, episode_id, date(2026, 11, 20), 6)
    call(workspace, episode_id, date(2026, 11, 20))

    earlier = workspace.now().replace(day=10)
    [row] = read_registry(at(workspace, earlier)).rows

    assert [score.total for score in row.phq9.scores] == [18]
    assert (row.last_contact_on, row.minutes_this_month) == (None, 0)


def test_the_open_episode_is_shown_before_closed_ones(workspace: Workspace) -> None:
    patient_id, first = an_enrolled(workspace, 1)
    phq9(workspace, first, date(2026, 3, 2), 18)
    close_episode(workspace, CloseDraft(first, date(2026, 4, 1), CloseReason.MOVED, version=1))
    again = EnrollDraft(patient_id, CARE_MANAGER.id, date(2026, 11, 1), ConsentMethod.VERBAL)
    second = enroll(workspace, again).record_id

    [row] = read_registry(workspace).rows

    assert (row.episode_id, row.phq9.scores) == (second, ())


def test_of_closed_episodes_the_last_is_shown(workspace: Workspace) -> None:
    patient_id, first = an_enrolled(workspace, 1)
    close_episode(workspace, CloseDraft(first, date(2026, 4, 1), CloseReason.MOVED, version=1))
    again = EnrollDraft(patient_id, CARE_MANAGER.id, date(2026, 9, 1), ConsentMethod.VERBAL)
    second = EpisodeId(enroll(workspace, again).record_id)
    close_episode(workspace, CloseDraft(second, date(2026, 10, 1), CloseReason.DIED, version=1))

    [row] = read_registry(workspace).rows

    assert (row.episode_id, row.closed_on) == (second, date(2026, 10, 1))


def test_the_latest_question_is_shown(workspace: Workspace) -> None:
    _, episode_id = an_enrolled(workspace, 1)
    flag_for_review(workspace, episode_id, "Raise the dose?")

    [row] = read_registry(workspace).rows

    assert row.question == "Raise the dose?"


def test_an_attempt_without_a_plan_leaves_the_planned_contact(workspace: Workspace) -> None:
    _, episode_id = an_enrolled(workspace, 1)
    planned = ContactDraft(
        episode_id, date(2026, 11, 20), ContactKind.PHONE, next_contact_on=date(2026, 12, 4)
    )
    record_contact(workspace, planned)
    call(workspace, episode_id, date(2026, 11, 24), outcome=ContactOutcome.NO_ANSWER)

    [row] = read_registry(workspace).rows

    assert row.planned_on == date(2026, 12, 4)


def test_minutes_count_while_a_consent_holds_and_they_are_signed_and_not_billed_elsewhere(
    workspace: Workspace, maria: EpisodeId
) -> None:
    entries: tuple[tuple[int, dict[str, Any]], ...] = (
        (3, {}),
        (4, {"is_signed": False}),
        (5, {"billed_as": "90834"}),
        (12, {}),
        (20, {}),
    )
    for day, changes in entries:
        draft = TimeEntryDraft(maria, date(2026, 11, day), day, Activity.OUTREACH)
        record_time(workspace, replace(draft, **changes))
    before = read_registry(workspace).rows[0].seconds_this_month

    [consent] = read_consents(workspace, maria)
    withdraw_consent(workspace, consent.id, withdrawn_on=date(2026, 11, 10))
    withdrawn = read_registry(workspace).rows[0].seconds_this_month
    again = ConsentDraft(maria, date(2026, 11, 15), ConsentMethod.VERBAL, PRACTITIONER.id)
    record_consent(workspace, again)

    assert (before // 60, withdrawn // 60) == (3 + 12 + 20, 3)
    assert read_registry(workspace).rows[0].seconds_this_month // 60 == 3 + 20
