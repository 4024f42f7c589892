"""The geometry of a score chart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.trend import (
    GAP_DAYS,
    Blank,
    Clock,
    Forms,
    Trend,
    Window,
    clock_of,
    trend_of,
)
from tests.builders import TODAY, gad7, load_instrument, phq9, scores


def clock_for(taken: list[Score] | tuple[Score, ...]) -> Clock:
    return clock_of([score.taken_on for score in taken], today=TODAY)


def laid_out(taken: list[Score] | tuple[Score, ...]) -> Trend:
    return trend_of(Forms(taken), phq9(), clock_for(taken))


def test_without_scores_the_window_is_the_last_three_months() -> None:
    clock = clock_for(())

    assert (clock.first_day, clock.last_day) == (date(2026, 8, 20), TODAY)
    assert laid_out(()).points == ()


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
        (date(2024, 11, 19), 36),
    ],
)
def test_the_window_is_the_shortest_that_holds_every_score(first_on: date, months: int) -> None:
    clock = clock_for([Score(first_on, 18)])

    passed = (clock.last_day.year - first_on.year) * 12 + clock.last_day.month - first_on.month
    assert clock.first_day == first_on
    assert passed == months


@pytest.mark.parametrize(
    ("window", "first_day"),
    [
        (Window.THREE, date(2026, 8, 20)),
        (Window.SIX, date(2026, 5, 20)),
        (Window.TWELVE, date(2025, 11, 20)),
    ],
)
def test_a_fixed_window_ends_today_and_leaves_out_what_lies_before(
    window: Window, first_day: date
) -> None:
    taken = [Score(first_day - timedelta(days=1), 20), Score(first_day, 15), Score(TODAY, 9)]

    clock = clock_of([score.taken_on for score in taken], today=TODAY, window=window)
    trend = trend_of(Forms(taken), phq9(), clock)

    assert (clock.first_day, clock.last_day) == (first_day, TODAY)
    assert [(point.x, point.score.total) for point in trend.points] == [(0.0, 15), (1.0, 9)]


def test_neighbours_are_joined_unless_too_long_apart() -> None:
    near = [Score(TODAY - timedelta(days=GAP_DAYS), 18), Score(TODAY, 9)]
    far = [Score(TODAY - timedelta(days=GAP_DAYS + 1), 18), Score(TODAY, 9)]

    assert [join.is_sure for join in laid_out(near).joins] == [True]
    assert laid_out(far).joins == ()


def test_a_total_alone_is_joined_as_unsure_on_both_sides() -> None:
    taken = scores(18, 14, 12, 9)
    forms = Forms([taken[0], replace(taken[1], is_total_alone=True), *taken[2:]])

    trend = trend_of(forms, phq9(), clock_for(taken))

    assert [point.is_total_alone for point in trend.points] == [False, True, False, False]
    assert [join.is_sure for join in trend.joins] == [False, False, True]


def test_an_incomplete_form_has_a_day_and_no_height_and_makes_the_line_unsure() -> None:
    taken = scores(18, 14, 12)
    blank = Blank(taken[0].taken_on + timedelta(days=3), 7, 9)
    before = Blank(taken[0].taken_on - timedelta(days=3), 7, 9)

    clock = clock_for(taken)
    trend = trend_of(Forms(taken, (blank, before)), phq9(), clock)

    assert [each.x for each in trend.blanks] == [clock.x_of(blank.taken_on)]
    assert [join.is_sure for join in trend.joins] == [False, True]
    assert blank.words == "incomplete, 7 of 9 answered"


def test_the_target_is_the_patients_own_or_the_scales_remission() -> None:
    clock = clock_for(())

    own = trend_of(Forms(()), phq9(), clock, target_below=8)
    without = trend_of(Forms(()), load_instrument(InstrumentId("PCL-5")), clock)

    assert own.target == 8 / 27
    assert without.target == 0


def test_the_plot_shows_the_whole_range_of_the_scale() -> None:
    trend = laid_out(scores(0, 27))

    assert [point.y for point in trend.points] == [0.0, 1.0]
    assert [tick.words for tick in trend.y_ticks] == ["0", "5", "10", "15", "20", "27"]
    assert trend.target == 5 / 27


def test_bands_fill_the_plot_without_a_gap() -> None:
    for instrument in (phq9(), gad7()):
        bands = trend_of(Forms(()), instrument, clock_for(())).bands

        assert [band.name for band in bands] == [band.name for band in instrument.bands]
        assert (bands[0].bottom, bands[-1].top) == (0.0, 1.0)
        assert [band.top for band in bands[:-1]] == [band.bottom for band in bands[1:]]


def test_ticks_name_days_and_over_a_year_months() -> None:
    quarter = clock_for([Score(date(2026, 9, 1), 18)])
    year = clock_for([Score(date(2025, 12, 1), 18)])

    assert [tick.words for tick in quarter.ticks] == [
        "Sep 1", "Sep 23", "Oct 16", "Nov 8", "Dec 1",
    ]  # fmt: skip
    assert [tick.words for tick in year.ticks] == [
        "Dec 2025", "Mar 2026", "Jun 2026", "Aug 2026", "Dec 2026",
    ]  # fmt: skip
    assert [tick.position for tick in quarter.ticks] == [0.0, 0.25, 0.5, 0.75, 1.0]


def test_a_day_lies_where_its_score_would() -> None:
    clock, trend = clock_for(scores(18, 14)), laid_out(scores(18, 14))

    assert [clock.x_of(point.score.taken_on) for point in trend.points] == [
        point.x for point in trend.points
    ]
    assert (clock.x_of(clock.first_day), clock.x_of(clock.last_day)) == (0.0, 1.0)


def test_a_score_after_the_day_looked_at_still_fits() -> None:
    trend = laid_out([Score(TODAY + timedelta(days=200), 18)])

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
    trend = laid_out(taken)

    places = [point.x for point in trend.points]
    assert places == sorted(places)
    assert all(0 <= point.x <= 1 and 0 <= point.y <= 1 for point in trend.points)
