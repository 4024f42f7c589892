"""What a review asked for: a recheck, and the day of the next review."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.due_review import review_items
from cocm_desktop.domain.episode import EpisodeStatus
from tests.builders import TODAY, a_course, a_row

NONE_HIGH = a_course(4, 3, critical=None)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("asked", "rules"),
    [
        pytest.param({"next_review_on": ago(-1)}, [], id="R2 later than the interval"),
        pytest.param({"next_review_on": TODAY}, ["R2"], id="R2 on the day asked for"),
        pytest.param({"last_review_on": ago(10), "next_review_on": ago(1)}, ["R2"], id="R2 sooner"),
        pytest.param({"next_review_on": None}, ["R2"], id="R2 by the interval"),
        pytest.param(
            {"status": EpisodeStatus.RELAPSE_PREVENTION, "next_review_on": ago(2)}, ["R3"], id="R3"
        ),
        pytest.param({"last_review_on": ago(9), "recheck_on": TODAY}, ["R14"], id="R14 that day"),
        pytest.param({"last_review_on": ago(9), "recheck_on": ago(-1)}, [], id="R14 not before"),
        pytest.param({"last_review_on": TODAY, "recheck_on": TODAY}, [], id="R14 was rechecked"),
    ],
)
def test_the_day_that_was_asked_for_counts(asked: dict[str, Any], rules: list[str]) -> None:
    given: dict[str, Any] = {"enrolled_on": ago(50), "gad7": NONE_HIGH, "last_review_on": ago(30)}

    row = a_row(18, 9, **{**given, **asked})

    assert [item.rule.id for item in review_items(row) if item.is_open_on(TODAY)] == rules
