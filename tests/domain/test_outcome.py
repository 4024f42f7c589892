"""How a course of scores stands: the named definitions, at each of their edges."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import Course, Trajectory, course_of
from tests.builders import ENROLLED_ON, a_course, scores

NONE, NO_FOLLOW_UP = Trajectory.NO_BASELINE, Trajectory.NO_FOLLOW_UP
REMISSION, RESPONSE, PARTIAL = Trajectory.REMISSION, Trajectory.RESPONSE, Trajectory.PARTIAL
NO_CHANGE, WORSE = Trajectory.NO_CHANGE, Trajectory.WORSE
TOTALS = st.integers(0, 27)


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        pytest.param((), NONE, id="no score"),
        pytest.param((18,), NO_FOLLOW_UP, id="baseline only"),
        pytest.param((18, 10), PARTIAL, id="short of half"),
        pytest.param((18, 9), RESPONSE, id="exactly half"),
        pytest.param((17, 9), PARTIAL, id="half of an odd baseline is not rounded up"),
        pytest.param((17, 8), RESPONSE, id="more than half of an odd baseline"),
        pytest.param((18, 5), RESPONSE, id="five is not remission"),
        pytest.param((18, 4), REMISSION, id="below five"),
        pytest.param((18, 0), REMISSION, id="zero is a score, not a missing one"),
        pytest.param((20, 15), PARTIAL, id="exactly a quarter"),
        pytest.param((20, 16), NO_CHANGE, id="short of a quarter"),
        pytest.param((19, 15), NO_CHANGE, id="a quarter of an odd baseline is not rounded"),
        pytest.param((27, 21), NO_CHANGE, id="six points, but under a quarter"),
        pytest.param((12, 12), NO_CHANGE, id="the same"),
        pytest.param((12, 16), NO_CHANGE, id="four points up"),
        pytest.param((12, 17), WORSE, id="five points up"),
        pytest.param((0, 4), REMISSION, id="from zero to four"),
        pytest.param((0, 5), WORSE, id="from zero to five"),
        pytest.param((0, 0), REMISSION, id="from zero to zero"),
        pytest.param((3, 7), NO_CHANGE, id="four points up from a low baseline"),
        pytest.param((18, 4, 12), PARTIAL, id="relapse: the last score decides"),
    ],
)
def test_trajectory(totals: tuple[int, ...], expected: Trajectory) -> None:
    assert a_course(*totals).trajectory is expected


# Source: clinical rules 2.9.
@pytest.mark.parametrize(
    ("totals", "at_target", "trajectory", "change"),
    [
        pytest.param((12, 9), True, PARTIAL, "−3 (−25 %)", id="12 to 9"),
        pytest.param((24, 12), True, RESPONSE, "−12 (−50 %)", id="24 to 12"),
        pytest.param((10, 0), True, REMISSION, "−10 (−100 %)", id="10 to 0 is not a blank"),
        pytest.param((0, 3), True, REMISSION, "+3 (—)", id="a zero baseline has no percent"),
        pytest.param((0, 0), True, REMISSION, "0 (—)", id="zero to zero"),
        pytest.param((18, 14), False, NO_CHANGE, "−4 (−22 %)", id="18 to 14"),
        pytest.param((16, 17), False, NO_CHANGE, "+1 (+6 %)", id="16 to 17"),
        pytest.param((18,), None, NO_FOLLOW_UP, "—", id="no follow-up"),
        pytest.param((), None, NONE, "—", id="no score"),
    ],
)
def test_one_course_by_each_definition(
    totals: tuple[int, ...], *, at_target: bool | None, trajectory: Trajectory, change: str
) -> None:
    course = a_course(*totals)

    assert course.is_at_target is at_target
    assert course.trajectory is trajectory
    assert course.change_words == change


@pytest.mark.parametrize(
    ("totals", "at_target"),
    [
        pytest.param((27, 10), True, id="ten, but less than half"),
        pytest.param((21, 11), False, id="eleven of 21 is more than half"),
        pytest.param((22, 11), True, id="eleven of 22 is half"),
        pytest.param((11, 10), False, id="ten is not below ten"),
        pytest.param((11, 9), True, id="nine is below ten"),
        pytest.param((9, 9), True, id="a low baseline that stays"),
        pytest.param((4, 12), False, id="a low baseline that rises"),
    ],
)
def test_the_target_is_below_ten_or_half(totals: tuple[int, ...], *, at_target: bool) -> None:
    assert a_course(*totals).is_at_target is at_target


@pytest.mark.parametrize(("baseline", "elevated"), [(9, False), (10, True)])
def test_a_baseline_is_elevated_from_ten(baseline: int, *, elevated: bool) -> None:
    assert a_course(baseline).is_elevated is elevated


def test_a_course_without_baseline_is_not_elevated() -> None:
    assert a_course(20, enrolled_on=None).is_elevated is False


@pytest.mark.parametrize(
    ("totals", "percent"),
    [
        ((8, 7), -13),  # 12.5 rounds away from zero
        ((8, 9), 13),
        ((9, 6), -33),
        ((9, 3), -67),
        ((3, 27), 800),
        ((7, 7), 0),
        ((0, 9), None),
        ((9,), None),
    ],
)
def test_change_in_percent(totals: tuple[int, ...], percent: int | None) -> None:
    assert a_course(*totals).change_percent == percent


@given(TOTALS, TOTALS)
def test_the_percent_is_the_nearest_whole_one(baseline: int, last: int) -> None:
    percent = a_course(baseline, last).change_percent

    if baseline:
        assert percent is not None
        assert abs(percent * baseline - 100 * (last - baseline)) * 2 <= baseline
    else:
        assert percent is None


@given(st.lists(TOTALS, max_size=8))
def test_every_course_has_a_word_and_never_divides_by_zero(totals: list[int]) -> None:
    course = a_course(*totals)

    assert isinstance(course.trajectory, Trajectory)
    assert course.change_words
    assert course.points_worse >= 0


@given(TOTALS, TOTALS)
def test_response_and_remission_are_at_target_and_worse_never_is_from_an_elevated_baseline(
    baseline: int, last: int
) -> None:
    course = a_course(baseline, last)

    if course.trajectory in {REMISSION, RESPONSE}:
        assert course.is_at_target
    if course.trajectory is WORSE and course.is_elevated:
        assert not course.is_at_target


def on(day: str, total: int) -> Score:
    return Score(date.fromisoformat(day), total)


def of(*taken: Score, enrolled_on: str | None) -> Course:
    day = date.fromisoformat(enrolled_on) if enrolled_on else None
    return course_of(taken, enrolled_on=day, remission_below=5)


@pytest.mark.parametrize(
    ("enrolled_on", "baseline"),
    [
        pytest.param("2026-09-04", 16, id="on the day of enrollment"),
        pytest.param("2026-09-03", 16, id="the first one after it"),
        pytest.param("2026-09-05", 9, id="never one before it"),
        pytest.param("2026-10-03", None, id="none after it"),
        pytest.param(None, None, id="not enrolled"),
    ],
)
def test_the_baseline_is_the_first_score_from_enrollment_on(
    enrolled_on: str | None, baseline: int | None
) -> None:
    taken = (on("2026-08-20", 21), on("2026-09-04", 16), on("2026-10-02", 9))

    course = of(*taken, enrolled_on=enrolled_on)

    assert (course.baseline.total if course.baseline else None) == baseline


def test_a_screening_score_is_no_part_of_the_change() -> None:
    course = of(
        on("2026-08-20", 21), on("2026-09-04", 16), on("2026-10-02", 9), enrolled_on="2026-09-01"
    )

    assert course.change == -7
    assert [score.total for score in course.follow_ups] == [9]
    assert course.best == on("2026-10-02", 9)
    assert course.previous == on("2026-09-04", 16)


def test_a_rise_since_the_screening_is_not_yet_worse() -> None:
    course = of(on("2026-08-20", 5), on("2026-09-04", 16), enrolled_on="2026-09-01")

    assert course.points_worse == 0
    assert course.trajectory is NO_FOLLOW_UP


def test_with_screening_scores_alone_nothing_is_said() -> None:
    course = of(on("2026-07-20", 5), on("2026-08-20", 16), enrolled_on="2026-09-01")

    assert course.last == on("2026-08-20", 16)
    assert (course.baseline, course.best, course.follow_ups) == (None, None, ())
    assert (course.change, course.change_percent, course.is_at_target) == (None, None, None)
    assert course.points_worse == 0
    assert course.trajectory is NONE


def test_two_scores_of_one_day_keep_the_order_in_which_they_were_recorded() -> None:
    course = of(on("2026-09-04", 16), on("2026-09-04", 12), enrolled_on="2026-09-04")

    assert course.baseline == on("2026-09-04", 16)
    assert course.change == -4


def test_two_equal_scores_of_one_day_are_two_scores() -> None:
    course = of(on("2026-09-04", 16), on("2026-09-04", 16), enrolled_on="2026-09-04")

    assert course.change == 0


@given(st.permutations(scores(18, 12, 9, 14)))
def test_the_order_of_entry_does_not_matter(taken: list[Score]) -> None:
    course = course_of(taken, enrolled_on=ENROLLED_ON, remission_below=5)

    assert (course.change, course.points_worse) == (-4, 5)


@pytest.mark.parametrize(
    ("totals", "points"),
    [
        pytest.param((18,), 0, id="one score"),
        pytest.param((18, 9, 14), 5, id="from the best, which is the one before"),
        pytest.param((18, 6, 9, 11), 5, id="from the best, which lies further back"),
        pytest.param((10, 15), 5, id="from the baseline"),
        pytest.param((18, 9), 0, id="falling"),
        pytest.param((9, 9), 0, id="the same"),
    ],
)
def test_points_worse(totals: tuple[int, ...], points: int) -> None:
    assert a_course(*totals).points_worse == points


@pytest.mark.parametrize(("days", "stale"), [(0, False), (30, False), (31, True)])
def test_a_score_is_stale_after_30_days(days: int, *, stale: bool) -> None:
    assert a_course(18).is_stale_on(ENROLLED_ON + timedelta(days=days)) is stale


def test_no_score_is_not_a_stale_one() -> None:
    assert a_course().is_stale_on(ENROLLED_ON) is False


def test_a_course_of_one_score_has_none_before_it() -> None:
    assert a_course(18).previous is None
    assert a_course(18, 14).previous == scores(18)[0]
    assert a_course().last is None


def test_no_word_says_improved() -> None:
    assert not [word for word in Trajectory if "improve" in word.value.lower()]
