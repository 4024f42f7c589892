"""Requests about records, copies of them and the attestation, from the command line."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from cocm_desktop.paths import resources
from tests.commands.conftest import MRN, Cocm, fields_of
from tests.printing.read_back import texts

OF_MARIA = ("--patient", MRN)
GIVEN = "01a20120-0000-7000-8000-0000000000ce"
PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")
WORDS = set(PAGE.replace("`", " ").replace(",", " ").replace(".", " ").split())


def test_what_was_given_out_is_recorded_listed_and_accounted_for(
    cocm: Cocm, tmp_path: Path
) -> None:
    fact = ("--to", "Elm County", "--what", "Scores", "--purpose", "oversight")
    added = ("disclosure", "add", *OF_MARIA, *fact, "--id", GIVEN)
    assert cocm(*added).acks == cocm(*added).acks == [GIVEN]

    assert "Elm County" in cocm("disclosure", "list", *OF_MARIA).out
    [shown] = cocm("disclosure", "list", *OF_MARIA, "--json").json
    assert (shown["is_accounted"], shown["purpose"]) == (True, "oversight")
    assert fields_of(shown) <= WORDS
    paper = tmp_path / "accounting.pdf"
    assert cocm("disclosure", "account", *OF_MARIA, "--out", paper).code == 0
    assert "Elm County" in texts(paper.read_bytes())[0]
    assert cocm("disclosure", "void", GIVEN, "--reason", "another patient").acks == [GIVEN]
    assert cocm("disclosure", "list", *OF_MARIA, "--json").json == []


def test_a_request_to_amend_is_asked_and_answered(cocm: Cocm) -> None:
    [asked] = cocm("amendment", "ask", *OF_MARIA, "I never took lithium.", "--on", "t-5").acks

    assert "answer due by" in cocm("amendment", "list").out
    answered = cocm("amendment", "answer", asked, "denied", "The pharmacy confirms it.")
    assert answered.acks == [asked]
    [shown] = cocm("amendment", "list", *OF_MARIA, "--json").json
    assert (shown["decision"], shown["decision_words"]) == ("denied", "The pharmacy confirms it.")
    assert fields_of(shown) <= WORDS
    assert cocm("amendment", "void", asked, "--reason", "x").acks == [asked]


def test_a_restriction_stops_a_copy_for_others_until_it_is_set_aside(
    cocm: Cocm, tmp_path: Path
) -> None:
    [asked] = cocm("restriction", "ask", *OF_MARIA, "Nothing to my employer.").acks
    assert cocm("restriction", "decide", asked, "accepted").acks == [asked]
    file = tmp_path / "copy.zip"
    whose = ("--to", "A lawyer", "--purpose", "authorized", "--authority", "Signed Nov 2")
    copy = ("patient-copy", *OF_MARIA, *whose, "--out", file)

    stopped = cocm(*copy)

    assert (stopped.code, file.exists()) == (2, False)
    assert "agreed to a restriction" in stopped.err
    assert cocm("restriction", "override", *OF_MARIA, "--reason", "She called.").code == 0
    assert cocm(*copy).code == 0
    with zipfile.ZipFile(file) as made:
        assert made.namelist() == ["record.pdf", "record.json", "record-fhir.json"]
    [shown] = cocm("restriction", "list", *OF_MARIA, "--json").json
    assert fields_of(shown) <= WORDS
    assert cocm("restriction", "end", asked, "--reason", "She asked.").acks == [asked]
    assert "ended on" in cocm("restriction", "list", *OF_MARIA).out
    assert cocm("restriction", "void", asked, "--reason", "x").acks == [asked]


def test_a_copy_under_a_password_asks_for_it(
    cocm: Cocm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCM_PAPER_PASSWORD", "correct horse battery")
    file = tmp_path / "copy.zip"

    assert cocm("patient-copy", *OF_MARIA, "--to", "María", "--encrypt", "--out", file).code == 0

    with zipfile.ZipFile(file) as made:
        assert all(member.flag_bits & 1 for member in made.infolist())


def test_records_are_kept_listed_and_held(cocm: Cocm, tmp_path: Path) -> None:
    assert cocm("close", *OF_MARIA, "--reason", "graduated").code == 0
    [hold] = cocm("retention", "hold", *OF_MARIA, "--reason", "Suit of 2026").acks

    [shown] = cocm("retention", "list", "--json").json
    assert (shown["is_past"], shown["hold_reason"]) == (False, "Suit of 2026")
    assert fields_of(shown) <= WORDS
    assert "Suit of 2026" in cocm("retention", "list").out
    assert cocm("retention", "list", "--past", "--json").json == []
    assert cocm("retention", "lift", hold, "--reason", "settled").acks == [hold]
    paper = tmp_path / "past.pdf"
    assert cocm("retention", "print", "--out", paper).code == 0
    assert "No record is past its time" in texts(paper.read_bytes())[0]


def test_the_attestation_is_taken_from_the_file_itself(cocm: Cocm, tmp_path: Path) -> None:
    paper = tmp_path / "attestation.pdf"

    assert cocm("attest", "--out", paper).code == 0

    page = " ".join(texts(paper.read_bytes()))
    assert "nothing in it could be read without a key" in page
    assert "refused: not a database" in page
    assert "Argon2id" in page
    assert "mbell" in page
    assert "FAILED" not in page
    assert cocm("attest", "--data-flow", "--out", paper).code == 0
    assert "opens no network connection" in texts(paper.read_bytes())[0]
