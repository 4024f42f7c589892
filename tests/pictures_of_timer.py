"""Pictures of the timer: running, paused, asking, and its dialogs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.timer import (
    beat_timer,
    hold_timer,
    pause_timer,
    read_timer,
    start_timer,
)
from cocm_desktop.actions.timer_saving import discard_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.timer import GapCause, Tick
from cocm_desktop.domain.timer_view import TimerView
from cocm_desktop.ui.timer.dialogs import DiscardTimerDialog, SaveTimerDialog
from tests.pictures_of_patients import Stage, first, opened

BEAT = timedelta(seconds=15)


def timed(stage: Stage) -> RegistryRow:
    return first(stage, lambda row: row.is_open and 20 * 60 < row.seconds_this_month < 50 * 60)


def bare(stage: Stage) -> None:
    """Take away the timer of the picture before."""
    if view := read_timer(stage.workspace):
        discard_timer(stage.workspace, view.timer.id, reason="The next picture")
        stage.window.refresh()


def measured(stage: Stage, row: RegistryRow, *, ago: int, minutes: int) -> None:
    """Let a timer of this run of the window measure some minutes, beginning a while ago."""
    bare(stage)
    now = stage.window.timer.watch.tick()
    began = now.earlier_by(timedelta(minutes=ago))
    at = began
    here: Workspace = replace(stage.workspace, now=lambda: began.at)
    start_timer(here, row.episode_id or "", Activity.CARE_PLAN, tick=began)
    for number in range(1, minutes * 4 + 1):
        at = Tick(began.at + number * BEAT, began.steady_ms + number * 15_000, began.run_id)
        beat_timer(here, at)


def running(stage: Stage) -> QWidget:
    row = timed(stage)
    measured(stage, row, ago=12, minutes=12)
    stage.window.open_patient(row.patient_id)
    stage.window.refresh()
    return stage.window


def paused(stage: Stage) -> QWidget:
    """Give a paused timer of one patient beside the chart of another."""
    row = timed(stage)
    measured(stage, row, ago=8, minutes=8)
    pause_timer(stage.workspace, stage.window.timer.watch.tick())
    other = first(stage, lambda each: each.is_open and each.patient_id != row.patient_id)
    stage.window.open_patient(other.patient_id)
    stage.window.refresh()
    return stage.window


def ended(stage: Stage) -> QWidget:
    measured(stage, timed(stage), ago=42, minutes=12)
    stage.window.go("registry")
    stage.window.refresh()
    return stage.window


def locked(stage: Stage) -> QWidget:
    measured(stage, timed(stage), ago=12, minutes=12)
    tick = stage.window.timer.watch.tick()
    quiet = timedelta(minutes=10)
    hold_timer(stage.workspace, GapCause.IDLE, tick, quiet=quiet)
    stage.window.go("today")
    stage.window.refresh()
    return stage.window


def none(stage: Stage) -> QWidget:
    bare(stage)
    stage.window.open_patient(timed(stage).patient_id)
    return stage.window


def _view(stage: Stage) -> TimerView:
    measured(stage, timed(stage), ago=12, minutes=12)
    view = read_timer(stage.workspace, stage.window.timer.watch.tick())
    if view is None:
        raise LookupError("no timer")
    return view


def saving(stage: Stage) -> QDialog:
    view = _view(stage)
    tick = stage.window.timer.watch.tick
    dialog = SaveTimerDialog(stage.desk, view, tick, parent=stage.window)
    return opened(dialog)


def saving_refused(stage: Stage) -> QDialog:
    dialog = saving(stage)
    if isinstance(dialog, SaveTimerDialog):
        dialog.minutes.setValue(150)
        dialog.save.click()
    return dialog


def discarding(stage: Stage) -> QDialog:
    view = _view(stage)
    tick = stage.window.timer.watch.tick
    return opened(DiscardTimerDialog(stage.desk, view, tick, parent=stage.window))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "timer-running": running,
    "timer-paused": paused,
    "timer-ended": ended,
    "timer-idle": locked,
    "timer-none": none,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "timer-save": saving,
    "timer-save-refused": saving_refused,
    "timer-discard": discarding,
}
