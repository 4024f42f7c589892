"""Instruments and forms from the command line: listed, shown, previewed, added, recorded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.commands.conftest import MRN, Answer, Cocm
from tests.domain.test_instrument_definition import small
from tests.exchange.forms import file_of, form, option, question

PHQ9_OF_14 = "2,2,2,2,2,2,2,0,0"


def measured(cocm: Cocm, name: str, *more: object) -> Answer:
    return cocm("measure", "--patient", MRN, "--instrument", name, *more)


def measures(cocm: Cocm) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = cocm("patient", "show", "--patient", MRN, "--json").json[
        "measures"
    ]
    return found


def scored(type_at: Cocm, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = type_at("score", *arguments).json
    return found


def test_instruments_are_listed_with_where_they_come_from(cocm: Cocm, tmp_path: Path) -> None:
    cocm("instrument", "add", file_of(tmp_path, small()))

    lines = cocm("instrument", "list").out.splitlines()

    assert len(lines) == 2 + 29  # a head and a rule
    found = {line.split()[0]: line for line in lines}
    assert "program" in found["PHQ-9"]
    assert "numbers only" in found["EPDS"]
    assert "clinic" in found["OWN-4"]
    assert "none" in found["C-SSRS"]
    listed = cocm("instrument", "list", "--json").json
    assert [each["instrument"] for each in listed if each["own"]] == ["OWN-4"]


def test_an_instrument_is_shown_with_what_is_not_confirmed(cocm: Cocm) -> None:
    shown = cocm("instrument", "show", "smfq-p").out

    assert "SMFQ-P, version 1" in shown
    assert "1. Item 1 [0 1st column, 1 2nd column, 2 3rd column]" in shown
    assert "Positive screen: Positive screen (not confirmed)." in shown
    assert "Duke University" in shown
    assert "9. Thoughts that you would be better off dead" in cocm("instrument", "show", "phq9").out


def test_the_definition_is_there_as_json(cocm: Cocm) -> None:
    epds = cocm("instrument", "show", "EPDS", "--json").json
    triage = cocm("instrument", "show", "C-SSRS", "--json").json
    event = cocm("instrument", "show", "PC-PTSD-5", "--json").json

    assert epds["items"][9]["critical_from"] == 1
    assert {band["confirmed"] for band in epds["total"]["bands"]} == {False}
    assert epds["loinc"]["panel"]["checked_on"] is None
    assert triage["total"] is None
    assert triage["published_triage"]["rows"][0]["name"] == "High Risk"
    assert event["total"]["gate"] == {"items": [1], "at_least": 1, "how_many": 1}
    assert event["items"][1]["asked_when"] == {"items": [1], "at_least": 1, "how_many": 1}


def test_a_preview_says_everything_and_stores_nothing(cocm: Cocm, tmp_path: Path) -> None:
    odd = question("2", text="Thoughts of suicide?", answerOption=[option("A"), option("B")])
    file = file_of(tmp_path, form(question("1"), odd, question("3", text="Better off dead?")))

    shown = cocm("instrument", "preview", file).out

    assert "Our worry form, version 1: Our worry form (FHIR Questionnaire)" in shown
    assert "2. Better off dead? [0 Never, 1 Sometimes, 2 Always]" in shown
    assert "- Item 2 opens a safety task from 1 on" in shown
    assert "- Question “Thoughts of suicide?” has answers without values." in shown
    assert "It cannot be added" not in shown
    assert "instrument_pack" in cocm("verify", "--json").json["rows"]
    assert cocm("verify", "--json").json["rows"]["instrument_pack"] == 0


def test_a_preview_as_json_names_what_keeps_it_out(cocm: Cocm, tmp_path: Path) -> None:
    file = file_of(tmp_path, form())

    shown = cocm("instrument", "preview", file, "--as", "PHQ-9", "--json").json
    told = cocm("instrument", "preview", file, "--as", "phq9").out

    assert shown["kind"] == "FHIR Questionnaire"
    assert shown["rules"][0] == "Total: sum of items 1, 2: 0 to 4"
    assert "belongs to an instrument of the program" in shown["problems"][0]
    assert "It cannot be added:" in told


def test_a_form_of_the_clinics_own_is_added_and_recorded(cocm: Cocm, tmp_path: Path) -> None:
    file = file_of(tmp_path, form(question("1"), question("2"), question("3")))

    added = cocm(
        *("instrument", "add", file, "--as", "WORRY", "--not-scored", "3"),
        *("--critical", "1", "--not-critical", "2"),
    )
    answer = measured(cocm, "worry", "--answers=1,2,2")

    assert (added.code, len(added.acks)) == (0, 1)
    assert "Not scored: items 3" in added.out
    assert answer.out.splitlines()[1:] == [
        "WORRY 3",
        "Answer 1 on WORRY item 1 on Nov 20, 2026 opened a safety task.",
    ]
    assert measures(cocm)[0]["total"] == 3


def test_adding_may_be_as_short_as_its_acknowledgement(cocm: Cocm, tmp_path: Path) -> None:
    answer = cocm("instrument", "add", file_of(tmp_path, small()), "--json")

    assert answer.out == f"ACK {answer.acks[0]}\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(small(id="PHQ-9"), "belongs to an instrument of the program", id="a name"),
        pytest.param(small(title=""), "The field title is empty", id="a definition"),
        pytest.param({"resourceType": "Bundle"}, "a FHIR Bundle, not", id="a bundle"),
        pytest.param([], "neither a definition nor", id="a list"),
    ],
)
def test_a_file_that_cannot_be_added_is_refused(
    cocm: Cocm, tmp_path: Path, content: Any, message: str
) -> None:
    answer = cocm("instrument", "add", file_of(tmp_path, content))

    assert (answer.code, answer.acks) == (2, [])
    assert message in answer.err
    assert cocm("verify", "--json").json["rows"]["instrument_pack"] == 0


def test_questions_are_named_by_number(cocm: Cocm, tmp_path: Path) -> None:
    file = file_of(tmp_path, form())

    answer = cocm("instrument", "preview", file, "--not-scored", "one")

    assert (answer.code, answer.err) == (2, "“one” is no list of questions such as 3,10.\n")


def test_a_file_that_is_not_there_is_told_as_such(cocm: Cocm, tmp_path: Path) -> None:
    assert cocm("instrument", "preview", tmp_path / "absent.json").code == 5


def test_a_retired_instrument_is_offered_no_more(cocm: Cocm, tmp_path: Path) -> None:
    cocm("instrument", "add", file_of(tmp_path, small()))

    retired = cocm("instrument", "retire", "own4", "--reason", "Not needed")

    assert (retired.code, len(retired.acks)) == (0, 1)
    assert "OWN-4" not in cocm("instrument", "list").out
    assert cocm("instrument", "retire", "PHQ-9", "--reason", "why").code == 2


def test_a_total_alone_is_kept_and_said_to_be_one(cocm: Cocm) -> None:
    answer = measured(cocm, "PHQ-9", "--total", "14")

    assert answer.out.splitlines()[1:] == ["PHQ-9 14 (Moderate), total only"]
    [kept] = measures(cocm)
    assert (kept["total"], kept["critical"]) == (14, None)


@pytest.mark.parametrize(
    ("name", "more", "words"),
    [
        ("PHQ-9", ("--total", "14", "--item9", "2"), "Answer 2 on PHQ-9 item 9"),
        ("EPDS", ("--total", "9", "--critical", "10=1"), "Answer 1 on EPDS item 10"),
        ("PHQ-A", ("--total", "3", "--critical", "9=0, 11=1"), "Answer 1 on PHQ-A item 11"),
    ],
)
def test_a_critical_answer_beside_a_total_opens_a_task(
    cocm: Cocm, name: str, more: tuple[str, ...], words: str
) -> None:
    answer = measured(cocm, name, *more)

    assert words in answer.out
    assert "1 open safety task." in cocm("safety", "list").out


@pytest.mark.parametrize(
    ("name", "more", "message"),
    [
        ("PHQ-9", ("--total", "28"), "28 is no total"),
        ("PHQ-9", ("--total", "2", "--item9", "3"), "no total that a PHQ-9 can have"),
        ("GAD-7", ("--total", "2", "--item9", "1"), "Item 9 of GAD-7 is no critical item."),
        ("PHQ-9", ("--total", "2", "--critical", "9:1"), "is no item and answer"),
        ("PHQ-9", ("--total", "5", "--critical", "9=1", "--item9", "0"), "different answers"),
        ("PHQ-9", ("--total", "5", "--critical", "9=1,9=0"), "different answers"),
        ("PHQ-9", (f"--answers={PHQ9_OF_14}", "--item9", "1"), "go with --total"),
        ("PHQ-9", (f"--answers={PHQ9_OF_14}", "--critical", "9=1"), "go with --total"),
        ("PHQ-9", (f"--answers={PHQ9_OF_14}", "--total", "14"), "not allowed with"),
        ("PHQ-9", (), "one of the arguments --answers --total is required"),
        ("TAPS", ("--total", "1"), "TAPS has no total"),
        ("PHQ-9", (f"--answers={PHQ9_OF_14}", "--by", "nobody"), "No active staff member"),
    ],
)
def test_a_form_that_does_not_fit_is_refused_and_not_stored(
    cocm: Cocm, name: str, more: tuple[str, ...], message: str
) -> None:
    answer = measured(cocm, name, *more)

    assert (answer.code, answer.acks) == (2, [])
    assert message.lower() in answer.err.lower()
    assert measures(cocm) == []


def test_who_gave_the_form_is_said(cocm: Cocm) -> None:
    by_smith = measured(cocm, "PHQ-9", f"--answers={PHQ9_OF_14}", "--by", "a. smith")
    alone = measured(
        *(cocm, "PHQ-9", f"--answers={PHQ9_OF_14}", "--by", "self"),
        *("--mode", "tablet", "--language", "Español"),
    )

    assert (by_smith.code, alone.code) == (0, 0)
    assert len(measures(cocm)) == 2


def test_a_measure_is_corrected_in_one_step(cocm: Cocm) -> None:
    wrong = measured(cocm, "PHQ-9", f"--answers={PHQ9_OF_14}").acks[0]

    right = measured(
        *(cocm, "PHQ-9", "--answers=2,2,2,2,2,2,2,0,1"),
        *("--correct", wrong, "--reason", "Item 9 was read wrongly"),
    )

    [kept] = measures(cocm)
    assert (kept["id"], kept["total"]) == (right.acks[0], 15)
    assert "Answer 1 on PHQ-9 item 9" in right.out
    without_reason = measured(cocm, "PHQ-9", "--total", "3", "--correct", kept["id"])
    assert (without_reason.code, len(measures(cocm))) == (2, 1)


def test_a_partial_form_says_its_estimate_and_no_total(cocm: Cocm) -> None:
    answer = measured(cocm, "PHQ-9", "--answers=2,2,2,2,2,2,2,0,-")

    assert "PHQ-9: 8 of 9 items, no total (estimate 16, not a total)" in answer.out
    assert measures(cocm)[0]["total"] is None


def test_an_instrument_without_a_total_says_how_far_it_is(cocm: Cocm) -> None:
    answer = measured(cocm, "C-SSRS", "--answers=0,0,-,-,-,0,-")

    assert answer.out.splitlines()[1:] == ["C-SSRS: 3 of 3 items"]


def test_totals_come_in_lines_too(cocm: Cocm) -> None:
    line = {"command": "measure", "patient": MRN, "instrument": "PHQ-9", "total": 7, "item9": 1}

    answer = cocm("record-batch", stdin=json.dumps(line))

    assert answer.code == 0
    assert measures(cocm)[0]["critical"] == 1


def test_scoring_says_subscales_and_cut_offs(type_at: Cocm) -> None:
    found = scored(type_at, "PHQ-4", "3,1,0,1")

    assert found["subscales"][0] == {
        "id": "anxiety",
        "name": "Anxiety (GAD-2)",
        "value": 4,
        "highest": 6,
        "band": None,
        "confirmed": True,
    }
    assert [each["met"] for each in found["cut_offs"]] == [True, False]
    assert found["published_triage"] is None


def test_scoring_says_the_published_triage_with_its_source(type_at: Cocm) -> None:
    found = scored(type_at, "c-ssrs", "1,1,0,0,0,0,-")["published_triage"]

    assert (found["words"], found["final"]) == ("Low Risk", True)
    assert "cssrs.columbia.edu" in found["source"]


def test_scoring_a_substance_says_its_band(type_at: Cocm) -> None:
    answers = ",".join(["1", "0", "0", "0", "1", "1", "0", *["-"] * 23])

    tobacco = scored(type_at, "taps", answers)["subscales"][0]

    assert (tobacco["value"], tobacco["band"]) == (2, "Higher risk")


@pytest.mark.parametrize(("sex", "met"), [("female", [True]), ("male", [False]), ("unknown", [])])
def test_a_cut_off_follows_the_sex(type_at: Cocm, sex: str, met: list[bool]) -> None:
    line = json.dumps({"instrument": "AUDIT-C", "answers": [1, 1, 1], "sex": sex})

    by_option = scored(type_at, "AUDIT-C", "1,1,1", "--sex", sex)
    by_line = type_at("score", stdin=line).json

    assert [each["met"] for each in by_option["cut_offs"]] == met
    assert by_line == by_option


@pytest.mark.parametrize("sex", ["men", 1, ["male"], {}])
def test_a_line_with_another_sex_is_refused(type_at: Cocm, sex: object) -> None:
    line = json.dumps({"instrument": "AUDIT-C", "answers": [1, 1, 1], "sex": sex})

    assert type_at("score", stdin=line).code == 2


def test_scoring_makes_an_estimate_only_by_a_rule(type_at: Cocm) -> None:
    assert scored(type_at, "PHQ-9", "1,1,1,1,1,1,1,1,-")["estimate"] == 9
    assert scored(type_at, "GAD-7", "1,1,1,1,1,1,-")["estimate"] is None
