"""A day at the practice whose clocks a test turns on, and what the log holds at its end."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from cocm_desktop.actions.episode import enroll
from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.timer import (
    beat_timer,
    read_timer,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.episode import EnrollDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.time_entry import (
    Activity,
    TimeEntry,
)
from cocm_desktop.domain.timer import Tick, Timer
from cocm_desktop.domain.timer_draft import TimerDraft
from cocm_desktop.storage import time_entry as time_entries
from tests.conftest import CARE_MANAGER

DENVER = ZoneInfo("America/Denver")
TEN = datetime(2026, 11, 20, 10, 0, tzinfo=DENVER)
THE_DAY = TEN.date()


@dataclass
class Day:
    """A day at the practice whose clocks a test turns on; every look at them beats the timer."""

    workspace: Workspace
    now: datetime = TEN
    steady: float = 0.0
    run: str = "this run"
    here: Workspace = field(init=False)

    def __post_init__(self) -> None:
        self.here = replace(self.workspace, now=lambda: self.now)

    @property
    def tick(self) -> Tick:
        return Tick(self.now, int(self.steady * 1000), self.run)

    def pass_on(self, minutes: float = 0, *, beats: bool = True) -> None:
        seconds = minutes * 60
        step = 60.0 if beats else seconds
        while seconds > 0:
            self.now += timedelta(seconds=min(step, seconds))
            self.steady += min(step, seconds)
            seconds -= step
            if beats:
                beat_timer(self.here, self.tick)

    @property
    def timer(self) -> Timer:
        view = read_timer(self.here, self.tick)
        assert view
        return view.timer

    def draft(self, **changes: Any) -> TimerDraft:
        return replace(TimerDraft(self.timer.id, Activity.CARE_PLAN), **changes)


def logged(day: Day, on: date = THE_DAY) -> list[TimeEntry]:
    with day.here.database.read() as session:
        return time_entries.of_staff_on(session, CARE_MANAGER.id, on)


def count(day: Day, table: Any) -> int:
    with day.here.database.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def enroll_chen(workspace: Workspace) -> EpisodeId:
    """Enroll another patient, and give the episode."""
    draft = PatientDraft("Chen", "Wei", date(1980, 2, 3), mrn="100300")
    enrolled = EnrollDraft(
        patient_id=PatientId(add_patient(workspace, draft).record_id),
        care_manager_id=CARE_MANAGER.id,
        consented_on=date(2026, 10, 1),
        consent_method=ConsentMethod.VERBAL,
        enrolled_on=date(2026, 10, 1),
        diagnosis_code="F33.1",
    )
    return EpisodeId(enroll(workspace, enrolled).record_id)
