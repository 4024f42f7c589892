"""Recording a contact: what happened, its minutes, what comes next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.contact import record_contact
from cocm_desktop.actions.time_entry import read_outlook
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.contact import (
    LONGEST_QUESTION,
    ContactDraft,
    ContactKind,
    ContactOutcome,
    SafetyAsked,
)
from cocm_desktop.domain.ids import ContactId, EpisodeId, TimeEntryId, new_id
from cocm_desktop.domain.time_entry import LONGEST_ENTRY_MINUTES
from cocm_desktop.domain.time_questions import TimeOutlook
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import CocmError
from cocm_desktop.ui.contact.outlook import OutlookPanel
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.widgets.fields import (
    ChoiceField,
    DateField,
    MinutesField,
    NoteField,
    words_of,
)
from cocm_desktop.ui.widgets.form import beside
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.time_field import TimeField

WIDTH = 680
QUICK_WEEKS = (1, 2, 4)


class NextContactField(QWidget):
    """When to call again: a date, or one of the usual intervals after this contact."""

    def __init__(self, made_on: DateField, desk: Desk) -> None:
        super().__init__()
        self._made_on = made_on
        self._today = desk.today()
        self.date = DateField(self._today)
        self.buttons: dict[int, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.date, 1)
        for weeks in QUICK_WEEKS:
            button = Button(self.tr("+%1 w").replace("%1", str(weeks)))
            button.setAccessibleName(self.tr("In %1").replace("%1", count_of(weeks, "week")))
            button.setProperty("weeks", weeks)
            button.clicked.connect(self._choose)
            self.buttons[weeks] = button
            row.addWidget(button)
        self.setFocusProxy(self.date.entry)

    @Slot()
    def _choose(self) -> None:
        weeks = int(self.sender().property("weeks"))
        self.date.set_day((self._made_on.day() or self._today) + timedelta(weeks=weeks))


class RecordContactDialog(PatientDialog):
    """The contact, its time and its question are stored together or not at all."""

    draft_kind = "contact"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._contact_id = ContactId(new_id())
        self._time_entry_id = TimeEntryId(new_id())
        self.kind = ChoiceField(words_of(ContactKind))
        self.outcome = ChoiceField(words_of(ContactOutcome))
        self.made_on = DateField(desk.today(), desk.today())
        self.minutes = MinutesField(LONGEST_ENTRY_MINUTES)
        self.started_at = TimeField()
        self.note = NoteField(lines=6)
        self.next_contact = NextContactField(self.made_on, desk)
        self.safety = ChoiceField(words_of(SafetyAsked))
        self.outlook = OutlookPanel(desk, self.problems)
        self.question = QLineEdit()
        self.question.setMaxLength(LONGEST_QUESTION)
        self.question.setPlaceholderText(self.tr("Puts the patient on the next caseload review"))
        self.fields = {
            "made_on": self.made_on,
            "minutes": self.minutes,
            "started_at": self.started_at,
            "note": self.note,
            "safety": self.safety,
            "next_contact_on": self.next_contact.date,
            "question": self.question,
            "is_confirmed": self.outlook.confirm,
        }
        self.set_words(self.tr("Record contact"), self.tr("Save contact"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self._build()
        changes = (
            self.minutes.valueChanged,
            self.made_on.changed,
            self.started_at.entry.textChanged,
        )
        self.outlook.follow(self._outlook_question, changes)

    @override
    def typed(self) -> object:
        return (
            self.kind.choice(),
            self.outcome.choice(),
            self.made_on.entry.text(),
            self.minutes.value(),
            self.started_at.entry.text(),
            self.note.text(),
            self.safety.choice(),
            self.next_contact.date.entry.text(),
            self.question.text(),
        )

    def draft(self) -> ContactDraft:
        return ContactDraft(
            id=self._contact_id,
            time_entry_id=self._time_entry_id,
            episode_id=self.subject.episode_id or EpisodeId(""),
            made_on=self.made_on.day(),
            kind=self.kind.choice(),
            outcome=self.outcome.choice(),
            minutes=self.minutes.value(),
            started_at=self.started_at.moment(),
            note=self.note.text(),
            next_contact_on=self.next_contact.date.day(),
            safety=self.safety.choice(),
            question=self.question.text(),
            is_confirmed=self.outlook.confirm.isChecked(),
        )

    @override
    def action(self) -> Callable[[Workspace], Change]:
        return partial(record_contact, draft=self.draft())

    @override
    def open(self) -> None:
        super().open()
        self.kind.setFocus()

    @override
    def _show(self, error: CocmError) -> None:
        super()._show(error)
        self.outlook.say_once()

    def _outlook_question(self) -> Callable[[Workspace], TimeOutlook]:
        return partial(read_outlook, draft=self.draft().time_draft())

    def _build(self) -> None:
        how = beside(self.kind, self.outcome)
        how.setFocusProxy(self.kind)
        self.kind.setAccessibleName(self.tr("Kind"))
        self.outcome.setAccessibleName(self.tr("Outcome"))
        self.form.add(self.tr("&Kind and outcome"), how)
        self.form.add(self.tr("&Date"), self.made_on)
        self.form.add(self.tr("&Minutes"), self.minutes)
        self.form.add(self.tr("S&tart, if known"), self.started_at)
        self.form.addRow(Label(""), self.outlook)
        self.outlook.is_needed.connect(partial(self.form.setRowVisible, self.outlook))
        self.outlook.show_outlook(TimeOutlook())
        self.form.add(self.tr("&Note"), self.note)
        self.form.add(
            self.tr("Sa&fety, asked again"),
            self.safety,
            self.tr("In your judgment, since it was asked last. It opens no safety task."),
        )
        self.form.add(self.tr("Ne&xt contact"), self.next_contact)
        self.form.add(self.tr("&Question for the consultant"), self.question)
