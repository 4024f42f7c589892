"""The minutes of one patient's month as a screen tells them: counted, reached, left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from cocm_desktop.domain.billing.codes import CODES
from cocm_desktop.domain.billing.countable_time import Dropped
from cocm_desktop.domain.billing.evaluation import MonthResult
from cocm_desktop.domain.billing.rules import CodeUnits, MonthKind, NextCode, next_code
from cocm_desktop.domain.ids import TimeEntryId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import count_of, minutes_of


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Whole minutes that do not count, and why not."""

    minutes: int
    reason: Dropped

    @property
    def words(self) -> str:
        return f"{count_of(self.minutes, 'minute')} left out: {self.reason.value}"


@dataclass(frozen=True, slots=True)
class MonthMinutes:
    """What a month's time comes to, and the mark it reaches next; None where no more can be."""

    month: ServiceMonth
    kind: MonthKind
    counted: int
    reached: tuple[CodeUnits, ...]
    next: NextCode | None
    left_out: tuple[LeftOut, ...] = ()
    why_not: tuple[tuple[TimeEntryId, Dropped], ...] = ()

    @property
    def reached_words(self) -> str:
        """Name the codes reached, 99493 + 2 × 99494, or say that none is."""
        if not self.reached:
            return "No code reached yet"
        named = (c.code if c.units == 1 else f"{c.units} × {c.code}" for c in self.reached)
        return f"{' + '.join(named)} reached"

    @property
    def next_words(self) -> str:
        if self.next is None:
            return ""
        is_unit = any(reached.code == self.next.code for reached in self.reached)
        what = f"next unit of {self.next.code}" if is_unit else self.next.code
        return f"{what} at {self.next.at_minute}"

    @property
    def share(self) -> float:
        """How much of the way to the next mark is gone: 0 to 1."""
        return self.counted / self.next.at_minute if self.next else 1.0


def minutes_of_month(
    month: ServiceMonth, result: MonthResult, *, g2214_first_minute: int
) -> MonthMinutes:
    """Tell a month's time as its evaluation has it.

    General integration has one code: once it is reached, those of collaborative care do not follow.
    """
    counted = result.time.minutes
    is_done = any(each.code not in CODES for each in result.reached)
    above = next_code(result.kind, counted, g2214_first_minute=g2214_first_minute)
    seconds: Counter[Dropped] = Counter()
    for each in result.time.dropped:
        seconds[each.reason] += each.seconds
    return MonthMinutes(
        month=month,
        kind=result.kind,
        counted=counted,
        reached=result.reached,
        next=result.next_code or (None if is_done else above),
        left_out=tuple(
            LeftOut(minutes_of(seconds[reason]), reason) for reason in Dropped if seconds[reason]
        ),
        why_not=tuple((TimeEntryId(each.id), each.reason) for each in result.time.dropped),
    )


def no_minutes(month: ServiceMonth, kind: MonthKind, first: NextCode) -> MonthMinutes:
    """Give a month without any time, as it stands before the first minute."""
    return MonthMinutes(month, kind, counted=0, reached=(), next=first)
