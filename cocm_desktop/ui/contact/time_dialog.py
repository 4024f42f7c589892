"""Recording time that belongs to no contact, and correcting an entry."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.time_entry import correct_time, read_outlook, record_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import EpisodeId, TimeEntryId, new_id
from cocm_desktop.domain.time_entry import (
    LONGEST_ENTRY_MINUTES,
    Activity,
    ManualReason,
    TimeEntry,
    TimeEntryDraft,
)
from cocm_desktop.domain.time_questions import TimeOutlook
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.contact.outlook import OutlookPanel
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import (
    ChoiceField,
    DateField,
    MinutesField,
    NoteField,
    words_of,
)
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.time_field import TimeField

WIDTH = 600
FIRST = Activity.CARE_PLAN
LONGEST_CODE = 5
REASONS = [each for each in ManualReason if each is not ManualReason.CORRECTION]


class RecordTimeDialog(PatientDialog):
    """What for, minutes, day and start; beside them, at once, whether it will count.

    `corrects` is the entry that what is typed takes the place of.
    """

    draft_kind = "time"

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        parent: QWidget | None = None,
        *,
        corrects: TimeEntry | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._ids = TimeEntryId(new_id()), TimeEntryId(new_id())
        self._corrects = corrects
        self.activity = ChoiceField(words_of(Activity))
        self.activity.choose(FIRST)
        self.minutes = MinutesField(LONGEST_ENTRY_MINUTES)
        self.worked_on = DateField(desk.today(), desk.today())
        self.started_at = TimeField()
        self.why = ChoiceField(words_of(REASONS))
        self.billed_as = QLineEdit()
        self.billed_as.setMaxLength(LONGEST_CODE)
        self.note = NoteField(lines=2)
        self.signed = QCheckBox(self.tr("Si&gn it now"))
        self.signed.setChecked(True)
        self.reason = QLineEdit()
        self.outlook = OutlookPanel(desk, self.problems)
        self.fields = {
            "minutes": self.minutes,
            "worked_on": self.worked_on,
            "started_at": self.started_at,
            "billed_as": self.billed_as,
            "note": self.note,
            "reason": self.reason,
            "is_confirmed": self.outlook.confirm,
        }
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self._build()
        if corrects is not None:
            self._fill(corrects)
        changes = (
            self.activity.currentIndexChanged,
            self.minutes.valueChanged,
            self.worked_on.changed,
            self.started_at.entry.textChanged,
            self.billed_as.textChanged,
            self.signed.toggled,
        )
        self.outlook.follow(self._question, changes)

    @override
    def draft_subjects(self) -> tuple[str, str]:
        record_id = self._corrects.id if self._corrects else self.subject.patient_id
        return record_id, self.subject.patient_id

    @override
    def typed(self) -> object:
        return (
            self.activity.choice(),
            self.minutes.value(),
            self.worked_on.entry.text(),
            self.started_at.entry.text(),
            self.why.choice(),
            self.billed_as.text(),
            self.note.text(),
            self.signed.isChecked(),
            self.reason.text(),
        )

    def draft(self) -> TimeEntryDraft:
        return TimeEntryDraft(
            id=self._ids[0],
            second_id=self._ids[1],
            episode_id=self.subject.episode_id or EpisodeId(""),
            worked_on=self.worked_on.day(),
            minutes=self.minutes.value(),
            activity=self.activity.choice(),
            started_at=self.started_at.moment(),
            note=self.note.text(),
            manual_reason=self.why.choice(),
            billed_as=self.billed_as.text(),
            is_signed=self.signed.isChecked(),
            is_split=self.outlook.split.isChecked(),
            is_confirmed=self.outlook.confirm.isChecked(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft, old = self.draft(), self._corrects
        if old is None:
            return partial(record_time, draft=draft)
        reason = self.reason.text()
        return lambda workspace: correct_time(workspace, old.id, draft, reason=reason)

    @override
    def _show(self, error: CocmError) -> None:
        super()._show(error)
        self.outlook.say_once()

    def _build(self) -> None:
        self.form.add(self.tr("&What for"), self.activity)
        self.form.add(self.tr("&Minutes"), self.minutes)
        self.form.add(self.tr("&Date"), self.worked_on)
        self.form.add(self.tr("S&tart, if known"), self.started_at)
        self.form.addRow(Label(""), self.outlook)
        self.outlook.is_needed.connect(partial(self.form.setRowVisible, self.outlook))
        self.outlook.show_outlook(TimeOutlook())
        if self._corrects is None:
            self.set_words(self.tr("Record time"), self.tr("Save time"))
            self.form.add(self.tr("Why by &hand"), self.why)
        else:
            self.set_words(self.tr("Correct time"), self.tr("Save correction"))
        self.form.add(
            self.tr("Also &billed as"),
            self.billed_as,
            self.tr("The code of another service that has this time already, such as 90834."),
        )
        self.form.add(self.tr("&Note"), self.note)
        if self._corrects is not None:
            self.form.add(
                self.tr("&Reason"),
                self.reason,
                self.tr("The entry as it was stays in the log, voided with this reason."),
            )
        self.form.addRow(Label(""), self.signed)

    def _fill(self, entry: TimeEntry) -> None:
        self.activity.choose(entry.activity)
        self.minutes.set_seconds(entry.seconds)
        self.worked_on.set_day(entry.worked_on)
        self.started_at.set_time(entry.started_at)
        self.billed_as.setText(entry.billed_as)
        self.note.setPlainText(entry.note)
        is_own = entry.staff_id == self.desk.staff.id
        self.signed.setChecked(is_own)
        self.signed.setVisible(is_own)

    def _question(self) -> Callable[[Workspace], TimeOutlook]:
        corrects = self._corrects.id if self._corrects else None
        return partial(read_outlook, draft=self.draft(), corrects=corrects)
