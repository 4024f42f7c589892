"""The head of a meeting under way: which case, how long, what is left, and the end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.domain.case_clock import CaseClock, Pace
from cocm_desktop.domain.case_review import LONGEST_MINUTES, ReviewMode
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.review_priority import AgendaEntry
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.timer_view import clock_words
from cocm_desktop.ui.episode.people import RoleField
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, IconButton, LinkButton
from cocm_desktop.ui.widgets.escape import keep_escape
from cocm_desktop.ui.widgets.fields import ChoiceField, MinutesField, words_of
from cocm_desktop.ui.widgets.flow import FlowLayout
from cocm_desktop.ui.widgets.labels import ElidingLabel, IconLabel, Label
from cocm_desktop.ui.widgets.way_back import WayBack

CASE_LETTERS = 24
_AS_ASKED = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class HandMinutes(MinutesField):
    """The minutes of a case as somebody corrects them: Enter sets them, Esc leaves them."""

    given = Signal(int)
    left = Signal()

    @override
    def event(self, event: QEvent) -> bool:
        """Keep Esc for this field; elsewhere it leads back to the agenda."""
        return keep_escape(event) or super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.interpretText()
            self.given.emit(self.value())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CaseTimer(QWidget):
    """The minutes of the open case as they run, and how they are set right."""

    pause_wanted = Signal()
    corrected = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._running = IconLabel("player-play", "success")
        self._resting = IconLabel("player-pause", "due")
        self.clock = Label("", "strong")
        self.clock.setAccessibleName(self.tr("Time of this case"))
        self.hand = HandMinutes(LONGEST_MINUTES)
        self.hand.setAccessibleName(self.tr("Minutes of this case"))
        self.hand.hide()
        self.pause = IconButton(self.tr("Pause (F8)"), "player-pause")
        self.correct = IconButton(self.tr("Correct the minutes (Ctrl+Shift+M)"), "edit")
        self._way_back = WayBack(self.correct)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        parts = (self._running, self._resting, self.clock, self.hand, self.pause, self.correct)
        for each in parts:
            row.addWidget(each)
        self.clock.setMinimumWidth(theme_of(self).px(44))

        self.pause.clicked.connect(self.pause_wanted)
        self.correct.clicked.connect(self.ask)
        self.hand.given.connect(self._give)
        self.hand.left.connect(self._leave)

    def show_clock(self, clock: CaseClock) -> None:
        self._running.setVisible(clock.is_running)
        self._resting.setVisible(not clock.is_running)
        self.clock.setText(clock_words(clock.seconds))
        words = self.tr("Pause (F8)") if clock.is_running else self.tr("Go on (F8)")
        if words != self.pause.accessibleName():
            self.pause.show_icon("player-pause" if clock.is_running else "player-play")
            self.pause.setToolTip(words)
            self.pause.setAccessibleName(words)
        if not self.hand.isVisible():
            self.hand.setValue(clock.minutes)

    @Slot()
    def ask(self) -> None:
        """Let the minutes be typed."""
        if self.hand.isHidden():
            self._way_back.remember()
        self.hand.show()
        self.clock.hide()
        self.hand.setFocus()
        self.hand.selectAll()

    @Slot(int)
    def _give(self, minutes: int) -> None:
        self._leave()
        self.corrected.emit(minutes)

    @Slot()
    def _leave(self) -> None:
        self.hand.hide()
        self.clock.show()
        self._way_back.take()


class WalkHead(QFrame):
    """One line about the case, one about the meeting."""

    step_wanted = Signal(int)
    case_chosen = Signal(str)
    end_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cases: ChoiceField[EpisodeId] = ChoiceField([])
        self.cases.setSizeAdjustPolicy(_AS_ASKED)
        self.cases.setMinimumContentsLength(CASE_LETTERS)
        self.cases.setAccessibleName(self.tr("Case"))
        self.back = IconButton(self.tr("Previous case (Alt+Up)"), "chevron-up")
        self.on = IconButton(self.tr("Next case (Alt+Down)"), "chevron-down")
        self.timer = CaseTimer()
        self.progress = ElidingLabel("", "secondary")
        self.consultant = RoleField(Role.PSYCHIATRIC_CONSULTANT, self.tr("Choose"))
        self.consultant.setAccessibleName(self.tr("Consultant"))
        self.mode = ChoiceField(words_of(ReviewMode))
        self.mode.choose(ReviewMode.VIDEO)
        self.mode.setAccessibleName(self.tr("How"))
        self.leave = Button(self.tr("Agenda"))
        self.leave.setToolTip(self.tr("Back to the agenda; the clock waits (Esc)"))
        self.end = Button(self.tr("End the meeting…"))
        self.missed = QWidget()
        self.missed_words = Label("", "due")
        self.count = LinkButton(self.tr("It was talk: count it"))
        self.leave_out = LinkButton(self.tr("Leave it out"))
        self._build()
        self._connect()

    def show_cases(self, entries: Sequence[AgendaEntry], current: EpisodeId | None) -> None:
        """Offer every case with its number, and whether it is done."""
        done = self.tr("done")
        self.cases.offer(
            (
                EpisodeId(entry.row.episode_id or ""),
                f"{number} of {len(entries)}  {entry.row.name}"
                + (f"  · {done}" if entry.is_discussed else ""),
            )
            for number, entry in enumerate(entries, start=1)
        )
        self.cases.choose(current)

    def show_clock(self, clock: CaseClock, pace: Pace) -> None:
        self.timer.show_clock(clock)
        self.progress.setText(pace.words)
        missed = clock.missed_words
        self.missed.setVisible(bool(missed))
        words = self.tr("The clock stood still for %1: locked, or asleep.")
        self.missed_words.setText(words.replace("%1", missed))

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(6)
        top.addWidget(Label(self.tr("Meeting"), "title"))
        top.addSpacing(6)
        top.addWidget(self.progress, 1)
        top.addWidget(self.leave)
        top.addWidget(self.end)
        below = FlowLayout(gap=16)
        below.addWidget(_row(QWidget(), self.cases, self.back, self.on))
        below.addWidget(self.timer)
        named = (Label(self.tr("Consultant"), "secondary"), Label(self.tr("by"), "secondary"))
        below.addWidget(_row(QWidget(), named[0], self.consultant, named[1], self.mode))
        _row(self.missed, self.missed_words, self.count, self.leave_out)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(below)
        column.addWidget(self.missed)

    def _connect(self) -> None:
        self.back.clicked.connect(lambda: self.step_wanted.emit(-1))
        self.on.clicked.connect(lambda: self.step_wanted.emit(1))
        self.cases.activated.connect(self._choose)
        self.leave.clicked.connect(self.leave_wanted)
        self.end.clicked.connect(self.end_wanted)

    @Slot(int)
    def _choose(self, _row: int) -> None:
        self.case_chosen.emit(self.cases.choice())


def _row(holder: QWidget, *widgets: QWidget) -> QWidget:
    """Keep widgets on one line."""
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for each in widgets:
        row.addWidget(each)
    row.addStretch(1)
    return holder
