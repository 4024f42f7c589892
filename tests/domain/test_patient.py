"""Patients: age, names as they stand in a banner, and what a draft may hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.patient import Coverage, Patient, PatientDraft, Reach, Sex, age_on
from cocm_desktop.errors import Refused
from tests.builders import NAMES, TODAY, a_patient, a_patient_draft


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        pytest.param(date(1971, 4, 5), date(2026, 4, 4), 54, id="the day before the birthday"),
        pytest.param(date(1971, 4, 5), date(2026, 4, 5), 55, id="the birthday"),
        pytest.param(date(1971, 4, 5), date(2026, 12, 31), 55, id="later that year"),
        pytest.param(date(2026, 11, 20), TODAY, 0, id="born today"),
        pytest.param(date(2000, 2, 29), date(2026, 2, 28), 25, id="a leap day, on February 28"),
        pytest.param(date(2000, 2, 29), date(2026, 3, 1), 26, id="a leap day, on March 1"),
        pytest.param(date(2000, 2, 29), date(2028, 2, 28), 27, id="a leap year, on February 28"),
        pytest.param(date(2000, 2, 29), date(2028, 2, 29), 28, id="a leap year, on the day"),
        pytest.param(date(1926, 11, 20), TODAY, 100, id="a hundred today"),
    ],
)
def test_age(born_on: date, day: date, age: int) -> None:
    assert age_on(born_on, day) == age
    assert a_patient(born_on=born_on).age_on(day) == age


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 36_000))
def test_nobody_grows_younger(born_on: date, days: int) -> None:
    day = born_on + timedelta(days=days)

    assert age_on(born_on, day) <= age_on(born_on, day + timedelta(days=1))
    assert age_on(born_on, day) * 365 <= days


def test_a_banner_shows_the_family_name_in_capitals() -> None:
    assert a_patient().name == "ALVAREZ, María"
    assert a_patient(last_name="Weiß").name == "WEISS, María"
    assert a_patient().initials == "MA"
    assert a_patient().born == "Apr 5, 1971"


def test_a_missing_mrn_is_said_in_words() -> None:
    assert a_patient().mrn_or_words == "100245"
    assert a_patient(mrn="").mrn_or_words == "Not recorded"


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({}, ("8 Orchard Lane, Apt 3", "Kingston, NY 12401")),
        ({"address": ""}, ("Kingston, NY 12401",)),
        ({"city": ""}, ("8 Orchard Lane, Apt 3", "NY 12401")),
        ({"state": "", "postal_code": ""}, ("8 Orchard Lane, Apt 3", "Kingston")),
        ({"state": ""}, ("8 Orchard Lane, Apt 3", "Kingston, 12401")),
        ({"address": "", "city": "", "state": "", "postal_code": ""}, ()),
    ],
)
def test_an_address_has_no_empty_lines(changes: dict[str, str], lines: tuple[str, ...]) -> None:
    parts = {
        "address": "8 Orchard Lane, Apt 3",
        "city": "Kingston",
        "state": "NY",
        "postal_code": "12401",
    }

    assert Reach(**{**parts, **changes}).address_lines == lines


def accepted(**changes: Any) -> Patient:
    return a_patient_draft(**changes).accept(today=TODAY)


def test_a_draft_becomes_a_patient() -> None:
    draft = a_patient_draft(
        middle_name=" J. ", preferred_name="Mari", treating_practitioner=" A. Osei"
    )

    patient = draft.accept(today=TODAY)

    assert (patient.id, patient.last_name, patient.first_name) == (draft.id, "Alvarez", "María")
    assert (patient.middle_name, patient.preferred_name) == ("J.", "Mari")
    assert (patient.treating_practitioner, patient.sex) == ("A. Osei", Sex.FEMALE)
    assert patient.version == 1


def test_what_is_kept_is_tidy() -> None:
    patient = accepted(
        last_name="  Alvarez \n Ruiz ",
        mrn="\t100245 ",
        reach=Reach(phone=" 555-712-4709 ", city="Kingston\x00"),
        coverage=Coverage(payer="  Hudson   Health "),
    )

    assert (patient.last_name, patient.mrn) == ("Alvarez Ruiz", "100245")
    assert patient.reach == Reach(phone="555-712-4709", city="Kingston")
    assert patient.coverage == Coverage(payer="Hudson Health")


@pytest.mark.parametrize(("last_name", "first_name"), [*NAMES, ("Na", "Test"), ("Ng", "O")])
def test_every_name_is_a_name(last_name: str, first_name: str) -> None:
    patient = accepted(last_name=last_name, first_name=first_name)

    assert (patient.last_name, patient.first_name) == (last_name, first_name)


@pytest.mark.parametrize(
    "name", ["UNK", "unknown", "null", "NULL", "None", "N/A", "-", " ? ", "nan"]
)
def test_a_word_for_a_missing_name_is_refused(name: str) -> None:
    with pytest.raises(Refused, match="stands for a missing name"):
        accepted(last_name=name)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({"last_name": "  "}, "last_name", id="no family name"),
        pytest.param({"first_name": ""}, "first_name", id="no given name"),
        pytest.param({"first_name": "x" * 121}, "first_name", id="a very long name"),
        pytest.param({"born_on": None}, "born_on", id="no date of birth"),
        pytest.param({"born_on": TODAY + timedelta(days=1)}, "born_on", id="born tomorrow"),
        pytest.param({"born_on": date(1900, 11, 20)}, "born_on", id="126 years old"),
        pytest.param({"mrn": "1" * 401}, "mrn", id="a very long MRN"),
        pytest.param({"reach": Reach(address="x" * 401)}, "address", id="a very long address"),
        pytest.param({"coverage": Coverage(payer="x" * 401)}, "payer", id="a very long payer"),
    ],
)
def test_a_slip_is_refused_beside_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refusal:
        accepted(**changes)

    assert [problem.field for problem in refusal.value.problems] == [field]


@pytest.mark.parametrize("born_on", [TODAY, date(1900, 11, 21), date(2000, 2, 29)])
def test_the_first_and_the_last_day_of_birth(born_on: date) -> None:
    assert accepted(born_on=born_on).born_on == born_on


def test_the_longest_texts_are_kept() -> None:
    patient = accepted(first_name="x" * 120, mrn="1" * 400)

    assert (len(patient.first_name), len(patient.mrn)) == (120, 400)


def test_an_mrn_belongs_to_one_patient() -> None:
    with pytest.raises(Refused, match="Another patient has the MRN 100245"):
        a_patient_draft().accept(today=TODAY, mrn_taken=True)


def test_every_slip_is_named_at_once() -> None:
    draft = PatientDraft(last_name="", first_name="null", born_on=None)

    fields = [problem.field for problem in draft.problems(today=TODAY)]

    assert fields == ["last_name", "first_name", "born_on"]
