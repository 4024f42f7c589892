"""What the sample clinic's timer measured: work with a pause, and a timer for the wrong patient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from cocm_desktop.actions.episode import read_latest_episode
from cocm_desktop.actions.sample.calendar import working_day
from cocm_desktop.actions.sample.event import Book
from cocm_desktop.actions.sample.team import Team
from cocm_desktop.actions.timer import (
    beat_timer,
    pause_timer,
    read_timer,
    resume_timer,
    start_timer,
)
from cocm_desktop.actions.timer_saving import discard_timer, stop_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId, TimerId
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.timer import Tick
from cocm_desktop.domain.timer_draft import TimerDraft

TIMED, MISTAKEN = "Alvarez", "Dubois"
RUN = "sample"
FIRST_SECONDS, PAUSE_SECONDS, SECOND_SECONDS = 412, 240, 235
A_BEAT = 60
NOTE = "Compared the plan with the last scores, and rewrote two goals"


@dataclass(frozen=True, slots=True)
class TimedWork:
    """Writes it into the book. A patient whom the story leaves out is left out here too."""

    book: Book
    team: Team
    patients: Mapping[str, PatientId]

    def tell(self) -> None:
        manager = self.team.care_managers[0]
        day = working_day(self.book.as_of - timedelta(days=1))
        if MISTAKEN in self.patients:
            mistake = partial(_mistake, patient_id=self.patients[MISTAKEN])
            self.book.write(self.book.at(day, 17, 43), manager, mistake)
        if TIMED in self.patients:
            began = self.book.at(day, 17, 45)
            work = partial(_work, patient_id=self.patients[TIMED], began=began)
            self.book.write(self.book.at(day, 18, 5), manager, work)


def _mistake(workspace: Workspace, *, patient_id: PatientId) -> None:
    episode_id = read_latest_episode(workspace, patient_id).id
    started = start_timer(workspace, episode_id, Activity.CONTACT)
    discard_timer(workspace, TimerId(started.record_id), reason="Started for the wrong patient")


def _work(workspace: Workspace, *, patient_id: PatientId, began: datetime) -> None:
    """Measure two stretches with a pause between them, and save them."""
    episode_id = read_latest_episode(workspace, patient_id).id
    again = FIRST_SECONDS + PAUSE_SECONDS
    start_timer(workspace, episode_id, Activity.CARE_PLAN, tick=_tick(began, 0))
    _run(workspace, began, range(0, FIRST_SECONDS, A_BEAT))
    pause_timer(workspace, _tick(began, FIRST_SECONDS))
    resume_timer(workspace, _tick(began, again))
    _run(workspace, began, range(again, again + SECOND_SECONDS, A_BEAT))
    done = _tick(began, again + SECOND_SECONDS)
    if (view := read_timer(workspace, done)) is not None:
        draft = TimerDraft(view.timer.id, Activity.CARE_PLAN, note=NOTE, is_confirmed=True)
        stop_timer(workspace, draft, done)


def _run(workspace: Workspace, began: datetime, seconds: Iterable[int]) -> None:
    for second in seconds:
        beat_timer(workspace, _tick(began, second))


def _tick(began: datetime, second: int) -> Tick:
    return Tick(began + timedelta(seconds=second), second * 1_000, RUN)
