"""What a person can do with the timer, from the bar, the keys and the menu alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from cocm_desktop.actions.timer import (
    FIRST_ACTIVITY,
    answer_gap,
    change_activity,
    choose_timer_start,
    pause_timer,
    read_timer,
    resume_timer,
    start_timer,
)
from cocm_desktop.actions.timer_saving import stop_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.timer import TimerState
from cocm_desktop.domain.timer_choice import TimerStart
from cocm_desktop.domain.timer_draft import TimerDraft
from cocm_desktop.domain.timer_view import TimerView, span_words
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.menus import action
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.timer.bar import TimerBar
from cocm_desktop.ui.timer.dialogs import DiscardTimerDialog, SaveTimerDialog
from cocm_desktop.ui.timer.watch import TimerWatch
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.question import Question


class TimerControls(QObject):
    """One a window. `subject` gives the patient who is chosen on the screen shown."""

    def __init__(self, desk: Desk, subject: Callable[[], Subject | None], window: QWidget) -> None:
        super().__init__(window)
        self._desk, self._subject, self._window = desk, subject, window
        self._may_close = False
        self.watch = TimerWatch(desk, self)
        self.bar = TimerBar()
        self.button = Button(self.tr("Timer"), "player-play")
        self.button.setToolTip(self.tr("Start the timer for the patient who is chosen (Ctrl+T)"))
        self.button.setVisible(desk.may(Permission.RECORD_TIME))
        self._connect()

    @property
    def view(self) -> TimerView | None:
        return self.watch.view

    def follow(self, patient_id: str) -> None:
        """Hear whose chart is shown; "" for other screens."""
        self.bar.follow(patient_id)
        if patient_id:
            self.watch.opened(patient_id)

    def menu(self) -> QMenu:
        """Make the menu of the timer."""
        menu = QMenu(self.tr("&Time"), self._window)
        words = self.tr("&Start or stop the timer")
        menu.addAction(action(menu, words, self.turn, keys="Ctrl+T"))
        self._of_timer = (
            action(menu, self.tr("&Pause or go on"), self.rest),
            action(menu, self.tr("&Discard the timer…"), self.discard),
        )
        menu.addActions(self._of_timer)
        menu.aboutToShow.connect(self._let)
        menu.addSeparator()
        starts = menu.addMenu(self.tr("Start on &opening a chart"))
        self._starts = QActionGroup(starts)
        for choice in TimerStart:
            each = action(starts, choice.value, partial(self._choose_start, choice))
            each.setCheckable(True)
            each.setData(choice)
            self._starts.addAction(each)
            starts.addAction(each)
        starts.aboutToShow.connect(self._check_start)
        return menu

    @Slot()
    def _let(self) -> None:
        """Offer what is done with a timer only where there is one."""
        for each in self._of_timer:
            each.setEnabled(self.view is not None)

    @Slot()
    def turn(self) -> None:
        """Start where there is no timer; else stop it, and start for another patient chosen."""
        chosen, view = self._subject(), self.view
        if view is None:
            self._start(chosen)
        elif chosen and chosen.episode_id and chosen.patient_id != view.row.patient_id:
            self._stop(then=chosen)
        else:
            self._stop()

    @Slot()
    def rest(self) -> None:
        """Pause, or go on."""
        if self.view is not None:
            is_running = self.view.state is TimerState.RUNNING
            self._do(partial(pause_timer if is_running else resume_timer, tick=self.watch.tick()))

    @Slot()
    def discard(self) -> None:
        if self.view is not None:
            DiscardTimerDialog(self._desk, self.view, self.watch.tick, parent=self._window).open()

    def asks_before_closing(self, close: Callable[[], object]) -> bool:
        """Ask, where a timer runs, whether to pause it and close; tell whether that was asked."""
        view = self.view
        if self._may_close or view is None or view.state is not TimerState.RUNNING:
            return False
        measured = span_words(view.live_seconds(self.watch.tick()))
        words = self.tr(
            "%1 for %2 are on the timer. It is paused, and waits for you at the next start. "
            "To save the time now, stop the timer first."
        )
        question = Question(
            self.tr("The timer is running. Close?"),
            words.replace("%1", measured).replace("%2", view.name),
            self.tr("Pause and close"),
            leave_it=self.tr("Go on working"),
            parent=self._window,
        )
        pause = partial(pause_timer, tick=self.watch.tick())
        question.accepted.connect(lambda: self._do(pause, done=partial(self._closed_by, close)))
        question.open()
        return True

    def _closed_by(self, close: Callable[[], object]) -> None:
        """Close now: that the timer rests is read only afterwards."""
        self._may_close = True
        close()
        self._may_close = False

    def _connect(self) -> None:
        running, asking = self.bar.running, self.bar.asking
        self.watch.shown.connect(self._show)
        self.watch.moved.connect(running.show_seconds)
        self.button.clicked.connect(self.turn)
        running.patient.clicked.connect(self._open_chart)
        running.activity_chosen.connect(self._change_activity)
        running.switch.clicked.connect(self.turn)
        running.turn.clicked.connect(self.rest)
        running.go_on.clicked.connect(self.rest)
        running.stop.clicked.connect(self._stop_here)
        asking.keep.clicked.connect(self._keep)
        asking.count.clicked.connect(self._count_gap)
        asking.go_on.clicked.connect(self._leave_gap)
        asking.change.clicked.connect(self._stop_here)
        asking.discard.clicked.connect(self.discard)

    @Slot(object)
    def _show(self, view: TimerView | None) -> None:
        self.bar.show_timer(view)
        wants = self.watch.start is not TimerStart.NEVER
        self.button.setVisible(view is None and wants and self._desk.may(Permission.RECORD_TIME))

    def _start(self, chosen: Subject | None) -> None:
        if chosen is None or not chosen.episode_id:
            words = self.tr("Choose a patient in care first: the timer is for one patient.")
            self._desk.tell(Refused(Problem("timer", words)))
            return
        start = partial(start_timer, episode_id=chosen.episode_id, activity=FIRST_ACTIVITY)
        self._do(partial(start, tick=self.watch.tick()))

    @Slot()
    def _stop_here(self) -> None:
        self._stop()

    def _stop(self, *, then: Subject | None = None) -> None:
        """Pause, then ask what to save: whoever thinks about it is not on the clock.

        Where the dialog is left without saving, a timer that was running runs on from then.
        """
        was_running = self.view is not None and self.view.state is TimerState.RUNNING

        def ask(view: TimerView | None) -> None:
            if view is None:
                return
            dialog = SaveTimerDialog(
                self._desk, view, self.watch.tick, then=then, parent=self._window
            )
            if was_running and view.state is TimerState.PAUSED:
                dialog.rejected.connect(self._run_on)
            dialog.open()

        def paused() -> None:
            self._desk.read(partial(read_timer, tick=self.watch.tick()), ask)

        self._do(partial(pause_timer, tick=self.watch.tick()), done=paused)

    @Slot()
    def _run_on(self) -> None:
        self._do(partial(resume_timer, tick=self.watch.tick()))

    @Slot()
    def _keep(self) -> None:
        """Save what was measured as it is; where that is refused, the dialog helps on."""
        if self.view is not None:
            timer = self.view.timer
            draft = TimerDraft(timer.id, timer.activity)
            save = partial(stop_timer, draft=draft, tick=self.watch.tick())
            self._desk.do(save, done=_nothing, refused=self._help_on)

    def _help_on(self, refused: Refused) -> None:
        self._desk.tell(refused)
        self._stop()

    @Slot()
    def _count_gap(self) -> None:
        self._do(partial(answer_gap, tick=self.watch.tick(), was_work=True))

    @Slot()
    def _leave_gap(self) -> None:
        self._do(partial(answer_gap, tick=self.watch.tick(), was_work=False))

    @Slot()
    def _open_chart(self) -> None:
        if self.view is not None:
            self._desk.patient_wanted.emit(self.view.row.patient_id)

    @Slot(object)
    def _change_activity(self, activity: Activity) -> None:
        self._do(partial(change_activity, activity=activity))

    def _choose_start(self, choice: TimerStart) -> None:
        self._do(partial(choose_timer_start, choice=choice))

    @Slot()
    def _check_start(self) -> None:
        for each in self._starts.actions():
            each.setChecked(each.data() is self.watch.start)

    def _do(
        self, change: Callable[[Workspace], Change], *, done: Callable[[], object] | None = None
    ) -> None:
        self._desk.do(change, done=done or _nothing, refused=self._desk.tell)


def _nothing() -> None:
    """Do nothing: the window reads what changed by itself."""
