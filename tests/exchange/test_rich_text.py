"""A letter as rich text: every letter arrives, and nothing typed steers the word processor."""

from __future__ import annotations

import pytest

from cocm_desktop.exchange.rich_text import rich_text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain", b"plain"),
        (r"{\b}", rb"\{\\b\}"),
        ("a\nb\tc", b"a\\par\nb\\tab c"),
        ("é", rb"\u233?"),
        ("治", rb"\u27835?"),
        ("\uffe0", rb"\u-32?"),
        ("😀", rb"\u-10179?\u-8704?"),
        ("a\x07b", b"a b"),
    ],
)
def test_each_letter_is_written_as_rich_text_wants_it(text: str, written: bytes) -> None:
    content = rich_text(text)

    assert content.isascii()
    assert content.split(b"\\fs20\n")[1] == written + b"}"
