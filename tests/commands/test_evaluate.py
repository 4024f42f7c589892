"""A month's facts through the command line: results, the schema, and what is refused in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cocm_desktop.commands.evaluate import result_fields
from cocm_desktop.paths import resources
from tests.billing.json_schema import faults_of, faults_of_schema
from tests.billing.month_of import changed, entry, evaluated, faultless
from tests.commands.conftest import Cocm

HELP_PAGE = resources() / "help" / "command_line.md"
MONTH_OF_99493 = ({"code": "99493", "units": 1}, 14496)


def asked(type_at: Cocm, facts: Any, *options: str) -> Any:
    return type_at("evaluate", *options, stdin=json.dumps(facts))


def summary(result: dict[str, Any]) -> tuple[dict[str, Any], int]:
    return result["reached"][0], result["allowed_cents"]


def test_facts_come_from_a_file_or_from_the_input(type_at: Cocm, tmp_path: Path) -> None:
    file = tmp_path / "month.json"
    file.write_text(json.dumps(faultless()), encoding="utf-8")

    answers = [
        type_at("evaluate", file),
        asked(type_at, faultless()),
        asked(type_at, faultless(), "-"),
    ]

    assert [each.code for each in answers] == [0, 0, 0]
    assert len({each.out for each in answers}) == 1
    assert summary(answers[0].json) == MONTH_OF_99493


def test_each_line_is_a_month_by_itself(type_at: Cocm, tmp_path: Path) -> None:
    lines = "\n\n".join(json.dumps(facts) for facts in (faultless(), changed({"time": []})))
    file = tmp_path / "months.jsonl"
    file.write_text(lines, encoding="utf-8")

    typed, read = (
        type_at("evaluate", "--each-line", stdin=lines),
        type_at("evaluate", "--each-line", file),
    )

    assert typed.code == 0
    assert typed.out == read.out
    first, second = map(json.loads, typed.out.splitlines())
    assert summary(first) == MONTH_OF_99493
    assert [each["id"] for each in second["blocks"]] == ["B03_BELOW_THRESHOLD"]


def test_a_line_that_is_refused_is_named(type_at: Cocm) -> None:
    lines = f"{json.dumps(faultless())}\n{json.dumps({'format': 1})}\n"

    answer = type_at("evaluate", "--each-line", stdin=lines)

    assert answer.code == 2
    assert len(answer.out.splitlines()) == 1
    assert answer.err.startswith("Line 2: The field format is no text.")


@pytest.mark.parametrize("options", [(), ("--each-line",)])
def test_a_file_that_is_not_there_is_said(
    type_at: Cocm, tmp_path: Path, options: tuple[str, ...]
) -> None:
    answer = type_at("evaluate", *options, tmp_path / "none.json")

    assert answer.code == 5
    assert "cannot be read" in answer.err
    assert answer.out == ""


def test_the_schema_is_one_and_the_example_fits_it(type_at: Cocm) -> None:
    schema, example = type_at("evaluate", "--schema").json, type_at("evaluate", "--example").json

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert faults_of_schema(schema) == []
    assert faults_of(example, schema) == []
    assert faults_of(faultless(), schema) == []
    assert set(example) == set(schema["properties"])
    assert asked(type_at, example).code == 0


def test_the_schema_says_of_each_field_what_it_means(type_at: Cocm) -> None:
    schema = type_at("evaluate", "--schema").json

    fields = list(_fields(schema))
    assert len(fields) > 80
    assert all(each.get("description") for each in fields)


def _fields(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for each in schema.get("properties", {}).values():
        yield each
        yield from _fields(each)
        yield from _fields(each.get("items", {}))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("month", "2026-13"),
        ("month", "0001-01"),
        ("today", "20261202"),
        ("today", "2026-02-30"),
        ("today", 7),
        ("episode.started_on", "0001-01-01"),
        ("payer", []),
        ("payer.rule_set", 7),
        ("payer.rule_set", "x" * 4_001),
        ("payer.is_confirmed", "yes"),
        ("payer.is_confirmed", 1),
        ("payer.days_to_file", 10**9),
        ("payer.coverage", {}),
        ("line", "both"),
        ("line", None),
        ("setting.work_gpci", "1e999999999"),
        ("setting.work_gpci", "-1"),
        ("setting.work_gpci", 1.0),
        ("setting.work_gpci", "NaN"),
        ("choices.g2214_first_minute", 0),
        ("choices.g2214_first_minute", True),
        ("choices.bhi_first_minute", 12),
        ("choices.clinic_first_minute", 61),
        ("time.0.seconds", -1),
        ("time.0.seconds", 1.5),
        ("time.0.seconds", 86_401),
        ("time.0.seconds", True),
        ("time.0.starts_at", 86_400),
        ("time.0.starts_at", "10:00"),
        ("time.0.role", "nurse"),
        ("time.0.overlap_elsewhere_seconds", 10**20),
        ("fees_cents.0.cents", 10**10),
        ("time", [entry()] * 10_001),
        ("consents", [{"given_on": "2026-10-06", "practitioner_npi": "1"}] * 201),
    ],
)
def test_a_value_that_the_schema_forbids_is_refused_by_its_field(
    type_at: Cocm, path: str, value: object
) -> None:
    facts, schema = changed({path: value}), type_at("evaluate", "--schema").json

    answer = asked(type_at, facts)

    assert answer.code == 2
    assert answer.out == ""
    assert f"The field {_written(path)} " in answer.err
    assert "Traceback" not in answer.err
    assert faults_of(facts, schema) != []


def _written(path: str) -> str:
    return path.replace(".0.", "[0].")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format": "cocm month facts 2"}, "The field format is not “cocm month facts 1”."),
        ({"nothing": 1}, "The field nothing is no field of this format."),
        ({"time.0.colour": 1}, "The field time[0].colour is no field of this format."),
        (
            {"time": [entry(), entry(id="T2"), entry(id="T2 ")]},
            "The field time[2].id is that of an earlier entry.",
        ),
        (
            {"fees_cents": [{"code": "99493", "cents": 1}, {"code": "99493", "cents": 2}]},
            "The field fees_cents[1].code has a charge already.",
        ),
        (
            {"payer.coverage": [{"first": "2026-11-02", "last": "2026-11-01"}]},
            "The field payer.coverage[0].last is before the first day.",
        ),
        (
            {"patient.inpatient": [{"first": "2026-11-02", "last": "2026-11-01"}]},
            "The field patient.inpatient[0].last is before the first day.",
        ),
        (
            {"consents.0.withdrawn_on": "2026-10-05"},
            "The field consents[0].withdrawn_on is before the day it was given.",
        ),
        (
            {"episode.ended_on": "2026-10-05"},
            "The field episode.ended_on is before the episode began.",
        ),
        ({"time.0.id": "\ud800"}, "The field time[0].id holds half of a character."),
        ({"payer.rule_set": "NONE"}, "There is no rule set NONE."),
        (
            {"month": "2017-11", "today": "2017-12-02"},
            "The rule set MCR has no rules for Nov 30, 2017.",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused_in_words(
    type_at: Cocm, changes: dict[str, Any], words: str
) -> None:
    answer = asked(type_at, changed(changes))

    assert answer.code == 2
    assert answer.out == ""
    assert answer.err.startswith(words)


@pytest.mark.parametrize("needed", ["format", "month", "today", "payer", "patient", "episode"])
def test_a_field_that_is_needed_is_named(type_at: Cocm, needed: str) -> None:
    facts = {name: value for name, value in faultless().items() if name != needed}

    answer = asked(type_at, facts)

    assert answer.code == 2
    assert answer.err.startswith(f"The field {needed} is missing.")


@pytest.mark.parametrize(
    "content",
    ["", "[]", "7", "null", "{", '{"month": "2026-11", "month": "2026-12"}', "[" * 500, "NaN"],
)
def test_an_input_that_is_no_month_is_refused(type_at: Cocm, content: str) -> None:
    answer = type_at("evaluate", stdin=content)

    assert answer.code == 2
    assert answer.out == ""
    assert "Traceback" not in answer.err


def test_an_input_beyond_all_measure_is_refused(type_at: Cocm) -> None:
    answer = type_at("evaluate", stdin=b" " * (16 * 1024 * 1024 + 1))

    assert answer.code == 2
    assert "is larger than 16 MB" in answer.err


def test_the_most_entries_are_evaluated(type_at: Cocm) -> None:
    entries = [
        entry(0.1, id=f"T{number}", starts_at=number * 8, performer="CM1")
        for number in range(10_000)
    ]

    result = asked(type_at, changed({"time": entries})).json

    assert result["seconds"] == 60_000
    assert len(result["counted"]) == 10_000


def test_empty_lists_are_no_fault_of_the_facts(type_at: Cocm) -> None:
    lists = ("consents", "visits", "time", "diagnoses", "other_codes")
    empty: dict[str, Any] = {name: [] for name in lists}

    result = asked(type_at, changed(empty)).json

    assert (result["reached"], result["lines"], result["allowed_cents"]) == ([], [], None)
    assert {each["id"][:3] for each in result["blocks"]} == {"B01", "B03", "B08"}


def test_the_rule_sets_are_listed_with_source_and_span(type_at: Cocm) -> None:
    listed = type_at("evaluate", "--rule-sets").json

    assert {"MCR", "MCR-CLINIC", "MA", "MCD-MI", "BCBSM", "SELFPAY"} <= {e["id"] for e in listed}
    assert all(each["source"] and each["valid"]["first"] for each in listed)
    own = {each["id"] for each in listed if each["bhi_first_minute"] is None}
    assert own == {"MCD-MI"}


def test_every_field_of_the_result_is_in_the_help_page() -> None:
    page = HELP_PAGE.read_text(encoding="utf-8")
    apcm = {"other_codes": [{"code": "G0557", "served_on": "2026-11-30",
                             "practitioner_npi": "1245319599"}]}  # fmt: skip
    left_out = {"time": [entry(), entry(5, id="T2", is_signed=False)]}

    result = result_fields(evaluated(apcm, left_out))

    names = set(_names(result))
    assert names >= {"reason", "patient_cents", "label", "rates", "alternative"}
    assert {name for name in names if f"`{name}`" not in page} == set()


def _names(value: object) -> Iterator[str]:
    below: list[Any] = value if isinstance(value, list) else []
    if isinstance(value, dict):
        yield from value
        below = list(value.values())
    for each in below:
        yield from _names(each)
