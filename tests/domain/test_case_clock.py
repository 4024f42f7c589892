"""The clock of a review meeting: it runs for one case at a time, and counts no silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.case_clock import CaseClock, Pace
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.review_meeting import CaseTime
from cocm_desktop.errors import Refused

ROSA, TUNDE = EpisodeId("rosa"), EpisodeId("tunde")


def running(now_ms: int = 0) -> CaseClock:
    return CaseClock().turned_to(ROSA, now_ms).resumed(now_ms)


def test_it_goes_on_from_what_was_kept() -> None:
    clock = CaseClock.of([CaseTime(ROSA, 90)]).turned_to(ROSA, 5_000).resumed(5_000)

    assert clock.looked_at(6_000).seconds == 91


def test_turning_to_another_case_turns_the_clock() -> None:
    clock = running().turned_to(TUNDE, 8_000).looked_at(11_000)

    assert (clock.seconds_of(ROSA), clock.seconds_of(TUNDE)) == (8, 3)
    assert clock.total_seconds == 11


def test_a_pause_counts_nothing_and_outlasts_the_next_case() -> None:
    clock = running().paused(4_000).looked_at(30_000).turned_to(TUNDE, 31_000).looked_at(40_000)

    assert clock.total_seconds == 4
    assert clock.resumed(41_000).looked_at(42_000).total_seconds == 5


def test_a_computer_that_slept_was_not_talking() -> None:
    slept = running().looked_at(10_000).looked_at(310_000)

    assert slept.seconds == 10
    assert slept.missed_words == "5 minutes"
    assert slept.with_missed().seconds == 310
    assert slept.without_missed().missed_words == ""


def test_while_nobody_sees_the_meeting_the_clock_stands_still() -> None:
    clock = running().looked_at(10_000).held(11_000).held(131_000).looked_at(132_000)

    assert clock.seconds == 11
    assert clock.missed_words == "2 minutes"
    assert running().paused(0).held(90_000).missed_words == ""


def test_minutes_are_corrected_by_hand_and_run_on_from_there() -> None:
    clock = running().looked_at(10_000).corrected(7).looked_at(11_000)

    assert clock.seconds == 7 * 60 + 1
    assert CaseClock().corrected(7).total_seconds == 0


@pytest.mark.parametrize("minutes", [-1, 241])
def test_minutes_beyond_a_review_are_refused(minutes: int) -> None:
    clock = running()

    with pytest.raises(Refused):
        clock.corrected(minutes)
    assert clock.seconds == 0


@pytest.mark.parametrize(("seconds", "minutes"), [(29, 0), (30, 1), (89, 1), (90, 2)])
def test_recorded_minutes_are_the_nearest(seconds: int, minutes: int) -> None:
    clock = CaseClock.of([CaseTime(ROSA, seconds)]).turned_to(ROSA, 0)

    assert clock.minutes == minutes


def test_a_clock_without_a_case_counts_nothing() -> None:
    clock = CaseClock().resumed(0).looked_at(5_000)

    assert (clock.seconds, clock.minutes, clock.with_missed().total_seconds) == (0, 0, 0)


@given(st.lists(st.tuples(st.sampled_from([ROSA, TUNDE]), st.integers(0, 90_000)), max_size=40))
def test_no_moment_is_counted_twice_or_lost(steps: list[tuple[EpisodeId, int]]) -> None:
    clock, now, long_ones = running(), 0, 0
    for case, passed in steps:
        now += passed
        long_ones += passed if passed > 60_000 else 0
        clock = clock.turned_to(case, now)

    assert sum(clock.spent_ms.values()) == now - long_ones


@pytest.mark.parametrize(
    ("pace", "words"),
    [
        (Pace(7, 18, 180, 118 * 60), "7 of 18 discussed · 62 min left · 5.6 min a case"),
        (Pace(0, 18, 180, 0), "0 of 18 discussed · 180 min left · 10.0 min a case"),
        (Pace(18, 18, 180, 60 * 60), "18 of 18 discussed · 120 min left"),
        (Pace(3, 18, 20, 25 * 60), "3 of 18 discussed · 5 min over"),
    ],
)
def test_the_pace_says_what_is_left_for_each(pace: Pace, words: str) -> None:
    assert pace.words == words
