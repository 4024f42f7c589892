"""Recording time that belongs to no contact."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget
from typing_extensions import override

from cocm_desktop.actions.time_entry import record_time
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import EpisodeId, TimeEntryId, new_id
from cocm_desktop.domain.time_entry import LONGEST_ENTRY_MINUTES, Activity, TimeEntryDraft
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
from cocm_desktop.ui.widgets.time_field import TimeField

WIDTH = 560
FIRST = Activity.CARE_PLAN


class RecordTimeDialog(PatientDialog):
    """Minutes, what for, and the day. Whether they count is told on the chart."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._entry_id = TimeEntryId(new_id())
        self.activity = ChoiceField(words_of(Activity))
        self.activity.choose(FIRST)
        self.minutes = MinutesField(LONGEST_ENTRY_MINUTES)
        self.worked_on = DateField(desk.today(), desk.today())
        self.started_at = TimeField()
        self.note = NoteField(lines=2)
        self.fields = {
            "minutes": self.minutes,
            "worked_on": self.worked_on,
            "started_at": self.started_at,
            "note": self.note,
        }
        self.set_words(self.tr("Record time"), self.tr("Save time"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&What for"), self.activity)
        self.form.add(self.tr("&Minutes"), self.minutes)
        self.form.add(self.tr("&Date"), self.worked_on)
        self.form.add(self.tr("S&tart, if known"), self.started_at)
        self.form.add(self.tr("&Note"), self.note)

    @override
    def typed(self) -> object:
        return (
            self.activity.choice(),
            self.minutes.value(),
            self.worked_on.entry.text(),
            self.started_at.entry.text(),
            self.note.text(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = TimeEntryDraft(
            id=self._entry_id,
            episode_id=self.subject.episode_id or EpisodeId(""),
            worked_on=self.worked_on.day(),
            minutes=self.minutes.value(),
            activity=self.activity.choice(),
            started_at=self.started_at.moment(),
            note=self.note.text(),
        )
        return partial(record_time, draft=draft)
