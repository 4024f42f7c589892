"""How a month's minutes become codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from cocm_desktop.domain.billing.choices import Line
from cocm_desktop.domain.billing.codes import ADD_ON, CODES, INITIAL, SHORT_MONTH, SUBSEQUENT
from cocm_desktop.domain.service_month import ServiceMonth

# Source: AMA definition quoted by NC Medicaid 2025: six calendar months without the service end
# an episode; the next month with it is an initial month again.
GAP_MONTHS = 6
# Source: CMS MLN909432: general integration has one code, of 20 full minutes.
ONE_CODE = {Line.BHI: "99484", Line.BHI_CLINICIAN: "G0323"}
FULL_MINUTES = 20


class MonthKind(Enum):
    INITIAL = "Initial month"
    SUBSEQUENT = "Subsequent month"

    @property
    def base_code(self) -> str:
        return INITIAL if self is MonthKind.INITIAL else SUBSEQUENT


@dataclass(frozen=True, slots=True)
class CodeUnits:
    code: str
    units: int


@dataclass(frozen=True, slots=True)
class NextCode:
    """The next code or unit a month could reach, and the minute at which it is reached."""

    code: str
    at_minute: int


def month_kind(earlier_service: Iterable[ServiceMonth], month: ServiceMonth) -> MonthKind:
    """Call a month initial when six whole months or more without service lie before it, or all.

    `earlier_service`: months in which the patient had countable minutes; later ones are ignored.
    """
    last = max((m for m in earlier_service if m < month), default=None)
    if last is None or month.months_since(last) - 1 >= GAP_MONTHS:
        return MonthKind.INITIAL
    return MonthKind.SUBSEQUENT


def episode_months(
    earlier_service: Iterable[ServiceMonth], month: ServiceMonth
) -> tuple[ServiceMonth, ...]:
    """Give the earlier months of the episode that this month is in: back to the last gap of six."""
    run: list[ServiceMonth] = []
    following = month
    for each in sorted({each for each in earlier_service if each < month}, reverse=True):
        if following.months_since(each) - 1 >= GAP_MONTHS:
            break
        run.insert(0, each)
        following = each
    return tuple(run)


def codes_for(kind: MonthKind, minutes: int, *, g2214_first_minute: int) -> tuple[CodeUnits, ...]:
    """Give the codes that whole countable minutes reach, by the rule of the midpoint."""
    base = CODES[kind.base_code]
    if minutes < base.first_minute:
        reached = minutes >= g2214_first_minute
        return (CodeUnits(SHORT_MONTH, 1),) if reached else ()
    first_add_on = base.full_minutes + CODES[ADD_ON].first_minute
    if minutes < first_add_on:
        return (CodeUnits(base.code, 1),)
    units = (minutes - first_add_on) // CODES[ADD_ON].full_minutes + 1
    return CodeUnits(base.code, 1), CodeUnits(ADD_ON, units)


def next_code(kind: MonthKind, minutes: int, *, g2214_first_minute: int) -> NextCode:
    """Give the next mark on the way up. It is information for an open month, never a nudge."""
    base = CODES[kind.base_code]
    if minutes < g2214_first_minute:
        return NextCode(SHORT_MONTH, g2214_first_minute)
    if minutes < base.first_minute:
        return NextCode(base.code, base.first_minute)
    first_add_on = base.full_minutes + CODES[ADD_ON].first_minute
    if minutes < first_add_on:
        return NextCode(ADD_ON, first_add_on)
    step = CODES[ADD_ON].full_minutes
    return NextCode(ADD_ON, first_add_on + ((minutes - first_add_on) // step + 1) * step)


def line_codes(
    line: Line, kind: MonthKind, *, minutes: int, g2214_first_minute: int
) -> tuple[CodeUnits, ...]:
    """Give the codes that minutes reach in a line of service, whoever pays."""
    if line is Line.COCM:
        return codes_for(kind, minutes, g2214_first_minute=g2214_first_minute)
    return (CodeUnits(ONE_CODE[line], 1),) if minutes >= FULL_MINUTES else ()


def line_next(line: Line, kind: MonthKind, *, minutes: int, g2214_first_minute: int) -> NextCode:
    """Give the next mark in a line of service; where there is but one, that one for good."""
    if line is Line.COCM:
        return next_code(kind, minutes, g2214_first_minute=g2214_first_minute)
    return NextCode(ONE_CODE[line], FULL_MINUTES)
