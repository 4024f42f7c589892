"""Medications, plans, tasks and marks from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.commands.conftest import MRN, Cocm

OF_MARIA = ("--patient", MRN)
GIVEN = "01a20120-0000-7000-8000-0000000000cc"


def test_a_medicine_is_added_changed_and_stopped(cocm: Cocm) -> None:
    added = cocm(
        *("medication", "add", *OF_MARIA, "--name", "sertraline", "--dose", "50 mg daily"),
        *("--since", "t-60"),
    )
    [medicine] = added.acks

    assert (
        cocm("medication", "dose", medicine, "--dose", "100 mg daily", "--since", "t-21").code == 0
    )
    taken = cocm("medication", "list", *OF_MARIA)
    assert "100 mg daily" in taken.out
    assert " 3 " in taken.out

    stopped = cocm("medication", "stop", medicine, "--reason", "nausea", "--response", "partial")
    assert stopped.acks == [medicine]
    assert "stopped: nausea" in cocm("medication", "list", *OF_MARIA).out
    assert cocm("medication", "dose", medicine, "--dose", "150 mg daily").code == 2


def test_a_retried_medicine_is_one(cocm: Cocm) -> None:
    add = ("medication", "add", *OF_MARIA, "--name", "lisinopril", "--dose", "10 mg", "--other")

    assert cocm(*add, "--id", GIVEN).acks == cocm(*add, "--id", GIVEN).acks
    assert cocm("medication", "list", *OF_MARIA).out.count("lisinopril") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--name", " ", "--dose", "50 mg"), "name of the medicine"),
        (("--name", "sertraline", "--dose", " "), "dose with its unit"),
        (("--name", "sertraline", "--dose", "50 mg", "--since", "t+1"), "in the future"),
    ],
)
def test_a_wrong_medicine_is_refused(cocm: Cocm, arguments: tuple[str, ...], words: str) -> None:
    refused = cocm("medication", "add", *OF_MARIA, *arguments)

    assert refused.code == 2
    assert words in refused.err
    assert "sertraline" not in cocm("medication", "list", *OF_MARIA).out


def test_what_was_tried_earlier_is_kept(cocm: Cocm) -> None:
    tried = ("--name", "citalopram", "--dose", "20 mg", "--taken", "2014, 8 weeks")

    assert cocm("medication", "tried", *OF_MARIA, *tried, "--response", "partial").code == 0

    assert "tried: partial" in cocm("medication", "list", *OF_MARIA).out


def test_a_newer_plan_takes_the_place_of_the_last(cocm: Cocm, tmp_path: Path) -> None:
    parts = ("--part", "problems=Low mood", "--part", "targets=PHQ-9 below 5")
    older = cocm("plan", "write", *OF_MARIA, "--kind", "care-plan", "--on", "t-9", *parts)
    newer = cocm("plan", "write", *OF_MARIA, "--kind", "care-plan", "--part", "problems=Sleep")
    file = tmp_path / "plan.pdf"

    printed = cocm("plan", "print", *OF_MARIA, "--kind", "care-plan", "--out", file)

    assert (older.code, newer.code, printed.code) == (0, 0, 0)
    [page] = PdfReader(file).pages
    assert "Sleep" in page.extract_text()
    assert "Low mood" not in page.extract_text()
    shown = cocm("plan", "show", *OF_MARIA).out
    assert shown.index("Low mood") < shown.index("Sleep")


def test_an_empty_form_names_whom_to_call(cocm: Cocm, tmp_path: Path) -> None:
    file = tmp_path / "form.pdf"

    assert cocm("plan", "print", *OF_MARIA, "--kind", "safety-plan", "--out", file).code == 2
    printed = ("plan", "print", *OF_MARIA, "--kind", "safety-plan", "--form", "--out", file)
    assert cocm(*printed).code == 0

    text = PdfReader(file).pages[0].extract_text()
    assert "988" in text
    assert "Warning signs" in text


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--part", "problems"), "is no part"),
        (("--part", "problems= "), "Fill in: Problems."),
        (("--part", "problems=x", "--part", "weather=fine"), "has no part weather"),
        (("--part", "problems=x", "--on", "t+1"), "in the future"),
        (("--part", f"problems={'x' * 1001}"), "at most 1000 characters"),
    ],
)
def test_a_wrong_plan_is_refused(cocm: Cocm, arguments: tuple[str, ...], words: str) -> None:
    refused = cocm("plan", "write", *OF_MARIA, "--kind", "care-plan", *arguments)

    assert refused.code == 2
    assert words in refused.err
    assert cocm("plan", "show", *OF_MARIA).out == ""


def test_a_task_is_given_put_off_done_and_reopened(cocm: Cocm) -> None:
    given = cocm("task", "add", "Call about labs", *OF_MARIA, "--team", "care-manager")
    [task] = given.acks

    assert cocm("task", "put-off", task, "--due", "t+7", "--reason", "labs not in").code == 0
    assert "put off 1 times" in cocm("task", "list").out
    assert cocm("task", "done", task, "--outcome", "TSH normal").code == 0
    assert "done: TSH normal" in cocm("task", "list").out
    assert cocm("task", "done", task).code == 2
    assert cocm("task", "reopen", task, "--reason", "wrong patient").code == 0
    assert cocm("task", "reopen", task, "--reason", "again").code == 2


def test_a_task_that_repeats_brings_the_next(cocm: Cocm) -> None:
    to = ("--to", "mbell", "--repeat-weeks", "4")
    [task] = cocm("task", "add", "PHQ-9 by mail", *to).acks

    assert cocm("task", "done", task).code == 0

    assert cocm("task", "list").out.count("PHQ-9 by mail") == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((" ", "--team", "biller"), "Say what is to be done."),
        (("Call",), "one person or to one team"),
        (("Call", "--team", "biller", "--due", "t-1"), "in the past"),
        (("x" * 201, "--team", "biller"), "at most 200"),
    ],
)
def test_a_wrong_task_is_refused(cocm: Cocm, arguments: tuple[str, ...], words: str) -> None:
    refused = cocm("task", "add", *arguments)

    assert refused.code == 2
    assert words in refused.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--due", "t+1", "--reason", " "), "why the task is put off"),
        (("--due", "t+1", "--reason", "x" * 201), "at most 200"),
        (("--due", "today", "--reason", "busy"), "a day after today"),
    ],
)
def test_a_task_is_put_off_for_a_reason_and_to_a_later_day(
    cocm: Cocm, arguments: tuple[str, ...], words: str
) -> None:
    [task] = cocm("task", "add", "Call", "--team", "care-manager").acks

    refused = cocm("task", "put-off", task, *arguments)

    assert refused.code == 2
    assert words in refused.err


def test_a_mark_shows_until_it_is_cleared(cocm: Cocm) -> None:
    mark = ("mark", "set", *OF_MARIA, "--kind", "no-voicemail", "--reason", "partner listens")
    [marked] = cocm(*mark, "--until", "t+30").acks

    assert "No voicemail (partner listens)" in cocm("mark", "list").out
    assert cocm("mark", "clear", marked, "--reason", "moved out").code == 0
    assert cocm("mark", "list").out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--kind", "other", "--reason", "x"), "what to see"),
        (("--kind", "transport", "--reason", " "), "why the flag is set"),
        (("--kind", "transport", "--reason", "x" * 201), "at most 200"),
        (("--kind", "transport", "--reason", "x", "--until", "t-1"), "expired already"),
        (("--kind", "other", "--words", "w" * 61, "--reason", "x"), "at most 60"),
    ],
)
def test_a_wrong_mark_is_refused(cocm: Cocm, arguments: tuple[str, ...], words: str) -> None:
    refused = cocm("mark", "set", *OF_MARIA, *arguments)

    assert refused.code == 2
    assert words in refused.err
    assert cocm("mark", "list").out == ""


def test_sessions_are_counted_by_kind(cocm: Cocm) -> None:
    session = ("treatment", "session", *OF_MARIA, "--kind", "behavioral-activation")
    for day in ("t-14", "t-7"):
        assert cocm(*session, "--on", day, "--note", "walks", "--homework", "walk daily").code == 0
    assert cocm("treatment", "session", *OF_MARIA, "--kind", "sleep").code == 0

    shown = cocm("treatment", "list", *OF_MARIA).out

    assert shown.startswith("Behavioral activation: 2 sessions\nSleep habits: 1 session\n")


def test_a_goal_comes_as_far_as_it_was_last_said(cocm: Cocm) -> None:
    [goal] = cocm("treatment", "goal", *OF_MARIA, "Walk with my sister", "--on", "t-30").acks

    assert cocm("treatment", "goal-state", goal, "--state", "partly-met", "--on", "t-7").code == 0
    assert cocm("treatment", "goal-state", goal, "--state", "met").code == 0

    assert "Walk with my sister (Met)" in cocm("treatment", "list", *OF_MARIA).out


def test_what_came_of_a_referral_is_kept(cocm: Cocm) -> None:
    refer = ("treatment", "refer", *OF_MARIA, "--to", "Grief group", "--reason", "loss of a child")
    [referral] = cocm(*refer).acks
    assert "to Grief group: Waiting" in cocm("treatment", "list", *OF_MARIA).out

    assert cocm("treatment", "refer-result", referral, "--result", "kept").code == 0

    assert "to Grief group: Appointment kept" in cocm("treatment", "list", *OF_MARIA).out


def test_a_voided_record_counts_for_nothing(cocm: Cocm) -> None:
    [goal] = cocm("treatment", "goal", *OF_MARIA, "Sleep by eleven").acks

    assert cocm("treatment", "void", goal, "--reason", "another patient's").code == 0

    assert cocm("treatment", "list", *OF_MARIA).out == ""
    assert cocm("treatment", "goal-state", goal, "--state", "met").code == 2
    assert cocm("treatment", "void", goal, "--reason", "again").code == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("session", *OF_MARIA, "--kind", "other"), "what was done"),
        (("session", *OF_MARIA, "--kind", "sleep", "--on", "t+1"), "in the future"),
        (("session", *OF_MARIA, "--kind", "sleep", "--note", "x" * 401), "at most 400"),
        (("goal", *OF_MARIA, " "), "own words"),
        (("goal", *OF_MARIA, "x" * 201), "at most 200"),
        (("goal", *OF_MARIA, "Walk", "--on", "t+1"), "in the future"),
        (("refer", *OF_MARIA, "--to", " ", "--reason", " "), "to whom"),
        (("refer", *OF_MARIA, "--to", "x" * 201, "--reason", "y"), "At most 200"),
        (("refer", *OF_MARIA, "--to", "x", "--reason", "y", "--on", "t+1"), "in the future"),
        (("goal-state", GIVEN, "--state", "met", "--on", "t+1"), "in the future"),
        (("refer-result", GIVEN, "--result", "waiting"), "not on file"),
    ],
)
def test_wrong_treatment_is_refused(cocm: Cocm, arguments: tuple[str, ...], words: str) -> None:
    refused = cocm("treatment", *arguments)

    assert refused.code == 2
    assert words in refused.err
    assert cocm("treatment", "list", *OF_MARIA).out == ""


def test_an_older_plan_is_printed_and_a_plan_voided(cocm: Cocm, tmp_path: Path) -> None:
    write = ("plan", "write", *OF_MARIA, "--kind", "care-plan")
    [older] = cocm(*write, "--on", "t-9", "--part", "problems=Low mood").acks
    [newer] = cocm(*write, "--part", "problems=Sleep").acks
    file = tmp_path / "older.pdf"
    one = ("plan", "print", *OF_MARIA, "--kind", "care-plan", "--out", file)

    printed = cocm(*one, "--plan", older)
    voided = cocm("plan", "void", newer, "--reason", "written for another patient")

    assert (printed.code, voided.acks) == (0, [newer])
    assert "Low mood" in PdfReader(file).pages[0].extract_text()
    assert "Sleep" not in cocm("plan", "show", *OF_MARIA).out


def test_a_session_a_goal_and_a_referral_tell_their_history(cocm: Cocm) -> None:
    treat = ("treatment",)
    cocm(*treat, "session", *OF_MARIA, "--kind", "sleep", "--minutes", "20")
    [goal] = cocm(*treat, "goal", *OF_MARIA, "Walk the dog", "--measured-by", "5 of 7 days").acks
    cocm(*treat, "goal-state", goal, "--state", "partly-met")
    [referral] = cocm(*treat, "refer", *OF_MARIA, "--to", "Sleep clinic", "--reason", "Apnea?").acks
    cocm(*treat, "refer-result", referral, "--result", "kept")

    listed = cocm(*treat, "list", *OF_MARIA).out

    for words in ("Sleep habits: 1 session", ": Partly met", ": Appointment kept"):
        assert words in listed
