"""Working days and hours of the sample clinic, and who is free when."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, time, timedelta

from cocm_desktop.domain.ids import StaffId

SATURDAY, WEDNESDAY = 5, 2
OPENS, CLOSES = 8 * 60 + 30, 17 * 60
REVIEW_BEGINS, REVIEW_ENDS = 12 * 60 + 30, 13 * 60 + 30
PAUSE = 5


def working_day(day: date) -> date:
    """Give the day itself, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def next_working_day(day: date) -> date:
    """Give the day after, or the Monday."""
    following = day + timedelta(days=1)
    days_of_weekend = (7 - following.weekday()) if following.weekday() >= SATURDAY else 0
    return following + timedelta(days=days_of_weekend)


def review_day(day: date) -> date:
    """Give the Wednesday of the day's week."""
    return day + timedelta(days=WEDNESDAY - day.weekday())


class Hours:
    """Each person's working day, filled from the morning on: one minute counts once."""

    def __init__(self) -> None:
        self._next: defaultdict[tuple[StaffId, date], int] = defaultdict(lambda: OPENS)
        self._turn: defaultdict[tuple[StaffId, date], int] = defaultdict(lambda: REVIEW_BEGINS)

    def take(self, staff_id: StaffId, day: date, minutes: int) -> time | None:
        """Give the start of a free stretch outside the case review; None when the day is full."""
        start = self._next[staff_id, day]
        if start < REVIEW_ENDS and start + minutes > REVIEW_BEGINS:
            start = REVIEW_ENDS
        if start + minutes > CLOSES:
            return None
        self._next[staff_id, day] = start + minutes + PAUSE
        return time(start // 60, start % 60)

    def take_turn(self, staff_id: StaffId, day: date, minutes: int) -> time | None:
        """Give the start of a patient's turn in the case review; None when its hour is full."""
        start = self._turn[staff_id, day]
        if start + minutes > REVIEW_ENDS:
            return None
        self._turn[staff_id, day] = start + minutes
        return time(start // 60, start % 60)
