"""The timer: what is measured, what is a gap, and what stands in the log at the end."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from cocm_desktop.domain.ids import EpisodeId, StaffId
from cocm_desktop.domain.time_entry import LONGEST_NOTE, Activity, ManualReason
from cocm_desktop.domain.timer import (
    HEARTBEAT_SECONDS,
    IDLE_MINUTES,
    IDLE_MINUTES_ON_THE_PHONE,
    GapCause,
    Stretch,
    Tick,
    Timer,
    TimerState,
    started,
)
from cocm_desktop.domain.timer_draft import TimerDraft
from cocm_desktop.domain.timer_pieces import Piece, of_seconds, outside, pieces
from cocm_desktop.domain.timer_view import clock_words, span_words
from cocm_desktop.errors import Refused

DENVER = ZoneInfo("America/Denver")
TEN = datetime(2026, 11, 20, 10, 0, tzinfo=DENVER).astimezone(UTC)
RUN = "one run of the program"


def after(seconds: float, *, jump: timedelta = timedelta(), run: str = RUN) -> Tick:
    """Look at the clocks some true seconds after ten; the wall clock was changed by `jump`."""
    return Tick(TEN + timedelta(seconds=seconds) + jump, int(seconds * 1000), run)


def on_wall(seconds: float) -> Tick:
    return Tick(TEN + timedelta(seconds=seconds))


def a_timer(now: Tick | None = None, *, activity: Activity = Activity.CARE_PLAN) -> Timer:
    return started(StaffId("s"), EpisodeId("e"), activity, device="PC-1", now=now or after(0))


def beaten_until(
    timer: Timer, seconds: int, *, since: int = 0, jump: timedelta = timedelta()
) -> Timer:
    for second in range(since + HEARTBEAT_SECONDS, seconds + 1, HEARTBEAT_SECONDS):
        timer = timer.beaten(after(second, jump=jump))
    return timer


def test_a_timer_measures_from_beat_to_beat() -> None:
    timer = beaten_until(a_timer(), 600).paused(after(607.9))

    assert timer.state is TimerState.PAUSED
    assert timer.seconds == 607
    assert timer.until_at == TEN + timedelta(seconds=607.9)


def test_a_pause_is_no_time() -> None:
    timer = beaten_until(a_timer(), 60).paused(after(60)).resumed(after(960)).paused(after(990))

    assert timer.seconds == 90
    assert [each.began_at for each in timer.stretches] == [TEN, TEN + timedelta(minutes=16)]


def test_turning_twice_is_turning_once() -> None:
    running = a_timer()

    assert running.resumed(after(10)).state is TimerState.RUNNING
    paused = running.paused(after(10))
    assert paused.paused(after(20)) == paused
    assert paused.beaten(after(20)) == paused


@pytest.mark.parametrize(("silence", "asks"), [(60, False), (61, True), (8 * 3600, True)])
def test_a_silence_of_more_than_a_minute_is_a_gap(silence: int, *, asks: bool) -> None:
    timer = beaten_until(a_timer(), 720).beaten(after(720 + silence))

    assert (timer.state is TimerState.ASKING) == asks
    assert timer.seconds == (720 if asks else 720 + silence)


def test_sleep_is_a_gap_also_where_the_steady_clock_slept_too() -> None:
    timer = beaten_until(a_timer(), 720)

    woken = timer.beaten(after(725, jump=timedelta(hours=8)))

    assert woken.gap
    assert woken.gap.cause is GapCause.ASLEEP
    assert woken.seconds == 720
    assert not woken.gap.may_count(after(730, jump=timedelta(hours=8)))


def test_a_program_that_ended_leaves_a_gap() -> None:
    timer = beaten_until(a_timer(), 720)

    next_start = timer.beaten(after(725, run="the next run"))

    assert next_start.gap
    assert next_start.gap.cause is GapCause.ENDED
    assert next_start.gap.since == after(720)
    assert next_start.seconds == 720


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(hours=-1), timedelta(seconds=-5)])
def test_a_clock_that_is_set_back_changes_no_minute(jump: timedelta) -> None:
    timer = beaten_until(a_timer(), 600)

    timer = beaten_until(timer, 1200, since=600, jump=jump).paused(after(1200, jump=jump))

    assert timer.state is TimerState.PAUSED
    assert timer.seconds == 1200


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=365)])
def test_a_clock_that_is_set_forward_adds_nothing(jump: timedelta) -> None:
    timer = beaten_until(a_timer(), 600).beaten(after(615, jump=jump))

    assert timer.state is TimerState.ASKING
    assert timer.seconds == 600


def test_without_a_run_only_the_wall_clock_measures() -> None:
    timer = a_timer(on_wall(0))

    assert timer.beaten(on_wall(45)).seconds == 45
    assert timer.beaten(on_wall(75)).gap
    assert timer.beaten(on_wall(-5)).gap


def test_quiet_minutes_are_cut_off_and_asked_about() -> None:
    timer = beaten_until(a_timer(), 1500)

    held = timer.held(after(1500), GapCause.IDLE, quiet=timedelta(minutes=10))

    assert held.seconds == 900
    assert held.gap
    assert held.gap.since.at == TEN + timedelta(seconds=900)
    assert held.held(after(1600), GapCause.LOCKED) == held
    with pytest.raises(Refused, match="what the gap"):
        held.resumed(after(1600))


def test_quiet_from_before_the_start_cuts_no_more_than_there_is() -> None:
    timer = beaten_until(a_timer(), 30)

    held = timer.held(after(30), GapCause.IDLE, quiet=timedelta(minutes=10))

    assert held.seconds == 0
    assert held.gap
    assert held.gap.since.at == TEN


def test_a_gap_that_was_work_is_counted_because_a_person_says_so() -> None:
    held = beaten_until(a_timer(), 600).held(after(600), GapCause.LOCKED)

    goes_on = held.with_gap(after(1200))

    assert goes_on.state is TimerState.RUNNING
    assert goes_on.paused(after(1230)).seconds == 1230
    assert [each.is_confirmed for each in goes_on.stretches] == [False, True, False]


def test_a_gap_that_was_no_work_is_left_out() -> None:
    held = beaten_until(a_timer(), 600).held(after(600), GapCause.LOCKED)

    goes_on = held.without_gap(after(1200)).paused(after(1230))

    assert goes_on.seconds == 630


def test_a_counted_gap_is_as_long_as_the_slower_clock_says() -> None:
    held = beaten_until(a_timer(), 600).held(after(600), GapCause.LOCKED)

    slept_meanwhile = held.with_gap(after(700, jump=timedelta(minutes=20)))

    assert slept_meanwhile.seconds == 700


def test_a_gap_measured_by_the_wall_clock_is_never_negative() -> None:
    held = a_timer(on_wall(0)).held(on_wall(30), GapCause.LOCKED)

    assert held.gap
    assert held.gap.length(on_wall(90)) == timedelta(seconds=60)
    assert held.gap.length(on_wall(-90)) == timedelta()


@pytest.mark.parametrize("cause", [GapCause.ENDED, GapCause.ASLEEP])
def test_a_gap_in_which_the_program_stood_still_is_never_counted_whole(cause: GapCause) -> None:
    held = beaten_until(a_timer(), 600).held(after(600), cause)

    with pytest.raises(Refused, match="other minutes"):
        held.with_gap(after(660))


def test_nobody_is_asked_on_a_call_before_half_an_hour() -> None:
    assert a_timer(activity=Activity.CONTACT).idle_minutes == IDLE_MINUTES_ON_THE_PHONE
    assert a_timer(activity=Activity.CARE_PLAN).idle_minutes == IDLE_MINUTES


def stretch(local: datetime, seconds: int) -> Stretch:
    began = local.astimezone(UTC)
    return Stretch(began, Tick(began), seconds * 1000, has_ended=True)


def test_a_stretch_over_midnight_is_two_entries() -> None:
    late = stretch(datetime(2026, 11, 30, 23, 50, 0, 400_000, tzinfo=DENVER), 1200)

    [first, second] = pieces([late], DENVER)

    assert (first.worked_on, first.started_at, first.seconds) == (
        date(2026, 11, 30),
        time(23, 50),
        600,
    )
    assert (second.worked_on, second.started_at, second.seconds) == (date(2026, 12, 1), time(), 600)


def test_the_hour_that_comes_twice_is_counted_once_each() -> None:
    before = stretch(datetime(2026, 11, 1, 1, 50, tzinfo=DENVER), 1200)

    [piece] = pieces([before], DENVER)

    assert (piece.worked_on, piece.started_at, piece.seconds) == (
        date(2026, 11, 1), time(1, 50), 1200,
    )  # fmt: skip


def test_stretches_that_the_wall_clock_lays_over_each_other_follow_on() -> None:
    ten = datetime(2026, 11, 20, 10, tzinfo=DENVER)
    once = stretch(ten, 1200)
    again = stretch(ten - timedelta(hours=1), 600)

    [first, second] = pieces([once, again], DENVER)

    assert second.began_at == first.until_at
    assert first.seconds + second.seconds == 1800


@pytest.mark.no_cover
@pytest.mark.parametrize("name", ["America/Denver", "Europe/London", "Pacific/Apia"])
def test_on_every_day_of_a_year_no_second_is_lost_or_doubled(name: str) -> None:
    zone: tzinfo = ZoneInfo(name)
    chance = random.Random(name)
    for day in range(366):
        on = date(2028, 1, 1) + timedelta(days=day)
        turn = datetime.combine(on, time(chance.choice((0, 1, 2, 3))), zone).astimezone(UTC)
        began = turn - timedelta(seconds=chance.randrange(3_000))
        jump = timedelta(seconds=chance.choice((0, 0, -1, -3_600, -86_400)))
        length = chance.randrange(60, 3_600)
        timer = a_timer(Tick(began, 0, RUN))
        for steady in (*range(0, length, 60), length):
            timer = timer.beaten(Tick(began + timedelta(seconds=steady) + jump, steady * 1000, RUN))
        timer = timer.paused(Tick(began + timedelta(seconds=length) + jump, length * 1000, RUN))

        made = pieces(timer.stretches, zone)

        assert sum(piece.seconds for piece in made) == timer.seconds == length
        assert made[0].began_at == began
        for piece in made:
            last = piece.until_at - timedelta(seconds=1)
            assert last.astimezone(zone).date() == piece.worked_on
            assert piece.began_at.astimezone(zone).date() == piece.worked_on
        for first, second in pairwise(made):
            assert first.until_at == second.began_at
            assert first.worked_on < second.worked_on


def a_piece(minute: int, minutes: int) -> Piece:
    began = TEN + timedelta(minutes=minute)
    return Piece(date(2026, 11, 20), time(10, minute), began, minutes * 60)


def test_fewer_minutes_are_cut_off_the_end() -> None:
    measured = (a_piece(0, 10), a_piece(20, 10))

    kept = of_seconds(measured, 900, began_at=TEN, zone=DENVER)

    assert [(each.started_at, each.seconds) for each in kept] == [
        (time(10, 0), 600),
        (time(10, 20), 300),
    ]


def test_more_minutes_stand_behind_what_was_measured_and_say_so() -> None:
    kept = of_seconds((a_piece(0, 10),), 900, began_at=TEN, zone=DENVER)

    assert [(each.started_at, each.seconds, each.is_typed) for each in kept] == [
        (time(10, 0), 600, False),
        (time(10, 10), 300, True),
    ]


def test_minutes_of_a_timer_that_measured_nothing_begin_where_it_did() -> None:
    [typed] = of_seconds((), 300, began_at=TEN, zone=DENVER)

    assert (typed.began_at, typed.is_typed) == (TEN, True)


def test_time_in_the_log_is_cut_out() -> None:
    measured = (a_piece(0, 30),)

    left = outside(measured, [(TEN + timedelta(minutes=10), 300), (TEN - A_DAY, 60)])

    assert [(each.started_at, each.seconds) for each in left] == [
        (time(10, 0), 600),
        (time(10, 15), 900),
    ]
    assert outside(measured, [(TEN, 1800)]) == ()


A_DAY = timedelta(days=1)


def a_draft(
    timer: Timer, *, minutes: int | None = None, reason: ManualReason | None = None, note: str = ""
) -> TimerDraft:
    return TimerDraft(timer.id, Activity.CARE_PLAN, minutes, reason, note)


def test_a_timer_is_saved_to_the_second() -> None:
    timer = beaten_until(a_timer(), 705).paused(after(719))

    assert a_draft(timer).accept(timer, now=after(719).at) == 719
    assert a_draft(timer, minutes=11).accept(timer, now=after(719).at) == 719


def test_other_minutes_need_a_reason() -> None:
    timer = beaten_until(a_timer(), 720).paused(after(720))
    changed = a_draft(timer, minutes=5)

    with pytest.raises(Refused, match="Say why"):
        changed.accept(timer, now=after(720).at)
    assert replace(changed, reason=ManualReason.AWAY).accept(timer, now=after(720).at) == 300


def test_fewer_minutes_are_saved_also_on_a_clock_that_was_set_back() -> None:
    timer = beaten_until(a_timer(), 720).paused(after(720))
    fewer = a_draft(timer, minutes=5, reason=ManualReason.AWAY)

    assert fewer.accept(timer, now=TEN - timedelta(hours=1)) == 300


@pytest.mark.parametrize(
    ("minutes", "note", "words"),
    [
        (13, "", "No more than 12 minutes"),
        (0, "", "1 to"),
        (None, "x" * (LONGEST_NOTE + 1), "characters"),
    ],
)
def test_what_a_timer_cannot_hold_is_refused(minutes: int | None, note: str, words: str) -> None:
    timer = beaten_until(a_timer(), 720).paused(after(720))

    with pytest.raises(Refused, match=words):
        a_draft(timer, minutes=minutes, reason=ManualReason.AWAY, note=note).accept(
            timer, now=after(770).at
        )


def test_a_timer_without_a_second_is_not_saved() -> None:
    timer = a_timer().paused(after(0.4))

    with pytest.raises(Refused, match="not measured a second"):
        a_draft(timer).accept(timer, now=after(1).at)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(45, "45 s"), (719, "11 min"), (3_600, "1 h"), (8 * 3_600 + 185, "8 h 3 min")],
)
def test_spans_read_as_people_say_them(seconds: int, words: str) -> None:
    assert span_words(seconds) == words


def test_the_clock_of_the_bar() -> None:
    assert [clock_words(each) for each in (0, 724, 3_724)] == ["0:00", "12:04", "1:02:04"]
