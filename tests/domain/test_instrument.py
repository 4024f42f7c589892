"""Instruments: their definitions, their wording, and what no answer may be."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cocm_desktop.domain.instrument import Instrument, InstrumentId, parse_instrument
from cocm_desktop.errors import Refused
from tests.builders import gad7, phq9
from tests.source_tree import ROOT

# The items of the publisher's forms, letter by letter.
PHQ9_ITEMS = (
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
    "Feeling tired or having little energy",
    "Poor appetite or overeating",
    (
        "Feeling bad about yourself — or that you are a failure or have let yourself or your "
        "family down"
    ),
    "Trouble concentrating on things, such as reading the newspaper or watching television",
    (
        "Moving or speaking so slowly that other people could have noticed? Or the opposite — "
        "being so fidgety or restless that you have been moving around a lot more than usual"
    ),
    "Thoughts that you would be better off dead or of hurting yourself in some way",
)
GAD7_ITEMS = (
    "Feeling nervous, anxious or on edge",
    "Not being able to stop or control worrying",
    "Worrying too much about different things",
    "Trouble relaxing",
    "Being so restless that it is hard to sit still",
    "Becoming easily annoyed or irritable",
    "Feeling afraid as if something awful might happen",
)
DIFFICULTY = (
    "If you checked off any problems, how difficult have these problems made it for you to do "
    "your work, take care of things at home, or get along with other people?"
)
# Source: LOINC panels 44249-1 and 69737-5.
PHQ9_CODES = "44250-9 44255-8 44259-0 44254-1 44251-7 44258-2 44252-5 44253-3 44260-8"
GAD7_CODES = "69725-0 68509-9 69733-4 69734-2 69735-9 69689-8 69736-7"


def definition(**changes: Any) -> dict[str, Any]:
    """Give the shipped PHQ-9 definition with some fields changed."""
    path = ROOT / "resources" / "instruments" / "phq-9.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {**content, **changes}


@pytest.mark.parametrize(
    ("instrument", "items", "codes", "total_code", "highest"),
    [
        pytest.param(phq9(), PHQ9_ITEMS, PHQ9_CODES, "44261-6", 27, id="PHQ-9"),
        pytest.param(gad7(), GAD7_ITEMS, GAD7_CODES, "70274-6", 21, id="GAD-7"),
    ],
)
def test_an_instrument_is_worded_and_coded_as_published(
    instrument: Instrument, items: tuple[str, ...], codes: str, total_code: str, highest: int
) -> None:
    assert tuple(item.words for item in instrument.items) == items
    assert " ".join(item.loinc for item in instrument.items) == codes
    assert [option.words for option in instrument.options] == [
        "Not at all",
        "Several days",
        "More than half the days",
        "Nearly every day",
    ]
    assert instrument.difficulty == DIFFICULTY
    assert [option.words for option in instrument.difficulty_options] == [
        "Not difficult at all",
        "Somewhat difficult",
        "Very difficult",
        "Extremely difficult",
    ]
    assert instrument.loinc_total == total_code
    assert instrument.highest_total == highest
    assert (instrument.positive_from, instrument.remission_below) == (10, 5)
    assert "No permission required" in instrument.licence


def test_only_item_9_of_the_phq9_is_critical() -> None:
    assert [(item.number, item.critical_from) for item in phq9().critical_items] == [(9, 1)]
    assert gad7().critical_items == ()


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "Minimal"), (4, "Minimal"), (5, "Mild"), (9, "Mild"), (10, "Moderate"),
        (14, "Moderate"), (15, "Moderately severe"), (19, "Moderately severe"),
        (20, "Severe"), (27, "Severe"),
    ],
)  # fmt: skip
def test_bands_of_the_phq9_meet_without_a_gap(total: int, band: str) -> None:
    assert phq9().band_of(total).name == band


@pytest.mark.parametrize("total", [-1, 28])
def test_a_total_that_cannot_be_has_no_band(total: int) -> None:
    with pytest.raises(ValueError, match="no band"):
        phq9().band_of(total)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        pytest.param((0,) * 8, "9 items; 8 were given", id="one too few"),
        pytest.param((0,) * 10, "9 items; 10 were given", id="one too many"),
        pytest.param((), "9 items; 0 were given", id="none"),
        pytest.param((0,) * 8 + (4,), "Item 9 of PHQ-9 takes 0 to 3", id="above the options"),
        pytest.param((-1,) + (0,) * 8, "Item 1 of PHQ-9 takes 0 to 3", id="below the options"),
        pytest.param((True,) + (0,) * 8, "Item 1", id="True is no answer"),
        pytest.param((1.0,) + (0,) * 8, "Item 1", id="1.0 is no answer"),
        pytest.param(("1",) + (0,) * 8, "Item 1", id="text is no answer"),
    ],
)
def test_what_does_not_fit_the_form_is_refused(answers: tuple[Any, ...], message: str) -> None:
    with pytest.raises(Refused, match=message):
        phq9().score(answers)


def test_every_wrong_answer_is_named_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        phq9().score((7, 0, 9, *(0,) * 6))

    assert len(refusal.value.problems) == 2


def test_a_form_of_zeros_has_a_total_of_zero() -> None:
    scored = phq9().score((0,) * 9)

    assert (scored.total, scored.is_complete, scored.answered) == (0, True, 9)
    assert (scored.critical, scored.highest_critical) == ((), 0)


def test_an_empty_form_has_no_total() -> None:
    scored = phq9().score((None,) * 9)

    assert (scored.total, scored.is_complete, scored.answered) == (None, False, 0)


def test_a_gad7_says_nothing_about_safety_for_it_was_not_asked() -> None:
    assert gad7().score((3,) * 7).highest_critical is None


def test_the_shipped_definition_is_read_whole() -> None:
    assert parse_instrument(definition()) == phq9()


def band(lowest: int, highest: int, level: int = 1) -> dict[str, Any]:
    return {"name": "A", "short": "A", "lowest": lowest, "highest": highest, "level": level}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        pytest.param({"bands": [band(0, 4), band(6, 27)]}, "gap", id="a gap"),
        pytest.param({"bands": [band(0, 5), band(5, 27)]}, "overlaps", id="an overlap"),
        pytest.param({"bands": [band(0, 27), band(28, 27)]}, "gap", id="upside down"),
        pytest.param({"bands": [band(0, 26)]}, "highest total", id="too short"),
        pytest.param({"bands": [band(0, 28)]}, "highest total", id="too long"),
        pytest.param({"bands": []}, "highest total", id="no bands"),
        pytest.param({"bands": [band(0, 27, level=6)]}, "level", id="a sixth bar"),
        pytest.param({"options": []}, "no items or no options", id="no options"),
        pytest.param({"items": []}, "no items or no options", id="no items"),
        pytest.param(
            {"options": [{"value": 0, "words": "No"}, {"value": 2, "words": "Yes"}]},
            "not numbered",
            id="options with a hole",
        ),
        pytest.param(
            {"items": [{"words": "A", "short": "A", "critical_from": 4}]},
            "No option of item 1 makes it critical",
            id="critical beyond the options",
        ),
        pytest.param({"items": ["A"]}, "not complete", id="an item without fields"),
        pytest.param({"items": None}, "not complete", id="items missing"),
        pytest.param({"version": "first"}, "not complete", id="a version in words"),
    ],
)
def test_a_definition_with_a_mistake_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(Refused, match=message):
        parse_instrument(definition(**changes))


@pytest.mark.parametrize("field", sorted(definition()))
def test_no_field_of_a_definition_may_be_missing(field: str) -> None:
    content = definition()
    del content[field]

    with pytest.raises(Refused, match=field):
        parse_instrument(content)


def test_a_pack_may_define_a_scale_of_its_own() -> None:
    options = [{"value": 0, "words": "No"}, {"value": 1, "words": "Yes"}]
    items = [{"words": "Item 1", "short": "1"}, {"words": "Item 2", "short": "2"}]
    content = definition(id="TWO", options=options, items=items, bands=[band(0, 1), band(2, 2)])

    instrument = parse_instrument(content)

    assert instrument.id == InstrumentId("TWO")
    assert instrument.score((1, 1)).total == 2
    assert instrument.items[0].loinc == ""
