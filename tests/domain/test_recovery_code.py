"""The recovery code can be typed, and a typing error is found in its group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.recovery_code import GROUPS, RecoveryCode, generate, parse
from cocm_desktop.errors import Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODES = st.binary(min_size=18, max_size=18).map(generate)
FIXED = generate(bytes(range(18)))


def refused(text: str) -> str:
    with pytest.raises(Refused) as raised:
        parse(text)
    return str(raised.value)


@given(CODES)
def test_a_code_reads_back(code: RecoveryCode) -> None:
    assert parse(str(code)) == code


def test_a_code_looks_the_same_in_every_release() -> None:
    assert str(FIXED) == "000GN-40R48-0M308-E209K-185GH-R38EQ-1W81K"


def test_the_secret_has_140_bits() -> None:
    assert generate(b"\xff" * 18).secret() == (2**140 - 1).to_bytes(18)
    assert generate(bytes(18)).secret() == bytes(18)


@given(st.binary(min_size=18, max_size=18))
def test_the_secret_is_the_random_bits(random_bytes: bytes) -> None:
    kept = int.from_bytes(random_bytes) >> 4

    assert int.from_bytes(generate(random_bytes).secret()) == kept


@pytest.mark.parametrize("length", [0, 17, 19])
def test_other_than_18_random_bytes_are_a_bug(length: int) -> None:
    with pytest.raises(ValueError, match="18 random bytes"):
        generate(bytes(length))


@given(CODES, st.sampled_from(["", " ", "-", " - ", "\n", "\u2013"]))
def test_case_and_marks_between_groups_do_not_matter(code: RecoveryCode, mark: str) -> None:
    assert parse(f"  {mark.join(code.groups).lower()} ") == code


def test_letters_that_look_like_digits_are_taken_for_them() -> None:
    typed = str(FIXED).replace("0", "O").replace("1", "l")

    assert parse(typed) == FIXED


@given(
    code=CODES,
    group=st.integers(0, GROUPS - 1),
    place=st.integers(0, 4),
    symbol=st.sampled_from(ALPHABET),
)
def test_every_wrong_character_names_its_group(
    *, code: RecoveryCode, group: int, place: int, symbol: str
) -> None:
    right = code.groups[group]
    wrong = right[:place] + symbol + right[place + 1 :]
    typed = "-".join((*code.groups[:group], wrong, *code.groups[group + 1 :]))

    if wrong == right:
        assert parse(typed) == code
    else:
        assert refused(typed).startswith(f"Group {group + 1} has a typing error")


@given(CODES, st.integers(0, GROUPS - 1), st.integers(0, 3))
def test_neighbours_changed_about_name_their_group(
    code: RecoveryCode, group: int, place: int
) -> None:
    right = code.groups[group]
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    typed = "-".join((*code.groups[:group], wrong, *code.groups[group + 1 :]))

    if wrong == right:
        assert parse(typed) == code
    else:
        assert f"Group {group + 1}" in refused(typed)


def test_groups_in_each_others_place_are_both_named() -> None:
    first, second, *rest = FIXED.groups

    words = refused("-".join((second, first, *rest)))

    assert "Group 1" in words
    assert "Group 2" in words


def test_a_short_group_is_named() -> None:
    typed = "-".join((FIXED.groups[0], FIXED.groups[1][:4], *FIXED.groups[2:]))

    assert refused(typed) == "Group 2 has 4 characters. It should have 5."


def test_a_strange_character_is_named() -> None:
    typed = "-".join((*FIXED.groups[:6], "UUUUU"))

    assert refused(typed) == "Group 7 has the character U, which no recovery code has."


def test_too_few_characters_are_counted() -> None:
    assert "3 characters were typed" in refused("abc")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        code = parse(text)
    except Refused:
        return
    assert parse(str(code)) == code


def test_a_group_can_be_typed_back() -> None:
    assert FIXED.has_group(2, f" {FIXED.groups[1].lower()} ")
    assert not FIXED.has_group(2, FIXED.groups[2])


def test_a_code_is_not_shown_by_accident() -> None:
    assert FIXED.groups[0] not in repr(FIXED)
