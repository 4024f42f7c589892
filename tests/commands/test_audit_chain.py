"""The audit's chain at the command line."""

from __future__ import annotations

import pytest

from cocm_desktop.actions import session
from cocm_desktop.errors import RolledBack
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


def test_an_older_file_ends_with_its_code_and_says_the_way_on(
    cocm: Cocm, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = session.require_newest

    def older(workspace: object, *, accepted: str, everywhere: bool) -> object:
        if not accepted:
            raise RolledBack("This clinic's file is an older one.")
        return ()

    monkeypatch.setattr(session, "require_newest", older)
    refused = cocm("check")
    accepted = cocm("audit", "accept-older", "--reason", "The disk burned")
    monkeypatch.setattr(session, "require_newest", real)

    assert refused.code == 3
    assert "cocm audit accept-older" in refused.err
    assert accepted.code == 0
    assert "This file is opened" in accepted.out
