"""When the next contact and the next measure are due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cocm_desktop.domain.clinical_settings import ClinicalSettings
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.follow_up import (
    AS_NEEDED,
    INTERVALS,
    Due,
    FollowUpFacts,
    NextDue,
    Urgency,
    cadence,
    contact_due_on,
    interval_words,
    measure_due_on,
    next_due,
)

ENROLLED_ON = date(2026, 1, 5)
FACTS = FollowUpFacts(
    status=EpisodeStatus.ACTIVE,
    enrolled_on=ENROLLED_ON,
    consented_on=date(2026, 1, 2),
    last_contact_on=None,
    planned_on=None,
    last_measure_on=None,
    is_at_target=False,
)
CONSENTED = replace(FACTS, status=EpisodeStatus.CONSENTED, enrolled_on=None)
TODAY = date(2026, 3, 2)


def on_day(number: int) -> date:
    return ENROLLED_ON + timedelta(days=number)


@pytest.mark.parametrize(
    ("last", "status", "at_target", "due"),
    [
        pytest.param(None, EpisodeStatus.ACTIVE, False, 7, id="the first call is a week after"),
        pytest.param(7, EpisodeStatus.ACTIVE, False, 21, id="then every two weeks"),
        pytest.param(-2, EpisodeStatus.ACTIVE, False, 12, id="a contact before enrollment"),
        pytest.param(84, EpisodeStatus.ACTIVE, False, 98, id="to week 12"),
        pytest.param(85, EpisodeStatus.ACTIVE, False, 113, id="then every four weeks"),
        pytest.param(28, EpisodeStatus.ACTIVE, True, 56, id="at target, every four weeks"),
        pytest.param(28, EpisodeStatus.RELAPSE_PREVENTION, False, 56, id="in relapse prevention"),
    ],
)
def test_contacts_come_at_the_pace_of_the_phase(
    last: int | None, status: EpisodeStatus, due: int, *, at_target: bool
) -> None:
    facts = replace(
        FACTS,
        status=status,
        is_at_target=at_target,
        last_contact_on=None if last is None else on_day(last),
    )

    assert contact_due_on(facts) == on_day(due)


@pytest.mark.parametrize(
    ("last", "planned", "due"),
    [
        pytest.param(14, 17, 17, id="a plan after the last contact holds"),
        pytest.param(14, 90, 90, id="however far"),
        pytest.param(14, 14, 28, id="a plan for the day of the contact is spent"),
        pytest.param(14, 10, 28, id="a plan before it is spent"),
        pytest.param(None, 3, 3, id="a plan before any contact holds"),
    ],
)
def test_a_planned_date_stands_until_the_patient_is_reached(
    last: int | None, planned: int, due: int
) -> None:
    facts = replace(
        FACTS,
        last_contact_on=None if last is None else on_day(last),
        planned_on=on_day(planned),
    )

    assert contact_due_on(facts) == on_day(due)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        pytest.param(None, 0, id="the baseline belongs to the enrollment"),
        pytest.param(-1, 0, id="a screening score does not stand for it"),
        pytest.param(0, 28, id="four weeks after the baseline"),
        pytest.param(28, 56, id="and after each one"),
    ],
)
def test_measures_come_every_four_weeks(last: int | None, due: int) -> None:
    facts = replace(FACTS, last_measure_on=None if last is None else on_day(last))

    assert measure_due_on(facts) == on_day(due)


def test_a_measure_is_due_before_its_score_is_stale() -> None:
    due_on = measure_due_on(replace(FACTS, last_measure_on=on_day(0)))

    assert due_on is not None
    assert (due_on - on_day(0)).days <= 30


def test_before_the_first_assessment_both_are_due_a_week_after_consent() -> None:
    with_screening = replace(CONSENTED, last_measure_on=date(2025, 12, 1))

    for facts in (CONSENTED, with_screening):
        assert contact_due_on(facts) == date(2026, 1, 9)
        assert measure_due_on(facts) == date(2026, 1, 9)


def test_a_contact_before_the_first_assessment_is_followed_in_two_weeks() -> None:
    facts = replace(CONSENTED, last_contact_on=date(2026, 1, 6))

    assert contact_due_on(facts) == date(2026, 1, 20)


def test_without_any_date_nothing_is_due() -> None:
    facts = replace(CONSENTED, consented_on=None)

    assert (contact_due_on(facts), measure_due_on(facts), next_due(facts)) == (None, None, None)


@pytest.mark.parametrize("status", [EpisodeStatus.ON_HOLD, EpisodeStatus.CLOSED])
def test_nothing_is_due_on_hold_or_after_closing(status: EpisodeStatus) -> None:
    facts = replace(FACTS, status=status, last_contact_on=on_day(7), planned_on=on_day(21))

    assert (contact_due_on(facts), measure_due_on(facts), next_due(facts)) == (None, None, None)


@pytest.mark.parametrize(
    ("contact", "measure", "expected"),
    [
        pytest.param(7, 0, NextDue(on_day(21), Due.CONTACT), id="the contact is earlier"),
        pytest.param(20, 0, NextDue(on_day(28), Due.MEASURE), id="the measure is earlier"),
        pytest.param(14, 0, NextDue(on_day(28), Due.CONTACT), id="on one day, the contact"),
    ],
)
def test_the_earlier_of_both_is_next(contact: int, measure: int, expected: NextDue) -> None:
    facts = replace(FACTS, last_contact_on=on_day(contact), last_measure_on=on_day(measure))

    assert next_due(facts) == expected


def test_a_measure_can_be_due_where_no_contact_is_dated() -> None:
    facts = replace(FACTS, planned_on=on_day(60))

    assert next_due(facts) == NextDue(on_day(0), Due.MEASURE)


@pytest.mark.parametrize(
    ("due_on", "words", "days_over", "urgency"),
    [
        (date(2026, 2, 27), "Overdue 3 d", 3, Urgency.OVERDUE),
        (date(2026, 3, 1), "Overdue 1 d", 1, Urgency.OVERDUE),
        (date(2026, 3, 2), "Today", 0, Urgency.TODAY),
        (date(2026, 3, 3), "Mar 3", 0, Urgency.LATER),
        (date(2026, 8, 28), "Aug 28", 0, Urgency.LATER),
        (date(2026, 8, 29), "Aug 29, 2026", 0, Urgency.LATER),
        (date(2027, 3, 1), "Mar 1, 2027", 0, Urgency.LATER),
    ],
)
def test_how_a_due_date_reads(
    due_on: date, words: str, *, days_over: int, urgency: Urgency
) -> None:
    due = NextDue(due_on, Due.CONTACT)

    assert due.words(TODAY) == words
    assert (due.days_over(TODAY), due.urgency(TODAY)) == (days_over, urgency)


def test_due_dates_sort_by_day_and_on_one_day_the_contact_comes_first() -> None:
    early, contact, measure = (
        NextDue(on_day(1), Due.MEASURE),
        NextDue(on_day(2), Due.CONTACT),
        NextDue(on_day(2), Due.MEASURE),
    )

    assert sorted([measure, contact, early]) == [early, contact, measure]


@pytest.mark.parametrize("weeks", INTERVALS)
def test_a_patient_may_have_an_interval_of_their_own(weeks: int) -> None:
    facts = replace(FACTS, last_contact_on=on_day(7), interval_weeks=weeks, is_at_target=True)

    assert contact_due_on(facts) == on_day(7 + 7 * weeks)


def test_as_needed_only_a_planned_contact_is_due() -> None:
    facts = replace(FACTS, last_contact_on=on_day(7), interval_weeks=AS_NEEDED)

    assert contact_due_on(facts) is None
    assert contact_due_on(replace(facts, planned_on=on_day(9))) == on_day(9)
    assert next_due(facts) == NextDue(on_day(0), Due.MEASURE)


def test_the_practice_sets_the_pace() -> None:
    settings = ClinicalSettings(
        first_contact_days=3,
        active_interval_weeks=1,
        active_weeks=4,
        settled_interval_weeks=6,
        relapse_prevention_interval_weeks=8,
        measure_days=14,
    )
    facts = replace(FACTS, settings=settings, last_measure_on=on_day(0))

    assert contact_due_on(facts) == on_day(3)
    assert contact_due_on(replace(facts, last_contact_on=on_day(28))) == on_day(35)
    assert contact_due_on(replace(facts, last_contact_on=on_day(29))) == on_day(29 + 42)
    prevention = replace(facts, status=EpisodeStatus.RELAPSE_PREVENTION, last_contact_on=on_day(9))
    assert contact_due_on(prevention) == on_day(9 + 56)
    assert measure_due_on(facts) == on_day(14)


def test_the_cadence_is_a_call_in_week_1_every_two_weeks_to_week_12_and_then_monthly() -> None:
    days = [(day - ENROLLED_ON).days for day in cadence(FACTS, until=on_day(180))]

    assert days == [7, 21, 35, 49, 63, 77, 91, 119, 147, 175]


def test_the_cadence_begins_with_what_is_planned_and_ends_on_its_last_day() -> None:
    facts = replace(FACTS, planned_on=on_day(3))

    assert list(cadence(facts, until=on_day(17))) == [on_day(3), on_day(17)]
    assert list(cadence(facts, until=on_day(16))) == [on_day(3)]
    assert list(cadence(replace(facts, interval_weeks=AS_NEEDED), until=on_day(99))) == [on_day(3)]


def test_what_is_due_is_named() -> None:
    facts = replace(FACTS, planned_on=on_day(60), instrument="GAD-7")

    due = next_due(facts)

    assert due is not None
    assert due.title == "GAD-7"
    assert NextDue(on_day(0), Due.CONTACT).title == "Contact"


@pytest.mark.parametrize(
    ("weeks", "words"),
    [(None, "The practice's pace"), (0, "As needed"), (1, "Every 1 week"), (6, "Every 6 weeks")],
)
def test_an_interval_in_words(weeks: int | None, words: str) -> None:
    assert interval_words(weeks) == words
