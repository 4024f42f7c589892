"""The lanes under a score chart: what they hold, and what a day of them says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.outcome import course_of
from cocm_desktop.domain.score_picture import score_picture
from cocm_desktop.domain.trend import Window
from cocm_desktop.domain.trend_lanes import LaneName, MarkKind
from tests.builders import (
    ENROLLED_ON,
    TODAY,
    a_case_review,
    a_chart,
    a_contact_with_minutes,
    a_course,
    a_measure,
    a_medication,
    a_phase,
    a_row,
    load_instrument,
    scores,
)

SECOND = ENROLLED_ON + timedelta(days=14)
STARTED = ("50 mg daily", ENROLLED_ON)
RAISED = ("100 mg daily", SECOND)
PCL5 = InstrumentId("PCL-5")


def test_a_medicine_starts_changes_and_stops() -> None:
    medicine = a_medication("sertraline", STARTED, RAISED, stopped_on=TODAY, stop_reason="nausea")

    marks = score_picture(a_chart(medications=(medicine,))).lane(LaneName.MEDICATION)

    assert [(mark.kind, mark.words, mark.short) for mark in marks] == [
        (MarkKind.STARTED, "sertraline started, 50 mg daily", "sertraline 50 mg daily"),
        (MarkKind.CHANGED, "sertraline changed to 100 mg daily", "100 mg daily"),
        (MarkKind.STOPPED, "sertraline stopped: nausea", "sertraline stopped"),
    ]


def test_a_dose_beside_a_second_medicine_has_its_name() -> None:
    medicines = (a_medication("paroxetine", STARTED, RAISED), a_medication("propranolol", STARTED))

    marks = score_picture(a_chart(medications=medicines)).lane(LaneName.MEDICATION)

    assert marks[-1].short == "paroxetine 100 mg daily"


def test_what_is_taken_for_other_reasons_has_no_marks() -> None:
    medicine = a_medication("lisinopril", STARTED, is_psychotropic=False)

    assert score_picture(a_chart(medications=(medicine,))).lane(LaneName.MEDICATION) == ()


def test_a_review_without_a_recommendation_is_told_apart() -> None:
    reviews = (a_case_review(SECOND), a_case_review(TODAY, recommendations=()))

    marks = score_picture(a_chart(reviews=reviews)).lane(LaneName.REVIEWS)

    assert [mark.kind for mark in marks] == [MarkKind.REVIEW, MarkKind.NO_REVIEW]


def test_phases_reach_until_the_next_and_the_closing_ends_them() -> None:
    phases = (
        a_phase(EpisodeStatus.ACTIVE, ENROLLED_ON),
        a_phase(EpisodeStatus.RELAPSE_PREVENTION, SECOND),
        a_phase(EpisodeStatus.CLOSED, TODAY),
    )
    row = a_row(status=EpisodeStatus.CLOSED, closed_on=TODAY)

    [lane] = [
        lane
        for lane in score_picture(a_chart(row, phases=phases)).lanes
        if lane.name is LaneName.PHASES
    ]

    assert [(span.name, span.first_day, span.last_day) for span in lane.spans] == [
        ("Active", ENROLLED_ON, SECOND),
        ("Relapse prevention", SECOND, TODAY),
    ]
    assert lane.marks[-1].words == "phase: closed"


def test_a_phase_from_before_the_window_is_shown_from_its_edge() -> None:
    row = a_row(phq9=a_course(18, 9, first_on=date(2025, 9, 1)), gad7=a_course())
    phases = (a_phase(EpisodeStatus.ACTIVE, date(2025, 9, 1)),)

    picture = score_picture(a_chart(row, phases=phases), Window.THREE)

    assert picture.lanes[-1].spans[0].first_day == picture.clock.first_day
    assert picture.lane(LaneName.PHASES) == ()


def test_a_lane_without_anything_is_left_out() -> None:
    assert [lane.name for lane in score_picture(a_chart()).lanes] == [LaneName.CONTACTS]


def test_a_day_says_its_scores_and_then_what_the_lanes_hold() -> None:
    chart = a_chart(
        contacts=(a_contact_with_minutes(made_on=SECOND),),
        medications=(a_medication("sertraline", STARTED, RAISED),),
        reviews=(a_case_review(SECOND),),
    )

    picture = score_picture(chart)

    assert picture.words_on(SECOND) == (
        "Sep 18, 2026: PHQ-9 14, moderate; GAD-7 12, moderate; "
        "sertraline changed to 100 mg daily; phone contact, reached; case review"
    )


def test_the_primary_scale_comes_first_on_its_own_range() -> None:
    pcl5 = load_instrument(PCL5)
    course = course_of(scores(62, 51, 40), enrolled_on=ENROLLED_ON, remission_below=None)
    row = a_row(primary_instrument_id=PCL5, other_instrument=pcl5, other=course)

    first, *others = score_picture(a_chart(row)).plots

    assert (first.name, first.target_words) == ("PCL-5 (0–80)", "")
    assert [tick.words for tick in first.trend.y_ticks] == ["0", "20", "40", "60", "80"]
    assert [plot.name for plot in others] == ["PHQ-9 (0–27)", "GAD-7 (0–21)"]


def test_an_incomplete_form_and_a_total_alone_say_so() -> None:
    row = a_row(phq9=a_course(18, 14, 12, alone=(1,)))
    day = row.phq9.scores[1].taken_on
    blank = a_measure(taken_on=day + timedelta(days=3), answers=(1, 2, *[None] * 7))

    picture = score_picture(a_chart(row, measures=(blank,)))

    assert "PHQ-9 14, moderate, total only" in picture.words_on(day)
    assert picture.words_on(blank.taken_on).endswith("PHQ-9 incomplete, 2 of 9 answered")
    assert blank.taken_on in picture.score_days


def test_a_stale_score_says_how_old_it_is_while_the_episode_is_open() -> None:
    row = a_row(18, 14, 12)
    closed = replace(row, status=EpisodeStatus.CLOSED, closed_on=TODAY)

    assert score_picture(a_chart(row)).plots[0].age_words == "49 days ago"
    assert score_picture(a_chart(closed)).plots[0].age_words == ""


def test_the_patients_own_target_is_the_dashed_line() -> None:
    plot = score_picture(a_chart(a_row(target_below=8))).plots[0]

    assert plot.target_words == "target, below 8"
    assert plot.title == "PHQ-9 (0–27) · dashed: target, below 8"
    assert plot.trend.target == 8 / 27
