"""What the command line writes: columns that line up, and nothing that steers a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cocm_desktop.commands import console
from cocm_desktop.commands.console import plain, say_table, width
from tests.commands.conftest import MRN, Cocm
from tests.source_tree import ROOT


def test_columns_line_up_for_wide_and_combining_letters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [("Ng", "9", "x"), ("名前", "10", "x"), ("e\u0301", "−1", "x"), ("a\u200db", "—", "")]

    say_table(("name", "n", ""), rows)

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "name   n"
    assert lines[2] == "Ng     9  x"
    assert lines[3] == "名前  10  x"
    assert lines[4] == "e\u0301     −1  x"
    assert {width(line[: line.index("x")]) for line in lines[2:5]} == {10}


def test_a_table_without_rows_writes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    say_table(("name",), [])

    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("María, 名前", "María, 名前"),
        ("two\nlines", "two\nlines"),
        ("a\x1b[31mb\x07\x9b2J\u202ec\u2066", "a [31mb  2J c "),
        ("tab\there", "tab here"),
    ],
)
def test_what_would_steer_a_terminal_is_blanked(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_words_for_a_closed_error_output_are_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  it must be closed
    closed.close()
    monkeypatch.setattr(sys, "stderr", closed)

    console.tell("nobody hears this")


def test_a_spare_key_file_that_had_to_help_is_told(cocm: Cocm, clinic: Path) -> None:
    (clinic / "keys.json").write_bytes(b"{")

    answer = cocm("check")

    assert answer.code == 0
    assert "its spare copy was used" in answer.err


def test_patients_without_scores_or_enrollment_have_dashes(cocm: Cocm) -> None:
    cocm("patient", "add", "--last-name", "Ng", "--first-name", "K.", "--born", "1990-02-28")
    cocm("measure", "--patient", MRN, "--instrument", "gad7", "--answers=1,1,1,1,1,1,1")

    rows = cocm("registry", "--chip", "everyone", "--json").json["rows"]
    table = cocm("registry", "--chip", "everyone").out

    assert [row["status"] for row in rows] == ["Active", "Not enrolled"]
    assert (rows[0]["phq9"]["last"], rows[0]["gad7"]["last"]["total"]) == (None, 7)
    assert rows[1]["next_due"] is None
    assert rows[1]["episode_id"] is None
    assert "Not enrolled" in table


def test_the_program_starts_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "cocm_desktop.commands", "--version"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.stdout.startswith("CoCM Desktop ")
