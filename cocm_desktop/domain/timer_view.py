"""A person's timer as the bar shows it: whom it is for, what it says, what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cocm_desktop.domain.ids import TimeEntryId
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import TimeEntry
from cocm_desktop.domain.time_questions import will_not_count
from cocm_desktop.domain.timer import Gap, GapCause, Tick, Timer, TimerState
from cocm_desktop.domain.wording import (
    SECONDS_A_MINUTE,
    clock_time,
    count_of,
    long_moment,
    minutes_of,
)

MINUTES_AN_HOUR = 60
TOLD_FROM = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class TimerView:
    """The timer with its patient's row of the registry, as read at one moment."""

    timer: Timer
    row: RegistryRow
    now: Tick
    device: str
    role: Role = Role.CARE_MANAGER

    @property
    def name(self) -> str:
        return self.row.name

    @property
    def state(self) -> TimerState:
        return self.timer.state

    @property
    def month_words(self) -> str:
        """Say what is counted this month, and at which minute the next code begins."""
        return f"{self.row.minutes_this_month} of {self.row.next_code.at_minute} min this month"

    @property
    def month_tip(self) -> str:
        month = ServiceMonth.of(self.row.today)
        left = (month.last_day - self.row.today).days
        days = count_of(left, "day") + " left" if left else "the last day"
        counted = count_of(self.row.minutes_this_month, "minute")
        code = self.row.next_code
        return f"{counted} counted in {month}, {days}. {code.code} begins at {code.at_minute}."

    @property
    def not_counted(self) -> str:
        """Say why this time will not count; empty where nothing is known against it."""
        today = self.now.at.date()
        timer = self.timer
        entry = TimeEntry(
            TimeEntryId(timer.id), timer.episode_id, timer.staff_id, today, 1, timer.activity,
            role=self.role, signed_at=self.now.at,
        )  # fmt: skip
        return " ".join(will_not_count(entry, consented_on=self.row.consented_on))

    @property
    def measured_words(self) -> str:
        return span_words(self.timer.seconds)

    @property
    def question(self) -> str:
        """Say until when it ran and what happened then; empty where nothing is asked."""
        gap = self.timer.gap
        if gap is None:
            return ""
        ran = f"Timer for {self.name} ran until {self._moment(gap.since.at)}"
        return f"{ran} ({self.measured_words}){self._elsewhere(gap)}. {self._what_then(gap)}"

    @property
    def may_count(self) -> bool:
        """Whether the person may say that the gap was work."""
        gap = self.timer.gap
        return gap is not None and gap.may_count(self.now)

    @property
    def gap_words(self) -> str:
        gap = self.timer.gap
        return span_words(int(gap.length(self.now).total_seconds())) if gap else ""

    def live_seconds(self, now: Tick) -> int:
        """Give what the timer shows between two heartbeats."""
        if self.state is not TimerState.RUNNING:
            return self.timer.seconds
        return self.timer.beaten(now).seconds

    def _what_then(self, gap: Gap) -> str:
        if self.now.at < gap.since.at:
            return "Then the clock of this computer was set back. Nothing since is counted."
        cause = gap.cause.value
        told = f"Then {cause}."
        is_felt = gap.length(self.now) >= TOLD_FROM
        return f"{told} The {self.gap_words} since are not counted." if is_felt else told

    def _elsewhere(self, gap: Gap) -> str:
        is_other = gap.cause is GapCause.ENDED and self.timer.device != self.device
        return f" on {self.timer.device}" if is_other else ""

    def _moment(self, at: datetime) -> str:
        local = at.astimezone(self.now.at.tzinfo)
        same_day = local.date() == self.now.at.date()
        return clock_time(local) if same_day else long_moment(local)


def span_words(seconds: int) -> str:
    """Write 45 s, 12 min, or 8 h 3 min."""
    if seconds < SECONDS_A_MINUTE:
        return f"{seconds} s"
    hours, minutes = divmod(minutes_of(seconds), MINUTES_AN_HOUR)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def clock_words(seconds: int) -> str:
    """Write 12:04, or 1:02:04 from an hour on."""
    minutes, rest = divmod(seconds, SECONDS_A_MINUTE)
    hours, minutes = divmod(minutes, MINUTES_AN_HOUR)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
