"""The board of the day from the command line, and what is put off."""

from __future__ import annotations

from tests.commands.conftest import MRN, Cocm

OF_MARIA = ("--patient", MRN)


def test_the_board_is_listed_with_what_to_do(cocm: Cocm) -> None:
    cocm("task", "add", "Call about labs", *OF_MARIA, "--team", "care-manager")

    shown = cocm("today")

    assert "Record contact" in shown.out
    assert "Call about labs" in shown.out
    assert "2 left for today." in shown.out
    assert "1 active · goal 60–100 · " not in shown.out
    assert "goal 60–100." in shown.out
    assert "Source:" in cocm("today", "--why").out


def test_a_day_that_is_done_says_so(cocm: Cocm) -> None:
    [task] = cocm("task", "add", "Call about labs", "--team", "care-manager").acks
    cocm("task", "done", task, "--outcome", "Normal")
    cocm("postpone", *OF_MARIA, "--until", "t+7", "--reason", "Away")

    assert "Nothing left for today." in cocm("today").out


def test_the_board_as_json_names_every_reason(cocm: Cocm) -> None:
    content = cocm("today", "--team", "--json").json

    assert content["format"] == "cocm today 1"
    assert content["whole_team"] is True
    assert content["left"] == 1
    [card] = [each for each in content["cards"] if each["column"] == "Overdue"]
    assert (card["do"], card["is_done"], card["task_id"]) == ("Record contact", False, None)
    assert card["reasons"][0].keys() == {"words", "why", "due_on", "do", "note"}


def test_putting_off_is_acknowledged_once_and_refused_in_words(cocm: Cocm) -> None:
    done = cocm("postpone", *OF_MARIA, "--until", "t+3", "--reason", "Away until Monday")
    refused = cocm("postpone", *OF_MARIA, "--until", "t+90", "--reason", "Away")

    assert (done.code, len(done.acks)) == (0, 1)
    assert refused.code == 2
    assert "the patient's own interval" in refused.err
    assert "Put off to Nov 23, 2026: Away until Monday" in cocm("today").out


def test_a_task_is_given_on_and_voided(cocm: Cocm) -> None:
    [task] = cocm("task", "add", "Mail the form", "--team", "care-manager").acks

    [given] = cocm("task", "give", task, "--team", "front-desk").acks
    assert "Front desk" in cocm("task", "list").out
    assert cocm("task", "give", task, "--team", "front-desk").code == 2
    assert cocm("task", "give", given).code == 2
    assert cocm("task", "void", given, "--reason", "twice").code == 0

    assert "Mail the form" not in cocm("task", "list").out


def test_a_task_is_given_to_a_person(cocm: Cocm) -> None:
    cocm("staff", "add", "--name", "L. Chen", "--role", "psychiatric-consultant")
    [task] = cocm("task", "add", "Look at labs", "--team", "care-manager").acks

    assert cocm("task", "give", task, "--to", "L. Chen").code == 0

    assert "L. Chen" in cocm("task", "list").out


def test_the_history_of_marks_tells_what_became_of_them(cocm: Cocm) -> None:
    kind = ("--kind", "transport", "--reason", "No car")
    [mark] = cocm("mark", "set", *OF_MARIA, *kind).acks
    cocm("mark", "clear", mark, "--reason", "Bought one")
    cocm("mark", "set", *OF_MARIA, *kind, "--until", "t+3")

    listed = cocm("mark", "history", *OF_MARIA).out

    assert "Needs transport (No car), until 11/23/2026" in listed
    assert "cleared 11/20/2026: Bought one" in listed
