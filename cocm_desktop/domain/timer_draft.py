"""What a person decides about a timer: save it as measured, with other minutes, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cocm_desktop.domain.ids import TimerId
from cocm_desktop.domain.time_entry import (
    LONGEST_ENTRY_MINUTES,
    LONGEST_NOTE,
    Activity,
    ManualReason,
    TimeEntry,
)
from cocm_desktop.domain.timer import Timer
from cocm_desktop.domain.wording import SECONDS_A_MINUTE, count_of, minutes_of
from cocm_desktop.errors import Problem, Refused


def questions_beside(timer: Timer | None, entry: TimeEntry) -> Iterator[str]:
    """Ask whether typed time without a start is what the person's timer measures already.

    Time with a start is compared when the timer is saved.
    """
    if timer is None or entry.started_at or entry.corrects or entry.meeting_id:
        return
    days = abs((entry.worked_on - timer.began_at.date()).days)
    if entry.episode_id == timer.episode_id and days <= 1:
        yield (
            "Your timer is open for this patient. Are these other minutes? "
            "What it measures is saved when it is stopped."
        )


@dataclass(frozen=True, slots=True)
class TimerDraft:
    """Without `minutes` every measured second is saved. Other minutes need a reason.

    `leaves_out_overlap`: time that stands in the log already is cut out instead of refused.
    `is_confirmed`: what is asked about unusual lengths is answered.
    """

    timer_id: TimerId
    activity: Activity
    minutes: int | None = None
    reason: ManualReason | None = None
    note: str = ""
    leaves_out_overlap: bool = False
    is_confirmed: bool = False

    def changes(self, timer: Timer) -> bool:
        """Tell whether other minutes are wanted than were measured."""
        return self.minutes is not None and self.minutes != minutes_of(timer.seconds)

    def seconds(self, timer: Timer) -> int:
        if self.minutes is None or not self.changes(timer):
            return timer.seconds
        return self.minutes * SECONDS_A_MINUTE

    def problems(self, timer: Timer, *, now: datetime) -> Iterator[Problem]:
        if len(self.note) > LONGEST_NOTE:
            yield Problem("note", f"A note on time has at most {LONGEST_NOTE:,} characters.")
        if self.minutes is None or not self.changes(timer):
            if not timer.seconds:
                words = "The timer has not measured a second. Discard it, or type the minutes."
                yield Problem("minutes", words)
            return
        if self.reason is None:
            yield Problem("reason", "Say why the minutes are not those that were measured.")
        if not 0 < self.minutes <= LONGEST_ENTRY_MINUTES:
            yield Problem("minutes", f"Minutes must be 1 to {LONGEST_ENTRY_MINUTES}.")
        elif (added := self.seconds(timer) - timer.seconds) > 0 and (
            timer.until_at + timedelta(seconds=added) > now
        ):
            passed = count_of(minutes_of(int((now - timer.began_at).total_seconds())), "minute")
            words = f"No more than {passed} have passed since the timer was started."
            yield Problem("minutes", words)

    def accept(self, timer: Timer, *, now: datetime) -> int:
        """Give the seconds to be saved, or raise Refused with every problem at once."""
        if problems := tuple(self.problems(timer, now=now)):
            raise Refused(*problems)
        return self.seconds(timer)
