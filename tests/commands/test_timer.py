"""The timer from the command line, where only the wall clock measures."""

from __future__ import annotations

from tests.commands.conftest import MRN, Cocm

AT = "2026-11-20T10:{}"


def at(minute: str) -> tuple[str, str]:
    return "--as-of", AT.format(minute)


def test_a_timer_is_started_beaten_and_stopped(cocm: Cocm) -> None:
    none = cocm("timer", "status", *at("00"))
    started = cocm("timer", "start", "--patient", MRN, "--activity", "care-plan", *at("00"))
    cocm("timer", "beat", *at("01"))
    paused = cocm("timer", "pause", *at("02"))
    stopped = cocm("timer", "stop", "--note", "Plan", *at("09"))

    assert none.out == "No timer.\n"
    assert (started.code, len(started.acks)) == (0, 1)
    assert "Paused: ALVAREZ" in paused.out
    assert "2:00 measured, Care plan." in paused.out
    assert stopped.acks == started.acks
    assert cocm("timer", "status", "--json").json == {"format": "cocm timer 1", "state": "none"}


def test_a_gap_is_told_and_answered(cocm: Cocm) -> None:
    cocm("timer", "start", "--patient", MRN, *at("00"))
    cocm("timer", "pause", *at("01"))
    cocm("timer", "resume", *at("02"))

    shown = cocm("timer", "status", *at("30"))
    content = cocm("timer", "status", "--json", *at("30")).json

    assert "ran until 10:02 AM (1 min). Then the program ended. The 28 min since" in shown.out
    assert (content["state"], content["gap"], content["seconds"], content["stretches"]) == (
        "asking", "ended", 60, 2,
    )  # fmt: skip
    assert content["began_at"].startswith("2026-11-20T10:00:00")
    assert cocm("timer", "recover", "--was-work", *at("30")).code == 2
    assert cocm("timer", "recover", "--go-on", *at("30")).code == 0
    assert "Running" in cocm("timer", "status", *at("30")).out


def test_minutes_of_a_gap_are_typed_with_a_reason(cocm: Cocm) -> None:
    cocm("timer", "start", "--patient", MRN, *at("00"))

    bare = cocm("timer", "recover", "--keep", *at("30"))
    without = cocm("timer", "recover", "--change", "20", *at("30"))
    changed = cocm("timer", "recover", "--change", "20", "--why", "away", *at("30"))

    assert (bare.code, without.code, changed.code) == (2, 2, 0)
    assert "Say why the minutes" in without.err
    assert cocm("timer", "stop", *at("31")).err.startswith("You have no timer.")


def test_a_switch_and_a_discard(cocm: Cocm) -> None:
    cocm("timer", "start", "--patient", MRN, *at("00"))

    refused = cocm("timer", "switch", "--patient", MRN, *at("00"))
    switched = cocm(
        "timer", "switch", "--patient", MRN, "--minutes", "5", "--why", "away",
        "--activity", "registry", *at("30"),
    )  # fmt: skip
    discarded = cocm("timer", "discard", "--reason", "Wrong patient", *at("31"))

    assert refused.code == 2
    assert (switched.code, len(switched.acks)) == (0, 1)
    assert discarded.acks == switched.acks


def test_when_the_timer_starts_is_shown_and_chosen(cocm: Cocm) -> None:
    before = cocm("timer", "on-opening")
    chosen = cocm("timer", "on-opening", "never")

    assert before.out == "manually\n"
    assert chosen.code == 0
    assert cocm("timer", "on-opening").out == "never\n"
