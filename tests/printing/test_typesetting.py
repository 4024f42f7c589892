from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.typesetting import MORE, Pen, Span, Text

WIDTH = 120.0
letters = st.characters(exclude_categories=["Cs"])
A_LITTLE = 0.01


def words_of(text: Text) -> str:
    return " ".join(
        "".join(run.spelled or run.letters for token in line for run in token.runs)
        for line in text.lines
    )


class Watched(Pen):
    """A pen that tells what it drew, and from where to where."""

    def __init__(self) -> None:
        fonts.face(fonts.REGULAR)
        super().__init__(BytesIO())
        self.drawn: list[tuple[float, str]] = []

    @override
    def write(self, words: str, at: tuple[float, float], **kwargs: Any) -> None:
        self.drawn.append((at[0], words))
        super().write(words, at, **kwargs)

    @override
    def drawString(self, x: float, y: float, text: str, *args: Any, **kwargs: Any) -> None:
        self.drawn.append((x, text))
        super().drawString(x, y, text, *args, **kwargs)


def drawn(text: Text) -> str:
    """Give the letters in the order in which they stand on the paper."""
    pen = Watched()
    text.draw(pen, 0.0, 0.0)
    assert pen.drawn == sorted(pen.drawn, key=lambda run: run[0])
    return "".join(letters for _, letters in pen.drawn)


@given(words=st.one_of(st.text(letters, max_size=200), st.text("aW \n-", max_size=200)))
def test_no_line_is_wider_than_its_room_and_no_letter_is_lost(words: str) -> None:
    text = theme.text(words, WIDTH)

    assert text.words_width <= WIDTH + A_LITTLE
    printed = "".join(words_of(text).split())
    expected = "".join(fonts.clean(words).split())
    assert len(printed) <= len(expected)
    assert not text.is_cut
    if expected.isascii():
        assert printed == expected


@given(words=st.text(letters, min_size=1, max_size=300), most=st.integers(1, 3))
def test_a_cut_text_keeps_its_lines_and_says_that_it_was_cut(words: str, most: int) -> None:
    text = theme.excerpt(words, WIDTH, most_lines=most)

    assert len(text.lines) <= most
    assert text.words_width <= WIDTH + A_LITTLE
    assert text.is_cut is words_of(text).endswith(MORE)


def test_markup_is_letters_like_any_other() -> None:
    words = "<b>bold</b> & <img src='/etc/hostname'/> <br/> &amp; </para>"

    assert drawn(theme.text(words, 500.0)) == words


def test_spans_keep_their_spaces() -> None:
    spans = [Span("MRN ", theme.BODY_QUIET), Span("100245", theme.BODY_BOLD), Span("!", theme.BODY)]

    assert drawn(theme.text(spans, 500.0)) == "MRN 100245!"


def test_words_without_a_gap_between_them_stay_together() -> None:
    text = theme.text([Span("one two", theme.BODY), Span("three", theme.BODY_BOLD)], 45.0)

    assert words_of(text) == "one twothree"


def test_a_short_word_before_one_that_is_too_long_stays_whole() -> None:
    text = theme.text([Span("R4", theme.BODY_BOLD), Span("W" * 40, theme.BODY)], WIDTH)

    assert words_of(text).replace(" ", "") == "R4" + "W" * 40


def test_a_double_name_may_break_after_its_hyphen() -> None:
    room = theme.text("Washington-", 500.0).words_width + 1.0

    assert words_of(theme.text("Washington-Smith", room)) == "Washington- Smith"


def test_a_number_does_not_break_after_its_hyphen() -> None:
    room = theme.text("score PHQ-", 500.0).words_width + 1.0

    assert words_of(theme.text("score PHQ-9", room)) == "score PHQ-9"
    assert len(theme.text("score PHQ-9", room).lines) == 2


def test_a_line_end_that_was_typed_is_a_gap_like_any_other() -> None:
    assert drawn(theme.text("one\ntwo\r\nthree", 500.0)) == "one two  three"


def test_a_word_longer_than_the_line_is_broken_and_told() -> None:
    text = theme.text("W" * 40, WIDTH)

    assert text.is_broken
    assert words_of(text).replace(" ", "") == "W" * 40


def test_words_that_must_be_read_are_set_smaller_rather_than_cut() -> None:
    styles = theme.larger_to_smaller(theme.TITLE, 12.0, 7.0)

    short = theme.fitted("Ng, K.", WIDTH, styles, most_lines=1)
    long = theme.fitted("Björnsdóttir, Þóra", WIDTH, styles, most_lines=1)
    endless = theme.fitted("W" * 200, WIDTH, styles, most_lines=1)

    assert short.leading == theme.TITLE.leading
    assert long.leading == 12.0 * 1.25
    assert len(long.lines) == 1
    assert words_of(endless).replace(" ", "") == "W" * 200


def test_right_to_left_words_stand_in_the_order_in_which_they_are_read() -> None:
    text = theme.text("Is אברהם לוי 12 ready", 500.0)

    seen = drawn(text)

    assert seen == "Is יול םהרבא 12 ready"


def test_a_number_between_right_to_left_words_turns_with_them() -> None:
    seen = drawn(theme.text("אב 12 גד", 500.0))

    assert seen == "דג 12 בא"


def test_a_letter_without_a_face_is_remembered_by_the_pen() -> None:
    pen = Pen(BytesIO())

    theme.text("plain", WIDTH).draw(pen, 0.0, 0.0)
    before = pen.lacks_letters
    theme.text("👨", WIDTH).draw(pen, 0.0, 0.0)

    assert (before, pen.lacks_letters) == (False, True)


@pytest.mark.parametrize("words", ["", " ", "\n"])
def test_nothing_to_say_takes_one_empty_line(words: str) -> None:
    text = theme.text(words, WIDTH)

    assert text.height == theme.BODY.leading
    assert text.words_width == 0.0
