"""Time and meetings from the command line: recorded, corrected, signed, listed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.commands.conftest import MRN, Cocm

ADD = ("time", "add", "--patient", MRN, "--on", "2026-11-03")
OUTREACH = ("--activity", "outreach", "--minutes", "20")


def listed(cocm: Cocm) -> dict[str, Any]:
    log: dict[str, Any] = cocm("time", "list", "--patient", MRN, "--json").json
    return log


def test_the_log_says_what_each_entry_is(cocm: Cocm) -> None:
    how = ("--started", "09:00", "--why", "paper-note", "--note", "Left a message")
    added = cocm(*ADD, *OUTREACH, *how)

    log = listed(cocm)
    [entry] = log["entries"]
    assert (log["format"], log["month"], log["days_left"]) == ("cocm time log 1", "2026-11", 11)
    assert entry["id"] == added.acks[0]
    told = {key: entry[key] for key in ("source", "manual_reason", "seconds", "started_at", "note")}
    assert told == {
        "source": "manual",
        "manual_reason": "paper_note",
        "seconds": 1_200,
        "started_at": "09:00:00",
        "note": "Left a message",
    }
    assert entry["signed_at"]
    assert "9:00 AM–9:20 AM" in cocm("time", "list", "--patient", MRN, "--month", "2026-11").out


def test_a_correction_keeps_both(cocm: Cocm) -> None:
    [old] = cocm(*ADD, *OUTREACH).acks

    answer = cocm(
        *("time", "correct", old, "--on", "2026-11-03", "--minutes", "8"),
        *("--activity", "outreach", "--reason", "Read 20 for 8"),
    )

    first, second = listed(cocm)["entries"]
    assert (answer.code, answer.acks) == (0, [second["id"]])
    assert (first["void_reason"], first["corrected_by"]) == ("Read 20 for 8", second["id"])
    assert (second["corrects"], second["seconds"]) == (old, 480)


def test_what_is_left_unsigned_is_signed_later(cocm: Cocm) -> None:
    [one] = cocm(*ADD, *OUTREACH, "--unsigned").acks
    [two] = cocm(*ADD, "--activity", "measure", "--minutes", "5", "--unsigned").acks

    waiting = cocm("time", "unsigned").out
    signed = cocm("time", "sign", one)
    rest = cocm("time", "sign", "--all")

    assert one in waiting
    assert two in waiting
    assert (signed.acks, rest.acks) == ([one], [two])
    assert "Nothing waits" in cocm("time", "sign", "--all").out
    assert cocm("time", "sign").code == 2


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--minutes", "150"), "Is that right?"),
        (("--minutes", "50", "--started", "23:30"), "runs past midnight"),
        (("--minutes", "5", "--billed-as", "9083"), "A code has five characters"),
    ],
)
def test_what_is_doubtful_is_refused_and_not_stored(
    cocm: Cocm, more: tuple[str, ...], words: str
) -> None:
    answer = cocm(*ADD, "--activity", "outreach", *more)

    assert (answer.code, answer.acks) == (2, [])
    assert words in answer.err
    assert listed(cocm)["entries"] == []


def test_what_is_doubtful_can_be_confirmed_split_and_voided(cocm: Cocm) -> None:
    cocm(*ADD, "--activity", "outreach", "--minutes", "150", "--confirm")
    [split] = cocm(
        *ADD, "--activity", "outreach", "--minutes", "50", "--started", "23:30", "--split"
    ).acks
    voided = cocm("time", "void", split, "--reason", "Another patient")

    entries = listed(cocm)["entries"]
    assert voided.code == 0
    assert [(e["worked_on"], e["seconds"], e["void_reason"]) for e in entries] == [
        ("2026-11-03", 9_000, None),
        ("2026-11-03", 1_800, "Another patient"),
        ("2026-11-04", 1_200, None),
    ]


def test_a_meeting_is_recorded_for_everybody(cocm: Cocm) -> None:
    cocm("staff", "add", "--name", "L. Chen", "--role", "psychiatric-consultant")
    how = ("--on", "2026-11-03", "--started", "12:00", "--minutes", "30", "--with", "L. Chen")

    answer = cocm("meeting", "add", *how, "--patient", f"{MRN}=10")

    table = cocm("meeting", "list").out
    entries = listed(cocm)["entries"]
    assert "M. Bell, L. Chen" in table or "L. Chen, M. Bell" in table
    assert [e["seconds"] for e in entries] == [600, 600]
    assert sorted(bool(e["signed_at"]) for e in entries) == [False, True]
    assert cocm("meeting", "void", answer.acks[0], "--reason", "Not held").code == 0
    assert answer.acks[0] not in cocm("meeting", "list", "--month", "2026-11").out


def test_minutes_of_a_share_are_a_number(cocm: Cocm) -> None:
    answer = cocm("meeting", "add", "--minutes", "30", "--patient", f"{MRN}=ten")

    assert answer.code == 2
    assert "“ten” are no minutes" in answer.err
