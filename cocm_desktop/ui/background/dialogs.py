"""Recording one part of the history, a Part 2 record, and how its consent stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.background import change_part2_consent, note_history, record_part2
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.background import (
    HistoryKind,
    HistoryNote,
    HistoryNoteDraft,
    Part2ConsentDraft,
    Part2RecordDraft,
    ShownRecord,
)
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import HistoryNoteId, Part2RecordId, new_id
from cocm_desktop.domain.wording import long_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import ChoiceField, DateField, NoteField, words_of
from cocm_desktop.ui.widgets.labels import Label

WIDTH = 620


class HistoryDialog(PatientDialog):
    """One part of the history. `known` is the note that holds, to be written anew."""

    def __init__(
        self,
        desk: Desk,
        subject: Subject,
        known: HistoryNote | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(desk, subject, parent)
        self._id = HistoryNoteId(new_id())
        self.kind = ChoiceField(words_of(HistoryKind))
        self.words = NoteField(lines=4)
        self.noted_on = DateField(desk.today(), desk.today(), past=True)
        self.fields = {"kind": self.kind, "words": self.words, "noted_on": self.noted_on}
        self.set_words(self.tr("Record history"), self.tr("Save history"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.form.add(self.tr("&Part"), self.kind)
        hint = self.tr("A sentence or two: the page of the packet is short.")
        self.form.add(self.tr("&What is known"), self.words, hint)
        self.form.add(self.tr("&Noted on"), self.noted_on)
        if known is not None:
            self.kind.choose(known.kind)
            self.kind.setEnabled(False)
            self.words.setPlainText(known.words)

    @override
    def typed(self) -> object:
        return self.kind.choice(), self.words.text(), self.noted_on.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = HistoryNoteDraft(
            id=self._id,
            patient_id=self.subject.patient_id,
            kind=self.kind.choice(),
            words=self.words.text(),
            noted_on=self.noted_on.day(),
        )
        return partial(note_history, draft=draft)


class ConsentDays:
    """The three days of a consent, each of which may be missing."""

    def __init__(self, desk: Desk, known: Part2ConsentDraft) -> None:
        today = desk.today()
        self.consent_on = DateField(today, known.consent_on)
        self.consent_ends_on = DateField(today, known.consent_ends_on)
        self.revoked_on = DateField(today, known.revoked_on)
        self.fields: dict[str, QWidget] = {
            "consent_on": self.consent_on,
            "consent_ends_on": self.consent_ends_on,
            "revoked_on": self.revoked_on,
        }

    def add_to(self, dialog: PatientDialog) -> None:
        hint = dialog.tr("Empty where the consent has no end.")
        dialog.form.add(dialog.tr("&Consent given on"), self.consent_on)
        dialog.form.add(dialog.tr("Valid &until"), self.consent_ends_on, hint)
        dialog.form.add(dialog.tr("Re&voked on"), self.revoked_on)

    def draft(self) -> Part2ConsentDraft:
        return Part2ConsentDraft(
            self.consent_on.day(), self.consent_ends_on.day(), self.revoked_on.day()
        )

    def typed(self) -> tuple[str, ...]:
        days = (self.consent_on, self.consent_ends_on, self.revoked_on)
        return tuple(each.entry.text() for each in days)


class Part2Dialog(PatientDialog):
    """What a program let the practice know, with the consent as it stands."""

    draft_kind = "part2"

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = Part2RecordId(new_id())
        self.program = QLineEdit()
        self.words = NoteField(lines=3)
        self.received_on = DateField(desk.today(), desk.today(), past=True)
        self.days = ConsentDays(desk, Part2ConsentDraft())
        self.fields = {
            "program": self.program,
            "words": self.words,
            "received_on": self.received_on,
            **self.days.fields,
        }
        self.set_words(self.tr("Add protected record"), self.tr("Add record"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        words = self.tr(
            "What a program under 42 CFR Part 2 let you know. Its words are shown and printed only "
            "while a consent is valid, and then with the notice that the rule asks for."
        )
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Program"), self.program)
        self.form.add(self.tr("&What it says"), self.words)
        self.form.add(self.tr("&Received on"), self.received_on)
        self.days.add_to(self)

    @override
    def typed(self) -> object:
        texts = (self.program.text(), self.words.text(), self.received_on.entry.text())
        return (*texts, *self.days.typed())

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = Part2RecordDraft(
            id=self._id,
            patient_id=self.subject.patient_id,
            program=self.program.text(),
            words=self.words.text(),
            received_on=self.received_on.day(),
            consent=self.days.draft(),
        )
        return partial(record_part2, draft=draft)


class Part2ConsentDialog(PatientDialog):
    """The days of one record's consent; the record itself stays as it is."""

    def __init__(
        self, desk: Desk, subject: Subject, record: ShownRecord, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, subject, parent)
        self._record = record
        self.days = ConsentDays(desk, record.days)
        self.fields = dict(self.days.fields)
        self.set_words(self.tr("Consent for a protected record"), self.tr("Save consent"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        received = self.tr("Received on %1: %2")
        words = received.replace("%1", long_date(record.received_on))
        self.body.insertWidget(
            0, Label(words.replace("%2", record.consent_words), "secondary", wraps=True)
        )
        self.days.add_to(self)

    @override
    def typed(self) -> object:
        return self.days.typed()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        record = self._record
        return partial(
            change_part2_consent,
            record_id=record.id,
            consent=self.days.draft(),
            version=record.version,
        )
