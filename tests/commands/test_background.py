"""A patient's history and Part 2 records from the command line."""

from __future__ import annotations

import pytest

from cocm_desktop.domain.background import PART2_NOTICE
from cocm_desktop.paths import resources
from tests.commands.conftest import MRN, Cocm, fields_of

OF_MARIA = ("--patient", MRN)
GIVEN = "01a20120-0000-7000-8000-0000000000cd"
PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")


def test_a_newer_note_takes_the_place_of_the_last_and_a_void_gives_it_back(cocm: Cocm) -> None:
    cocm("history", "note", *OF_MARIA, "social", "Lives alone.", "--on", "t-90")
    note = ("history", "note", *OF_MARIA, "social", "Lives with her sister.")
    [newer] = cocm(*note, "--id", GIVEN).acks
    assert cocm(*note, "--id", GIVEN).acks == [newer]

    assert "alone" not in cocm("history", "list", *OF_MARIA).out
    both = cocm("history", "list", *OF_MARIA, "--all", "--json").json
    assert [(each["words"], each["holds"]) for each in both] == [
        ("Lives alone.", False),
        ("Lives with her sister.", True),
    ]
    assert cocm("history", "void", newer, "--reason", "another patient").acks == [newer]
    assert "Lives alone." in cocm("history", "list", *OF_MARIA).out


def test_words_of_a_part2_record_need_a_valid_consent_and_go_with_the_notice(cocm: Cocm) -> None:
    words = ("--program", "Elm House", "--words", "Methadone 80 mg.")
    [record] = cocm("part2", "add", *OF_MARIA, *words, "--id", GIVEN).acks
    shown = ("part2", "list", *OF_MARIA)

    assert "Methadone" not in cocm(*shown).out + cocm(*shown, "--json").out
    consent = ("part2", "consent", record, *OF_MARIA, "--consent", "t-9")
    assert cocm(*consent, "--until", "t+90").acks == [record]
    assert f"Methadone 80 mg. {PART2_NOTICE}" in cocm(*shown).out
    [valid] = cocm(*shown, "--json").json
    assert (valid["consent"], valid["notice"]) == ("valid", PART2_NOTICE)
    assert fields_of(valid) <= set(PAGE.replace("`", " ").replace(",", " ").split())

    cocm(*consent, "--revoked", "today")
    assert "Methadone" not in cocm(*shown, "--json").out
    assert "consent revoked" in cocm(*shown).out
    assert cocm("part2", "void", record, "--reason", "wrong patient").acks == [record]
    assert cocm(*shown, "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("history", "note", *OF_MARIA, "family", " "), "Type what is known"),
        (("part2", "add", *OF_MARIA, "--program", "x", "--words", " "), "let you know"),
        (("part2", "consent", GIVEN, *OF_MARIA), "is not on file any more"),
        (("history", "void", GIVEN, "--reason", "x"), "is not on file any more"),
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_stored(
    cocm: Cocm, arguments: tuple[str, ...], words: str
) -> None:
    refused = cocm(*arguments)

    assert (refused.code, words in refused.err) == (2, True)
    assert cocm("history", "list", *OF_MARIA, "--json").json == []
    assert cocm("part2", "list", *OF_MARIA, "--json").json == []


def test_a_consent_before_its_own_day_is_refused_and_leaves_the_last_one(cocm: Cocm) -> None:
    words = ("--program", "Elm House", "--words", "Methadone 80 mg.", "--consent", "t-9")
    [record] = cocm("part2", "add", *OF_MARIA, *words).acks

    refused = cocm("part2", "consent", record, *OF_MARIA, "--consent", "t-9", "--until", "t-20")

    assert refused.code == 2
    assert cocm("part2", "list", *OF_MARIA, "--json").json[0]["consent"] == "valid"
