"""Replies of a signed packet and the time of a meeting from the command line."""

from __future__ import annotations

import pytest

from cocm_desktop.paths import resources
from tests.commands.conftest import MRN, Cocm, fields_of

PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")
OF_MARIA = ("--case", "1", "--identity", MRN)


@pytest.fixture
def meeting(cocm: Cocm) -> str:
    cocm("staff", "add", "--name", "L. Chen", "--role", "psychiatric-consultant")
    [meeting] = cocm("agenda", "plan", "--start", "12:00", "--consultant", "L. Chen").acks
    return meeting


def test_a_reply_is_keyed_and_its_minutes_become_time(cocm: Cocm, meeting: str) -> None:
    made = cocm("review", "reply", *OF_MARIA, "--line", "d Raise to 100 mg", "--line", "l TSH",
                "--recheck-weeks", "4", "--minutes", "8", "--owner", "both",
                "--consultant", "L. Chen", "--impression", "Partial response")  # fmt: skip
    assert made.code == 0, made.err

    [stack] = cocm("review", "packets", "--json").json
    assert (stack["meeting_id"], stack["pages"][0]["recorded_on"]) == (meeting, "2026-11-20")
    assert fields_of(stack) <= set(PAGE.replace("`", " ").replace(",", " ").split())
    assert "1 of 1" in cocm("review", "packets").out
    [review] = cocm("review", "list", "--patient", MRN, "--json").json
    assert (review["meeting_id"], review["seconds"]) == (meeting, 480)
    assert fields_of(review) <= set(PAGE.replace("`", " ").replace(",", " ").split())
    assert [(r["kind"], r["owner"], r["recheck_on"]) for r in review["recommendations"]] == [
        ("Dose change", "Both", "2026-12-18"),
        ("Laboratory or monitoring", "Both", "2026-12-18"),
    ]

    shown = cocm("meeting", "share", meeting, "--preview").out
    assert "8 min" in shown
    assert cocm("meeting", "share", meeting, "--started", "9:00").code == 0
    assert cocm("meeting", "share", meeting).code == 2
    assert cocm("meeting", "share", meeting, "--started", "9:00", "--anew").code == 0
    assert cocm("meeting", "unshare", meeting, "--reason", "Wrong day").code == 0
    assert cocm("meeting", "list", "--month", "2026-11").out.count("L. Chen") == 0


@pytest.mark.usefixtures("meeting")
def test_a_reply_that_does_not_fit_is_refused(cocm: Cocm) -> None:
    for arguments, words in (
        (("--case", "1", "--identity", "1900", "--line", "c"), "Nothing was recorded"),
        ((*OF_MARIA, "--line", "Raise"), "letter of its kind"),
        ((*OF_MARIA, "--line", "c", "--packet", "x"), "not on file"),
    ):
        answer = cocm("review", "reply", *arguments)

        assert (answer.code, words in answer.err) == (2, True)

    assert cocm("review", "list", "--patient", MRN, "--json").json == []
