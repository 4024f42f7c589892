"""Definitions as they are read: what is whole is taken, every slip is named by its field."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.instrument_definition import parse_instrument
from cocm_desktop.domain.patient import Sex
from cocm_desktop.errors import Refused
from tests.builders import phq9
from tests.source_tree import ROOT

YES_NO = [{"value": 0, "words": "No"}, {"value": 1, "words": "Yes"}]


def definition(**changes: Any) -> dict[str, Any]:
    """Give the shipped PHQ-9 definition with some fields changed."""
    path = ROOT / "resources" / "instruments" / "phq-9.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {**content, **changes}


def small(**changes: Any) -> dict[str, Any]:
    """Give a form of four yes-or-no questions of a clinic's own."""
    content: dict[str, Any] = {
        "format": 2,
        "id": "OWN-4",
        "version": 1,
        "title": "Our form",
        "recall": "Today",
        "respondent": "patient",
        "direction": "higher_is_worse",
        "options": YES_NO,
        "items": [{"repeat": 4}],
        "total": {"items": "1-4"},
        "source": "Our practice",
        "licence": "Our own",
        "may_ship_wording": False,
    }
    return {**content, **changes}


def band(lowest: int, highest: int, level: int = 1) -> dict[str, Any]:
    return {"name": "A", "lowest": lowest, "highest": highest, "level": level}


def total(**changes: Any) -> dict[str, Any]:
    return {"items": "1-4", **changes}


def cut(**changes: Any) -> dict[str, Any]:
    return {"purpose": "screen", "at_least": 2, **changes}


def triage(**changes: Any) -> dict[str, Any]:
    rows = [{"name": "High", "level": 5, "any": [{"items": [1], "at_least": 1}]}]
    return {"title": "T", "rows": rows, "otherwise": "None", "source": "S", **changes}


def test_the_shipped_definition_is_read_whole() -> None:
    assert parse_instrument(definition()) == phq9()


def test_a_form_of_numbers_needs_no_words() -> None:
    instrument = parse_instrument(small())

    assert instrument.id == InstrumentId("OWN-4")
    assert [item.shown_words for item in instrument.items] == [
        "Item 1", "Item 2", "Item 3", "Item 4",
    ]  # fmt: skip
    assert [item.short for item in instrument.items][:2] == ["item 1", "item 2"]
    assert not instrument.has_wording
    assert instrument.score((1, 1, 0, 1)).total == 3


def test_an_item_says_all_that_is_its_own() -> None:
    item = {
        "words": "How often?",
        "short": "often",
        "label": "2a",
        "loinc": "12345-6",
        "options": [{"value": 4, "words": "Often"}, {"value": 0, "words": "Never"}],
        "critical_from": 4,
        "reversed": True,
        "asked_when": {"items": [1], "at_least": 1},
        "only_for": "female",
    }

    read = parse_instrument(small(items=[{}, item], total={"items": [1, 2]})).items[1]

    assert (read.words, read.short, read.label, read.loinc) == (
        "How often?", "often", "2a", "12345-6",
    )  # fmt: skip
    assert (read.critical_from, read.is_reversed, read.only_for) == (4, True, Sex.FEMALE)
    assert (read.lowest, read.highest, read.range_words) == (0, 4, "0 or 4")
    assert read.asked_when is not None


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        pytest.param({"format": 1}, "format", "is not 2", id="an older format"),
        pytest.param({"format": True}, "format", "no whole number", id="true for a number"),
        pytest.param({"version": 0}, "version", "from 1", id="version 0"),
        pytest.param({"version": 1.0}, "version", "no whole number", id="a version with a point"),
        pytest.param({"id": "a/b"}, "id", "letters, digits", id="an id with a slash"),
        pytest.param({"id": " "}, "id", "is empty", id="a blank id"),
        pytest.param({"id": "x" * 41}, "id", "letters, digits", id="an endless id"),
        pytest.param({"title": 5}, "title", "no text", id="a number for text"),
        pytest.param({"title": "x" * 201}, "title", "more than 200", id="an endless title"),
        pytest.param({"title": "\ud800"}, "title", "half a character", id="half a character"),
        pytest.param({"direction": "up"}, "direction", "higher_is_worse", id="no direction"),
        pytest.param({"direction": ["up"]}, "direction", "none of", id="a list for a word"),
        pytest.param({"may_ship_wording": "no"}, "may_ship_wording", "neither", id="no truth"),
        pytest.param({"bandz": []}, "bandz", "no field of this format", id="a misspelt field"),
        pytest.param({"options": {}}, "options", "no list", id="options as an object"),
        pytest.param({"options": YES_NO * 13}, "options", "more than 25", id="many options"),
        pytest.param({"options": ["No"]}, "options[0]", "no object", id="options as words"),
        pytest.param({"options": YES_NO[:1]}, "items[0].options", "fewer than 2", id="one option"),
        pytest.param({"options": []}, "items[0].options", "fewer than 2", id="no options"),
        pytest.param(
            {"options": [*YES_NO, YES_NO[1]]}, "items[0].options", "1 twice", id="an option twice"
        ),
        pytest.param(
            {"options": [{"value": 101, "words": "A"}, *YES_NO]},
            "options[0].value",
            "from 0 to 100",
            id="a value too high",
        ),
        pytest.param({"items": [], "total": None}, "items", "has no items", id="no items"),
        pytest.param({"items": [{"repeat": 201}]}, "items[0].repeat", "to 200", id="many alike"),
        pytest.param({"items": [{"repeat": 150}] * 2}, "items", "more than 200", id="many items"),
        pytest.param({"items": [{}] * 201}, "items", "more than 200", id="a long list"),
        pytest.param(
            {"items": [{"label": "1"}, {"label": "1"}, {"repeat": 2}]},
            "items",
            "same label",
            id="a label twice",
        ),
        pytest.param(
            {"items": [{"critical_from": 2}, {"repeat": 3}]},
            "items[0]",
            "No answer to item 1 makes it critical",
            id="critical beyond the options",
        ),
        pytest.param(
            {"items": [{"asked_when": {"items": [1], "at_least": 1}}, {"repeat": 3}]},
            "items[0].asked_when.items",
            "items from 1 to 0",
            id="an item that waits for itself",
        ),
        pytest.param({"items": [{"only_for": "men"}]}, "items[0].only_for", "male", id="men"),
        pytest.param({"total": total(items="1-5")}, "total.items", "1 to 4", id="beyond the last"),
        pytest.param({"total": total(items="0-2")}, "total.items", "1 to 4", id="item 0"),
        pytest.param({"total": total(items=[1, 1])}, "total.items", "each once", id="item twice"),
        pytest.param({"total": total(items=[True])}, "total.items", "each once", id="item True"),
        pytest.param({"total": total(items=[])}, "total.items", "each once", id="no items at all"),
        pytest.param({"total": total(items="all")}, "total.items", "such as 1-9", id="words"),
        pytest.param({"total": total(items=7)}, "total.items", "no list", id="a number for items"),
        pytest.param({"total": total(kind="mean")}, "total.kind", "sum, count", id="a mean"),
        pytest.param({"total": total(factor=0)}, "total.factor", "from 1", id="times 0"),
        pytest.param(
            {"total": total(kind="count")}, "total.counted_from", "is missing", id="no mark"
        ),
        pytest.param(
            {"total": total(kind="count", counted_from=[1])},
            "total.counted_from",
            "not 4 whole numbers",
            id="one mark for four",
        ),
        pytest.param(
            {"total": total(kind="count", counted_from=[1, 1, 1, "1"])},
            "total.counted_from",
            "not 4 whole numbers",
            id="a mark in words",
        ),
        pytest.param(
            {"total": total(gate={"items": [9], "at_least": 1})},
            "total.gate.items",
            "1 to 4",
            id="a gate beyond the last",
        ),
        pytest.param(
            {"total": total(bands=[band(0, 1), band(3, 4)])}, "total.bands", "gap", id="a gap"
        ),
        pytest.param(
            {"total": total(bands=[band(0, 2), band(2, 4)])}, "total.bands", "gap", id="an overlap"
        ),
        pytest.param(
            {"total": total(bands=[band(0, 4), band(5, 4)])}, "total.bands", "gap", id="no width"
        ),
        pytest.param({"total": total(bands=[band(0, 3)])}, "total.bands", "value, 4", id="short"),
        pytest.param({"total": total(bands=[band(0, 5)])}, "total.bands", "value, 4", id="long"),
        pytest.param(
            {"total": total(bands=[band(0, 4, 6)])}, "total.bands[0].level", "1 to 5", id="level 6"
        ),
        pytest.param(
            {"subscales": [{"id": "total", "name": "T", "items": [1]}]},
            "subscales",
            "same id",
            id="two totals",
        ),
        pytest.param(
            {"subscales": [{"id": "a", "name": "A", "items": [1], "bands": [band(0, 2)]}]},
            "subscales.a.bands",
            "highest value, 1",
            id="a band of a subscale",
        ),
        pytest.param({"subscales": [{"id": "a"}]}, "subscales[0].items", "list", id="nothing"),
        pytest.param({"cut_offs": [cut(purpose="x")]}, "cut_offs[0].purpose", "none", id="purpose"),
        pytest.param({"cut_offs": [cut(at_least=5)]}, "cut_offs[0]", "outside", id="out of reach"),
        pytest.param({"cut_offs": [cut(scale="b")]}, "cut_offs[0]", "unknown scale", id="scale"),
        pytest.param({"cut_offs": [cut(at_least=None)]}, "cut_offs[0]", "nothing", id="no rule"),
        pytest.param(
            {"cut_offs": [cut(**{"and": [{"items": [1], "at_least": 1, "how_many": 2}]})]},
            "cut_offs[0].and[0].how_many",
            "from 1 to 1",
            id="more than there are",
        ),
        pytest.param({"cut_offs": [cut(sex="both")]}, "cut_offs[0].sex", "none of", id="sex"),
        pytest.param({"total": None}, "total", "no total, no subscale", id="nothing to score"),
        pytest.param(
            {"triage": triage(rows=[{"name": "High", "level": 5}])},
            "triage.rows",
            "no condition",
            id="a row without a condition",
        ),
        pytest.param({"triage": triage(source="")}, "triage.source", "empty", id="no source"),
        pytest.param({"ages": {"from": -1}}, "ages.from", "from 0", id="unborn"),
        pytest.param({"ages": [12]}, "ages", "no object", id="ages as a list"),
        pytest.param({"missing": {"allowed": 1}}, "missing.source", "missing", id="no rule named"),
        pytest.param(
            {"difficulty": {"words": "How hard?"}}, "difficulty.options", "missing", id="no answer"
        ),
        pytest.param(
            {"difficulty": {"words": "How hard?", "options": [*YES_NO, YES_NO[0]]}},
            "difficulty.options",
            "0 twice",
            id="an answer twice",
        ),
        pytest.param(
            {"loinc": {"total": {"code": "1-8", "checked_on": "20261120"}}},
            "loinc.total.checked_on",
            "no day",
            id="a day in another shape",
        ),
        pytest.param(
            {"loinc": {"total": {"code": "1-8", "checked_on": "yesterday"}}},
            "loinc.total.checked_on",
            "no day",
            id="a day in words",
        ),
        pytest.param({"unconfirmed": ["x"]}, "unconfirmed[0]", "names no field", id="a doubt"),
        pytest.param({"unconfirmed": [1]}, "unconfirmed[0]", "names no field", id="a number"),
    ],
)
def test_a_definition_with_a_mistake_is_refused_by_its_field(
    changes: dict[str, Any], field: str, message: str
) -> None:
    with pytest.raises(Refused, match=message.replace("[", r"\[")) as refusal:
        parse_instrument(small(**changes))

    assert refusal.value.problems[0].field == field


@pytest.mark.parametrize(
    "field",
    [
        "format", "id", "version", "title", "recall", "respondent", "direction", "items",
        "source", "licence", "may_ship_wording",
    ],
)  # fmt: skip
def test_no_needed_field_may_be_missing(field: str) -> None:
    content = small()
    del content[field]

    with pytest.raises(Refused, match=f"The field {field} is missing"):
        parse_instrument(content)


@pytest.mark.parametrize("content", [None, [], "PHQ-9", 7, [small()]])
def test_what_is_no_object_is_no_definition(content: Any) -> None:
    with pytest.raises(Refused, match="The field the file is no object"):
        parse_instrument(content)


def test_every_contradiction_is_named_at_once() -> None:
    changes = {"cut_offs": [cut(at_least=9), cut(scale="b")], "total": total(bands=[band(0, 3)])}

    with pytest.raises(Refused) as refusal:
        parse_instrument(small(**changes))

    assert len(refusal.value.problems) == 3


def test_text_is_kept_on_one_line_without_marks_that_turn_it() -> None:
    instrument = parse_instrument(small(title="  Our\u202e\n form  ", note="é  è"))

    assert (instrument.title, instrument.note) == ("Our form", "é è")


def test_what_is_not_said_is_not_there() -> None:
    instrument = parse_instrument(small())

    assert (instrument.difficulty, instrument.difficulty_options) == ("", ())
    assert (instrument.panel_code, instrument.total_code) == (None, None)
    assert (instrument.triage, instrument.subscales, instrument.cut_offs) == (None, (), ())
    assert instrument.missing.allowed == 0
    assert parse_instrument(small(loinc={"panel": {"code": "1-8"}})).total_code is None


def test_a_triage_alone_is_enough_to_score() -> None:
    instrument = parse_instrument(small(total=None, triage=triage()))

    assert instrument.total is None
    assert instrument.scales == ()
    assert instrument.highest_total == 0
