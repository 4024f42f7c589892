"""Paper about an episode that is judged by another scale than the PHQ-9, and totals alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cocm_desktop.domain.case_review import CaseReview
from cocm_desktop.domain.instrument import GAD7, InstrumentId
from cocm_desktop.domain.open_recommendation import OpenRecommendation
from cocm_desktop.domain.outcome import course_of
from cocm_desktop.domain.outcome_sets import criteria_of
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import CaseSheet, Chart
from cocm_desktop.domain.review_priority import reasons_for
from cocm_desktop.printing.case_header import Place
from cocm_desktop.printing.case_sheet import case_sheet
from cocm_desktop.printing.page import Folio, Press
from cocm_desktop.printing.review_packet import packet_pdf
from tests.builders import (
    BELL,
    ENROLLED_ON,
    TODAY,
    a_case_review,
    a_chart,
    a_course,
    a_measure,
    a_packet,
    a_row,
    an_agenda_entry,
    load_instrument,
    scores,
)
from tests.printing.read_back import texts

PCL5 = InstrumentId("PCL-5")


def by_pcl5() -> RegistryRow:
    course = course_of(
        scores(62, 51, 40, critical=None),
        enrolled_on=ENROLLED_ON,
        remission_below=None,
        criteria=criteria_of(PCL5),
    )
    return a_row(primary_instrument_id=PCL5, other_instrument=load_instrument(PCL5), other=course)


def sheet_words(chart: Chart) -> str:
    press = Press("Review packet")
    block = case_sheet(CaseSheet(an_agenda_entry(chart.row), chart), Place(2, 22))
    press.print_page(block, Folio("case", "", "Confidential", 3, 31, is_sample=False))
    [page] = texts(press.finish())
    return page


def agenda_words(row: RegistryRow, reviews: tuple[CaseReview, ...] = ()) -> str:
    packet = a_packet([row])
    [sheet] = packet.sheets
    sheet = replace(sheet, chart=replace(sheet.chart, reviews=reviews, staff_names={BELL: "Bell"}))
    return texts(packet_pdf(replace(packet, sheets=(sheet,))))[0]


def test_the_primary_scale_stands_before_the_others() -> None:
    row = by_pcl5()
    chart = a_chart(row)
    pcl5 = tuple(
        a_measure(score.total, taken_on=score.taken_on, instrument=load_instrument(PCL5))
        for score in row.primary.scores
    )
    chart = replace(chart, measures=(*chart.measures, *pcl5))

    page = sheet_words(chart)

    assert "Date PCL-5 PHQ-9 Item 9 GAD-7" in page
    assert "10/02/2026 40 12 0 9" in page
    assert "PCL-5 baseline 62 on Sep 4 best 40" in page
    assert "Change –22 (–35 %)" in page
    assert "Bao/NYS target v1 reached" in page
    assert "HEDIS response v1 not reached" in page
    assert "SCOPE" not in page
    assert "PHQ-9 rated 2–3" in page


def test_gad7_goes_first_where_it_is_the_primary_scale() -> None:
    page = sheet_words(a_chart(a_row(primary_instrument_id=GAD7)))

    assert "Date GAD-7 PHQ-9 Item 9" in page
    assert "GAD-7 baseline 15 on Sep 4 best 9" in page


def test_the_agenda_names_the_scale_it_judges_by() -> None:
    page = agenda_words(replace(by_pcl5(), question="Is it the trauma?"))

    assert "62 → 40 –35 % PCL-5, Oct 2 49 d old" in page


def test_other_forms_of_a_day_add_no_empty_line() -> None:
    chart = a_chart()
    audit = a_measure(40, taken_on=TODAY, instrument=load_instrument(PCL5))

    assert "11/20/2026" not in sheet_words(replace(chart, measures=(*chart.measures, audit)))


def test_a_total_alone_is_marked_and_item_9_was_not_asked() -> None:
    row = a_row(phq9=a_course(18, 14, alone=(1,)), question="?")
    first, last = row.phq9.scores
    alone = a_measure(14, taken_on=last.taken_on, critical=None, total_only=True)
    chart = a_chart(row, measures=(a_measure(18, taken_on=first.taken_on), alone))

    page = sheet_words(chart)
    front = agenda_words(row)

    assert "09/18/2026 14* not asked —" in page
    assert "* total only, newest first" in page
    assert "Last 14*" in page
    assert "18 → 14* –22 % PHQ-9, Sep 18 63 d old * total only 9 not asked" in front
    assert "total only" not in sheet_words(a_chart())


def test_the_agenda_says_what_is_asked_and_what_was_not_done() -> None:
    long_ago = TODAY - timedelta(days=40)
    row = a_row(question="Switch or raise?", last_review_on=TODAY)
    row = replace(row, open_recommendations=(OpenRecommendation(long_ago),))

    page = agenda_words(row, (a_case_review(long_ago),))

    assert "R8" in [reason.rule for reason in reasons_for(row)]
    assert "The care manager asks: Switch or raise?" in page
    assert "Increase sertraline to 100" in page


@pytest.mark.parametrize("weeks", [1, 8])
def test_the_last_recommendation_stands_with_what_came_of_it(weeks: int) -> None:
    review = a_case_review(TODAY - timedelta(weeks=weeks))

    page = sheet_words(a_chart(reviews=(review,), staff_names={BELL: "M. Bell"}))

    assert "LAST RECOMMENDATION AND WHAT CAME OF IT" in page
    assert "M. Bell, 9 min" in page
    assert "Increase sertraline to 100 mg, recheck in 4 weeks." in page
    assert ("not done by" in page) is (weeks == 8)
    assert "write in" not in page.partition("LAST RECOMMENDATION")[2]


def test_the_line_to_write_on_stays_where_no_review_is_recorded() -> None:
    after = sheet_words(a_chart()).partition("LAST RECOMMENDATION AND WHAT CAME OF IT")[2]

    assert after.startswith(" write in")
