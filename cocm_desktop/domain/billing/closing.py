"""Closing a month for its time log, and opening it again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.text import LONG_REASON, LONGEST_REASON
from cocm_desktop.errors import Problem, Refused

CLOSED_FOR_TIME = (
    "is closed: its time log stays as it is. Whoever bills can reopen it, with a reason."
)


DAYS_TO_FINISH = 15
"""Up to this day of a month the one before is what is mostly worked on."""


def month_to_open(today: date, *, is_closed: bool, is_unissued: bool) -> ServiceMonth:
    """Give the month that whoever bills sees first: the last one until it is finished.

    `is_closed` and `is_unissued` are about the month before: whether somebody with time in it has
    no superbill yet.
    """
    this = ServiceMonth.of(today)
    is_finished = is_closed or not is_unissued or today.day > DAYS_TO_FINISH
    return this if is_finished else this.plus(-1)


class ClosingStep(Enum):
    CLOSED = "Closed"
    REOPENED = "Reopened"


@dataclass(frozen=True, slots=True)
class MonthClosing:
    """That a month was closed or reopened, by whom, when, and why."""

    month: ServiceMonth
    step: ClosingStep
    made_at: datetime
    made_by: str
    reason: str = ""


def refuse_close(month: ServiceMonth, *, today: date, is_closed: bool) -> None:
    """Raise Refused where a month cannot be closed."""
    if is_closed:
        raise Refused(Problem("month", f"{month} is closed already."))
    if today <= month.last_day:
        raise Refused(Problem("month", f"{month} is not over yet. Close it when it has ended."))


def refuse_reopen(month: ServiceMonth, *, is_closed: bool, reason: str) -> None:
    """Raise Refused where a month cannot be reopened."""
    if not is_closed:
        raise Refused(Problem("month", f"{month} is open."))
    if not reason.strip():
        raise Refused(Problem("reason", "Say why the month is reopened."))
    if len(reason) > LONGEST_REASON:
        raise Refused(Problem("reason", LONG_REASON))


def refuse_closed(month: ServiceMonth, *, field: str = "worked_on") -> None:
    raise Refused(Problem(field, f"{month} {CLOSED_FOR_TIME}"))
