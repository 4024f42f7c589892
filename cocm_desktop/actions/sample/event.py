"""One thing that somebody does at the sample clinic, and the book in which it waits its turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from cocm_desktop.actions.sample.calendar import Hours
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.domain.staff import StaffMember

Deed = Callable[[Workspace], object]


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    who: StaffMember
    deed: Deed


@dataclass(slots=True)
class Book:
    """Everything that will happen, in whatever order it is written in."""

    zone: ZoneInfo
    as_of: date
    hours: Hours = field(default_factory=Hours)
    events: list[Event] = field(default_factory=list)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), self.zone)

    def after(self, day: date, start: time | None, minutes: int) -> datetime:
        """Give when work is written down: as soon as it is done."""
        begun = datetime.combine(day, start or time(16, 30), self.zone)
        return begun + timedelta(minutes=minutes)

    def write(self, at: datetime, who: StaffMember, deed: Deed) -> None:
        self.events.append(Event(at, who, deed))

    def replay(self, workspace: Workspace) -> None:
        """Do everything in the order in which it happened, each as who did it."""
        for event in sorted(self.events, key=lambda event: event.at):
            sitting = Sitting(proved_at=event.at)
            now = partial(_same, event.at)
            event.deed(replace(workspace, staff=event.who, now=now, sitting=sitting))


def _same(moment: datetime) -> datetime:
    return moment
