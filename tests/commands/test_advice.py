"""From advice to what was done, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from cocm_desktop.paths import resources
from tests.commands.conftest import MRN, Cocm, fields_of

GIVEN = "01a20120-0000-7000-8000-0000000000ce"
PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")


@pytest.fixture
def reviewed(cocm: Cocm) -> Cocm:
    """A clinic in which María was reviewed yesterday, and nobody has heard of it."""
    cocm("staff", "add", "--name", "L. Chen", "--role", "psychiatric-consultant")
    cocm(
        *("review", "add", "--patient", MRN, "--consultant", "L. Chen", "--on", "t-1"),
        *("--recommend", "Raise to 100 mg", "--kind", "dose"),
    )
    return cocm


def words_of(page: str) -> set[str]:
    return set(page.replace("`", " ").replace(",", " ").replace(")", " ").split())


def test_advice_goes_from_letter_to_answer_to_report(reviewed: Cocm, tmp_path: Path) -> None:
    [due] = reviewed("advice", "due", "--json").json
    assert (due["list"], due["days_late"], due["letter_id"]) == ("to-send", 1, None)
    assert "1 letter to send." in reviewed("advice", "due").out
    write = ("advice", "letter", "--review", due["review_id"], "--to", "A. Smith", "--id", GIVEN)
    assert reviewed(*write, "--sent", "fax").acks == [GIVEN]
    assert reviewed("advice", "due", "--json").json[0]["list"] == "to-answer"

    assert "1. Raise to 100 mg" in reviewed("advice", "text", GIVEN).out
    paper, file = tmp_path / "letter.pdf", tmp_path / "letter.rtf"
    assert reviewed("advice", "print", GIVEN, "--out", str(paper)).code == 0
    assert "agree with changes" in PdfReader(paper).pages[0].extract_text()
    assert reviewed("advice", "rtf", GIVEN, "--out", str(file)).code == 0
    assert file.read_bytes().startswith(rb"{\rtf1")

    [asked] = due["recommendations"]
    said = f"{asked['id']}=modified:half the step"
    assert reviewed("advice", "answer", "--say", said).acks == [asked["id"]]
    assert reviewed("advice", "due", "--json").json == []

    report = reviewed("advice", "report", "--from", "t-7", "--json").json
    assert (report["all"]["modified"], report["all"]["sent_same_day"]) == (1, {"count": 0, "of": 1})
    assert fields_of(report) | fields_of(due) <= words_of(PAGE)
    table, pdf = tmp_path / "report.csv", tmp_path / "report.pdf"
    made = ("--csv", str(table), "--out", str(pdf))
    assert reviewed("advice", "report", "--from", "t-7", "--by", "owner", *made).code == 0
    assert "Treating practitioner,1" in table.read_text("utf-8-sig")
    assert len(PdfReader(pdf).pages) == 1
    assert "Dose change" in reviewed("advice", "report", "--from", "t-7").out


def test_a_letter_without_a_sending_is_kept_and_withdrawn(reviewed: Cocm) -> None:
    [due] = reviewed("advice", "due", "--json", "--care-manager", "mbell").json
    write = ("advice", "letter", "--review", due["review_id"], "--to", "A. Smith")
    [letter] = reviewed(*write).acks
    assert reviewed("advice", "due", "--json").json[0]["letter_id"] == letter

    assert reviewed("advice", "withdraw", letter, "--reason", "wrong name").acks == [letter]

    assert reviewed("advice", "due", "--json").json[0]["letter_id"] is None


@pytest.mark.parametrize("said", ["nonsense", f"{GIVEN}=open", f"{GIVEN}=accepted"])
def test_an_answer_that_is_none_is_refused(reviewed: Cocm, said: str) -> None:
    before = reviewed("advice", "due", "--json").json

    assert reviewed("advice", "answer", "--say", said).code == 2
    assert reviewed("advice", "due", "--json").json == before


def test_every_letter_is_printed_and_logged_at_once(reviewed: Cocm, tmp_path: Path) -> None:
    paper = tmp_path / "letters.pdf"

    assert reviewed("advice", "letters", "--out", str(paper), "--sent", "mail").code == 0

    assert len(PdfReader(paper).pages) == 1
    assert reviewed("advice", "due", "--json").json[0]["list"] == "to-answer"
    assert reviewed("advice", "letters", "--out", str(paper)).code == 2


def test_a_review_is_withdrawn_with_its_advice(reviewed: Cocm) -> None:
    [due] = reviewed("advice", "due", "--json").json

    withdrawn = reviewed("void", "review", due["review_id"], "--reason", "another patient")

    assert withdrawn.acks == [due["review_id"]]
    assert reviewed("advice", "due", "--json").json == []
