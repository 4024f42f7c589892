"""The pause after wrong passwords."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cocm_desktop.domain.throttle import Moment, Tries, pause_seconds, worse

BOOT = "first start"


def test_the_pause_grows_from_nothing_to_a_minute_and_then_rests() -> None:
    pauses = [pause_seconds(count) for count in range(1, 15)]

    assert pauses == [0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60, 180, 180, 180]


def test_a_guesser_who_never_rests_gets_30_tries_an_hour() -> None:
    seconds, tries = 0, Tries()

    for _each in range(1000):
        tries = tries.one_more(Moment(seconds * 1000, BOOT))
        if seconds > 3600:
            break
        seconds += tries.seconds_left(Moment(seconds * 1000, BOOT))

    assert 25 <= tries.count - 1 <= 30


def test_a_pause_runs_down_and_ends() -> None:
    tries = Tries(4, Moment(10_000, BOOT))

    left = [tries.seconds_left(Moment(10_000 + ms, BOOT)) for ms in (0, 1, 1000, 1999, 2000)]

    assert left == [2, 2, 1, 1, 0]


def test_a_new_start_of_the_computer_counts_from_the_start() -> None:
    tries = Tries(9, Moment(9_000_000, BOOT))

    assert tries.seconds_left(Moment(5_000, "second start")) == 55
    assert tries.seconds_left(Moment(61_000, "second start")) == 0


def test_where_no_start_is_named_a_clock_that_went_back_means_a_new_start() -> None:
    assert Tries(9, Moment(9_000_000, "")).seconds_left(Moment(5_000, "")) == 55


@given(st.integers(0, 50), st.integers(0, 10**9), st.integers(0, 10**9))
def test_nobody_waits_longer_than_the_pause(count: int, then: int, now: int) -> None:
    left = Tries(count, Moment(then, BOOT)).seconds_left(Moment(now, BOOT))

    assert 0 <= left <= pause_seconds(count)


@pytest.mark.parametrize("turn", [False, True])
def test_of_two_counts_the_worse_is_believed(turn: bool) -> None:  # noqa: FBT001
    few, many = Tries(2, Moment(9, BOOT)), Tries(5, Moment(1, BOOT))

    assert (worse(many, few) if turn else worse(few, many)) == many
