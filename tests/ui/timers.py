"""A timer bar in an empty window, with clocks that a test turns on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QVBoxLayout, QWidget

from cocm_desktop.actions.chart import read_chart
from cocm_desktop.actions.timer import read_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.timer import Tick
from cocm_desktop.domain.timer_view import TimerView
from cocm_desktop.storage import time_entry as time_entries
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.timer.controls import TimerControls
from cocm_desktop.ui.work import InlineWork
from tests.conftest import CARE_MANAGER

TEN = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("America/Denver"))


@dataclass
class Bench:
    """A bar in an empty window, with clocks that a test turns on."""

    workspace: Workspace
    window: QWidget
    now: datetime = TEN
    chosen: Subject | None = None

    def __post_init__(self) -> None:
        self.here = replace(self.workspace, now=lambda: self.now)
        self.desk = Desk(self.here, InlineWork())
        self.told: list[str] = []
        self.desk.unavailable.connect(self.told.append)
        self.controls = TimerControls(self.desk, lambda: self.chosen, self.window)
        column = QVBoxLayout(self.window)
        column.addWidget(self.controls.bar)
        column.addWidget(self.controls.button)

    def tick(self, run: str = "here") -> Tick:
        return Tick(self.now, int((self.now - TEN).total_seconds() * 1000), run)

    def choose(self, patient_id: PatientId) -> None:
        self.chosen = Subject.of_row(read_chart(self.here, patient_id).row)

    def pass_on(self, minutes: int) -> None:
        for _ in range(minutes):
            self.now += timedelta(minutes=1)
            self.controls.watch._beats.timeout.emit()

    @property
    def view(self) -> TimerView | None:
        return read_timer(self.here, self.tick())

    @property
    def logged(self) -> list[int]:
        with self.here.database.read() as session:
            entries = time_entries.of_staff_on(session, CARE_MANAGER.id, self.now.date())
        return [entry.seconds for entry in entries]
