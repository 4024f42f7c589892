"""The geometry of a score chart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.trend import trend_of
from tests.builders import TODAY, gad7, phq9, scores


def test_without_scores_the_window_is_the_last_three_months() -> None:
    trend = trend_of((), phq9(), today=TODAY)

    assert (trend.first_day, trend.last_day) == (date(2026, 8, 20), TODAY)
    assert trend.points == ()


@pytest.mark.parametrize(
    ("first_on", "months"),
    [
        (TODAY, 3),
        (date(2026, 8, 20), 3),
        (date(2026, 8, 19), 6),
        (date(2026, 5, 20), 6),
        (date(2026, 5, 19), 12),
        (date(2025, 11, 20), 12),
        (date(2025, 11, 19), 24),
        (date(2024, 11, 20), 24),
    ],
)
def test_the_window_is_the_shortest_that_holds_every_score(first_on: date, months: int) -> None:
    trend = trend_of([Score(first_on, 18)], phq9(), today=TODAY)

    passed = (trend.last_day.year - first_on.year) * 12 + trend.last_day.month - first_on.month
    assert trend.first_day == first_on
    assert passed == months


def test_beyond_two_years_the_oldest_scores_fall_out() -> None:
    taken = [Score(date(2024, 11, 19), 20), Score(date(2024, 11, 20), 15), Score(TODAY, 9)]

    trend = trend_of(taken, phq9(), today=TODAY)

    assert (trend.first_day, trend.last_day) == (date(2024, 11, 20), TODAY)
    assert [(point.x, point.score.total) for point in trend.points] == [(0.0, 15), (1.0, 9)]


def test_the_plot_shows_the_whole_range_of_the_scale() -> None:
    trend = trend_of(scores(0, 27), phq9(), today=TODAY)

    assert [point.y for point in trend.points] == [0.0, 1.0]
    assert [tick.words for tick in trend.y_ticks] == ["0", "5", "10", "15", "20", "27"]
    assert trend.target == 5 / 27


def test_bands_fill_the_plot_without_a_gap() -> None:
    for instrument in (phq9(), gad7()):
        bands = trend_of((), instrument, today=TODAY).bands

        assert [band.name for band in bands] == [band.name for band in instrument.bands]
        assert (bands[0].bottom, bands[-1].top) == (0.0, 1.0)
        assert [band.top for band in bands[:-1]] == [band.bottom for band in bands[1:]]


def test_ticks_name_days_and_over_a_year_months() -> None:
    quarter = trend_of([Score(date(2026, 9, 1), 18)], phq9(), today=TODAY)
    year = trend_of([Score(date(2025, 12, 1), 18)], phq9(), today=TODAY)

    assert [tick.words for tick in quarter.x_ticks] == [
        "Sep 1", "Sep 23", "Oct 16", "Nov 8", "Dec 1",
    ]  # fmt: skip
    assert [tick.words for tick in year.x_ticks] == [
        "Dec 2025", "Mar 2026", "Jun 2026", "Aug 2026", "Dec 2026",
    ]  # fmt: skip
    assert [tick.position for tick in quarter.x_ticks] == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_a_day_lies_where_its_score_would() -> None:
    trend = trend_of(scores(18, 14), phq9(), today=TODAY)

    assert [trend.x_of(point.score.taken_on) for point in trend.points] == [
        point.x for point in trend.points
    ]
    assert (trend.x_of(trend.first_day), trend.x_of(trend.last_day)) == (0.0, 1.0)


def test_a_score_after_the_day_looked_at_still_fits() -> None:
    trend = trend_of([Score(TODAY + timedelta(days=200), 18)], phq9(), today=TODAY)

    assert len(trend.points) == 1


@given(
    st.lists(
        st.builds(
            Score,
            st.dates(date(2020, 1, 1), date(2030, 12, 31)),
            st.integers(0, 27),
        ),
        max_size=12,
    )
)
def test_every_point_lies_within_the_plot_from_left_to_right(taken: list[Score]) -> None:
    trend = trend_of(taken, phq9(), today=TODAY)

    places = [point.x for point in trend.points]
    assert places == sorted(places)
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in trend.points)
