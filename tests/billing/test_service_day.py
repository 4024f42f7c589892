"""The day of service, where the practice's choice and what ended in the month do not fit."""

from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.domain.billing.countable_time import CountableTime, CountedTime
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.billing.service_day import day_problems
from cocm_desktop.domain.described import read_as, written
from cocm_desktop.domain.service_month import ServiceMonth
from tests.billing.month_of import changed, entry, evaluated

TIME = CountableTime((CountedTime("T1", date(2026, 11, 5), 2400),), ())


def test_minutes_that_were_not_reached_have_no_day() -> None:
    assert TIME.reached_on(40) == date(2026, 11, 5)
    assert TIME.reached_on(41) is None


@pytest.mark.parametrize(
    ("served_on", "words"),
    [
        (date(2026, 11, 4), "is before the code was reached"),
        (date(2026, 12, 1), "is outside November 2026"),
        (date(2026, 11, 30), ""),
    ],
)
def test_a_day_of_service_that_cannot_be_is_said(served_on: date, words: str) -> None:
    facts = read_as(PatientMonth, changed({"today": "2026-12-24"}))

    found = [each.words for each in day_problems(facts, TIME, served_on=served_on, at_minute=31)]

    assert [words in each for each in found] == ([True] if words else [])


@pytest.mark.parametrize(
    ("ending", "served_on"),
    [
        ({}, "2026-11-30"),
        ({"patient.died_on": "2026-11-21"}, "2026-11-21"),
        ({"consents.0.withdrawn_on": "2026-11-19"}, "2026-11-19"),
        ({"payer.coverage": [{"first": "2026-01-01", "last": "2026-11-17"}]}, "2026-11-17"),
        ({"choices.service_date": "threshold_day"}, "2026-11-05"),
        ({"choices.service_date": "last_service_day"}, "2026-11-12"),
    ],
)
def test_the_day_of_service_is_held_back(ending: dict[str, object], served_on: str) -> None:
    time = [entry(), entry(5, id="T2", worked_on="2026-11-12")]

    assert evaluated({"time": time}, ending).served_on == date.fromisoformat(served_on)


def test_a_clock_runs_past_midnight_into_the_next_day() -> None:
    late = entry(40, starts_at=85_800)
    early = entry(20, id="T2", worked_on="2026-11-06", starts_at=600)

    result = evaluated({"time": [late, early]})

    assert result.time.seconds == (40 + 20 - 20) * 60
    assert [each.id for each in result.time.dropped] == ["T2"]


def test_where_nobody_is_named_each_role_has_one_clock() -> None:
    both = {
        "payer.rule_set": "BCBSM",
        "time": [
            entry(40, starts_at=36_000, performer=""),
            entry(40, id="T2", starts_at=36_000, performer="", role="psychiatric_consultant"),
            entry(40, id="T3", starts_at=36_000, performer=""),
        ],
    }

    assert evaluated(both).time.minutes == 80


def test_a_whole_consent_is_what_time_stands_on() -> None:
    empty_box = {"given_on": "2026-10-06", "practitioner_npi": "1245319599", "may_stop": False}
    whole = {**empty_box, "given_on": "2026-11-10", "may_stop": True}
    time = [entry(), entry(35, id="T2", worked_on="2026-11-12")]

    result = evaluated({"consents": [empty_box, whole], "time": time})

    assert [each.id for each in result.time.counted] == ["T2"]
    assert not result.blocks


def test_medicare_wants_twenty_full_minutes_whatever_the_practice_chose() -> None:
    bhi = {"line": "bhi", "choices.bhi_first_minute": 11, "time": [entry(15)]}

    assert not evaluated(bhi).reached
    assert evaluated(bhi, {"payer.rule_set": "MCD-MI"}).reached


@pytest.mark.parametrize(("month", "code"), [("2024-11", "G0511"), ("2025-11", "99484")])
def test_a_clinic_billed_general_integration_by_its_own_code_to_2024(month: str, code: str) -> None:
    clinic = {"payer.rule_set": "MCR", "setting.is_clinic": True, "line": "bhi", "month": month}
    time = {"time": [entry(25, worked_on=f"{month}-05")], "consents.0.given_on": "2024-01-02"}

    assert [each.code for each in evaluated(clinic, time).reached] == [code]


def test_months_are_written_as_they_are_read() -> None:
    assert written([ServiceMonth(2026, 9)]) == ["2026-09"]
