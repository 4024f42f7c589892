"""Diagnosis codes: their shape, their titles, and which are not finished."""

from __future__ import annotations

import pytest

from cocm_desktop.domain.diagnosis import (
    COMMON_DIAGNOSES,
    UNFINISHED_CODES,
    diagnosis_code,
    is_diagnosis_code,
    needs_further_digit,
    title_of,
)


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
    [
        "",
        "F",
        "33.1",
        "F3",
        "F33.12345",
        "FF3.1",
        "F33-1",
        "F33..1",
        "depression",
        "F٣٣.1",
        "F33.1\nX",
    ],
)
def test_what_is_not_shaped_like_a_code(typed: str) -> None:
    assert diagnosis_code(typed) == ""
    assert not is_diagnosis_code(typed)


def test_a_title_is_found_however_the_code_is_typed() -> None:
    assert title_of("f331") == "Major depressive disorder, recurrent, moderate"
    assert title_of("F99.9") == ""


@pytest.mark.parametrize("code", ["F33.4", "F43.1", "F43.2", "F32.8", "F34.8", "F40.0", "F50.2"])
def test_a_category_needs_a_further_digit(code: str) -> None:
    assert needs_further_digit(code)


def test_no_code_on_the_list_is_unfinished_and_each_is_written_as_printed() -> None:
    assert not COMMON_DIAGNOSES.keys() & UNFINISHED_CODES
    assert all(diagnosis_code(code) == code for code in COMMON_DIAGNOSES)
