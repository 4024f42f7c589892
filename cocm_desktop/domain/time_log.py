"""The time log of one patient's month: each entry, whether it counts, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from cocm_desktop.domain.billing.check import Check
from cocm_desktop.domain.billing.countable_time import CountableTime
from cocm_desktop.domain.billing.rules import CodeUnits, NextCode
from cocm_desktop.domain.ids import StaffId, TimeEntryId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.time_entry import ManualReason, TimeEntry
from cocm_desktop.domain.time_questions import exact
from cocm_desktop.domain.wording import count_of, long_moment, minutes_of


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry with who recorded it and, where it was voided, who did that and why."""

    entry: TimeEntry
    recorded_at: datetime
    recorded_by: StaffId
    voided_at: datetime | None = None
    voided_by: StaffId | None = None
    void_reason: str = ""

    @property
    def is_voided(self) -> bool:
        return self.voided_at is not None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a month's evaluation makes of an entry: seconds that count, and why others do not."""

    counted_seconds: int
    not_counted: str = ""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of the log. `clock` is when it began and ended, empty where that is not known."""

    logged: KeptEntry
    by: str
    clock: str
    judged: Judged
    corrected_by: TimeEntryId | None = None

    @property
    def entry(self) -> TimeEntry:
        return self.logged.entry

    @property
    def state(self) -> str:
        """Say in words whether it counts: as a whole, in part, or why not."""
        if self.logged.is_voided:
            why = "Corrected" if self.corrected_by else "Voided"
            return f"{why}: {self.logged.void_reason}"
        counted = minutes_of(self.judged.counted_seconds)
        if not self.judged.not_counted:
            return "Counted"
        if counted:
            return f"{count_of(counted, 'minute')} counted. {self.judged.not_counted}"
        return self.judged.not_counted

    @property
    def length(self) -> str:
        return exact(self.entry.seconds)

    @property
    def origin(self) -> str:
        """Say where it comes from: Timer; By hand: From a paper note; Timer, corrected."""
        entry, reason = self.entry, self.entry.manual_reason
        if entry.corrects is not None:
            return f"{entry.source.value}, corrected"
        if reason is None or reason is ManualReason.NO_TIMER:
            return entry.source.value
        return f"{entry.source.value}: {reason.value}"


@dataclass(frozen=True, slots=True)
class TimeLog:
    """A month's log, oldest first. `next` is the next mark, known only while the month is open."""

    month: ServiceMonth
    lines: tuple[LogLine, ...] = ()
    seconds: int = 0
    reached: tuple[CodeUnits, ...] = ()
    next: NextCode | None = None
    days_left: int = 0
    checks: tuple[Check, ...] = ()
    names: Mapping[StaffId, str] = field(default_factory=dict)

    @property
    def minutes(self) -> int:
        """Whole minutes that count: the seconds of the month summed, then floored once."""
        return minutes_of(self.seconds)

    @property
    def share(self) -> float:
        """How much of the way to the next mark is done; all of it once the month is over."""
        return self.minutes / self.next.at_minute if self.next else 1.0

    @property
    def total_words(self) -> str:
        """Write 37 of 60 min; without the mark once the month is over."""
        if self.next is None:
            return f"{self.minutes} min"
        return f"{self.minutes} of {self.next.at_minute} min"

    @property
    def blocks(self) -> tuple[str, ...]:
        """Say what stops the claim, but for time: the log shows that itself."""
        return tuple(dict.fromkeys(each.words for each in self.checks if each.id.is_block))

    @property
    def blocked_words(self) -> str:
        """Name the first of the blocks, and how many there are besides."""
        more = f" And {len(self.blocks) - 1:,} more." if len(self.blocks) > 1 else ""
        return f"{self.blocks[0]}{more}" if self.blocks else ""

    @property
    def next_words(self) -> str:
        """Name the next mark and the days left, only while the month is open."""
        if self.next is None:
            return ""
        left = count_of(self.days_left, "day")
        return f"Next {self.next.code} at {self.next.at_minute} · {left} left"

    @property
    def reached_words(self) -> str:
        named = (c.code if c.units == 1 else f"{c.units} × {c.code}" for c in self.reached)
        return " + ".join(named) or "No code reached"

    def unsigned_of(self, staff_id: StaffId) -> tuple[LogLine, ...]:
        """Give the entries that wait for this person's signature."""
        return tuple(
            line
            for line in self.lines
            if line.entry.staff_id == staff_id
            and not line.logged.is_voided
            and not line.entry.is_signed
        )


def judged_by(time: CountableTime) -> dict[TimeEntryId, Judged]:
    """Give each entry's judgment: the seconds that count, and each reason why others do not."""
    counted = {each.id: each.seconds for each in time.counted}
    reasons: dict[str, list[str]] = {each.id: [] for each in time.counted}
    for each in time.dropped:
        reasons.setdefault(each.id, []).append(each.reason.value)
    return {
        TimeEntryId(name): Judged(counted.get(name, 0), " ".join(dict.fromkeys(words)))
        for name, words in reasons.items()
    }


def days_left(month: ServiceMonth, today: date) -> int:
    """Count the days of the month that are left, today with them; none once it is over."""
    return max(0, (month.last_day - today).days + 1) if month.contains(today) else 0


def lines_of(
    logged: Sequence[KeptEntry],
    judged: Mapping[TimeEntryId, Judged],
    *,
    names: Mapping[StaffId, str],
    clocks: Mapping[TimeEntryId, str],
) -> tuple[LogLine, ...]:
    """Put the entries together with their judgment; what was voided counts for nothing."""
    corrections = {
        each.entry.corrects: each.entry.id for each in logged if each.entry.corrects is not None
    }
    return tuple(
        LogLine(
            logged=each,
            by=names[each.entry.staff_id],
            clock=clocks.get(each.entry.id, ""),
            judged=judged.get(each.entry.id, Judged(0)),
            corrected_by=corrections.get(each.entry.id),
        )
        for each in logged
    )


def history_words(line: LogLine, log: TimeLog) -> str:
    """Tell where an entry comes from, who signed it, and what became of it, a line each."""
    kept, before = line.logged, {each.entry.id: each for each in log.lines}
    said = "" if kept.is_voided else f"{line.state.rstrip('.')} · "
    told = [f"{said}{line.origin} · {signature_words(line, log.names)}"]
    if line.entry.billed_as:
        told.append(f"Billed as {line.entry.billed_as}")
    old = before.get(line.entry.corrects) if line.entry.corrects else None
    if old is not None:
        told.append(f"In place of {old.length}, {old.entry.activity.value}")
    if kept.voided_at is not None and kept.voided_by is not None:
        by = log.names.get(kept.voided_by, "")
        told.append(f"Voided by {by}, {long_moment(kept.voided_at)}: {kept.void_reason}")
    return "\n".join((*told, line.entry.note)).strip()


def signature_words(line: LogLine, names: Mapping[StaffId, str]) -> str:
    """Say who signed and when, or that nobody has."""
    entry = line.entry
    if entry.signed_at is None or entry.signed_by is None:
        return "Not signed"
    return f"Signed by {names.get(entry.signed_by, '')}, {long_moment(entry.signed_at)}"
