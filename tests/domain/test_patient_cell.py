from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.domain import patient_cell as cell
from cocm_desktop.domain.patient import Sex

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("04/05/1971", date(1971, 4, 5)),
        ("4/5/71", date(1971, 4, 5)),
        ("4/5/26", date(2026, 4, 5)),
        ("4/5/27", date(1927, 4, 5)),
        ("1971-04-05", date(1971, 4, 5)),
        ("1971-04-05 00:00:00", date(1971, 4, 5)),
        ("19710405", date(1971, 4, 5)),
        ("4051971", date(1971, 4, 5)),
        ("5 Apr 1971", date(1971, 4, 5)),
        ("04/05/1971 (55 yo)", date(1971, 4, 5)),
        ("t-7", None),
        ("today", None),
        ("+2w", None),
        ("-1", None),
        ("13/40/1971", None),
        ("", None),
    ],
)
def test_births_are_read_as_files_write_them(text: str, expected: date | None) -> None:
    assert cell.birth_date(text, today=TODAY) == expected


def test_a_day_before_the_month_is_read_where_the_file_does_so() -> None:
    assert cell.puts_day_first(["25/12/1971", "04/05/1980"])
    assert not cell.puts_day_first(["12/25/1971", "25/12/1971"])
    assert not cell.puts_day_first(["04/05/1980", "junk"])
    assert cell.birth_date("25/12/1971", today=TODAY, day_first=True) == date(1971, 12, 25)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("26028", date(1971, 4, 5)),
        ("26028.0", date(1971, 4, 5)),
        ("61", date(1900, 3, 1)),
        ("60", None),
        ("60000", None),
        ("x", None),
    ],
)
def test_a_spreadsheets_number_of_a_day_is_a_day(text: str, expected: date | None) -> None:
    assert cell.spreadsheet_day(text, today=TODAY) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("F", Sex.FEMALE),
        ("male", Sex.MALE),
        ("Non-binary", Sex.OTHER),
        ("U", Sex.UNKNOWN),
        ("", Sex.UNKNOWN),
        ("N/A", Sex.UNKNOWN),
        ("7", None),
    ],
)
def test_words_for_sex(text: str, expected: Sex | None) -> None:
    assert cell.sex_of(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nguyễn, Thị Hương", ("Nguyễn", "Thị", "Hương")),
        ("Smith, Alan", ("Smith", "Alan", "")),
        ("Smith, Alan J, Jr", ("Smith", "Alan", "J Jr")),
        ("María Teresa Alvarez", ("Alvarez", "María", "Teresa")),
        ("Cher", ("Cher", "", "")),
    ],
)
def test_a_full_name_is_taken_apart(text: str, expected: tuple[str, str, str]) -> None:
    assert cell.split_name(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Smith, Alan MD", "Alan Smith, MD"),
        ("Okafor, Grace, NP", "Grace Okafor, NP"),
        ("Smith MD, Alan", "Alan Smith, MD"),
        ("Alan Smith, MD", "Alan Smith, MD"),
        ("Dr. Alan Smith", "Dr. Alan Smith"),
        ("Do, Mai", "Mai Do"),
        ("UNK", ""),
        ("", ""),
    ],
)
def test_a_practitioner_reads_as_on_paper(text: str, expected: str) -> None:
    assert cell.practitioner_words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Massachusetts", "MA"), ("ny", "NY"), ("Ontario", "Ontario"), ("null", ""), ("", "")],
)
def test_states_are_two_letters(text: str, expected: str) -> None:
    assert cell.state_code(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2149", "02149"),
        ("601", "00601"),
        ("124010042", "12401-0042"),
        ("24010042", "02401-0042"),
        ("12401-0042", "12401-0042"),
        ("K1A 0B1", "K1A 0B1"),
        ("123456", "123456"),
        ("", ""),
    ],
)
def test_zip_codes_get_their_zeros_back(text: str, expected: str) -> None:
    assert cell.zip_words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(555) 712-4709", "555-712-4709"),
        ("+1 555 712 4709", "555-712-4709"),
        ("5557124709", "555-712-4709"),
        ("000-000-0000", ""),
        ("N/A", ""),
        ("712-4709", "712-4709"),
    ],
)
def test_phones_are_written_one_way(text: str, expected: str) -> None:
    assert cell.phone_of(text) == expected


@pytest.mark.parametrize("name", ["Test", "ZZTEST", "zzSmith", "Do not use", "testing"])
def test_records_for_trying_are_known(name: str) -> None:
    assert cell.is_trial_name(name, "Anna")
    assert cell.is_trial_name("Meyer", name)


def test_a_short_year_is_known() -> None:
    assert cell.has_short_year("4/5/71")
    assert cell.has_short_year("040571")
    assert not cell.has_short_year("4/5/1971")
