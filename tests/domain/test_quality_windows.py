"""The vectors of the clinical rules about windows and averages, and their edges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cocm_desktop.domain.contact import ContactKind, ContactOutcome
from cocm_desktop.domain.due_review import recommendation_window
from cocm_desktop.domain.quality_windows import (
    cms159_window,
    counted_from,
    mean_weeks,
    meets_contact_metric,
)
from cocm_desktop.domain.service_month import ServiceMonth
from tests.builders import a_contact

MARCH = ServiceMonth(2025, 3)


# Source: clinical rules 2.9, one test for each vector.
def test_vector_enrolled_on_new_year_2025_reaches_seventy_days() -> None:
    assert counted_from(date(2025, 1, 1)) == date(2025, 3, 12)


def test_vector_the_consultation_window_of_march_2025() -> None:
    assert recommendation_window(MARCH.last_day, days=60) == (date(2025, 1, 31), date(2025, 3, 31))


def test_vector_discharged_after_84_and_91_days() -> None:
    assert mean_weeks((84, 91)) == "12.5"


def test_vector_cms159_index_of_march_10_2025() -> None:
    assert cms159_window(date(2025, 3, 10)) == (date(2026, 1, 9), date(2026, 5, 9))


def test_vector_a_portal_message_with_a_score_is_no_clinical_contact() -> None:
    day = date(2025, 3, 5)
    message = a_contact(kind=ContactKind.MESSAGE, made_on=day)
    call = a_contact(kind=ContactKind.PHONE, made_on=day)

    assert not meets_contact_metric([message], [day], MARCH)
    assert meets_contact_metric([message, call], [day], MARCH)


@pytest.mark.parametrize(
    ("kind", "outcome", "made_on", "scored_on"),
    [
        pytest.param(
            ContactKind.VIDEO, ContactOutcome.NO_SHOW, date(2025, 3, 5), date(2025, 3, 5), id="away"
        ),
        pytest.param(
            ContactKind.PHONE, ContactOutcome.REACHED, date(2025, 2, 28), date(2025, 3, 5), id="Feb"
        ),
        pytest.param(
            ContactKind.PHONE, ContactOutcome.REACHED, date(2025, 3, 5), date(2025, 4, 1), id="late"
        ),
    ],
)
def test_contact_and_score_fall_into_the_month(
    kind: ContactKind, outcome: ContactOutcome, made_on: date, scored_on: date
) -> None:
    contact = a_contact(kind=kind, outcome=outcome, made_on=made_on)

    assert not meets_contact_metric([contact], [scored_on], MARCH)


def test_a_month_without_a_score_does_not_meet_the_metric() -> None:
    contact = a_contact(kind=ContactKind.PHONE, made_on=date(2025, 3, 5))

    assert not meets_contact_metric([contact], [], MARCH)


@pytest.mark.parametrize(
    ("days", "weeks"),
    [
        ((), None),
        ((0,), "0.0"),
        ((7,), "1.0"),
        ((78,), "11.1"),
        ((3, 4), "0.5"),
        ((1, 1, 1), "0.1"),
    ],
)
def test_lengths_are_averaged_in_days(days: tuple[int, ...], weeks: str | None) -> None:
    assert mean_weeks(days) == weeks


def test_twelve_months_after_a_leap_day_is_the_last_of_february() -> None:
    first, last = cms159_window(date(2024, 2, 29))

    assert (first + timedelta(days=60), last - timedelta(days=60)) == (
        date(2025, 2, 28), date(2025, 2, 28),
    )  # fmt: skip
