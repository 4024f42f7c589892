"""What a form is filled in with, what it says while typed, and how it is listed afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cocm_desktop.domain.ids import EpisodeId, MeasureId, StaffId
from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.instrument_rules import band_lines, examples_of, rule_lines
from cocm_desktop.domain.item_numbers import read_numbers
from cocm_desktop.domain.listed_instrument import listed_instruments
from cocm_desktop.domain.measure import Measure, MeasureDraft, MeasureFacts
from cocm_desktop.domain.measure_form import MeasureForm, OfferGroup, PastForm, courses_of
from cocm_desktop.domain.measure_record import MeasureRecord, records_of
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.score_preview import preview, preview_of_total
from cocm_desktop.domain.typed_bands import read_bands
from cocm_desktop.domain.withdrawn_measure import WithdrawnMeasure
from cocm_desktop.errors import Refused
from tests.domain.test_every_instrument import SHIPPED, instrument_id

BELL = StaffId("bell")
EPISODE = EpisodeId("episode")
DAY = date(2026, 11, 20)
BORN = date(1990, 5, 1)
FACTS = MeasureFacts(today=DAY, staff_id=BELL, sex=Sex.MALE)
NAMES = {BELL: "M. Bell, LCSW"}


def a_form(*past: tuple[InstrumentId, date], primary: InstrumentId = PHQ9) -> MeasureForm:
    return MeasureForm(
        catalogue=SHIPPED,
        primary=primary,
        born_on=BORN,
        sex=Sex.MALE,
        enrolled_on=date(2026, 10, 1),
        past=tuple(PastForm(MeasureId(f"{n}"), name, day) for n, (name, day) in enumerate(past)),
        givers=(),
        courses={},
    )


def a_measure(name: str, *answers: int | None, total_only: int | None = None) -> Measure:
    instrument = SHIPPED[instrument_id(name)]
    draft = MeasureDraft(EPISODE, instrument.id, DAY, answers, total_only=total_only)
    return draft.accept(instrument, FACTS)


def a_record(name: str, *answers: int | None, total_only: int | None = None) -> MeasureRecord:
    measure = a_measure(name, *answers, total_only=total_only)
    [record] = records_of((measure,), (), catalogue=SHIPPED, sex=Sex.MALE, names=NAMES)
    return record


# --------------------------------------------------------------------------------- on offer


def test_groups_hold_every_instrument_once() -> None:
    offers = dict(a_form((GAD7, DAY), (PHQ9, DAY), (GAD7, DAY)).offers)

    assert [each.id for each in offers[OfferGroup.PRIMARY]] == [PHQ9]
    assert [each.id for each in offers[OfferGroup.USED]] == [GAD7]
    assert sum(map(len, offers.values())) == len(SHIPPED)


def test_a_primary_scale_that_is_retired_is_not_offered() -> None:
    retired = Catalogue(SHIPPED.versions, retired=frozenset({(PHQ9, 1)}))

    form = replace(a_form(), catalogue=retired)

    assert OfferGroup.PRIMARY not in dict(form.offers)
    assert form.first.id == "ASRS-A"


@pytest.mark.parametrize(
    ("name", "day", "words"),
    [
        ("PHQ-9", DAY, ()),
        ("PHQ-9", None, ()),
        ("PHQ-9", date(1980, 1, 1), ()),
        ("SCARED-C", DAY, ("SCARED-C is for ages 8 to 18; the patient was 36.",)),
        (
            "PHQ-9",
            date(2026, 9, 1),
            ("The enrollment was on Oct 1, 2026: a score before it is never the baseline.",),
        ),
    ],
)
def test_what_is_unusual_about_a_day(name: str, day: date | None, words: tuple[str, ...]) -> None:
    assert a_form().cautions(SHIPPED[instrument_id(name)], day) == words


def test_only_totals_make_a_course() -> None:
    past = (
        a_measure("PHQ-9", *(1,) * 9),
        a_measure("PHQ-9", None, *(1,) * 8),
        a_measure("C-SSRS", *(0,) * 7),
    )

    courses = courses_of(past, SHIPPED, enrolled_on=DAY)

    assert [score.total for score in courses[PHQ9].scores] == [9]
    assert courses[PHQ9].baseline is not None
    assert set(courses) == {PHQ9}


# ------------------------------------------------------------------------------ while typing


def test_a_scale_without_bands_says_how_far_it_goes() -> None:
    pcl5 = SHIPPED[instrument_id("PCL-5")]

    seen = preview(pcl5, (2,) * 20, course=None, taken_on=DAY)

    assert (seen.total, seen.compared_words) == (40, "of 80")


def test_a_triage_is_said_once_it_is_decided() -> None:
    screener = SHIPPED[instrument_id("C-SSRS")]

    open_yet = preview(screener, (0,) + (None,) * 6, course=None, taken_on=DAY)
    decided = preview(screener, (1, 1, 0, 1, None, None, None), course=None, taken_on=DAY)

    assert open_yet.triage_words == ""
    assert (
        decided.triage_words == "Columbia protocol screener: triage printed on the form: High Risk"
    )
    assert decided.words == "4 of 7 answered. High Risk."


def test_a_total_alone_says_what_was_not_asked() -> None:
    phq9 = SHIPPED[PHQ9]

    without = preview_of_total(phq9, (None,) * 9, 14, course=None, taken_on=DAY)
    with_it = preview_of_total(phq9, (*(None,) * 8, 0), 14, course=None, taken_on=DAY)

    assert without.state_words == "Total only, item 9 not asked"
    assert with_it.state_words == "Total only"
    assert without.answered_words == "Total only."
    assert without.estimate_words == ""


# ------------------------------------------------------------------------------- in the list


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (a_record("PHQ-9", *(1,) * 9), "the sum of 9 answers entered by M. Bell, LCSW"),
        (a_record("DAST-10", *(0,) * 10), "total 1, made of 10 answers, entered by M. Bell"),
        (a_record("WHO-5", *(5,) * 5), "total 100, made of 5 answers, entered by M. Bell"),
        (a_record("PHQ-A", *(0,) * 12), "total 0, the sum of 9 answers"),
        (a_record("GAD-7", total_only=9), "total 9 as the form says it, total only"),
        (a_record("GAD-7", *(1,) * 6, None), "6 of 7 answered, no valid total"),
        (a_record("C-SSRS", *(0,) * 7), "7 answers, entered by M. Bell, LCSW; this instrument"),
    ],
)
def test_a_title_says_where_the_total_comes_from(record: MeasureRecord, words: str) -> None:
    assert words in record.title


@pytest.mark.parametrize(
    ("record", "score", "critical", "state"),
    [
        (a_record("PHQ-9", *(1,) * 9), "9 Mild", "item 9: 1", ""),
        (
            a_record("PHQ-9", *(1,) * 8, None),
            "Incomplete (8 of 9)",
            "item 9 not asked",
            "Incomplete",
        ),
        (a_record("PCL-5", *(1,) * 20), "20", "", ""),
        (a_record("C-SSRS", *(0,) * 7), "Triage: No item answered yes", "0", ""),
        (a_record("TAPS", 0, 0, 0, 0, *(None,) * 26), "All 0", "", ""),
        (a_record("TAPS", 4, 0, 0, 0, 1, 1, 0, *(None,) * 23), "Tobacco 2", "", ""),
        (a_record("EPDS", total_only=9), "9 Below 10", "item 10 not asked", "Total only"),
    ],
)
def test_a_row_of_the_list(record: MeasureRecord, score: str, critical: str, state: str) -> None:
    assert (record.score_words, record.critical_words, record.state_words) == (
        score,
        critical,
        state,
    )


def test_an_incomplete_form_keeps_its_estimate_apart() -> None:
    record = a_record("PHQ-9", *(1,) * 8, None)

    assert "Estimate 9, from 8 of 9 answers; not a total." in record.lines


def test_a_voided_measure_names_who_and_why() -> None:
    gone = WithdrawnMeasure(
        a_measure("PHQ-9", *(1,) * 9), datetime(2026, 11, 21, 9, tzinfo=UTC), BELL, "Keyed twice"
    )

    [record] = records_of((), (gone,), catalogue=SHIPPED, sex=None, names=NAMES)

    assert record.lines[0] == "Voided on Nov 21, 2026 by M. Bell, LCSW: Keyed twice"
    assert record.state_words == "Voided"


def test_answers_are_in_words_only_where_the_words_are_here() -> None:
    worded = a_record("PHQ-9", *(1,) * 9).answer_lines
    numbers = a_record("ISI", *(1,) * 7).answer_lines

    assert (worded[0].question, worded[0].answer) == (
        "Little interest or pleasure in doing things",
        "1  Several days",
    )
    assert worded[-1].answer == "—"
    assert (numbers[0].question, numbers[0].answer) == ("Item 1", "1")


# ------------------------------------------------------------------------- rules in words


def test_rules_are_said_in_words() -> None:
    dast = SHIPPED[instrument_id("DAST-10")]
    who5 = SHIPPED[instrument_id("WHO-5")]

    assert "Counted from the other end: item 3" in tuple(rule_lines(dast))
    assert next(band_lines(dast)).startswith("Total: 0 No problems reported · 1 to 2 Low level")
    assert "Percentage score: sum of items 1, 2, 3, 4, 5, times 4: 0 to 100" in rule_lines(who5)
    assert tuple(band_lines(who5))[-1] == "Higher is better"
    assert "Positive screen: Percentage score 50 or less" in band_lines(who5)


def test_rules_of_sex_conditions_and_triage_are_said() -> None:
    audit_c, pcl5, screener = (
        tuple(band_lines(SHIPPED[instrument_id(name)])) for name in ("AUDIT-C", "PCL-5", "C-SSRS")
    )

    assert "Positive screen, men, male: Total 4 or more" in audit_c
    assert pcl5[-1].endswith("at moderately or above: conditions on single items")
    assert "High Risk · Moderate Risk · Low Risk · No item answered yes" in screener[0]


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_examples_of_every_instrument_have_a_result(name: str) -> None:
    examples = examples_of(SHIPPED[instrument_id(name)])

    assert len(examples) == 3
    assert all(example.result for example in examples)


def test_every_instrument_is_listed_with_its_source_and_licence() -> None:
    for listed in listed_instruments(SHIPPED, ()):
        words = "\n".join(listed.lines)
        assert listed.instrument.source in words
        assert listed.instrument.licence in words


@pytest.mark.parametrize(
    ("typed", "levels"),
    [("", []), ("0-9 All", [1]), ("0-4 A, 5–9 B", [1, 5]), ("0 to 1 A,2-3 B,4-5 C", [1, 3, 5])],
)
def test_bands_are_typed_between_commas(typed: str, levels: list[int]) -> None:
    assert [band["level"] for band in read_bands(typed)] == levels


def test_a_band_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Refused, match="“many” is no band"):
        read_bands("0-4 Few, many")


def test_items_are_typed_as_numbers_and_ranges() -> None:
    assert read_numbers("critical", " 3, 5-7,5 ") == (3, 5, 6, 7)
    assert read_numbers("critical", "") == ()
    with pytest.raises(Refused, match="is no list of questions"):
        read_numbers("critical", "3;4")
