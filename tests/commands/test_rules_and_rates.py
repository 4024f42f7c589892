"""Rules of payers, rates and codes from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cocm_desktop.paths import resources
from tests.billing.json_schema import faults_of
from tests.commands.conftest import Cocm
from tests.exchange.public_files import code_lines, gpci_lines, rvu_lines, stored

HELP_PAGE = resources() / "help" / "command_line.md"


def file_of(folder: Path, content: object) -> Path:
    file = folder / "rules.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def states(cocm: Cocm) -> dict[str, tuple[str, str]]:
    listed: list[dict[str, Any]] = cocm("rules", "list", "--json").json
    return {each["name"]: (each["origin"], each["state"]) for each in listed}


def test_rules_are_shown_changed_and_put_back(cocm: Cocm, tmp_path: Path) -> None:
    rules = cocm("rules", "show", "bcbsnd").json
    rules["days_to_file"] = 180

    put = cocm("rules", "put", file_of(tmp_path, rules))

    assert put.code == 0, put.err
    assert cocm("rules", "show", "BCBSND").json["days_to_file"] == 180
    assert states(cocm)["BCBSND"] == ("practice", "To be confirmed")
    withdrawn = cocm("rules", "withdraw", "BCBSND", "--reason", "Read wrongly")
    assert withdrawn.acks == put.acks
    assert states(cocm)["BCBSND"][0] == "program"
    again = cocm("rules", "withdraw", "BCBSND", "--reason", "Again")
    assert "as the program comes" in again.out


def test_rules_are_confirmed_with_day_and_name(cocm: Cocm, tmp_path: Path) -> None:
    cocm("rules", "confirm", "REGENCE", "--on", "11/12/2026", "--note", "J. Doe")
    own = {**cocm("rules", "show", "MA").json, "id": "MA-ONE"}
    put = cocm(
        *("rules", "put", file_of(tmp_path, own), "--confirmed", "t", "--note", "Letter"),
        *("--id", "01a20120-0000-7000-8000-0000000000aa"),
    )

    assert put.acks == ["01a20120-0000-7000-8000-0000000000aa"]
    assert states(cocm)["REGENCE"] == ("practice", "Confirmed Nov 12, 2026")
    assert states(cocm)["MA-ONE"] == ("practice", "Confirmed Nov 20, 2026")
    assert "Regence" in cocm("rules", "list").out


def test_a_rule_set_is_described_field_by_field(type_at: Cocm, cocm: Cocm) -> None:
    schema = type_at("rules", "schema").json

    assert schema["properties"].keys() == cocm("rules", "show", "MCD-WI").json.keys()
    assert faults_of(cocm("rules", "show", "MCD-WI").json, schema) == []
    assert faults_of({"id": "X"}, schema) != []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"id": "X"}, "The field title is missing."),
        ([], "is no object"),
        ({"id": "X", "colour": "red"}, "The field colour is no field"),
    ],
)
def test_rules_that_are_not_whole_are_refused(
    cocm: Cocm, tmp_path: Path, content: object, words: str
) -> None:
    answer = cocm("rules", "put", file_of(tmp_path, content))

    assert (answer.code, answer.acks) == (2, [])
    assert words in answer.err


def test_a_year_is_loaded_from_medicares_files(cocm: Cocm, tmp_path: Path) -> None:
    rvu = stored(tmp_path, rvu_lines("2027", "January", "32.8409"), "RVU27A.csv")
    gpci = stored(tmp_path, [x.replace("2026", "2027") for x in gpci_lines()], "GPCI2027.csv")
    asked = cocm("rates", "import", rvu)
    looked = cocm("rates", "import", rvu, "--factor", "other", "--preview", "--json").json

    assert "does not say whose" in asked.err
    assert (looked["rows"], looked["problems"], looked["is_qualifying"]) == (9, [], False)
    assert cocm("rates", "list", "--json").json["loaded"] == []
    assert "No localities are loaded" in cocm("rates", "localities").out
    loaded = cocm("rates", "import", rvu, "--factor", "other", "--from", "1/1/2027")
    assert "Conversion factor 32.8409, 9 codes." in loaded.out
    assert cocm("rates", "import-localities", gpci).code == 0
    listed = cocm("rates", "list", "--json").json
    assert listed["years"][0]["factors"] == "32.8409"
    assert [each["kind"] for each in listed["loaded"]] == ["localities", "rates"]
    assert "M. Bell" in cocm("rates", "list").out
    assert "06302-00" in cocm("rates", "localities").out
    assert cocm("rates", "withdraw", *loaded.acks, "--reason", "Proposed only").code == 0
    assert cocm("rates", "list", "--json").json["years"][0]["factors"] == "Not loaded"


def test_a_release_of_codes_is_loaded_and_searched(cocm: Cocm, tmp_path: Path) -> None:
    before = cocm("codes", "list")
    assert "Load the newer release" in before.out
    file = stored(tmp_path, code_lines(), "icd10cm_codes_2027.txt")

    twice = [cocm("codes", "import", file) for _ in range(2)]
    looked = cocm("codes", "import", file, "--preview")

    assert [answer.code for answer in twice] == [0, 2]
    assert "It cannot be loaded: This file is loaded already" in looked.out
    found = cocm("codes", "list", "--json").json
    assert (found["release"], found["until"], found["is_stale"]) == (
        "2026-10-01",
        "2027-09-30",
        False,
    )
    added = cocm("diagnosis", "add", "--patient", "100200", "--code", "F41.1")
    assert "F41.1 ended on Sep 30, 2026" in added.err + added.out


def test_the_fields_are_the_ones_that_the_help_page_promises(cocm: Cocm, tmp_path: Path) -> None:
    page = HELP_PAGE.read_text(encoding="utf-8")
    file = stored(tmp_path, gpci_lines(), "GPCI2026.csv")
    preview = cocm("rates", "import-localities", file, "--preview", "--json").json
    cocm("rates", "import-localities", file)
    listed, places = (
        cocm("rates", "list", "--json").json,
        cocm("rates", "localities", "--json").json,
    )
    rules, codes = cocm("rules", "list", "--json").json, cocm("codes", "list", "--json").json

    fields = {*preview, *preview["samples"][0], *listed, *listed["years"][0]}
    fields |= {*listed["loaded"][0], *places[0], *rules[0], *codes}
    assert {field for field in fields if f"`{field}`" not in page} == set()
