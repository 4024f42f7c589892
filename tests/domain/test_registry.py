"""Rows of the registry: what they derive, the chips over them, and finding by typing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.billing.rules import CodeUnits, MonthKind, NextCode
from cocm_desktop.domain.clinical_settings import DEFAULT_SETTINGS, changed
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.follow_up import Due, NextDue
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.instrument import GAD7, PHQ9, InstrumentId
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.open_recommendation import OpenRecommendation
from cocm_desktop.domain.outcome import Trajectory, course_of
from cocm_desktop.domain.registry import (
    SHOWN_BY,
    Chip,
    RegistryRow,
    counts,
    shown,
)
from cocm_desktop.domain.registry_chips import ASKED_OF_EVERY_ROW, work_out
from tests.builders import (
    CONSENTED_ON,
    ENROLLED_ON,
    NAMES,
    TODAY,
    a_caseload,
    a_course,
    a_row,
    a_row_not_enrolled,
    load_instrument,
)

NO_SCORES = a_course()
LOW_GAD7 = a_course(4, 3, critical=None)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_a_row_tells_who_it_is_about() -> None:
    row = a_row()

    assert (row.name, row.age, row.status_words) == ("ALVAREZ, María", 55, "Active")
    assert row.key == row.patient_id
    assert row.is_open


def test_a_patient_without_episode_has_nothing_derived() -> None:
    row = a_row_not_enrolled()

    assert (row.status_words, row.is_open, row.weeks) == ("Not enrolled", False, None)
    assert (row.next_due, row.days_since_contact) == (None, None)
    assert (row.is_measure_due, row.is_overdue, row.is_not_at_target) == (False, False, False)
    assert (row.phq9_band, row.gad7_band, row.is_in_remission) == (None, None, False)
    assert row.trajectory is Trajectory.NO_BASELINE
    assert row.minutes_this_month == 0


@pytest.mark.parametrize(
    ("days", "closed_on", "weeks"),
    [
        pytest.param(6, None, 0, id="six days"),
        pytest.param(7, None, 1, id="seven days"),
        pytest.param(55, None, 7, id="a day short of week 8"),
        pytest.param(56, None, 8, id="week 8"),
        pytest.param(70, None, 10, id="week 10"),
        pytest.param(70, ago(63), 1, id="closed after a week"),
        pytest.param(70, TODAY + timedelta(days=30), 10, id="closed after the day looked at"),
    ],
)
def test_weeks_in_treatment(days: int, closed_on: date | None, weeks: int) -> None:
    assert a_row(enrolled_on=ago(days), closed_on=closed_on).weeks == weeks


def test_bands_are_those_of_the_last_scores() -> None:
    row = a_row(18, 14, 9)

    assert row.phq9_band is not None
    assert row.gad7_band is not None
    assert (row.phq9_band.name, row.gad7_band.name) == ("Mild", "Mild")


def test_a_score_of_zero_has_a_band() -> None:
    row = a_row(18, 0)

    assert row.phq9_band is not None
    assert row.phq9_band.name == "Minimal"


@pytest.mark.parametrize("judged_by", [PHQ9, GAD7])
def test_an_episode_is_judged_by_the_scale_that_was_fixed_for_it(judged_by: InstrumentId) -> None:
    courses = {PHQ9: a_course(8, 7), GAD7: a_course(15, 12)}

    row = a_row(phq9=courses[PHQ9], gad7=courses[GAD7], primary_instrument_id=judged_by)

    assert row.primary_instrument.id == judged_by
    assert row.primary is courses[judged_by]


def test_an_episode_may_be_judged_by_another_scale() -> None:
    pcl5 = load_instrument(InstrumentId("PCL-5"))
    course = a_course(40, 28)

    row = a_row(primary_instrument_id=pcl5.id, other_instrument=pcl5, other=course)

    assert (row.primary, row.primary_instrument) == (course, pcl5)
    assert row.follow_up.instrument == "PCL-5"


@pytest.mark.parametrize(
    ("totals", "own", "practice", "at_target", "words"),
    [
        pytest.param(
            (18, 9), None, 0, True, "Bao/NYS v1: below 10 or half of baseline", id="nobody's own"
        ),
        pytest.param((18, 5), 5, 0, False, "below 5, the patient's own", id="five is not below"),
        pytest.param((18, 4), 5, 0, True, "below 5, the patient's own", id="four is"),
        pytest.param((18, 7), None, 7, False, "below 7, the practice's", id="the practice's"),
        pytest.param((18, 6), None, 7, True, "below 7, the practice's", id="reached"),
        pytest.param((18, 6), 5, 7, False, "below 5, the patient's own", id="own comes first"),
        pytest.param((18,), 5, 0, None, "below 5, the patient's own", id="no follow-up"),
    ],
)
def test_the_target_is_the_patients_or_the_practices_or_the_states(
    totals: tuple[int, ...],
    own: int | None,
    practice: int,
    *,
    at_target: bool | None,
    words: str,
) -> None:
    settings = changed(DEFAULT_SETTINGS, "target_below", practice)

    row = a_row(*totals, target_below=own, settings=settings)

    assert (row.is_at_target, row.target_words) == (at_target, words)
    assert row.is_not_at_target is (at_target is False)
    assert row.follow_up.is_at_target is (at_target is True)


def test_a_plan_holds_since_its_last_change_or_the_start() -> None:
    assert a_row(plan_changed_on=None).plan_since == ENROLLED_ON
    assert a_row(plan_changed_on=ago(3)).plan_since == ago(3)
    assert a_row(plan_changed_on=ago(300)).plan_since == ENROLLED_ON
    assert a_row_not_enrolled(plan_changed_on=ago(3)).plan_since is None


def test_advice_is_overdue_from_the_day_after_it_was_due() -> None:
    advice = (
        OpenRecommendation(ago(14)),
        OpenRecommendation(ago(15)),
        OpenRecommendation(ago(30), due_on=TODAY),
        OpenRecommendation(ago(30), due_on=ago(1)),
    )

    assert a_row(open_recommendations=advice).overdue_recommendations == 2
    assert a_row().overdue_recommendations == 0


@pytest.mark.parametrize(
    ("phq9", "gad7", "remission"),
    [
        pytest.param(a_course(18, 4), LOW_GAD7, True, id="depression gone, never anxious"),
        pytest.param(a_course(18, 4), NO_SCORES, True, id="anxiety was not measured"),
        pytest.param(a_course(18, 4), a_course(15, 4), True, id="both gone"),
        pytest.param(a_course(18, 4), a_course(15, 5), False, id="anxiety stays"),
        pytest.param(a_course(3, 2), a_course(15, 12), False, id="anxious, never depressed"),
        pytest.param(a_course(3, 2), a_course(15, 4), True, id="anxiety gone, never depressed"),
        pytest.param(a_course(18, 5), LOW_GAD7, False, id="five is not below five"),
        pytest.param(a_course(18), LOW_GAD7, False, id="no follow-up"),
    ],
)
def test_remission_is_remission_on_every_scale_that_began_high(
    phq9: Any, gad7: Any, *, remission: bool
) -> None:
    assert a_row(phq9=phq9, gad7=gad7).is_in_remission is remission
    assert not a_row(phq9=phq9, gad7=gad7, status=EpisodeStatus.CLOSED).is_in_remission


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"last_contact_on": ago(8)}, NextDue(ago(-6), Due.CONTACT), id="contact in two weeks"
        ),
        pytest.param(
            {"last_contact_on": ago(8), "planned_on": ago(3)},
            NextDue(ago(3), Due.CONTACT),
            id="a planned date has passed",
        ),
        pytest.param(
            {"phq9": NO_SCORES}, NextDue(ENROLLED_ON, Due.MEASURE, "PHQ-9"), id="no baseline"
        ),
        pytest.param({"status": EpisodeStatus.ON_HOLD}, None, id="on hold"),
    ],
)
def test_what_is_due_next(changes: dict[str, Any], expected: NextDue | None) -> None:
    recent = course_of(
        [Score(ENROLLED_ON, 18), Score(ago(2), 14)], enrolled_on=ENROLLED_ON, remission_below=5
    )

    assert a_row(**{"phq9": recent, **changes}).next_due == expected


def test_an_anxious_patient_at_target_is_seen_less_often() -> None:
    row = a_row(
        phq9=a_course(8, 7),
        gad7=a_course(15, 7),
        primary_instrument_id=GAD7,
        last_contact_on=ago(8),
    )

    assert row.follow_up.is_at_target


@pytest.mark.parametrize(("days", "due"), [(27, False), (28, True)])
def test_a_measure_is_due_four_weeks_after_the_last(days: int, *, due: bool) -> None:
    last = Score(ago(days), 14)

    row = a_row(phq9=course_of([last], enrolled_on=ago(days), remission_below=5))

    assert row.is_measure_due is due


@pytest.mark.parametrize(
    ("planned_on", "overdue"), [(ago(1), True), (TODAY, False), (ago(-1), False)]
)
def test_overdue_begins_the_day_after(planned_on: date, *, overdue: bool) -> None:
    recent = course_of([Score(ago(1), 14)], enrolled_on=ago(1), remission_below=5)

    row = a_row(phq9=recent, planned_on=planned_on)

    assert row.is_overdue is overdue


def test_minutes_are_whole_and_show_the_codes_reached_and_the_next() -> None:
    row = a_row(seconds_this_month=30 * 60 + 59, month_kind=MonthKind.SUBSEQUENT)

    assert row.minutes_this_month == 30
    assert row.reached_codes == (CodeUnits("G2214", 1),)
    assert row.next_code == NextCode("99493", 31)
    assert replace(row, month_kind=MonthKind.INITIAL).next_code == NextCode("99492", 36)
    assert replace(row, g2214_first_minute=30, seconds_this_month=0).next_code.at_minute == 30


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({"last_contact_on": ago(8)}, 8),
        ({"last_contact_on": TODAY}, 0),
        ({"last_contact_on": None}, (TODAY - ENROLLED_ON).days),
        ({"last_contact_on": None, "enrolled_on": None}, (TODAY - CONSENTED_ON).days),
        ({"last_contact_on": None, "enrolled_on": None, "consented_on": None}, None),
        ({"last_contact_on": ago(8), "status": EpisodeStatus.CLOSED}, None),
    ],
)
def test_days_since_the_patient_was_reached(changes: dict[str, Any], days: int | None) -> None:
    assert a_row(**changes).days_since_contact == days


@pytest.mark.parametrize(
    ("chip", "row", "is_shown"),
    [
        (Chip.OPEN, a_row(), True),
        (Chip.OPEN, a_row(status=EpisodeStatus.ON_HOLD), True),
        (Chip.OPEN, a_row(status=EpisodeStatus.CONSENTED), True),
        (Chip.OPEN, a_row(status=EpisodeStatus.CLOSED), False),
        (Chip.OPEN, a_row_not_enrolled(), False),
        (Chip.NOT_AT_TARGET, a_row(18, 10), True),
        (Chip.NOT_AT_TARGET, a_row(18, 9), False),
        (Chip.NOT_AT_TARGET, a_row(18), False),
        (Chip.NOT_AT_TARGET, a_row(18, 10, status=EpisodeStatus.CLOSED), False),
        (Chip.NOT_AT_TARGET, a_row(gad7=a_course(15, 12), primary_instrument_id=GAD7), True),
        (Chip.NOT_ENROLLED, a_row(status=EpisodeStatus.REFERRED), True),
        (Chip.OPEN, a_row(status=EpisodeStatus.REFERRED), False),
        (Chip.NO_CONTACT, a_row(last_contact_on=ago(13)), False),
        (Chip.NO_CONTACT, a_row(last_contact_on=ago(14)), True),
        (Chip.NO_CONTACT, a_row(last_contact_on=ago(99), status=EpisodeStatus.CLOSED), False),
        (Chip.NO_CONTACT, a_row_not_enrolled(), False),
        (Chip.MEASURE_DUE, a_row(phq9=NO_SCORES), True),
        (Chip.MEASURE_DUE, a_row_not_enrolled(), False),
        (Chip.OVERDUE, a_row(planned_on=ago(1)), True),
        (Chip.OVERDUE, a_row_not_enrolled(), False),
        (Chip.SAFETY, a_row(safety_answer=1), True),
        (Chip.SAFETY, a_row(safety_answer=1, status=EpisodeStatus.CLOSED), True),
        (Chip.SAFETY, a_row(), False),
        (Chip.QUESTION, a_row(question="Raise the dose?"), True),
        (Chip.QUESTION, a_row(question="Raise?", status=EpisodeStatus.CLOSED), False),
        (Chip.QUESTION, a_row(), False),
        (Chip.STEP_DOWN, a_row(18, 4, gad7=LOW_GAD7), True),
        (Chip.STEP_DOWN, a_row(18, 5, gad7=LOW_GAD7), False),
        (Chip.NOT_ENROLLED, a_row_not_enrolled(), True),
        (Chip.NOT_ENROLLED, a_row(), False),
        (Chip.CLOSED, a_row(status=EpisodeStatus.CLOSED), True),
        (Chip.CLOSED, a_row(), False),
        (Chip.EVERYONE, a_row_not_enrolled(), True),
    ],
)
def test_a_chip_shows(chip: Chip, row: RegistryRow, *, is_shown: bool) -> None:
    assert SHOWN_BY[chip](row) is is_shown
    assert bool(shown([row], chip=chip)) is is_shown


def test_every_chip_counts_what_it_shows() -> None:
    rows = [*a_caseload(), a_row_not_enrolled()]

    counted = counts(rows)

    assert counted.keys() == set(Chip)
    assert counted == {chip: len(shown(rows, chip=chip)) for chip in Chip}
    assert counted[Chip.EVERYONE] == len(rows)
    assert counted[Chip.OPEN] + counted[Chip.CLOSED] + counted[Chip.NOT_ENROLLED] == len(rows)


JOSE = a_row(
    last_name="García-López",
    first_name="José Ángel",
    preferred_name="Pepe",
    mrn="A-100245",
    born_on=date(1971, 4, 5),
    phone="(555) 712-4709",
)
SIOBHAN = a_row(last_name="O’Brien", first_name="Siobhán", mrn="200300", phone="+1 845 555 0142")


@pytest.mark.parametrize(
    "typed",
    [
        "garcia", "GARCÍA", "lopez", "garcia-lopez", "garcía lópez", "García-López, José",
        "garcia-lopez, jose", "jose garcia", "José Ángel García-López", "lopez jose", "jo gar",
        "angel", "pepe", "A-100245", "a-1002", "100245", "5557124709", "555-712-4709",
        "(555) 712-4709", "555.712.4709", "7124709", "712-4709", "4/5/1971", "04/05/1971",
        "4/5/71", "1971-04-05", "1971", "jose 1971", "garcia 712", " garcia ", "",
    ],
)  # fmt: skip
def test_a_patient_is_found_by(typed: str) -> None:
    assert JOSE in shown([JOSE, SIOBHAN], find=typed)


@pytest.mark.parametrize(
    "typed", ["garcia siobhan", "jose 1972", "4/6/1971", "555-712-4708", "xyz", "jose o'brien"]
)
def test_a_patient_is_not_found_by(typed: str) -> None:
    assert JOSE not in shown([JOSE, SIOBHAN], find=typed)


@pytest.mark.parametrize("typed", ["o'brien", "O’Brien", "obrien", "brien siobhan", "8455550142"])
def test_an_apostrophe_and_a_country_code_do_not_matter(typed: str) -> None:
    assert shown([JOSE, SIOBHAN], find=typed) == [SIOBHAN]


@pytest.mark.parametrize(("last_name", "first_name"), NAMES)
def test_everyone_is_found_by_their_name_as_it_is_written(last_name: str, first_name: str) -> None:
    row = a_row(last_name=last_name, first_name=first_name)

    for typed in (f"{last_name}, {first_name}", f"{first_name} {last_name}", row.name):
        assert shown([row], find=typed) == [row]


@given(st.text(max_size=30))
def test_no_typing_breaks_the_list(typed: str) -> None:
    found = shown([JOSE, SIOBHAN], find=typed)

    assert [row for row in [JOSE, SIOBHAN] if row in found] == found


def test_one_care_managers_rows() -> None:
    other = a_row(last_name="Chen", care_manager_id=StaffId("other"))

    assert shown([JOSE, other], of=StaffId("other")) == [other]
    assert shown([JOSE, other]) == [JOSE, other]


def test_finding_stays_within_the_chip() -> None:
    closed = replace(JOSE, status=EpisodeStatus.CLOSED)

    assert shown([closed], find="garcia") == []
    assert shown([closed], find="garcia", chip=Chip.EVERYONE) == [closed]


def test_what_a_table_asks_of_every_row_is_derived_before_it_asks() -> None:
    row = a_row()

    work_out([row])

    assert {*ASKED_OF_EVERY_ROW, "is_not_at_target", "is_overdue"} <= row.__dict__.keys()
