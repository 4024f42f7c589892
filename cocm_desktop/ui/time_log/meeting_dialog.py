"""Recording a meeting of several about several patients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.meeting import read_attendees, record_meeting
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import EpisodeId, MeetingId, StaffId, new_id
from cocm_desktop.domain.meeting import MeetingDraft
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.time_entry import LONGEST_ENTRY_MINUTES
from cocm_desktop.domain.wording import short_date
from cocm_desktop.errors import CocmError, Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.time_log.patient_shares import Discussable, PatientShares
from cocm_desktop.ui.widgets.buttons import LinkButton
from cocm_desktop.ui.widgets.fields import DateField, MinutesField, NoteField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from cocm_desktop.ui.widgets.time_field import TimeField

WIDTH = 680
USUAL_MINUTES = 60


@dataclass(frozen=True, slots=True)
class Invited:
    """Who may take part, who may be discussed, and who of them was reviewed on which day."""

    staff: tuple[StaffMember, ...]
    patients: tuple[Discussable, ...]
    reviewed: tuple[EpisodeId, ...]


def read_invited(workspace: Workspace) -> Invited:
    rows = [row for row in read_registry(workspace).rows if row.is_open and row.episode_id]
    return Invited(
        staff=read_attendees(workspace),
        patients=tuple(
            Discussable(
                EpisodeId(row.episode_id or ""), f"{row.name}, born {short_date(row.born_on)}"
            )
            for row in rows
        ),
        reviewed=tuple(
            EpisodeId(row.episode_id or "")
            for row in rows
            if row.last_review_on == workspace.today()
        ),
    )


class RecordMeetingDialog(RecordDialog):
    """Everybody gets time for every patient: one's own is signed, the others sign theirs."""

    draft_kind = "meeting"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._meeting_id = MeetingId(new_id())
        self._reviewed: tuple[EpisodeId, ...] = ()
        self._reviewed_row = 0
        self.held_on = DateField(desk.today(), desk.today())
        self.started_at = TimeField()
        self.minutes = MinutesField(LONGEST_ENTRY_MINUTES)
        self.minutes.setValue(USUAL_MINUTES)
        self.attendees = QWidget()
        self.staff_boxes: dict[StaffId, QCheckBox] = {}
        self._staff = QVBoxLayout(self.attendees)
        self._staff.setContentsMargins(0, 0, 0, 0)
        self._staff.setSpacing(4)
        self.patients = PatientShares(LONGEST_ENTRY_MINUTES)
        self.take_reviewed = LinkButton(self.tr("Add those reviewed today"))
        self.share = Label("", "secondary", wraps=True)
        self.note = NoteField(lines=2)
        self.confirm = QCheckBox(self.tr("&Yes, it is right"))
        self.confirm.hide()
        self.fields = {
            "held_on": self.held_on,
            "minutes": self.minutes,
            "started_at": self.started_at,
            "attendees": self.attendees,
            "shares": self.patients,
            "note": self.note,
            "is_confirmed": self.confirm,
        }
        self.set_words(self.tr("Record meeting"), self.tr("Save meeting"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self._build()

        self.take_reviewed.clicked.connect(self._add_reviewed)
        self.patients.changed.connect(self._say_share)
        self.minutes.valueChanged.connect(self._say_share)

    @override
    def typed(self) -> object:
        return (
            self.held_on.entry.text(),
            self.started_at.entry.text(),
            self.minutes.value(),
            self._chosen,
            self.patients.shares,
            self.note.text(),
        )

    @property
    def _chosen(self) -> tuple[StaffId, ...]:
        return tuple(staff_id for staff_id, box in self.staff_boxes.items() if box.isChecked())

    @override
    def open(self) -> None:
        super().open()
        self.desk.read(read_invited, self._show_invited)

    def draft(self) -> MeetingDraft:
        return MeetingDraft(
            id=self._meeting_id,
            held_on=self.held_on.day(),
            minutes=self.minutes.value(),
            attendees=self._chosen,
            shares=self.patients.shares,
            started_at=self.started_at.moment(),
            note=self.note.text(),
            is_confirmed=self.confirm.isChecked(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        if self.patients.choice.line.text().strip():
            words = self.tr("Add the patient whose name is typed, or empty the field.")
            raise Refused(Problem("shares", words))
        return partial(record_meeting, draft=self.draft())

    @override
    def _show(self, error: CocmError) -> None:
        """Offer to say yes where the refusal is a question."""
        if isinstance(error, Refused) and any(p.field == "is_confirmed" for p in error.problems):
            self.confirm.show()
        super()._show(error)

    def _build(self) -> None:
        self.form.add(self.tr("&Date"), self.held_on)
        self.form.add(self.tr("S&tart, if known"), self.started_at)
        self.form.add(self.tr("&Minutes"), self.minutes)
        self.form.add(self.tr("Who took part"), self.attendees)
        self.form.add(self.tr("&Patients"), self.patients)
        self._reviewed_row = self.form.rowCount()
        self.form.addRow(Label(""), self.take_reviewed)
        self.form.addRow(Label(""), self.share)
        self.form.add(self.tr("&Note"), self.note)
        self.form.addRow(Label(""), self.confirm)
        self._say_share()

    def _show_invited(self, invited: Invited) -> None:
        own = self.desk.staff.id
        before: QWidget = self.minutes
        for member in sorted(invited.staff, key=lambda each: each.id != own):
            box = QCheckBox(member.title)
            box.setChecked(member.id == own)
            self.staff_boxes[member.id] = box
            self._staff.addWidget(box)
            self.setTabOrder(before, box)
            before = box
        self.setTabOrder(before, self.patients.choice)
        self.patients.offer(invited.patients)
        self._reviewed = invited.reviewed
        self.form.setRowVisible(self._reviewed_row, bool(invited.reviewed))
        self.forget()

    @Slot()
    def _add_reviewed(self) -> None:
        for episode_id in self._reviewed:
            self.patients.discuss(episode_id)

    @Slot()
    def _say_share(self) -> None:
        self.share.setText(self.draft().share_words)
