"""The chart page: the record, the time and the month, all from one moment."""

from __future__ import annotations

from datetime import date

import pytest

from cocm_desktop.actions.chart_page import read_chart_page
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.countable_time import Dropped
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.month_minutes import LeftOut
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.errors import Refused
from tests.actions.work import as_role, call, phq9, worked


def test_the_page_tells_what_counts_and_what_is_left_out(
    workspace: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    call(workspace, maria, date(2026, 11, 3), minutes=40)
    worked(workspace, maria, date(2026, 11, 4), minutes=6, activity=Activity.CLERICAL)

    page = read_chart_page(workspace, maria_patient)

    assert page.month.counted == page.chart.row.minutes_this_month == 40
    assert page.month.reached_words == "99492 reached"
    assert page.month.next_words == "99494 at 86"
    assert page.month.left_out == (LeftOut(6, Dropped.CLERICAL),)
    assert page.month.left_out[0].words == "6 minutes left out: Clerical work does not count."
    assert [entry.minutes for entry in page.time] == [40, 6]


def test_further_units_are_named_as_units(
    workspace: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    call(workspace, maria, date(2026, 11, 3), minutes=120)

    page = read_chart_page(workspace, maria_patient)

    assert page.month.reached_words == "99492 + 2 × 99494 reached"
    assert page.month.next_words == "next unit of 99494 at 146"


def test_a_month_without_time_points_at_its_first_mark(
    workspace: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    page = read_chart_page(workspace, maria_patient)

    assert page.month.counted == 0
    assert page.month.reached_words == "No code reached yet"
    assert page.month.next == page.chart.row.next_code


def test_the_page_says_why_a_patient_is_on_the_review_list(
    workspace: Workspace, maria_patient: PatientId, maria: EpisodeId
) -> None:
    phq9(workspace, maria, date(2026, 11, 20), 12, item9=2)

    page = read_chart_page(workspace, maria_patient)

    assert page.reasons[0].words == (
        "PHQ-9 item 9 answered 2, not yet closed, open for 10 days, since Nov 20"
    )


def test_a_patient_who_is_not_enrolled_has_a_page(
    workspace: Workspace, maria_patient: PatientId
) -> None:
    page = read_chart_page(workspace, maria_patient)

    assert page.chart.episode is None
    assert page.time == ()
    assert page.month.counted == 0


def test_the_front_desk_reads_no_chart(workspace: Workspace, maria_patient: PatientId) -> None:
    with pytest.raises(Refused, match="front desk"):
        read_chart_page(as_role(workspace, Role.FRONT_DESK), maria_patient)
