"""Passwords: long, and not what an outsider would try first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.password import normalized, problems, require_good
from cocm_desktop.errors import Refused

GOOD = "violet tractor ozone hymn"


def wrong_with(password: str, *context: str, device_share: bool = False) -> str:
    return " ".join(
        problem.message
        for problem in problems(password, context=context, device_share=device_share)
    )


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "Grünkohl mit Pinkel im März",
        "7 owls & 31 lanterns",
        "zebra-9-marmalade!",
        "我们在山上看见一只很老的乌龟走路",
    ],
)
def test_a_long_uncommon_password_is_good(password: str) -> None:
    assert wrong_with(password, "Hudson Valley Primary Care", "mbell") == ""


@pytest.mark.parametrize("password", ["", "   ", "\u3000" * 20])
def test_a_blank_password_is_asked_for(password: str) -> None:
    assert wrong_with(password) == "Type a password."


def test_14_characters_are_too_few() -> None:
    assert "has 14 characters. It needs at least 15" in wrong_with("violet tractor")
    assert wrong_with("violet tractors") == ""


def test_a_device_share_allows_12_characters() -> None:
    assert wrong_with("violet tract", device_share=True) == ""
    assert "at least 12" in wrong_with("violet trac", device_share=True)


def test_256_characters_are_enough() -> None:
    assert wrong_with((GOOD * 20)[:256]) == ""
    assert "at most 256" in wrong_with((GOOD * 20)[:257])


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "Password1234567",
        "P a s s w o r d 2 0 2 6 !!",
        "qwertyuiop12345",
        "123456789012345",
        "987654321098765",
        "abcdefghijklmnop",
        "correct horse battery staple",
        "letmeinletmeinletmein",
        "welcomewelcome2026",
        "administrator2026",
        "asdfghjklzxcvbnm",
    ],
)
def test_common_words_and_runs_of_keys_are_refused(password: str) -> None:
    assert "Choose another" in wrong_with(password)


def test_few_different_characters_are_refused() -> None:
    assert "repeats" in wrong_with("abababababababab")


@pytest.mark.parametrize(
    ("password", "word"),
    [
        ("HudsonValley lantern", "hudson"),
        ("my lantern is mbell ok", "mbell"),
        ("CoCM-lantern-tractor", "cocm"),
        ("phq-9 lantern tractor", "phq9"),
    ],
)
def test_names_that_an_outsider_knows_are_refused(password: str, word: str) -> None:
    assert f"“{word}" in wrong_with(password, "Hudson Valley Care", "mbell")


def test_short_names_do_not_forbid_every_password() -> None:
    assert wrong_with(GOOD, "Al", "or", "") == ""


def test_the_same_characters_from_another_keyboard_are_the_same_password() -> None:
    composed = "Gr\u00fcnkohl"
    apart = "Gru\u0308nkohl"

    assert normalized(composed) == normalized(apart)


def test_a_bad_password_is_refused_with_its_problem() -> None:
    with pytest.raises(Refused) as raised:
        require_good("short")
    require_good(GOOD)

    assert [problem.field for problem in raised.value.problems] == ["password"]


@given(st.text(max_size=300), st.text(max_size=20), st.booleans())
def test_any_text_is_judged(password: str, name: str, device_share: bool) -> None:  # noqa: FBT001
    found = list(problems(password, context=(name,), device_share=device_share))

    assert len(found) <= 1
