"""Weekly meetings and their agendas from the command line."""

from __future__ import annotations

from cocm_desktop.paths import resources
from tests.commands.conftest import MRN, Cocm, fields_of

OF_MARIA = ("--patient", MRN)
PAGE = (resources() / "help" / "command_line.md").read_text(encoding="utf-8")


def test_a_meeting_is_planned_changed_and_ended_and_the_next_takes_over(cocm: Cocm) -> None:
    cocm("staff", "change", "mbell", "--percent-of-full-time", "60")
    [last] = cocm("agenda", "plan", "--on", "t-7", "--start", "12:30").acks
    [this] = cocm("agenda", "plan", "--minutes-a-case", "10", "--care-manager", "mbell").acks
    assert cocm("agenda", "end", "--meeting", last, "--share-time").acks == [last]
    assert cocm("agenda", "change", "--minutes", "90", "--note", "Room 2").acks == [this]

    shown = cocm("agenda", "show", "--json").json

    assert (shown["id"], shown["minutes"], shown["minutes_a_case"]) == (this, 90, 10.0)
    assert shown["fit_words"] == "1 patient fits in 90 min at 10 min a case"
    [case] = shown["cases"]
    assert (case["place"], case["mrn"]) == (1, MRN)
    assert case["carried_over"] == "Carried over from Nov 13"
    assert fields_of(shown) <= set(PAGE.replace("`", " ").replace(",", " ").split())
    listed = cocm("agenda", "list", "--json").json
    assert [(each["minutes"], each["state"]) for each in listed] == [
        (110, "Ended"),
        (90, "Planned"),
    ]
    words = cocm("agenda", "list").out + cocm("agenda", "show").out
    assert "12:30" in words
    assert "Carried over from Nov 13" in words
    assert cocm("agenda", "start").acks == cocm("agenda", "end").acks == [this]
    assert cocm("agenda", "reopen").acks == [this]
    assert cocm("agenda", "cancel", "--reason", "Consultant away").acks == [this]
    assert cocm("agenda", "show").code == 2


def test_the_agenda_is_changed_by_hand(cocm: Cocm) -> None:
    [meeting] = cocm("agenda", "plan").acks

    assert cocm("agenda", "leave-out", *OF_MARIA, "--reason", "On vacation").acks == [meeting]
    assert "Left out: ALVAREZ, María – On vacation" in cocm("agenda", "show").out
    [left_out] = cocm("agenda", "show", "--json").json["left_out"]
    assert cocm("agenda", "put-back", *OF_MARIA).acks == [meeting]
    assert cocm("agenda", "question", *OF_MARIA, "--ask", "Raise the dose?").code == 0
    assert cocm("agenda", "move", *OF_MARIA, "--place", "1").acks == [meeting]
    assert cocm("agenda", "spent", *OF_MARIA, "--minutes", "9").acks == [meeting]

    [case] = cocm("agenda", "show", "--json").json["cases"]
    assert left_out["reason"] == "On vacation"
    assert (case["question"], case["moved"], case["seconds"]) == ("Raise the dose?", True, 540)


def test_what_cannot_be_done_is_said(cocm: Cocm) -> None:
    cocm("agenda", "plan")

    for arguments, words in (
        (("add", *OF_MARIA), "on the agenda already"),
        (("leave-out", *OF_MARIA), "Say why"),
        (("move", *OF_MARIA, "--place", "2"), "from 1 to 1"),
        (("plan", "--minutes-a-case", "8.65"), "Write 8 or 8.6"),
        (("show", "--meeting", "x"), "No meeting has the id x"),
        (("reopen", "--meeting", "x"), "not on file"),
    ):
        answer = cocm("agenda", *arguments)
        assert (answer.code, words in answer.err) == (2, True), answer.err
