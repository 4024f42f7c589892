from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.caseload_statistics import (
    CaseloadStatistics,
    Share,
    monthly_minutes,
    statistics_of,
)
from cocm_desktop.domain.clinical_settings import ClinicalSettings
from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.registry import RegistryRow
from tests.builders import TODAY, a_care_manager, a_course, a_row, id_of

EPISODE = EpisodeId(id_of("episode Alvarez"))
STARTED = TODAY - timedelta(days=100)


def of_rows(*rows: RegistryRow, reviewed: Sequence[date] = (), percent: int = 100) -> Any:
    manager = a_care_manager(full_time_percent=percent)
    return statistics_of(rows, care_managers=[manager], reviewed={EPISODE: tuple(reviewed)})


def counted(name: str, *rows: RegistryRow, reviewed: Sequence[date] = ()) -> tuple[int, int]:
    """Give how many of how many a share counts."""
    statistics = of_rows(*rows, reviewed=reviewed)
    [share] = [each for each in statistics.shares if each.title.startswith(name)]
    return share.counted, share.of


def started(*totals: int, days: int = 100, **changes: Any) -> RegistryRow:
    """Give somebody enrolled so many days ago, with a score every two weeks from then on."""
    on = TODAY - timedelta(days=days)
    course = a_course(*totals, enrolled_on=on, first_on=on)
    return a_row(enrolled_on=on, phq9=course, **changes)


@pytest.mark.parametrize(("days", "is_counted"), [(30, 1), (31, 0)])
def test_contact_and_score_are_recent_to_the_thirtieth_day(days: int, is_counted: int) -> None:
    day = TODAY - timedelta(days=days)
    row = a_row(last_contact_on=day, phq9=a_course(14, enrolled_on=day, first_on=day))

    assert counted("Contacted", row) == (is_counted, 1)
    assert counted("Measured", row) == (is_counted, 1)


@pytest.mark.parametrize(
    ("totals", "improved", "remitted"),
    [
        ((12, 9), (1, 1), (0, 1)),
        ((24, 12), (1, 1), (0, 1)),
        ((24, 13), (0, 1), (0, 1)),
        ((18, 4), (1, 1), (1, 1)),
        ((9, 2), (0, 0), (0, 0)),
        ((18,), (0, 0), (0, 0)),
    ],
)
def test_the_target_is_asked_of_elevated_baselines_with_a_later_score(
    totals: tuple[int, ...], improved: tuple[int, int], remitted: tuple[int, int]
) -> None:
    row = started(*totals)

    assert counted("At target", row) == improved
    assert counted("Remission", row) == remitted


@pytest.mark.parametrize(("day", "found"), [(55, 0), (56, 1), (84, 1), (85, 0)])
def test_a_consultation_counts_from_day_56_to_84(day: int, found: int) -> None:
    reviewed = [STARTED + timedelta(days=day)]

    assert counted("Consulted", started(18, 17, 16), reviewed=reviewed) == (found, 1)


@pytest.mark.parametrize(
    ("row", "of"),
    [
        (started(18, 17, 16, days=84), 0),
        (started(18, 17, 16, days=85), 1),
        (started(18, 17, 16, 15, 8), 0),
        (started(18, 17, 16, 15, 14, 8), 1),
        (started(18), 1),
        (started(9, 9, 9), 0),
        (started(18, 17, status=EpisodeStatus.RELAPSE_PREVENTION), 0),
    ],
)
def test_consultation_is_asked_of_those_not_at_target_at_week_8(row: RegistryRow, of: int) -> None:
    assert counted("Consulted", row) == (0, of)


@pytest.mark.parametrize(("days", "of"), [(69, 0), (70, 1)])
def test_metric_8_of_the_state_begins_with_day_70(days: int, of: int) -> None:
    lately = TODAY - timedelta(days=59)

    assert counted("NYS", started(18, 17, days=days, last_review_on=None)) == (0, of)
    assert counted("NYS", started(18, 17, days=days, last_review_on=lately)) == (of, of)


def test_a_recommendation_of_sixty_days_ago_does_not_count_for_metric_8() -> None:
    row = started(18, 17, last_review_on=TODAY - timedelta(days=60))

    assert counted("NYS", row) == (0, 1)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Share("", 7, 9, ""), "not enough patients"),
        (Share("", 0, 0, ""), "not enough patients"),
        (Share("", 5, 10, ""), "50 %"),
        (Share("", 1, 16, ""), "6 %"),
        (Share("", 3, 40, ""), "8 %"),
    ],
)
def test_no_percentage_is_given_of_fewer_than_ten(share: Share, words: str) -> None:
    assert share.percent_words == words


@pytest.mark.parametrize(
    ("percent", "size", "stands"),
    [(100, 3, "below the goal"), (4, 75, "within the goal"), (2, 150, "above the goal")],
)
def test_the_size_is_for_one_full_time_care_manager(percent: int, size: int, stands: str) -> None:
    held = a_row(status=EpisodeStatus.ON_HOLD)
    prevented = a_row(status=EpisodeStatus.RELAPSE_PREVENTION)

    found = of_rows(a_row(), a_row(), prevented, held, percent=percent)

    assert (found.in_treatment, found.size, found.stands) == (3, size, stands)


def test_without_anybodys_time_there_is_no_size() -> None:
    found: CaseloadStatistics = of_rows(a_row(), percent=0)

    assert found.size is None
    assert found.stands == "no care manager has time"


def test_the_goal_names_the_line_of_the_aims_center_that_it_is() -> None:
    aims = ClinicalSettings(caseload_least=90, caseload_most=120)

    assert of_rows(a_row()).band_words == "goal 60–100, the practice’s own"
    assert of_rows(a_row(settings=aims)).band_words.startswith("goal 90–120, AIMS for commercially")


@pytest.mark.parametrize(
    ("weeks", "safety", "minutes"), [(2, None, 119), (4, None, 59), (0, None, 0), (0, 1, 20)]
)
def test_the_work_of_a_month_follows_the_interval(
    weeks: int, safety: int | None, minutes: int
) -> None:
    row = replace(a_row(), interval_weeks=weeks, safety_answer=safety)

    assert monthly_minutes(row) == minutes


def test_posts_are_written_as_people_say_them() -> None:
    assert of_rows(a_row()).full_time_words == "1 full-time care manager"
    assert of_rows(a_row(), percent=75).full_time_words == "0.75 full-time care managers"
    assert of_rows(a_row()).contact_hours == 2
