"""The codes of ICD-10-CM: their shape, their days, and how one is found."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest

from cocm_desktop.actions.codes import load_codes
from cocm_desktop.domain.diagnosis_code import (
    UNSPECIFIED_DEPRESSION_WORDS,
    DiagnosisCode,
    code_problems,
    diagnosis_code,
    is_diagnosis_code,
)

TODAY = date(2026, 11, 30)
CODES = load_codes()


def found(text: str, most: int = 5) -> list[str]:
    return [each.code for each in CODES.search(text, TODAY)][:most]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("F33.1", "F33.1"),
        ("f33.1", "F33.1"),
        ("f331", "F33.1"),
        (" F43.10 ", "F43.10"),
        ("F4310", "F43.10"),
        ("F39", "F39"),
        ("F32.A", "F32.A"),
        ("Z63.0", "Z63.0"),
        ("U07.1", "U07.1"),
        ("O99.340", "O99.340"),
    ],
)
def test_a_code_is_written_as_it_is_printed(typed: str, code: str) -> None:
    assert diagnosis_code(typed) == code
    assert is_diagnosis_code(typed)


@pytest.mark.parametrize(
    "typed",
    ["", "F", "33.1", "F3", "F33.12345", "FF3.1", "F33-1", "F33..1", "depression", "F٣٣.1"],
)
def test_what_is_not_shaped_like_a_code(typed: str) -> None:
    assert diagnosis_code(typed) == ""
    assert not is_diagnosis_code(typed)


def test_a_title_is_found_however_the_code_is_typed() -> None:
    assert CODES.title_of("f331") == "Major depressive disorder, recurrent, moderate"
    assert CODES.title_of("E11.9") == ""


def test_every_code_of_the_list_of_cms159_is_there_and_billable() -> None:
    listed = (
        *("F32.0", "F32.1", "F32.2", "F32.3", "F32.4", "F32.5", "F32.9", "F33.0", "F33.1"),
        *("F33.2", "F33.3", "F33.40", "F33.41", "F33.42", "F33.9", "F34.1"),
    )

    assert [code for code in listed if CODES.problem(code, TODAY)] == []
    assert all(CODES.find(code) for code in listed)


@pytest.mark.parametrize("code", ["F33.4", "F43.1", "F43.2", "F32.8", "F34.8", "F40.0", "F33"])
def test_a_heading_needs_a_further_digit(code: str) -> None:
    assert "needs a further digit" in CODES.problem(code, TODAY)


@pytest.mark.parametrize(
    ("code", "day", "words"),
    [
        ("F32.A", date(2021, 9, 30), "F32.A is valid from Oct 1, 2021 on."),
        ("F32.A", date(2021, 10, 1), ""),
        ("F43.81", date(2022, 9, 30), "F43.81 is valid from Oct 1, 2022 on."),
        ("F43.8", date(2022, 9, 30), ""),
        ("F43.8", date(2022, 10, 1), "divided into longer codes since Oct 1, 2022"),
        ("F50.2", date(2024, 9, 30), ""),
        ("F50.2", date(2024, 10, 1), "divided into longer codes since Oct 1, 2024"),
        ("Z91.51", date(2021, 9, 30), "valid from Oct 1, 2021"),
        ("Z55.6", date(2023, 3, 31), "valid from Apr 1, 2023"),
        ("F33.1", date(2016, 1, 1), ""),
        ("E11.9", date(2026, 1, 1), ""),
    ],
)
def test_a_code_counts_from_its_day_to_its_day(code: str, day: date, words: str) -> None:
    said = CODES.problem(code, day)

    assert words in said
    assert bool(words) == bool(said)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("f331", ["F33.1"]),
        ("F50.2", ["F50.2", "F50.20", "F50.21"]),
        ("mdd recurrent moderate", ["F33.1"]),
        ("Moderate MDD, recurrent", ["F33.1"]),
        ("ptsd", ["F43.10", "F43.11", "F43.12"]),
        ("PTSD chronic", ["F43.12"]),
        ("gad", ["F41.1"]),
        ("panic", ["F41.0"]),
        ("généralized anxiété", []),
        ("generalizéd anx", ["F41.1"]),
        ("social anxiety", ["F40.10", "F40.11"]),
        ("persistent depressive", ["F34.1"]),
        ("alcohol use disorder moderate", ["F10.20"]),
        ("insomnia", ["F51.01", "G47.00"]),
        ("grief", ["F43.81"]),
        ("suicidal", ["R45.851"]),
        ("nothing like it", []),
        ("   ", []),
    ],
)
def test_a_code_is_found_by_its_beginning_or_by_words(typed: str, first: list[str]) -> None:
    assert found(typed)[: len(first)] == first
    assert bool(found(typed)) == bool(first)


def test_headings_stand_behind_what_can_be_billed() -> None:
    codes = CODES.search("ptsd", TODAY)
    assert [each.is_header for each in codes] == [False, False, False, True]


def test_a_search_takes_less_than_the_time_between_two_keys() -> None:
    began = perf_counter()
    for typed in ("d", "dep", "depress", "anx dis", "f3", "unspecified"):
        CODES.search(typed, TODAY)

    assert perf_counter() - began < 0.3


def test_unspecified_depression_is_warned_of_and_nothing_else_is() -> None:
    assert CODES.warnings("f32a", TODAY) == (UNSPECIFIED_DEPRESSION_WORDS,)
    assert "CMS159" in UNSPECIFIED_DEPRESSION_WORDS
    assert CODES.warnings("F33.1", TODAY) == ()
    assert CODES.warnings("depr", TODAY) == ()


def test_what_is_wrong_with_a_set_is_named() -> None:
    codes = (
        DiagnosisCode("f33", "Small letters"),
        DiagnosisCode("F40", "No heading"),
        DiagnosisCode("F40.0", " "),
        DiagnosisCode("F41", "Empty heading", is_header=True),
        DiagnosisCode("F42", "Days", valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1)),
    )

    assert list(code_problems(codes)) == [
        "f33 is not written like a code",
        "F40 has longer codes below it and is no heading",
        "F40.0 has no title",
        "F41 is a heading over nothing",
        "F42 ends before it begins",
    ]
