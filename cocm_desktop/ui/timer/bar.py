"""The timer bar under the top bar: whom it is for, how long, and what it asks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.timer import TimerState
from cocm_desktop.domain.timer_view import TimerView, clock_words
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.announce import announce
from cocm_desktop.ui.widgets.buttons import Button, LinkButton
from cocm_desktop.ui.widgets.fields import ChoiceField, words_of
from cocm_desktop.ui.widgets.flow import FlowLayout
from cocm_desktop.ui.widgets.labels import IconLabel, Label

CLOCK_WIDTH = 56
ACTIVITY_LETTERS = 16
_AS_ASKED = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class RunningBar(QWidget):
    """A timer that runs or rests."""

    activity_chosen = Signal(object)
    """The Activity that the work is now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = IconLabel("player-play", "success")
        self._resting = IconLabel("player-pause", "due")
        self.clock = Label("", "strong")
        self.clock.setAccessibleName(self.tr("Time on the timer"))
        self.state = Label("", "secondary")
        self.patient = LinkButton("")
        self.patient.setToolTip(self.tr("Open the chart"))
        self.activity = ChoiceField(words_of(Activity))
        self.activity.setSizeAdjustPolicy(_AS_ASKED)
        self.activity.setMinimumContentsLength(ACTIVITY_LETTERS)
        self.activity.setAccessibleName(self.tr("What the timed work is"))
        self.month = Label("", "secondary")
        self.not_counted = Label("", "due")
        self.switch = Button(self.tr("Switch to this patient"), "arrows-exchange")
        self.turn = Button(self.tr("Pause"), "player-pause")
        self.go_on = Button(self.tr("Resume"), "player-play")
        self.stop = Button(self.tr("Stop"), "player-stop")
        self.stop.setToolTip(self.tr("Stop and save the time (Ctrl+T)"))

        self._build()
        self.activity.activated.connect(self._choose)
        self._fit()

    def _build(self) -> None:
        facts = QWidget()
        flow = FlowLayout(facts, gap=10)
        told: tuple[QWidget, ...] = (self._running, self._resting, self.clock, self.state)
        asked: tuple[QWidget, ...] = (self.patient, self.activity, self.month, self.not_counted)
        for each in (*told, *asked):
            flow.addWidget(each)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        row.addWidget(facts, 1)
        for button in (self.switch, self.turn, self.go_on, self.stop):
            row.addWidget(button)

    def show_timer(self, view: TimerView, *, other: bool) -> None:
        is_running = view.state is TimerState.RUNNING
        self._running.setVisible(is_running)
        self._resting.setVisible(not is_running)
        self.state.setText("" if is_running else self.tr("Paused"))
        self.state.setVisible(not is_running)
        self.patient.setText(view.name)
        self.activity.choose(view.timer.activity)
        self.month.setText(view.month_words)
        self.month.setToolTip(view.month_tip)
        self.not_counted.setText(view.not_counted)
        self.not_counted.setVisible(bool(view.not_counted))
        self.switch.setVisible(other)
        self.turn.setVisible(is_running)
        self.go_on.setVisible(not is_running)
        self.show_seconds(view.timer.seconds)

    def show_seconds(self, seconds: int) -> None:
        self.clock.setText(clock_words(seconds))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def _fit(self) -> None:
        """Let nothing jump while the seconds go by."""
        self.clock.setFixedWidth(theme_of(self).px(CLOCK_WIDTH))

    @Slot(int)
    def _choose(self, _row: int) -> None:
        self.activity_chosen.emit(self.activity.choice())


class AskingBar(QWidget):
    """A gap of the timer, and what can be answered. It stays until it is answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label("", wraps=True)
        self.keep = Button("")
        self.count = Button("")
        self.go_on = Button(self.tr("Go on without it"))
        self.change = Button(self.tr("Change…"))
        self.discard = Button(self.tr("Discard…"))

        grid = QGridLayout(self)
        grid.setContentsMargins(16, 6, 16, 8)
        grid.setSpacing(8)
        grid.addWidget(IconLabel("clock", "due"), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.words, 0, 1)
        grid.setColumnStretch(1, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.keep, self.count, self.go_on, self.change, self.discard):
            row.addWidget(button)
        row.addStretch(1)
        grid.addLayout(row, 1, 1)

    def show_timer(self, view: TimerView) -> None:
        self.words.setText(view.question)
        self.keep.setText(self.tr("Keep %1").replace("%1", view.measured_words))
        self.keep.setToolTip(self.tr("Save what was measured, and end the timer"))
        self.keep.setEnabled(view.timer.seconds > 0)
        self.count.setText(self.tr("It was work: count %1").replace("%1", view.gap_words))
        self.count.setVisible(view.may_count)


class TimerBar(QFrame):
    """Hidden while there is no timer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: TimerView | None = None
        self._here = ""
        self.running = RunningBar()
        self.asking = AskingBar()
        self._asked = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.running)
        column.addWidget(self.asking)
        self.hide()

    def follow(self, patient_id: str) -> None:
        """Offer to switch to the patient whose chart is shown; "" for other screens."""
        self._here = patient_id
        self.show_timer(self._view)

    @Slot(object)
    def show_timer(self, view: TimerView | None) -> None:
        self._view = view
        self.setVisible(view is not None)
        if view is None:
            self._asked = ""
            return
        is_asking = view.state is TimerState.ASKING
        self._look(is_asking=is_asking)
        if is_asking:
            self.asking.show_timer(view)
        else:
            is_other = self._here not in {"", view.row.patient_id}
            self.running.show_timer(view, other=is_other)
        self.asking.setVisible(is_asking)
        self.running.setVisible(not is_asking)
        self._say(view)

    def _look(self, *, is_asking: bool) -> None:
        role = "asks" if is_asking else "strip"
        if role != self.property("role"):
            self.setProperty("role", role)
            self.style().unpolish(self)
            self.style().polish(self)

    def _say(self, view: TimerView) -> None:
        """Have a new question read aloud, once."""
        words = view.question or f"{view.state.value}: {view.name}"
        self.setAccessibleName(words)
        if view.question and words != self._asked:
            announce(self, words)
        self._asked = view.question
