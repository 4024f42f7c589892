"""Named outcome definitions: the same course, each set's own verdict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.outcome import Course, Criteria, course_of
from cocm_desktop.domain.outcome_sets import CRITERIA, SETS, criteria_of, verdicts
from tests.builders import ENROLLED_ON, a_course, scores
from tests.source_tree import ROOT

PCL5 = InstrumentId("PCL-5")
TOTALS = st.integers(min_value=0, max_value=27)


def said(course: Course, instrument_id: InstrumentId = PHQ9) -> dict[str, bool | None]:
    return {verdict.of.id: verdict.is_met for verdict in verdicts(course, instrument_id)}


def course_on(instrument_id: str, *totals: int) -> Course:
    return course_of(
        scores(*totals),
        enrolled_on=ENROLLED_ON,
        remission_below=None,
        criteria=criteria_of(InstrumentId(instrument_id)),
    )


# Source: clinical rules 2.9, one test for each vector about a course.
def test_vector_baseline_12_last_9() -> None:
    assert said(a_course(12, 9)) == {
        "bao-nys": True,
        "hedis-response": False,
        "scope-response": False,
        "remission": False,
    }


def test_vector_baseline_24_last_12() -> None:
    assert said(a_course(24, 12)) == {
        "bao-nys": True,
        "hedis-response": True,
        "scope-response": False,
        "remission": False,
    }


def test_vector_baseline_10_last_0() -> None:
    course = a_course(10, 0)

    assert all(said(course).values())
    assert course.change_percent == -100


def test_vector_baseline_8_is_not_elevated() -> None:
    course = a_course(8, 7)

    assert not course.is_elevated
    assert said(course)["bao-nys"] is True


def test_vector_baseline_0_has_no_percent_and_no_error() -> None:
    course = a_course(0, 3)

    assert course.change_words == "+3 (—)"
    assert said(course) == {
        "bao-nys": True,
        "hedis-response": None,
        "scope-response": None,
        "remission": True,
    }


def test_vector_gad7_without_item_9_says_nothing_about_safety() -> None:
    course = a_course(15, 12, critical=None)

    assert course.last is not None
    assert course.last.critical is None


@pytest.mark.parametrize(
    ("totals", "met"),
    [
        pytest.param((19, 9), True, id="below ten and more than half"),
        pytest.param((18, 9), True, id="below ten and half"),
        pytest.param((17, 9), False, id="below ten, short of half"),
        pytest.param((27, 10), False, id="half, but ten"),
    ],
)
def test_scope_wants_both(totals: tuple[int, ...], *, met: bool) -> None:
    assert said(a_course(*totals))["scope-response"] is met


@pytest.mark.parametrize("totals", [(), (18,)])
def test_without_a_baseline_or_a_follow_up_nothing_can_be_said(totals: tuple[int, ...]) -> None:
    assert set(said(a_course(*totals)).values()) == {None}


@pytest.mark.parametrize(
    ("instrument_id", "totals", "met", "elevated"),
    [
        ("PCL-5", (33, 21), True, True),
        ("PCL-5", (33, 22), False, True),
        ("PCL-5", (32, 20), True, False),
        ("SCARED-C", (25, 12), True, True),
        ("SCARED-C", (25, 13), False, True),
        ("SCARED-P", (24, 12), True, False),
        ("PSC-17", (15, 7), True, True),
        ("PSC-17", (15, 8), False, True),
        ("SMFQ-C", (12, 4), True, True),
        ("SMFQ-C", (12, 5), False, True),
        ("SMFQ-P", (12, 6), True, False),
        ("SMFQ-P", (12, 7), False, False),
        ("VANDERBILT-P", (8, 4), True, False),
        ("VANDERBILT-T", (9, 5), False, False),
        ("PHQ-A", (12, 9), True, True),
        ("GAD-7", (10, 10), False, True),
    ],
)
def test_each_scale_has_the_criteria_of_the_state(
    instrument_id: str, totals: tuple[int, ...], *, met: bool, elevated: bool
) -> None:
    course = course_on(instrument_id, *totals)

    assert course.is_at_target is met
    assert course.is_elevated is elevated


def test_every_scale_with_criteria_is_an_instrument_of_the_program() -> None:
    for instrument_id in CRITERIA:
        assert (ROOT / "resources" / "instruments" / f"{instrument_id.lower()}.json").is_file()


def test_a_scale_without_criteria_has_only_the_verdict_that_needs_none() -> None:
    course = course_on("ISI", 20, 9)

    assert course.is_at_target is None
    assert not course.is_elevated
    assert list(said(course, InstrumentId("ISI"))) == ["hedis-response"]


def test_scope_is_about_scales_that_end_at_ten() -> None:
    assert "scope-response" in said(a_course(15, 7, critical=None), GAD7)
    assert "scope-response" not in said(course_on("PCL-5", 40, 20), PCL5)


def test_a_verdict_names_its_set_its_version_and_its_rule() -> None:
    words = {v.of.id: (v.words, v.rule) for v in verdicts(a_course(12, 9), PHQ9)}

    assert words["bao-nys"] == ("Bao/NYS target v1: reached", "below 10 or half of baseline")
    assert words["hedis-response"] == (
        "HEDIS response v1: not reached",
        "at most half of the baseline",
    )
    assert words["remission"] == ("Remission v1: not reached", "below 5")
    assert verdicts(a_course(12), PHQ9)[0].words == "Bao/NYS target v1: cannot be said yet"


def test_every_set_has_an_id_of_its_own_and_a_source_and_none_says_improved() -> None:
    assert len({of.id for of in SETS}) == len(SETS)
    for of in SETS:
        assert of.source
        assert "improve" not in of.title.lower()


@pytest.mark.parametrize(
    ("criteria", "words", "missed"),
    [
        (
            Criteria(10, 50),
            "below 10 or half of baseline",
            "neither below 10 nor half of baseline",
        ),
        (Criteria(points=12), "down by 12 points", "not down by 12 points"),
    ],
)
def test_criteria_in_words(criteria: Criteria, words: str, missed: str) -> None:
    assert (criteria.words, criteria.missed_words) == (words, missed)


@given(TOTALS, TOTALS)
def test_scope_is_never_met_without_the_others(baseline: int, last: int) -> None:
    found = said(a_course(baseline, last))

    if found["scope-response"]:
        assert found["bao-nys"]
        assert found["hedis-response"]


def test_a_response_lasts_from_the_first_score_of_an_unbroken_run() -> None:
    days = [score.taken_on for score in scores(18, 9, 12, 8, 7)]

    assert a_course(18, 9, 12, 8, 7).response_since == days[3]
    assert a_course(18, 9, 8).response_since == days[1]
    assert a_course(18, 12).response_since is None
    assert a_course(18).response_since is None
    assert a_course(18, enrolled_on=None).response_since is None
