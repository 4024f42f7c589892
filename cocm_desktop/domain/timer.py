"""One person's timer: stretches kept by heartbeats, and gaps that never count by themselves."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum

from cocm_desktop.domain.ids import EpisodeId, StaffId, TimerId, TimerStretchId, new_id
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.errors import Problem, Refused

HEARTBEAT_SECONDS = 15
LONGEST_SILENCE = timedelta(seconds=60)
IDLE_MINUTES = 10
IDLE_MINUTES_ON_THE_PHONE = 30
ON_THE_PHONE = frozenset(
    activity
    for activity in Activity
    if activity.name in {"OUTREACH", "CONTACT", "INTERVENTION", "COORDINATION"}
)
"""Work during which people talk and do not type."""
LONGEST_GAP_TO_COUNT = timedelta(hours=2)
A_SECOND = 1_000
_NO_TIME = timedelta()


class TimerState(Enum):
    RUNNING = "Running"
    PAUSED = "Paused"
    ASKING = "Waiting for an answer"


class GapCause(Enum):
    """Why the timer does not know what happened; the value completes a sentence."""

    ENDED = "the program ended"
    ASLEEP = "this computer slept or stood still, or its clock was changed"
    IDLE = "nobody typed or clicked"
    LOCKED = "the clinic was locked"


MAY_BE_COUNTED = frozenset({GapCause.IDLE, GapCause.LOCKED})
"""Gaps in which the program itself went on: a person may say that it was work."""


class TimerEnding(Enum):
    SAVED = "Saved as measured"
    CHANGED = "Saved with other minutes"
    DISCARDED = "Discarded"


@dataclass(frozen=True, slots=True)
class Tick:
    """One look at the clocks: the wall clock, and the steady one of a run of the program.

    `steady_ms` says nothing by itself; two of the same run differ by what has truly passed. Without
    a run, as on the command line, there is only the wall clock.
    """

    at: datetime
    steady_ms: int = 0
    run_id: str = ""

    def passed_since(self, earlier: Tick) -> timedelta | None:
        """Give what has truly passed; None where no clock can tell, or where it is too long."""
        wall = self.at - earlier.at
        if self.run_id != earlier.run_id or wall > LONGEST_SILENCE:
            return None
        if not self.run_id:
            return wall if wall >= _NO_TIME else None
        steady = timedelta(milliseconds=self.steady_ms - earlier.steady_ms)
        return steady if _NO_TIME <= steady <= LONGEST_SILENCE else None

    def earlier_by(self, span: timedelta) -> Tick:
        """Give the tick of some time ago."""
        return replace(self, at=self.at - span, steady_ms=self.steady_ms - _milliseconds(span))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time without a break. `measured_ms` is what the steady clock counted until `seen`."""

    began_at: datetime
    seen: Tick
    measured_ms: int = 0
    has_ended: bool = False
    is_confirmed: bool = False
    """A gap of which the person said that it was work."""
    id: TimerStretchId = field(default_factory=lambda: TimerStretchId(new_id()))

    @property
    def seconds(self) -> int:
        return self.measured_ms // A_SECOND

    @property
    def until_at(self) -> datetime:
        return self.began_at + timedelta(milliseconds=self.measured_ms)


@dataclass(frozen=True, slots=True)
class Gap:
    """Time of which the timer does not know whether it was work. It never counts by itself."""

    cause: GapCause
    since: Tick

    def length(self, now: Tick) -> timedelta:
        """Give the shorter of what both clocks say: a computer may have slept meanwhile."""
        wall = max(now.at - self.since.at, _NO_TIME)
        if not now.run_id or now.run_id != self.since.run_id:
            return wall
        steady = timedelta(milliseconds=now.steady_ms - self.since.steady_ms)
        return min(wall, max(steady, _NO_TIME))

    def may_count(self, now: Tick) -> bool:
        return self.cause in MAY_BE_COUNTED and self.length(now) <= LONGEST_GAP_TO_COUNT


@dataclass(frozen=True, slots=True)
class Timer:
    """A person has one at most. Each change gives another timer, with a look at the clocks."""

    staff_id: StaffId
    episode_id: EpisodeId
    activity: Activity
    device: str
    stretches: tuple[Stretch, ...]
    gap: Gap | None = None
    id: TimerId = field(default_factory=lambda: TimerId(new_id()))

    @property
    def last(self) -> Stretch:
        return self.stretches[-1]

    @property
    def began_at(self) -> datetime:
        return self.stretches[0].began_at

    @property
    def until_at(self) -> datetime:
        """When it was last known to run."""
        return max(stretch.until_at for stretch in self.stretches)

    @property
    def state(self) -> TimerState:
        if self.gap:
            return TimerState.ASKING
        return TimerState.PAUSED if self.last.has_ended else TimerState.RUNNING

    @property
    def seconds(self) -> int:
        """What is measured: whole seconds of each stretch."""
        return sum(stretch.seconds for stretch in self.stretches)

    @property
    def idle_minutes(self) -> int:
        """After how long without a key or a click the timer asks."""
        return IDLE_MINUTES_ON_THE_PHONE if self.activity in ON_THE_PHONE else IDLE_MINUTES

    def beaten(self, now: Tick) -> Timer:
        """Go on until now, or notice a gap: then the last heartbeat is the end."""
        if self.state is not TimerState.RUNNING:
            return self
        last = self.last
        passed = now.passed_since(last.seen)
        if passed is None:
            is_other_run = now.run_id != last.seen.run_id
            cause = GapCause.ENDED if is_other_run or not now.run_id else GapCause.ASLEEP
            return replace(_with(self, replace(last, has_ended=True)), gap=Gap(cause, last.seen))
        measured = last.measured_ms + _milliseconds(passed)
        return _with(self, replace(last, seen=now, measured_ms=measured))

    def paused(self, now: Tick) -> Timer:
        timer = self.beaten(now)
        if timer.state is not TimerState.RUNNING:
            return timer
        return _with(timer, replace(timer.last, has_ended=True))

    def resumed(self, now: Tick) -> Timer:
        timer = self.beaten(now)
        if timer.gap:
            raise Refused(Problem("timer", "Say first what the gap of the timer was."))
        if timer.state is TimerState.RUNNING:
            return timer
        return replace(timer, stretches=(*timer.stretches, Stretch(now.at, now)))

    def held(self, now: Tick, cause: GapCause, *, quiet: timedelta = _NO_TIME) -> Timer:
        """Stop counting and ask; `quiet` is how long there was no sign of life already."""
        timer = self.beaten(now)
        if timer.state is not TimerState.RUNNING:
            return timer
        last = timer.last
        cut = min(_milliseconds(quiet), last.measured_ms)
        since = now.earlier_by(timedelta(milliseconds=cut))
        shorter = replace(last, measured_ms=last.measured_ms - cut, seen=since, has_ended=True)
        return replace(_with(timer, shorter), gap=Gap(cause, since))

    def without_gap(self, now: Tick) -> Timer:
        """Leave the gap out and run on from now."""
        return replace(self, gap=None).resumed(now)

    def with_gap(self, now: Tick) -> Timer:
        """Count the gap, because the person says that it was work, and run on from now."""
        gap = self.gap
        if gap is None or not gap.may_count(now):
            words = "This gap cannot be counted whole. Save the timer with other minutes."
            raise Refused(Problem("timer", words))
        length = _milliseconds(gap.length(now))
        counted = Stretch(gap.since.at, now, length, has_ended=True, is_confirmed=True)
        return replace(self, stretches=(*self.stretches, counted)).without_gap(now)


def started(
    staff_id: StaffId, episode_id: EpisodeId, activity: Activity, *, device: str, now: Tick
) -> Timer:
    return Timer(staff_id, episode_id, activity, device, (Stretch(now.at, now),))


def _with(timer: Timer, last: Stretch) -> Timer:
    return replace(timer, stretches=(*timer.stretches[:-1], last))


def _milliseconds(span: timedelta) -> int:
    return span // timedelta(milliseconds=1)
