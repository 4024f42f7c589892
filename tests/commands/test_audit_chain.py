"""The audit's chain at the command line."""

from __future__ import annotations

from pathlib import Path

from cocm_desktop.paths import resources
from tests.commands.conftest import Cocm, fields_of

PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")


def test_a_whole_audit_says_so_and_names_its_head(cocm: Cocm) -> None:
    words = cocm("audit", "verify")
    told = cocm("audit", "verify", "--json")
    anchor = cocm("audit", "anchor").out.strip()

    assert words.code == told.code == 0
    assert words.out.startswith("The audit is whole: ")
    assert told.json["findings"] == []
    assert fields_of(told.json) <= set(PAGE.replace("`", " ").split())
    assert cocm("audit", "check-anchor", anchor).out.startswith("This file holds entry")
    assert cocm("verify", "--json").json["audit_head"].startswith("A:")


def test_a_paper_that_this_file_knows_nothing_of_is_told(cocm: Cocm) -> None:
    answer = cocm("audit", "check-anchor", "A:9999-00000000")

    assert answer.code == 3
    assert "This file ends before that paper was printed" in answer.err
    assert cocm("audit", "check-anchor", "nine").code == 2


def test_an_older_file_ends_with_its_code_and_says_the_way_on(cocm: Cocm, clinic: Path) -> None:
    older = (clinic / "clinic.db").read_bytes()
    assert cocm("backup").code == 0
    (clinic / "clinic.db").write_bytes(older)

    refused = cocm("check")
    accepted = cocm("audit", "accept-older", "--reason", "The disk burned")
    again = cocm("check")

    assert refused.code == 3
    assert "newer entr" in refused.err
    assert "cocm audit accept-older" in refused.err
    assert (accepted.code, accepted.out.startswith("This file is opened")) == (0, True)
    assert again.code == 0
