"""Safety on the command line: by hand, escalated, told, closed with the screener, on paper."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import MRN, Cocm

ON = "2026-11-18"


def measured(cocm: Cocm, instrument: str, answers: str, *more: str) -> str:
    answer = cocm(
        "measure", "--patient", MRN, "--instrument", instrument, f"--answers={answers}", *more
    )
    assert answer.code == 0, answer.err
    return answer.acks[0]


def the_task(cocm: Cocm) -> dict[str, Any]:
    task: dict[str, Any]
    [task] = cocm("safety", "list", "--json").json
    return task


@pytest.fixture
def positive(cocm: Cocm) -> dict[str, Any]:
    measured(cocm, "PHQ-9", "0,0,0,0,0,0,0,0,2", "--on", ON)
    return the_task(cocm)


def test_the_list_says_since_when_and_what_is_escalated(
    cocm: Cocm, positive: dict[str, Any]
) -> None:
    listed = cocm("safety", "list", "--escalated")

    assert "1 escalated safety task." in listed.out
    assert "Answer 2 on PHQ-9 item 9, open for 2 days, since Nov 18." in listed.out
    assert "Practitioner not yet told." in listed.out
    assert (positive["days_open"], positive["escalated"]) == (2, True)


def test_the_practitioner_is_told_and_the_task_stays_open(
    cocm: Cocm, positive: dict[str, Any]
) -> None:
    told = cocm("safety", "told", positive["id"], "--who", "Dr. Smith", "--at", "2026-11-20 11:30")
    wrong = cocm("safety", "told", positive["id"], "--who", "Dr. Smith", "--at", "noon")

    assert (told.code, wrong.code) == (0, 2)
    assert "no moment" in wrong.err
    task = the_task(cocm)
    assert task["practitioner_told"] == "Dr. Smith"
    assert task["practitioner_told_at"].startswith("2026-11-20T11:30")


def test_the_screener_is_the_assessment(cocm: Cocm, positive: dict[str, Any]) -> None:
    screener = measured(cocm, "C-SSRS", "1,1,0,1,0,0,0")
    shown = cocm("safety", "show", positive["id"]).out
    closed = cocm(
        *("safety", "close", positive["id"], "--assessed", "C-SSRS", "--with", screener),
        *("--assessed-at", "2026-11-20 11:00", "--step", "handed-over", "--step", "means"),
        *("--told", "Dr. Smith", "--told-at", "2026-11-20T11:05"),
    )

    assert f"{screener}  C-SSRS, Nov 20, 2026. Columbia protocol screener: triage" in shown
    assert "988" in shown
    assert "No safety plan on file." in shown
    assert closed.code == 0
    assert cocm("safety", "list", "--json").json == []


def test_a_task_is_opened_by_hand(cocm: Cocm) -> None:
    say = partial(cocm, "safety", "open", "--patient", MRN)

    assert say("--reason", " ").code == 2
    assert say("--reason", "Sister called", "--on", ON).code == 0

    assert the_task(cocm)["reason"] == "Sister called"


def test_list_and_slip_go_on_paper(cocm: Cocm, positive: dict[str, Any], tmp_path: Path) -> None:
    files = [tmp_path / "list.pdf", tmp_path / "all.pdf", tmp_path / "slip.pdf"]

    codes = [
        cocm("safety", "print", "--out", str(files[0])).code,
        cocm("safety", "print", "--all", "--out", str(files[1])).code,
        cocm("safety", "slip", "--patient", MRN, "--out", str(files[2])).code,
    ]

    assert codes == [0, 0, 0]
    assert all(file.read_bytes().startswith(b"%PDF-") for file in files)


def test_the_protocol_is_a_setting_of_several_lines(cocm: Cocm) -> None:
    own = "Call Dr. Smith.\nThen the patient."
    changed = cocm("setting", "change", "safety_protocol", own)
    too_long = cocm("setting", "change", "safety_protocol", "x" * 4001)

    assert (changed.code, too_long.code) == (0, 2)
    [setting] = [
        each for each in cocm("setting", "list", "--json").json if each["name"] == "safety_protocol"
    ]
    assert (setting["value"], setting["long_text"]) == (own, True)
    assert "Call Dr. Smith. Then the patient." in cocm("setting", "list").out
    assert "Call Dr. Smith. Then the patient." in cocm("setting", "history").out
