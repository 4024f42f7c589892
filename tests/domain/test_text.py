"""Comparing and keeping what people type."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.text import fold, says_something, tidy


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("García-López", "garcia lopez"),
        ("GARCI\N{COMBINING ACUTE ACCENT}A", "garcia"),
        ("O’Brien", "obrien"),
        ("O'Brien", "obrien"),
        ("D\N{MODIFIER LETTER APOSTROPHE}Angelo", "dangelo"),
        ("Nguyễn Thị Hương", "nguyen thi huong"),
        ("Łukasz Wójcik", "lukasz wojcik"),
        ("Björnsdóttir, Þóra", "bjornsdottir thora"),
        ("Müller", "muller"),
        ("Straße", "strasse"),
        ("Iş\N{LATIN SMALL LETTER DOTLESS I}l", "isil"),
        ("İpek", "ipek"),
        ("Sørensen", "sorensen"),
        ("Œuvrard", "oeuvrard"),
        ("St. John", "st john"),
        ("(555) 712-4709", "555 712 4709"),
        ("4/5/1971", "4/5/1971"),
        ("   ", ""),
        ("山田", "山田"),
    ],
)
def test_fold(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(typed: str) -> None:
    assert fold(fold(typed)) == fold(typed)


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=40))
def test_plain_letters_fold_alike_with_and_without_an_accent_beside_them(typed: str) -> None:
    assert (
        fold(typed + "é").removesuffix("e").strip() == fold(typed + "e").removesuffix("e").strip()
    )


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Rosa   Maria ", "Rosa Maria"),
        ("Rosa\nMaria\tAlvarez", "Rosa Maria Alvarez"),
        ("Rosa\x00Maria\x1b", "Rosa Maria"),
        ("Mari\N{COMBINING ACUTE ACCENT}a", "María"),
        ("Rosa\N{RIGHT-TO-LEFT OVERRIDE}airaM", "RosaairaM"),
        ("Nguyễn", "Nguyễn"),
        ("O’Brien", "O’Brien"),
        ("", ""),
    ],
)
def test_tidy(typed: str, kept: str) -> None:
    assert tidy(typed) == kept


@pytest.mark.parametrize("mark", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
def test_marks_that_turn_the_direction_are_not_kept(mark: int) -> None:
    assert unicodedata.bidirectional(chr(mark)) in {
        "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI",
    }  # fmt: skip
    assert tidy(f"Ro{chr(mark)}sa") == "Rosa"


@given(st.text(max_size=40))
def test_tidy_text_stays_as_it_is_and_on_one_line(typed: str) -> None:
    kept = tidy(typed)

    assert tidy(kept) == kept
    assert len(kept.splitlines()) <= 1


@pytest.mark.parametrize("text", ["a", "7", " 続ける ", "продолжать", "\u200b\u200bOK"])
def test_letters_and_digits_of_any_script_say_something(text: str) -> None:
    assert says_something(text)


@pytest.mark.parametrize(
    "text",
    ["", " \t\n", "\u00a0\u2003\u3000", "\u200b\u200d\ufeff", "\u3164\u115f", "\u2800", "–", "…?"],
)
def test_blanks_unseen_signs_and_punctuation_say_nothing(text: str) -> None:
    assert not says_something(text)
