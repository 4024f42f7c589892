"""Keeps one's timer alive: heartbeats, quiet minutes, locking and coming back. Counts nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from cocm_desktop.actions.timer import (
    answer_gap,
    beat_timer,
    hold_timer,
    read_timer,
    read_timer_start,
    start_on_opening,
)
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.timer import (
    HEARTBEAT_SECONDS,
    LONGEST_SILENCE,
    GapCause,
    Tick,
    Timer,
    TimerState,
)
from cocm_desktop.domain.timer_choice import TimerStart
from cocm_desktop.domain.timer_view import TimerView
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.idle import IdleWatch

_TOPICS = Topic.TIMER | Topic.TIME | Topic.PATIENT | Topic.EPISODE
_A_SECOND = 1_000
_A_MINUTE = 60 * _A_SECOND


class TimerWatch(QObject):
    """One run of the program; it outlives a lock, as its window does."""

    shown = Signal(object)
    """The TimerView, or None where there is no timer."""
    moved = Signal(int)
    """The seconds to show, once a second."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: TimerView | None = None
        self.start = TimerStart.MANUALLY
        self._desk = desk
        self._run_id = new_id()
        self._is_told = False
        self._steady = QElapsedTimer()
        self._steady.start()
        self._beats = _repeating(HEARTBEAT_SECONDS * _A_SECOND, self._beat, self)
        self._seconds = _repeating(_A_SECOND, self._move, self)
        self.idle = IdleWatch(self)
        self.idle.idle.connect(self._ask_what_was)
        desk.changed.connect(self._read_if_touched)

    def tick(self) -> Tick:
        """Look at the clocks now: what waits for the worker must not look later."""
        return Tick(self._desk.now(), self._steady.elapsed(), self._run_id)

    @Slot()
    def read_again(self) -> None:
        if self._desk.may(Permission.RECORD_TIME):
            self._desk.read(read_timer_start, self._note_start)
            self._desk.read(partial(read_timer, tick=self.tick()), self.show_timer)

    def show_timer(self, view: TimerView | None) -> None:
        self.view = view
        is_running = view is not None and view.state is TimerState.RUNNING
        for timer in (self._beats, self._seconds):
            if is_running and not timer.isActive():
                timer.start()
            elif not is_running:
                timer.stop()
        self._watch_idle(view if is_running else None)
        self.shown.emit(view)

    def opened(self, patient_id: str) -> None:
        """Start for the patient whose chart was opened, if the person wants it so."""
        if self.start is TimerStart.IMMEDIATELY and self.view is None:
            question = partial(start_on_opening, patient_id=patient_id, tick=self.tick())
            self._desk.read(question, self._read_if_started)

    def leave(self) -> None:
        """Hold the timer before the clinic is locked: nothing can be written until it is opened."""
        if self.view is not None and self.view.state is TimerState.RUNNING:
            quiet = self.idle.quiet_ms()
            is_long = quiet >= self.view.timer.idle_minutes * _A_MINUTE - _A_SECOND
            since = timedelta(milliseconds=quiet if is_long else 0)
            hold = partial(hold_timer, cause=GapCause.LOCKED, tick=self.tick(), quiet=since)
            self._desk.read(hold, _nothing)
        for timer in (self._beats, self._seconds):
            timer.stop()
        self.idle.stop()

    def come_back(self) -> None:
        """Ask what happened while the clinic was locked; a moment is left out without a word."""
        self._desk.read(partial(read_timer, tick=self.tick()), self._show_unless_short)

    def _show_unless_short(self, view: TimerView | None) -> None:
        gap = view.timer.gap if view else None
        if gap and gap.cause is GapCause.LOCKED and gap.length(self.tick()) <= LONGEST_SILENCE:
            answer = partial(answer_gap, tick=self.tick(), was_work=False)
            self._desk.do(answer, done=_nothing, refused=self._desk.tell)
        else:
            self.show_timer(view)

    def _note_start(self, choice: TimerStart) -> None:
        self.start = choice

    def _read_if_started(self, change: Change | None) -> None:
        if change is not None:
            self._desk.changed.emit(change)

    @Slot(object)
    def _read_if_touched(self, change: Change) -> None:
        if change.topics & Topic.TIMER or (self.view and change.topics & _TOPICS):
            self.read_again()

    @Slot()
    def _beat(self) -> None:
        question = partial(beat_timer, tick=self.tick())
        self._desk.read(question, self._note_beat, failed=self._tell_once)

    def _note_beat(self, timer: Timer | None) -> None:
        self._is_told = False
        if self.view is None or timer is None or timer.state is not self.view.state:
            self.read_again()
        else:
            self.view = replace(self.view, timer=timer, now=self.tick())

    def _tell_once(self, error: CocmError) -> None:
        """Tell of a full disk once, not every quarter of a minute."""
        if not self._is_told:
            self._desk.tell(error)
        self._is_told = True

    @Slot()
    def _move(self) -> None:
        if self.view is not None:
            self.moved.emit(self.view.live_seconds(self.tick()))

    @Slot()
    def _ask_what_was(self) -> None:
        if self.view is None or self.view.state is not TimerState.RUNNING:
            return
        quiet = timedelta(minutes=self.view.timer.idle_minutes)
        hold = partial(hold_timer, cause=GapCause.IDLE, tick=self.tick(), quiet=quiet)
        self._desk.do(hold, done=_nothing, refused=self._desk.tell)

    def _watch_idle(self, running: TimerView | None) -> None:
        if running is None:
            self.idle.stop()
        else:
            self.idle.watch_for(running.timer.idle_minutes)


def _repeating(milliseconds: int, slot: object, parent: QObject) -> QTimer:
    timer = QTimer(parent)
    timer.setInterval(milliseconds)
    timer.timeout.connect(slot)
    return timer


def _nothing(*_answer: object) -> None:
    """Hear an answer that the next reading shows."""
