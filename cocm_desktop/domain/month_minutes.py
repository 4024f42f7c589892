"""The minutes of one patient's month as a screen tells them: counted, reached, left out."""

from __future__ import annotations

from dataclasses import dataclass

from cocm_desktop.domain.billing.codes import CODES
from cocm_desktop.domain.billing.month import MonthFacts, NotCounted, sort_time
from cocm_desktop.domain.billing.rules import CodeUnits, MonthKind, NextCode, codes_for, next_code
from cocm_desktop.domain.ids import TimeEntryId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.wording import count_of


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Whole minutes that do not count, and why not."""

    minutes: int
    reason: NotCounted

    @property
    def words(self) -> str:
        return f"{count_of(self.minutes, 'minute')} left out: {self.reason.value}"


@dataclass(frozen=True, slots=True)
class MonthMinutes:
    """What a month's time comes to, and the mark it reaches next."""

    month: ServiceMonth
    kind: MonthKind
    counted: int
    reached: tuple[CodeUnits, ...]
    next: NextCode
    left_out: tuple[LeftOut, ...] = ()
    why_not: tuple[tuple[TimeEntryId, NotCounted], ...] = ()

    @property
    def reached_words(self) -> str:
        """Name the codes reached, 99493 + 2 × 99494, or say that none is."""
        if not self.reached:
            return "No code reached yet"
        named = (c.code if c.units == 1 else f"{c.units} × {c.code}" for c in self.reached)
        return f"{' + '.join(named)} reached"

    @property
    def next_words(self) -> str:
        is_unit = any(reached.code == self.next.code for reached in self.reached)
        what = f"next unit of {self.next.code}" if is_unit else self.next.code
        return f"{what} at {self.next.at_minute}"

    @property
    def next_label(self) -> str:
        return CODES[self.next.code].label


def minutes_of_month(facts: MonthFacts) -> MonthMinutes:
    """Evaluate a month's time by the same rules as its superbill."""
    time, g2214 = sort_time(facts), facts.settings.g2214_first_minute
    return MonthMinutes(
        month=facts.month,
        kind=facts.kind,
        counted=time.minutes,
        reached=codes_for(facts.kind, time.minutes, g2214_first_minute=g2214),
        next=next_code(facts.kind, time.minutes, g2214_first_minute=g2214),
        left_out=tuple(LeftOut(left, reason) for reason, left in time.minutes_left_out.items()),
        why_not=tuple((entry.id, reason) for entry, reason in time.left_out),
    )


def no_minutes(month: ServiceMonth, kind: MonthKind, first: NextCode) -> MonthMinutes:
    """Give a month without any time, as it stands before the first minute."""
    return MonthMinutes(month, kind, counted=0, reached=(), next=first)
