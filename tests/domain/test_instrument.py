"""Instruments: their definitions, their wording, and what no answer may be."""

from __future__ import annotations

from typing import Any

import pytest

from cocm_desktop.domain.instrument import Ages, Instrument, InstrumentId
from cocm_desktop.errors import Refused
from tests.builders import gad7, load_instrument, phq9

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
    assert instrument.total_code is not None
    assert instrument.total_code.code == total_code
    assert instrument.highest_total == highest
    assert instrument.remission_below == 5
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
    found = phq9().band_of(total)

    assert found is not None
    assert found.name == band


@pytest.mark.parametrize("total", [-1, 28])
def test_a_total_that_cannot_be_has_no_band(total: int) -> None:
    assert phq9().band_of(total) is None


def test_a_total_is_said_with_its_band_where_there_are_bands() -> None:
    assert phq9().words_of(16) == "16, moderately severe"
    assert load_instrument(InstrumentId("PCL-5")).words_of(41) == "41"
    assert load_instrument(InstrumentId("C-SSRS")).band_of(1) is None


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


@pytest.mark.parametrize(
    ("missing", "estimate"),
    [
        pytest.param((), None, id="nothing missing"),
        pytest.param((9,), 10, id="one: 9 over 8 answers, times 9, is 10.1"),
        pytest.param((1, 9), 9, id="two: 7 over 7 answers, times 9, is 9"),
        pytest.param((1, 2, 9), None, id="three are too many"),
    ],
)
def test_a_total_is_estimated_only_where_few_answers_are_missing(
    missing: tuple[int, ...], estimate: int | None
) -> None:
    full = (2, 1, 1, 1, 1, 1, 1, 1, 0)
    answers = tuple(None if n in missing else a for n, a in enumerate(full, start=1))

    scored = phq9().score(answers)

    assert scored.estimate == estimate
    assert (scored.total is None) == bool(missing)


def test_an_estimate_is_rounded_half_up() -> None:
    halves = (1, 1, 1, 1, 0, 0, 0, 0)  # 4 over 8 answers, times 9, is 4.5

    assert phq9().score((*halves, None)).estimate == 5


def test_no_estimate_is_made_where_the_publisher_names_no_rule() -> None:
    assert gad7().score((1,) * 6 + (None,)).estimate is None
    assert load_instrument(InstrumentId("C-SSRS")).score((0,) * 6 + (None,)).estimate is None


def test_an_instrument_without_a_remission_has_nothing_below_it() -> None:
    assert load_instrument(InstrumentId("PCL-5")).remission_below == 0
    assert load_instrument(InstrumentId("ISI")).remission_below == 8


@pytest.mark.parametrize(
    ("name", "words", "fits", "misfits"),
    [
        ("PHQ-9", "12 and older", (12, 80), (11,)),
        ("SCARED-C", "8 to 18", (8, 18), (7, 19)),
        ("EPDS", "Any age", (0, 99), ()),
    ],
)
def test_an_instrument_says_for_which_ages_it_is(
    name: str, words: str, fits: tuple[int, ...], misfits: tuple[int, ...]
) -> None:
    ages = load_instrument(InstrumentId(name)).ages

    assert ages.words == words
    assert all(ages.fits(age) for age in fits)
    assert not any(ages.fits(age) for age in misfits)


def test_with_an_upper_bound_alone_the_ages_begin_at_birth() -> None:
    assert Ages(highest=5).words == "0 to 5"
    assert Ages(highest=5).fits(0)
