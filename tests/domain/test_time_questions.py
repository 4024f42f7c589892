"""What is asked before time is saved, and what is said not to count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cocm_desktop.domain.consent import Consent, held_between
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.time_questions import Spent, duration, exact, questions, will_not_count
from tests.builders import a_consent, a_time_entry

HOUR = 3_600


@pytest.mark.parametrize(
    ("minutes", "spent", "asked"),
    [
        (120, Spent(), []),
        (121, Spent(), ["2 h 1 min in one entry. Is that right?"]),
        (30, Spent(of_day=9 * HOUR + HOUR // 2), []),
        (
            31,
            Spent(of_day=9 * HOUR + HOUR // 2),
            ["Nov 12, 2026 comes to 10 h 1 min of yours. Is that right?"],
        ),
        (60, Spent(of_month=4 * HOUR), []),
        (61, Spent(of_month=4 * HOUR), ["The patient's month comes to 5 h 1 min. Is that right?"]),
    ],
)
def test_what_is_unusual_is_asked_about(minutes: int, spent: Spent, asked: list[str]) -> None:
    assert list(questions(a_time_entry(minutes), spent)) == asked


@pytest.mark.parametrize(
    ("changes", "consented_on", "words"),
    [
        ({}, date(2026, 11, 12), []),
        ({"role": Role.BILLER}, date(2026, 1, 1), ["Time as biller does not count"]),
        ({"activity": Activity.CLERICAL}, date(2026, 1, 1), ["Clerical work does not count."]),
        ({"billed_as": "90834"}, date(2026, 1, 1), ["it is billed as 90834 already."]),
        ({}, None, ["no consent is on file."]),
        ({}, date(2026, 11, 13), ["it was before the consent of Nov 13, 2026."]),
        ({"signed_at": None}, date(2026, 1, 1), ["until it is signed."]),
    ],
)
def test_what_will_not_count_is_said(
    changes: dict[str, Any], consented_on: date | None, words: list[str]
) -> None:
    told = list(will_not_count(a_time_entry(**changes), consented_on=consented_on))

    assert len(told) == len(words)
    assert all(part in line for part, line in zip(words, told, strict=True))


def test_lengths_read_as_people_say_them() -> None:
    assert [duration(seconds) for seconds in (60, 45 * 60, 2 * HOUR, 5 * HOUR + 720)] == [
        *("1 minute", "45 minutes", "2 hours", "5 h 12 min"),
    ]
    assert [exact(seconds) for seconds in (40, 1_500, 754)] == ["40 s", "25 min", "12 min 34 s"]


def consented(day: int, until: int | None = None) -> Consent:
    return a_consent(
        given_on=date(2026, 11, day), withdrawn_on=date(2026, 11, until) if until else None
    )


@pytest.mark.parametrize(
    ("consents", "held"),
    [
        ((), (None, None)),
        ((consented(3),), (date(2026, 11, 3), None)),
        ((consented(3, 11),), (date(2026, 11, 3), date(2026, 11, 11))),
        ((consented(3, 12),), (date(2026, 11, 3), None)),
        ((consented(3, 5), consented(10)), (date(2026, 11, 3), None)),
        ((consented(3, 5), consented(20)), (date(2026, 11, 3), date(2026, 11, 5))),
    ],
)
def test_consents_hold_from_one_day_to_another(
    consents: tuple[Consent, ...], held: tuple[date | None, date | None]
) -> None:
    since, until = held_between(consents, date(2026, 11, 12))
    told = list(will_not_count(a_time_entry(), consented_on=since, withdrawn_on=until))

    assert (since, until) == held
    assert any("held until Nov" in words for words in told) is (until is not None)
