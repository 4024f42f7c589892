"""What is said beside a form about time while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QTimer, Signal, SignalInstance, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.time_questions import TimeOutlook
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.widgets.labels import Label, ProblemLabel

PAUSE_MS = 200
Question = Callable[[Workspace], TimeOutlook]


class OutlookPanel(QWidget):
    """When the work began and ended, what it overlaps, what will not count, what is asked."""

    is_needed = Signal(bool)
    """Whether there is anything to say: the form gives it room only then."""

    def __init__(self, desk: Desk, refused: ProblemLabel, parent: QWidget | None = None) -> None:
        """`refused` is where the dialog tells what it could not save."""
        super().__init__(parent)
        self._desk = desk
        self._refused = refused
        self._question: Callable[[], Question] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.clock = Label("", "secondary")
        self.overlap = Label("", "problem", wraps=True)
        self.not_counted = Label("", "due", wraps=True)
        self.questions = Label("", "due", wraps=True)
        self.split = QCheckBox(self.tr("Save it as two, sp&lit at midnight"))
        self.confirm = QCheckBox(self.tr("&Yes, it is right"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self.clock, self.overlap, self.not_counted, self.split, self.questions):
            column.addWidget(widget)
        column.addWidget(self.confirm)

    def follow(self, question: Callable[[], Question], signals: Iterable[SignalInstance]) -> None:
        """Ask the question of what is typed, now and after each change, once the fingers rest."""
        self._question = question
        for signal in signals:
            signal.connect(self._wait)
        self._wait()

    @Slot()
    def look(self) -> None:
        """Ask what can be said of what is typed."""
        self._pause.stop()
        if self._question is not None:
            self._desk.read(self._question(), self.show_outlook)

    @Slot()
    def _wait(self) -> None:
        self._pause.start()

    @Slot()
    def say_once(self) -> None:
        """Leave the overlap to the words of the refusal, where it was refused."""
        words = self.overlap.text()
        self.overlap.setVisible(bool(words) and words not in self._refused.text().splitlines())

    def show_outlook(self, outlook: TimeOutlook) -> None:
        """Say all of it; what there is nothing to say of takes no room."""
        before = self.overlap.text()
        if before and before == self._refused.text() and before != outlook.overlap:
            self._refused.clear_problems()
        self.clock.setText(outlook.clock)
        self.overlap.setText(outlook.overlap)
        self.not_counted.setText("\n".join(outlook.not_counted))
        self.questions.setText("\n".join(outlook.questions))
        for label in (self.clock, self.overlap, self.not_counted, self.questions):
            label.setVisible(bool(label.text()))
        self.say_once()
        self.split.setVisible(outlook.may_be_split)
        self.confirm.setVisible(bool(outlook.questions))
        if not outlook.questions:
            self.confirm.setChecked(False)
        if not outlook.may_be_split:
            self.split.setChecked(False)
        self.confirm.setAccessibleDescription(self.questions.text())
        self.is_needed.emit(outlook != TimeOutlook())
