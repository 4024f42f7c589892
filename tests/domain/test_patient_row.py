from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.patient_list import ListRow, Mapping, PatientField, PatientList
from cocm_desktop.domain.patient_row import Reading, ReadRow, read_row

TODAY = date(2026, 11, 30)
F = PatientField
USUAL: Mapping = (F.MRN, F.LAST_NAME, F.FIRST_NAME, F.BORN_ON, F.SEX, F.PHONE, F.POSTAL_CODE)


def read(*cells: str, mapping: Mapping = USUAL, damage: str = "") -> ReadRow:
    row = ListRow(7, cells, 7, damage)
    names = tuple(str(number) for number in range(len(mapping)))
    patient_list = PatientList("f", "0", names, (row,))
    return read_row(row, Reading.of(patient_list, mapping, today=TODAY))


def test_a_row_becomes_a_patient() -> None:
    found = read("1001", "Meyer", "Anna", "04/05/1971", "F", "(555) 712-4709", "2149")

    assert found.reasons == found.notes == ()
    assert found.draft.born_on == date(1971, 4, 5)
    assert found.draft.sex is Sex.FEMALE
    assert found.draft.reach.phone == "555-712-4709"
    assert found.draft.reach.postal_code == "02149"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("1", "UNK", "Anna", "4/5/1971"), "stands for a missing name"),
        (("1", "Meyer", "null", "4/5/1971"), "stands for a missing name"),
        (("1", "Test", "Anna", "4/5/1971"), "test record"),
        (("1", "", "Anna", "4/5/1971"), "The family name is missing."),
        (("1", "Meyer", "", "4/5/1971"), "The given name is missing."),
        (("1", "Meyer", "Anna", ""), "The date of birth is missing."),
        (("1", "Meyer", "Anna", "UNK"), "The date of birth is missing."),
        (("1", "Meyer", "Anna", "soon"), "“soon” is no date of birth."),
        (("1", "Meyer", "Anna", "4/5/2031"), "future"),
        (("1", "Meyer", "Anna", "1/1/1900"), "over 125"),
        (("1", "Meyer", "Anna", "4/5/1971", "F", "5", "1", "moved"), "delimiter"),
    ],
)
def test_a_row_that_is_no_patient_says_why(cells: tuple[str, ...], words: str) -> None:
    found = read(*cells)

    assert any(words in reason for reason in found.reasons)


def test_a_damaged_row_says_only_that() -> None:
    found = read("1", "", "", "", damage="The quotation marks do not match.")

    assert found.reasons == ("The quotation marks do not match.",)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("1", "Meyer", "Anna", "26028", "F", "", ""), "number of a day"),
        (("1", "Meyer", "Anna", "4/5/23", "F", "", ""), "could be 1923"),
        (("1", "Meyer", "Anna", "4/5/1971", "7", "", ""), "“7” is not known"),
        (("1", "Meyer", "Anna", "4/5/1971", "F", "12", ""), "ten digits"),
        (("1", "Meyer", "Anna", "4/5/2015", "F", "", ""), "11 years old: a guardian"),
        (("1", "Meyer", "Anna", "4/5/1910", "F", "", ""), "116 years old"),
        (("1", "Meyer", "Anna", "4/5/1971"), "ends early: 4 of 7"),
    ],
)
def test_what_was_read_with_a_doubt_is_noted(cells: tuple[str, ...], words: str) -> None:
    found = read(*cells)

    assert found.reasons == ()
    assert any(words in note for note in found.notes)


def test_a_full_name_and_a_suffix_make_the_names() -> None:
    mapping: Mapping = (F.FULL_NAME, F.SUFFIX, F.BORN_ON, F.ADDRESS, F.ADDRESS_2, F.MIDDLE_NAME)

    found = read("Alan J Smith", "Jr", "4/5/1971", "1 Mill St", "Apt 2", "NA", mapping=mapping)

    assert (found.draft.last_name, found.draft.first_name) == ("Smith Jr", "Alan")
    assert found.draft.middle_name == "NA"
    assert found.draft.reach.address == "1 Mill St, Apt 2"
    assert "taken apart" in found.notes[0]


def test_without_a_column_for_the_birth_every_row_says_so() -> None:
    found = read("1", "Meyer", "Anna", mapping=(F.MRN, F.LAST_NAME, F.FIRST_NAME))
    nameless = read("4/5/1971", mapping=(F.BORN_ON,))

    assert found.reasons == ("No column is chosen for the date of birth.",)
    assert "No column is chosen for the family name." in nameless.reasons


def test_a_file_that_puts_the_day_first_is_read_so() -> None:
    rows = tuple(
        ListRow(n, ("Ng", "Kim", text), n) for n, text in enumerate(("25/12/1971", "04/05/1980"))
    )
    mapping: Mapping = (F.LAST_NAME, F.FIRST_NAME, F.BORN_ON)
    reading = Reading.of(PatientList("f", "0", ("a", "b", "c"), rows), mapping, today=TODAY)

    births = [read_row(row, reading).draft.born_on for row in rows]

    assert births == [date(1971, 12, 25), date(1980, 5, 4)]
