"""The goal of a caseload by the part of full time, and the day of the next meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cocm_desktop.domain.today_capacity import capacity_of, next_review_on
from cocm_desktop.domain.today_viewer import Viewer
from tests.builders import TODAY, a_care_manager, a_row


@pytest.mark.parametrize(
    ("own", "of_all", "whole_team", "goal"),
    [
        (40, 90, False, "goal 24–40"),
        (40, 90, True, "goal 54–90"),
        (100, 0, True, "goal 60–100"),
    ],
)
def test_the_goal_is_for_the_part_of_full_time(
    own: int, of_all: int, goal: str, *, whole_team: bool
) -> None:
    viewer = Viewer(replace(a_care_manager(), full_time_percent=own), whole_team=whole_team)

    found = capacity_of(viewer, [a_row()], full_time_percent=of_all)

    assert found is not None
    assert found.words == f"1 active · {goal}"


def test_a_planned_meeting_comes_before_the_usual_week() -> None:
    planned_on = TODAY + timedelta(days=2)
    rows = [a_row(last_review_on=TODAY)]

    assert next_review_on(rows, today=TODAY, planned_on=planned_on) == planned_on
    assert next_review_on(rows, today=TODAY) == TODAY + timedelta(days=7)
    assert next_review_on([], today=TODAY, planned_on=planned_on) is None
