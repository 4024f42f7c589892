"""Planning a meeting, changing it, and taking one off that will not be held."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QDoubleSpinBox, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.review_meeting import (
    ReviewMeetings,
    cancel_meeting,
    change_meeting,
    plan_meeting,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import ReviewMeetingId, StaffId, new_id
from cocm_desktop.domain.review_meeting import ReviewMeeting, ReviewMeetingDraft
from cocm_desktop.domain.review_priority import LONGEST_MEETING_MINUTES, TENTHS_OF_MINUTES_A_CASE
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.wording import SECONDS_A_MINUTE
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.people import RoleField
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import NUMBER_EDGE, DateField, MinutesField, NoteField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from cocm_desktop.ui.widgets.time_field import TimeField

WIDTH = 600


class CaseMinutesField(QDoubleSpinBox):
    """Minutes a case, with one decimal. The wheel scrolls the form and never changes it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDecimals(1)
        self.setRange(1, 60)
        self.setSuffix(self.tr(" min"))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.lineEdit().setTextMargins(0, 0, NUMBER_EDGE, 0)
        self.setFixedWidth(theme_of(self).px(88))

    def tenths(self) -> int:
        return round(self.value() * 10)

    def set_tenths(self, tenths: int) -> None:
        self.setValue(tenths / 10)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class MeetingDialog(RecordDialog):
    """As long as the chosen caseloads need, until somebody types another length."""

    def __init__(
        self,
        desk: Desk,
        known: ReviewMeetings,
        meeting: ReviewMeeting | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, parent)
        self._known, self._meeting = known, meeting
        self.meeting_id = meeting.id if meeting else ReviewMeetingId(new_id())
        self.meets_on = DateField(desk.today(), meeting.meets_on if meeting else desk.today())
        self.starts_at = TimeField()
        self.starts_at.set_time(meeting.starts_at if meeting else None)
        self.boxes: dict[StaffId, QCheckBox] = {}
        self.managers = self._manager_boxes()
        self.consultant = RoleField(Role.PSYCHIATRIC_CONSULTANT, self.tr("Not named yet"))
        self.minutes = MinutesField(LONGEST_MEETING_MINUTES)
        self.a_case = CaseMinutesField()
        self.note = NoteField(lines=2)
        self.fields = {
            "meets_on": self.meets_on,
            "starts_at": self.starts_at,
            "care_manager_ids": self.managers,
            "consultant_id": self.consultant,
            "minutes": self.minutes,
            "tenths_a_case": self.a_case,
            "note": self.note,
        }
        self._build()
        self._fill()

    @property
    def chosen(self) -> tuple[StaffId, ...]:
        """Whose caseloads are talked about; nobody stands for everybody."""
        return tuple(staff_id for staff_id, box in self.boxes.items() if box.isChecked())

    @override
    def typed(self) -> object:
        return (
            self.meets_on.entry.text(),
            self.starts_at.entry.text(),
            self.chosen,
            self.consultant.choice(),
            self.minutes.value(),
            self.a_case.tenths(),
            self.note.text(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = ReviewMeetingDraft(
            id=self.meeting_id,
            meets_on=self.meets_on.day(),
            minutes=self.minutes.value(),
            starts_at=self.starts_at.moment(),
            tenths_a_case=self.a_case.tenths(),
            care_manager_ids=self.chosen,
            consultant_id=self.consultant.choice(),
            note=self.note.text(),
        )
        if self._meeting is None:
            return partial(plan_meeting, draft=draft)
        return partial(change_meeting, draft=draft, version=self._meeting.version)

    def _manager_boxes(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for member in self._known.care_managers:
            box = QCheckBox(member.title)
            self.boxes[member.id] = box
            column.addWidget(box)
            box.toggled.connect(self._fit_length)
        return holder

    def _build(self) -> None:
        title = self.tr("Change the meeting") if self._meeting else self.tr("Plan a meeting")
        self.set_words(title, self.tr("Save") if self._meeting else title)
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.usual = Label("", "caption", wraps=True)
        self.form.add(self.tr("&Day"), self.meets_on)
        self.form.add(self.tr("S&tart, if known"), self.starts_at)
        whose = self.tr("Without a choice it is about every caseload.")
        self.form.add(self.tr("Care managers"), self.managers, whose)
        self.form.add(self.tr("&Consultant"), self.consultant)
        self.form.add(self.tr("&Length"), self.minutes)
        self.form.addRow("", self.usual)
        self.form.add(self.tr("Minutes a c&ase"), self.a_case)
        self.form.add(self.tr("&Note"), self.note)

    def _fill(self) -> None:
        """Begin with the meeting as it is, or with one's own caseload."""
        meeting, own = self._meeting, self.desk.staff.id
        about = meeting.care_manager_ids if meeting else (own,)
        for staff_id, box in self.boxes.items():
            box.setChecked(staff_id in about)
        self.consultant.offer_members(self._known.consultants)
        only = self._known.consultants[0].id if len(self._known.consultants) == 1 else None
        self.consultant.choose(meeting.consultant_id if meeting else only)
        self.a_case.set_tenths(meeting.tenths_a_case if meeting else TENTHS_OF_MINUTES_A_CASE)
        self._fit_length()
        if meeting:
            self.minutes.set_seconds(meeting.minutes * SECONDS_A_MINUTE)
            self.note.setPlainText(meeting.note)

    @Slot()
    def _fit_length(self) -> None:
        usual = self._known.minutes_for(self.chosen)
        words = self.tr("Usual for these caseloads: %1 min (3 h a week for a full-time caseload).")
        self.usual.setText(words.replace("%1", str(usual)))
        self.minutes.setValue(usual)


class CancelMeetingDialog(RecordDialog):
    def __init__(
        self, desk: Desk, meeting_id: ReviewMeetingId, about: str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, parent)
        self._meeting_id = meeting_id
        self.reason = QLineEdit()
        self.fields = {"reason": self.reason, "meeting_id": self.reason}
        self.set_words(self.tr("Take the meeting off"), self.tr("Take it off"))
        self.body.insertWidget(0, Label(about, "strong", wraps=True))
        words = self.tr("It is kept on file. Whoever waits for a review is on the next agenda.")
        self.body.insertWidget(1, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        reason = self.reason.text()
        return partial(cancel_meeting, meeting_id=self._meeting_id, reason=reason)
