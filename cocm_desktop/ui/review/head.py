"""The head of the review screen: whose caseload, which day, how long, and the packet."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from cocm_desktop.actions.review import PacketChoice
from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.review_priority import LONGEST_MEETING_MINUTES, MEETING_MINUTES
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.wording import SECONDS_A_MINUTE
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.registry.filters import CaseloadField
from cocm_desktop.ui.widgets.buttons import PrimaryButton
from cocm_desktop.ui.widgets.fields import DateField, MinutesField
from cocm_desktop.ui.widgets.labels import ElidingLabel, Label, ProblemLabel


class ReviewHead(QWidget):
    """A care manager begins with their own caseload, everybody else with all of them."""

    caseload_changed = Signal()
    minutes_changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.caseload = CaseloadField(desk.staff)
        self.review_on = DateField(desk.today(), desk.today())
        self.meeting = MinutesField(LONGEST_MEETING_MINUTES)
        self.prepare = PrimaryButton(self.tr("Prepare packet"), "printer")
        self.facts = ElidingLabel("", "secondary")
        self.problems = ProblemLabel()
        self.busy = self._busy_line()
        self.meeting.set_seconds(MEETING_MINUTES * SECONDS_A_MINUTE)
        self.meeting.setKeyboardTracking(False)
        if desk.staff.is_a(Role.CARE_MANAGER):
            self.caseload.offer_managers((desk.staff,))
            self.caseload.choose(desk.staff.id)
        self._build()

        self.caseload.activated.connect(self._choose_caseload)
        self.meeting.valueChanged.connect(self._choose_minutes)

    def choice(self) -> PacketChoice:
        """Give what is chosen, or refuse a day that cannot be read."""
        return PacketChoice(
            care_manager_id=self.caseload.choice(),
            review_on=self.review_on.needed("review_on"),
            meeting_minutes=self.meeting.value(),
        )

    def choice_of_agenda(self) -> PacketChoice:
        """Give what the agenda depends on: not on the day of the meeting."""
        return PacketChoice(self.caseload.choice(), meeting_minutes=self.meeting.value())

    def show_agenda(self, agenda: Agenda) -> None:
        self.facts.setText(agenda.fit_words)

    def show_everyone(self) -> None:
        """Choose all care managers, as a person would."""
        self.caseload.choose(None)
        self.caseload_changed.emit()

    def show_error(self, error: CocmError) -> None:
        self.problems.show_error(error, {"review_on": self.review_on})

    def set_busy(self, *, busy: bool) -> None:
        self.prepare.setEnabled(not busy)
        self.busy.setVisible(busy)
        if busy:
            self.problems.clear_problems()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Label(self.tr("Case review"), "title"))
        top.addWidget(self.facts, 1)
        top.addWidget(self.prepare)
        below = QHBoxLayout()
        below.setSpacing(8)
        fields = (
            (self.tr("&Caseload"), self.caseload),
            (self.tr("Review &on"), self.review_on),
            (self.tr("&Meeting"), self.meeting),
        )
        for name, field in fields:
            label = Label(name, "secondary")
            label.setBuddy(field.focusProxy() or field)
            field.setAccessibleName(name.replace("&", ""))
            below.addWidget(label)
            below.addWidget(field)
            below.addSpacing(12)
        below.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(below)
        column.addWidget(self.busy)
        column.addWidget(self.problems)

    def _busy_line(self) -> QWidget:
        line = QWidget()
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(Label(self.tr("Preparing the packet…"), "secondary"))
        row.addWidget(bar, 1)
        line.hide()
        return line

    @Slot()
    def _choose_caseload(self) -> None:
        self.caseload_changed.emit()

    @Slot()
    def _choose_minutes(self) -> None:
        self.minutes_changed.emit()
