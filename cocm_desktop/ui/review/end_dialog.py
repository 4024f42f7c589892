"""The end of a meeting: who was discussed, who was not reached, and whose time it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.meeting_agenda import MeetingAgenda
from cocm_desktop.actions.review_meeting import end_meeting
from cocm_desktop.actions.review_time import SharedTime, read_meeting_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import MeetingId, StaffId, new_id
from cocm_desktop.domain.review_priority import LONGEST_MEETING_MINUTES
from cocm_desktop.domain.review_time import ReviewTimeDraft
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.domain.time_questions import exact
from cocm_desktop.errors import CocmError, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.emptying import empty
from cocm_desktop.ui.widgets.fields import MinutesField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from cocm_desktop.ui.widgets.time_field import TimeField

WIDTH = 640
NO_BREAK = "\N{NO-BREAK SPACE}"


class EndMeetingDialog(RecordDialog):
    """Whoever was not discussed waits for the next meeting; the minutes are shared by the rules."""

    def __init__(
        self,
        desk: Desk,
        found: MeetingAgenda,
        members: Iterable[StaffMember],
        *,
        unsaved: tuple[str, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self._found, self._unsaved = found, unsaved
        self._time_id = MeetingId(new_id())
        self._proposed = 0
        self.summary = QWidget()
        self._summary = QVBoxLayout(self.summary)
        self._summary.setContentsMargins(0, 0, 0, 0)
        self._summary.setSpacing(4)
        self.has_time = QCheckBox(self.tr("&Record the time of this meeting"))
        self.starts_at = TimeField()
        self.minutes = MinutesField(LONGEST_MEETING_MINUTES)
        self.boxes: dict[StaffId, QCheckBox] = {}
        self.attendees = self._attendee_boxes(members)
        self.shares = Label("", "secondary", wraps=True)
        self.confirm = QCheckBox(self.tr("&Yes, it is right"))
        self.confirm.hide()
        self.fields = {
            "minutes": self.minutes,
            "started_at": self.starts_at,
            "attendees": self.attendees,
            "shares": self.minutes,
            "is_confirmed": self.confirm,
        }
        self._build()
        self._show_summary()

        self.has_time.toggled.connect(self._let)

    @property
    def chosen(self) -> tuple[StaffId, ...]:
        return tuple(staff_id for staff_id, box in self.boxes.items() if box.isChecked())

    @override
    def typed(self) -> object:
        return (self.has_time.isChecked(), self.minutes.value(), self.chosen)

    @override
    def open(self) -> None:
        super().open()
        may_share = self._found.discussed and self.desk.may(Permission.RECORD_TIME)
        self.has_time.setVisible(bool(may_share))
        if may_share:
            draft = ReviewTimeDraft(self._found.meeting.id, id=self._time_id)
            question = partial(read_meeting_time, draft=draft)
            self.desk.read(question, self._show_time, failed=self._show)

    @override
    def action(self) -> Callable[[Workspace], Change]:
        time = self._time() if self.has_time.isChecked() else None
        return partial(end_meeting, meeting_id=self._found.meeting.id, time=time)

    def _time(self) -> ReviewTimeDraft:
        """Give what is recorded: the length as it was measured, unless another one was typed."""
        typed = self.minutes.value()
        return ReviewTimeDraft(
            self._found.meeting.id,
            id=self._time_id,
            minutes=None if typed == self._proposed else typed,
            started_at=self.starts_at.moment(),
            attendees=self.chosen,
            is_confirmed=self.confirm.isChecked(),
        )

    @override
    def _show(self, error: CocmError) -> None:
        """Offer to say yes where the refusal is a question."""
        if isinstance(error, Refused) and any(p.field == "is_confirmed" for p in error.problems):
            self.confirm.show()
        super()._show(error)

    def _attendee_boxes(self, members: Iterable[StaffMember]) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for member in members:
            box = QCheckBox(member.title)
            self.boxes[member.id] = box
            column.addWidget(box)
        return holder

    def _build(self) -> None:
        self.set_words(self.tr("End the meeting"), self.tr("End the meeting"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, self.summary)
        self.body.insertWidget(1, self.has_time)
        self.form.add(self.tr("&Minutes"), self.minutes)
        self.form.add(self.tr("S&tart, if known"), self.starts_at)
        self.form.add(self.tr("Who took part"), self.attendees)
        self.form.addRow("", self.shares)
        self.form.addRow("", self.confirm)
        self._let()

    def _show_summary(self) -> None:
        empty(self._summary)
        found = self._found
        if self._unsaved:
            words = self.tr("Not saved yet, and lost if you go on: %1")
            said = words.replace("%1", "; ".join(self._unsaved))
            self._summary.addWidget(Label(said, "problem", wraps=True))
        waiting = tuple(entry.row.name for entry in found.not_reached)
        left_out = tuple(each.entry.row.name for each in found.agenda.left_out)
        told = (
            (self.tr("Discussed"), self._discussed()),
            (self.tr("Not reached, carried over to the next meeting"), waiting),
            (self.tr("Left out"), left_out),
        )
        for title, names in told:
            if names:
                self._summary.addWidget(Label(f"{title}: {len(names)}", "strong", wraps=True))
                self._summary.addWidget(Label("; ".join(names), "secondary", wraps=True))
        if not found.discussed:
            words = self.tr("Nobody was discussed: no time is recorded.")
            self._summary.addWidget(Label(words, wraps=True))

    def _discussed(self) -> tuple[str, ...]:
        return tuple(entry.row.name for entry in self._found.discussed if entry.row.episode_id)

    def _show_time(self, shared: SharedTime) -> None:
        self._proposed = shared.minutes
        self.minutes.setValue(shared.minutes)
        present = {member.id for member in shared.attendees}
        for staff_id, box in self.boxes.items():
            box.setChecked(staff_id in present)
        self.starts_at.set_time(self._found.meeting.starts_at)
        shares = "; ".join(
            f"{each.patient.name} {exact(each.seconds).replace(' ', NO_BREAK)}"
            for each in shared.shares
        )
        words = self.tr("As the clock measured it, or as typed with the review: %1")
        self.shares.setText(words.replace("%1", shares))
        self.has_time.setChecked(True)
        self.forget()

    @Slot()
    def _let(self) -> None:
        """Ask for minutes and people only where the time is recorded."""
        shows = self.has_time.isChecked()
        for row in range(self.form.rowCount() - 1):
            self.form.setRowVisible(row, shows)
