from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.domain.column_guess import field_of, guess_mapping, is_ssn_header
from cocm_desktop.domain.patient_list import (
    ListRow,
    PatientField,
    PatientList,
    mapping_problems,
)

TODAY = date(2026, 11, 30)


def a_list(columns: str, *rows: str) -> PatientList:
    records = (ListRow(n, tuple(row.split("|")), n) for n, row in enumerate(rows, start=2))
    return PatientList("list.csv", "0", tuple(columns.split("|")), tuple(records))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("Pt. Last Name", PatientField.LAST_NAME),
        ("patientLastName", PatientField.LAST_NAME),
        ("PATIENT_LAST_NAME", PatientField.LAST_NAME),
        ("Patient First", PatientField.FIRST_NAME),
        ("Date of Birth", PatientField.BORN_ON),
        ("DOB (mm/dd/yyyy)", PatientField.BORN_ON),
        ("Chart #", PatientField.MRN),
        ("Acct No.", PatientField.MRN),
        ("Medical Record Number", PatientField.MRN),
        ("Legal Sex", PatientField.SEX),
        ("Gender", PatientField.SEX),
        ("Cell Phone", PatientField.PHONE),
        ("Zip/Postal", PatientField.POSTAL_CODE),
        ("Address Line 2", PatientField.ADDRESS_2),
        ("Primary Payer", PatientField.PAYER),
        ("Policy #", PatientField.MEMBER_ID),
        ("Group #", PatientField.GROUP_NUMBER),
        ("Primary Care Provider", PatientField.TREATING_PRACTITIONER),
        ("Preferred Language", PatientField.LANGUAGE),
        ("Patient", PatientField.FULL_NAME),
        ("Emergency Contact Phone", None),
        ("Guarantor Last Name", None),
        ("#", None),
    ],
)
def test_headers_of_many_systems_are_understood(header: str, expected: PatientField | None) -> None:
    found = field_of(header)

    assert (found[0] if found else None) is expected


@pytest.mark.parametrize("header", ["SSN", "Soc. Sec. #", "Patient SSN", "SS#", "social security"])
def test_columns_of_social_security_numbers_are_known(header: str) -> None:
    assert is_ssn_header(header)
    assert not is_ssn_header("Session")


def test_of_several_phones_the_preferred_one_is_taken() -> None:
    mapping = guess_mapping(a_list("Home Phone|Work Phone|Cell|Phone"), today=TODAY)

    assert mapping == (None, None, PatientField.PHONE, None)


def test_a_full_name_beside_its_parts_is_left_out() -> None:
    mapping = guess_mapping(a_list("Name|Last Name|First Name"), today=TODAY)

    assert mapping == (None, PatientField.LAST_NAME, PatientField.FIRST_NAME)


def test_columns_without_a_known_header_are_guessed_by_what_they_hold() -> None:
    rows = ["Ng, Kim|1/2/1980|(555) 712-4709|kim@example.org|F|1/2/2027"] * 5
    mapping = guess_mapping(a_list("A|B|C|D|E|Next visit", *rows), today=TODAY)

    assert mapping == (
        PatientField.FULL_NAME,
        PatientField.BORN_ON,
        PatientField.PHONE,
        PatientField.EMAIL,
        PatientField.SEX,
        None,
    )


def test_a_mapping_needs_a_name_and_a_birth_each_once() -> None:
    problems = list(mapping_problems((PatientField.LAST_NAME, PatientField.LAST_NAME, None)))

    assert [problem.message.split(" ")[0] for problem in problems] == ["Choose", "Choose", "Family"]
    assert list(mapping_problems((PatientField.FULL_NAME, PatientField.BORN_ON))) == []


def test_samples_show_a_few_different_values() -> None:
    read = a_list("A|B", "x|1", "x|2", "y|", "z|3", "w|4", "short")

    assert read.samples(0) == ("x", "y", "z")
    assert read.samples(1) == ("1", "2", "3")
