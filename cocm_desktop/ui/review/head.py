"""The head of the review screen: which meeting, or whose caseload and how long; the packet."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from cocm_desktop.actions.review import PacketChoice
from cocm_desktop.actions.review_meeting import ReviewMeetings
from cocm_desktop.domain.ids import ReviewMeetingId
from cocm_desktop.domain.review_agenda import Agenda
from cocm_desktop.domain.review_meeting import ReviewMeeting
from cocm_desktop.domain.review_priority import LONGEST_MEETING_MINUTES, MEETING_MINUTES
from cocm_desktop.domain.staff import Permission, Role
from cocm_desktop.domain.wording import SECONDS_A_MINUTE, long_date
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.registry.filters import CaseloadField
from cocm_desktop.ui.widgets.buttons import Button, IconButton, PrimaryButton
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, MinutesField
from cocm_desktop.ui.widgets.flow import FlowLayout
from cocm_desktop.ui.widgets.labels import ElidingLabel, Label, ProblemLabel

MEETING_LETTERS = 34
_AS_ASKED = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class MeetingField(ChoiceField[ReviewMeetingId | None]):
    """Every meeting that can be shown; without one it is whoever is due today."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([(None, "")], parent)
        self.setSizeAdjustPolicy(_AS_ASKED)
        self.setMinimumContentsLength(MEETING_LETTERS)
        self.setItemText(0, self.tr("No meeting: who is due today"))

    def offer_meetings(self, known: ReviewMeetings) -> None:
        """Offer the meetings to come, the nearest first, then those that ended lately."""
        none = self.tr("No meeting: who is due today")
        self.offer([(None, none), *((m.id, known.title_words(m)) for m in known.to_choose)])


class ReviewHead(QWidget):
    """A care manager begins with the next meeting, or with their own caseload."""

    meeting_changed = Signal()
    caseload_changed = Signal()
    minutes_changed = Signal()

    def __init__(self, desk: Desk, bar: QWidget, parent: QWidget | None = None) -> None:
        """Put a bar of buttons about the agenda beside those about the meeting."""
        super().__init__(parent)
        self._bar = bar
        self._may_record = desk.may(Permission.RECORD_REVIEW)
        self.meeting = MeetingField()
        self.caseload = CaseloadField(desk.staff)
        self.review_on = DateField(desk.today(), desk.today())
        self.length = MinutesField(LONGEST_MEETING_MINUTES)
        self.plan = Button(self.tr("Plan a meeting…"), "calendar-event")
        self.start = PrimaryButton(self.tr("Start the meeting"), "player-play")
        self.prepare = Button(self.tr("Prepare packet"), "printer")
        self.options = IconButton(self.tr("Packet options…"), "adjustments")
        self.key = IconButton(self.tr("Key replies from paper (Ctrl+Shift+K)"), "edit")
        self.key.setVisible(desk.may(Permission.RECORD_REVIEW))
        self.change = Button(self.tr("Change…"))
        self.change.setAccessibleName(self.tr("Change the meeting"))
        self.reopen = Button(self.tr("Reopen"))
        self.facts = ElidingLabel("", "secondary")
        self.problems = ProblemLabel()
        self.busy = self._busy_line()
        self._without_meeting = QWidget()
        self.length.set_seconds(MEETING_MINUTES * SECONDS_A_MINUTE)
        self.length.setKeyboardTracking(False)
        if desk.staff.is_a(Role.CARE_MANAGER):
            self.caseload.offer_managers((desk.staff,))
            self.caseload.choose(desk.staff.id)
        self._build()

        self.meeting.activated.connect(self._choose_meeting)
        self.caseload.activated.connect(self._choose_caseload)
        self.length.valueChanged.connect(self._choose_minutes)

    @property
    def meeting_id(self) -> ReviewMeetingId | None:
        return self.meeting.choice()

    def choice(self) -> PacketChoice:
        """Give what is chosen, or refuse a day that cannot be read."""
        if self.meeting_id is not None:
            return PacketChoice(meeting_id=self.meeting_id)
        return PacketChoice(
            care_manager_id=self.caseload.choice(),
            review_on=self.review_on.needed("review_on"),
            meeting_minutes=self.length.value(),
        )

    def choice_of_agenda(self) -> PacketChoice:
        """Give what the agenda depends on: not on the day of the meeting."""
        return PacketChoice(self.caseload.choice(), meeting_minutes=self.length.value())

    def show_meetings(self, known: ReviewMeetings, chosen: ReviewMeetingId | None) -> None:
        """Offer the meetings; one that was taken off is not chosen any more."""
        self.meeting.offer_meetings(known)
        self.meeting.choose(chosen)
        self._let()

    def show_meeting(self, meeting: ReviewMeeting | None, *, may_reopen: bool) -> None:
        """Offer what can be done with the meeting: start or go on, change it, open it again."""
        is_open = meeting is not None and not meeting.is_ended
        is_begun = meeting is not None and meeting.is_begun
        for button in (self.start, self.change):
            button.setVisible(is_open and self._may_record)
        self.plan.setVisible(self._may_record)
        self.reopen.setVisible(may_reopen and self._may_record)
        words = self.tr("Go on with the meeting") if is_begun else self.tr("Start the meeting")
        self.start.setText(words)
        if meeting is not None:
            on = long_date(meeting.meets_on)
            self.start.setToolTip(self.tr("From %1 on (Ctrl+B)").replace("%1", on))

    def show_agenda(self, agenda: Agenda, about: str = "") -> None:
        """Say how many fit; `about` names people. The tip counts the reasons."""
        self.facts.setText(" · ".join(filter(None, (agenda.fit_words, about))))
        counted = (f"{c.rule}  {c.title}: {c.number}" for c in agenda.reason_counts)
        self.facts.whole = "\n".join((agenda.cut_words, *counted))

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

    def _let(self) -> None:
        """Ask for caseload, day and length only where no meeting tells them."""
        is_meeting = self.meeting_id is not None
        self._without_meeting.setVisible(not is_meeting)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(Label(self.tr("Case review"), "title"))
        top.addWidget(self.facts, 1)
        top.addWidget(self.start)
        top.addWidget(self.prepare)
        top.addWidget(self.options)
        top.addWidget(self.key)
        below = FlowLayout(gap=8)
        below.addWidget(self._named(self.tr("&Meeting"), self.meeting))
        for each in (self.change, self.reopen, self.plan, self._bar):
            below.addWidget(each)
        row = FlowLayout(self._without_meeting, gap=12)
        row.addWidget(self._named(self.tr("&Caseload"), self.caseload))
        row.addWidget(self._named(self.tr("Review &on"), self.review_on))
        row.addWidget(self._named(self.tr("&Length"), self.length))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addLayout(below)
        for part in (self._without_meeting, self.busy, self.problems):
            column.addWidget(part)

    @staticmethod
    def _named(name: str, field: QWidget) -> QWidget:
        """Put a name before a field, to be kept on one line with it."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        label = Label(name, "secondary")
        label.setBuddy(field.focusProxy() or field)
        field.setAccessibleName(name.replace("&", ""))
        row.addWidget(label)
        row.addWidget(field)
        return holder

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
    def _choose_meeting(self) -> None:
        self._let()
        self.meeting_changed.emit()

    @Slot()
    def _choose_caseload(self) -> None:
        self.caseload_changed.emit()

    @Slot()
    def _choose_minutes(self) -> None:
        self.minutes_changed.emit()
