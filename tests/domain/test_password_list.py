"""The list of what is tried first, and what a password would cost to guess."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cocm_desktop.actions.common_passwords import load_common_passwords
from cocm_desktop.domain.password import SHORTEST, problems
from cocm_desktop.domain.password_list import HEAD, PasswordList
from cocm_desktop.domain.password_strength import (
    guessing_words,
    seconds_to_guess,
    strength_bits,
)
from cocm_desktop.paths import resources

COMMON = load_common_passwords()
TOP = gzip.decompress(
    (Path(__file__).parent / "ten_thousand_passwords.txt.gz").read_bytes()
).decode()
# Source: zxcvbn (MIT licence), the first ten thousand of its list of passwords.
TEN_THOUSAND = TOP.split("\n")
GOOD = "violet tractor ozone hymn"


def test_the_list_is_long_enough_and_small_enough() -> None:
    assert len(COMMON) >= 100_000
    assert (resources() / "passwords" / "common.bin").stat().st_size < 1_000_000


def test_the_ten_thousand_most_common_are_all_refused() -> None:
    assert len(set(TEN_THOUSAND)) == 10_000
    assert [word for word in TEN_THOUSAND if not list(problems(word, common=COMMON))] == []


def test_they_are_refused_too_when_digits_make_them_long_enough() -> None:
    long = [f"{word}{'2026!' * 3}"[: max(SHORTEST, len(word) + 1)] for word in TEN_THOUSAND]

    accepted = [word for word in long if not list(problems(word, common=COMMON))]

    assert accepted == []


@pytest.mark.parametrize(
    "password",
    ["marshmallow-2026-!!", "Trustno1Trustno1Trustno1", "88888ynnhoj88888", "$uperm@n$uperm@n"],
)
def test_repeats_turns_and_look_alikes_do_not_help(password: str) -> None:
    assert list(problems(password, common=COMMON))


@pytest.mark.parametrize("password", [GOOD, "zebra-9-marmalade!", "Grünkohl mit Pinkel im März"])
def test_words_that_do_not_belong_together_are_good(password: str) -> None:
    assert list(problems(password, common=COMMON)) == []


@pytest.mark.parametrize("length", [64, 128, 256])
def test_long_passwords_are_taken_whole(length: int) -> None:
    assert list(problems((GOOD * 12)[:length], common=COMMON)) == []


def test_an_empty_list_holds_nothing_and_a_foreign_file_is_no_list() -> None:
    assert "password" not in PasswordList()
    assert 7 not in COMMON
    with pytest.raises(ValueError, match="no list"):
        PasswordList(b"something else")
    with pytest.raises(ValueError, match="no list"):
        PasswordList(HEAD + b"abc")


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("password", "less than an hour"),
        ("abcdefghijklmnop", "less than an hour"),
        ("tractor1987", "less than an hour"),
        ("hymn violet", "some months"),
        (GOOD, "longer than anybody waits"),
        ("x7#Qm2!vLp", "centuries"),
    ],
)
def test_the_cost_of_guessing_is_said_in_words(password: str, words: str) -> None:
    assert guessing_words(seconds_to_guess(strength_bits(password, COMMON))) == words


def test_more_of_a_password_never_costs_less() -> None:
    bits = [strength_bits(GOOD[:length], COMMON) for length in range(len(GOOD) + 1)]

    assert bits[0] == 0
    assert bits[-1] == max(bits)
    assert strength_bits(GOOD.title(), COMMON) > bits[-1]
