"""Sealed notes from the command line: their words come from the input and go to the output only."""

from __future__ import annotations

import pytest

from cocm_desktop.paths import resources
from tests.commands.conftest import MRN, Cocm, fields_of

OF_MARIA = ("--patient", MRN)
PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")
WORDS = "She spoke of her brother\nfor the first time."


def test_a_note_is_sealed_listed_read_and_withdrawn(cocm: Cocm) -> None:
    [note] = cocm("sealed", "write", *OF_MARIA, stdin=WORDS).acks

    assert cocm("sealed", "read", note).out.rstrip("\n") == WORDS
    [listed] = cocm("sealed", "list", *OF_MARIA, "--json").json
    assert listed == {"id": note, "written_on": "2026-11-20", "author": "M. Bell"}
    assert fields_of(listed) <= set(PAGE.replace("`", " ").replace(",", " ").split())
    assert "brother" not in cocm("sealed", "list", *OF_MARIA).out
    assert cocm("sealed", "void", note, "--reason", "wrong patient").acks == [note]
    assert cocm("sealed", "list", *OF_MARIA, "--json").json == []


def test_what_belongs_in_the_record_is_refused_until_it_is_confirmed(cocm: Cocm) -> None:
    refused = cocm("sealed", "write", *OF_MARIA, stdin="45 min; PHQ-9 was 14.")

    assert refused.code == 2
    assert "minutes or times of a session and results of tests" in refused.err
    assert cocm("sealed", "write", *OF_MARIA, "--confirm", stdin="45 min; PHQ-9 was 14.").acks


@pytest.mark.parametrize("stdin", [" \n", b"\xff\xfe", "x" * 20_001])
def test_no_words_no_text_and_too_much_are_refused(cocm: Cocm, stdin: str | bytes) -> None:
    assert cocm("sealed", "write", *OF_MARIA, stdin=stdin).code == 2
    assert cocm("sealed", "list", *OF_MARIA, "--json").json == []


def test_somebody_without_a_sign_in_cannot_be_let_in(cocm: Cocm) -> None:
    cocm("sealed", "write", *OF_MARIA, stdin=WORDS)

    assert "has no sign-in" in cocm("sealed", "let", "A. Smith").err
    assert "cannot open" in cocm("sealed", "keep-from", "A. Smith", "--reason", "left").err
    last = cocm("sealed", "keep-from", "M. Bell", "--reason", "left")
    assert "the last who may open them" in last.err
