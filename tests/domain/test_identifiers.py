"""Numbers that carry a check, and phone numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.identifiers import is_ein, is_npi, phone_digits, phone_words


@pytest.mark.parametrize(
    "npi", ["1234567893", "1245319599", "1000000004", "2000000002", "1876543210"]
)
def test_a_valid_npi(npi: str) -> None:
    assert is_npi(npi)


@pytest.mark.parametrize(
    "npi",
    [
        "1234567890", "1457398765", "1999999999", "3234567893", "123456789", "12345678933", "",
        "1234567893 ", "1234567893\n", "123456789x", "١٢٣٤٥٦٧٨٩٣",
    ],
)  # fmt: skip
def test_an_invalid_npi(npi: str) -> None:
    assert not is_npi(npi)


@given(st.integers(100_000_000, 299_999_999))
def test_each_nine_digits_have_one_check_digit(first_nine: int) -> None:
    assert sum(is_npi(f"{first_nine}{digit}") for digit in range(10)) == 1


@given(st.integers(0, 9), st.integers(0, 9))
def test_one_wrong_digit_is_always_found(place: int, digit: int) -> None:
    typed = list("1234567893")
    right, typed[place] = typed[place], str(digit)

    assert is_npi("".join(typed)) is (right == str(digit))


@pytest.mark.parametrize(
    ("ein", "valid"),
    [
        ("12-3456789", True), ("123456789", True), ("12-345678", False), ("1-23456789", False),
        ("12-3456789\n", False), ("", False), ("ab-cdefghi", False),
    ],
)  # fmt: skip
def test_ein(ein: str, *, valid: bool) -> None:
    assert is_ein(ein) is valid


@pytest.mark.parametrize(
    ("typed", "digits", "words"),
    [
        ("(555) 712-4709", "5557124709", "555-712-4709"),
        ("555.712.4709", "5557124709", "555-712-4709"),
        ("+1 555 712 4709", "5557124709", "555-712-4709"),
        ("1-555-712-4709", "5557124709", "555-712-4709"),
        ("712-4709", "7124709", "712-4709"),
        ("555-712-4709 x12", "555712470912", "555-712-4709 x12"),
        ("+44 20 7946 0018", "442079460018", "+44 20 7946 0018"),
        ("25557124709", "25557124709", "25557124709"),
        (" none ", "", "none"),
        ("²", "", "²"),
        ("", "", ""),
    ],
)
def test_phone(typed: str, digits: str, words: str) -> None:
    assert phone_digits(typed) == digits
    assert phone_words(typed) == words
