"""What a chart and a review packet make of the records in them."""

from __future__ import annotations

from datetime import timedelta

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.review_packet import CaseloadCounts, Chart
from tests.builders import (
    NOW,
    TODAY,
    a_caseload,
    a_chart,
    a_measure,
    a_packet,
    a_patient,
    a_row,
    a_row_not_enrolled,
    a_safety_task,
    gad7,
    phq9,
)


def test_the_items_rated_high_are_those_of_the_latest_form() -> None:
    older = a_measure(27, taken_on=TODAY - timedelta(days=14))
    latest = a_measure(answers=(2, 1, 3, 0, None, 1, 1, 0, 2))

    chart = a_chart(measures=(older, latest))

    assert chart.rated_high(phq9()) == ("interest", "sleep", "item 9")


def test_without_a_form_no_item_is_rated_high() -> None:
    assert a_chart(measures=()).rated_high(phq9()) == ()


def test_measures_are_told_apart_by_instrument() -> None:
    chart = a_chart(measures=(a_measure(14), a_measure(9, instrument=gad7())))

    assert [measure.total for measure in chart.measures_of(phq9())] == [14]
    assert [measure.total for measure in chart.measures_of(gad7())] == [9]


def test_only_open_safety_tasks_are_open() -> None:
    still_open = a_safety_task()

    chart = a_chart(safety_tasks=(a_safety_task(closed_at=NOW), still_open))

    assert chart.open_safety_tasks == (still_open,)


def test_the_practitioner_is_the_episodes_or_else_the_one_of_the_patient_list() -> None:
    named = a_patient(treating_practitioner="B. Stone, NP")

    assert a_chart(patient=named).practitioner_words == "A. Osei, MD"
    assert a_chart(patient=named, treating_practitioner=None).practitioner_words == "B. Stone, NP"


def test_a_patient_without_episode_has_an_empty_chart() -> None:
    chart = Chart.without_episode(a_row_not_enrolled(), a_patient())

    assert (chart.episode, chart.consent, chart.care_manager) == (None, None, None)
    assert (chart.measures, chart.contacts, chart.open_safety_tasks) == ((), (), ())


def test_a_caseload_is_counted_by_status() -> None:
    statuses = [
        EpisodeStatus.ACTIVE,
        EpisodeStatus.ACTIVE,
        EpisodeStatus.ON_HOLD,
        EpisodeStatus.RELAPSE_PREVENTION,
        EpisodeStatus.CONSENTED,
        EpisodeStatus.CLOSED,
    ]
    rows = [a_row(status=status) for status in statuses]

    counts = CaseloadCounts.of([*rows, a_row_not_enrolled()])

    assert counts == CaseloadCounts(active=2, relapse_prevention=1, on_hold=1, consented=1)
    assert CaseloadCounts.of([]) == CaseloadCounts(0, 0, 0, 0)


def test_the_made_up_packet_agrees_with_itself() -> None:
    packet = a_packet()

    assert len(packet.caseload) == len(a_caseload()) - 1
    assert [sheet.chart.row for sheet in packet.sheets] == [
        sheet.entry.row for sheet in packet.sheets
    ]
    for sheet in packet.sheets:
        measured = sheet.chart.measures_of(phq9())
        assert [m.total for m in measured] == [s.total for s in sheet.entry.row.phq9.scores]
