"""The part of a chart's tab about the past: the history, and protected records."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cocm_desktop.actions.background import void_history_note, void_part2
from cocm_desktop.domain.background import PART2_NOTICE, HistoryNote, ShownRecord
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import NOTHING, short_date
from cocm_desktop.ui.background.dialogs import HistoryDialog, Part2ConsentDialog, Part2Dialog
from cocm_desktop.ui.chart.section import Section
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable
from cocm_desktop.ui.widgets.buttons import Button, DangerButton
from cocm_desktop.ui.widgets.table import Column


class BackgroundPart(QWidget):
    """Words of a protected record stand here only while a consent is valid."""

    void_wanted = Signal(object)  # Voidable

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._chart: Chart | None = None
        self._may_record = desk.may(Permission.RECORD_TREATMENT)
        self._may_void = desk.may(Permission.VOID_RECORD)
        self.history = self._history()
        self.records = self._records()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.history)
        column.addWidget(self.records)

    def show_chart(self, chart: Chart) -> None:
        self._chart = chart
        self.history.show_rows(self._history_columns(), chart.facts.history)
        self.records.show_rows(self._record_columns(), chart.facts.part2)

    def _history(self) -> Section[HistoryNote]:
        section: Section[HistoryNote] = Section(
            self.tr("History"),
            self.tr("None is recorded. The consultant reads it on the patient's page."),
            describe=lambda note: note.words,
        )
        add = Button(self.tr("Record history"), "plus")
        section.offer(add, self._add_note, is_shown=self._may_record)
        change = Button(self.tr("Write anew"))
        section.offer_for_row(change, self._change_note, is_shown=self._may_record)
        section.offer_for_row(
            DangerButton(self.tr("Void")),
            lambda note: self.void_wanted.emit(self._voidable_note(note)),
            is_shown=self._may_void,
        )
        return section

    def _records(self) -> Section[ShownRecord]:
        section: Section[ShownRecord] = Section(
            self.tr("Protected records"),
            self.tr("None is on file from a substance use program under 42 CFR Part 2."),
            describe=self._about_record,
        )
        add = Button(self.tr("Add protected record"), "plus")
        section.offer(add, self._add_record, is_shown=self._may_record)
        consent = Button(self.tr("Consent"))
        section.offer_for_row(consent, self._change_consent, is_shown=self._may_record)
        section.offer_for_row(
            DangerButton(self.tr("Void")),
            lambda record: self.void_wanted.emit(self._voidable_record(record)),
            is_shown=self._may_void,
        )
        return section

    def _history_columns(self) -> list[Column[HistoryNote]]:
        return [
            Column(self.tr("Part"), lambda note: note.kind.value, width=200),
            Column(self.tr("What is known"), lambda note: note.words, width=0),
            Column(self.tr("Noted"), lambda note: note.noted_on, short_date, width=96),
        ]

    def _record_columns(self) -> list[Column[ShownRecord]]:
        return [
            Column(self.tr("Received"), lambda each: each.received_on, short_date, width=96),
            Column(self.tr("Consent"), lambda each: each.consent.value, width=150),
            Column(self.tr("Program"), lambda each: each.program or NOTHING, width=220),
            Column(self.tr("What it says"), lambda each: each.words or NOTHING, width=0),
        ]

    @staticmethod
    def _about_record(record: ShownRecord) -> str:
        return f"{record.sentence}\n{PART2_NOTICE}" if record.is_open else record.sentence

    def _subject(self) -> Subject | None:
        return Subject.of_row(self._chart.row) if self._chart else None

    def _add_note(self) -> None:
        if subject := self._subject():
            HistoryDialog(self._desk, subject, parent=self).open()

    def _change_note(self, note: HistoryNote) -> None:
        if subject := self._subject():
            HistoryDialog(self._desk, subject, note, parent=self).open()

    def _add_record(self) -> None:
        if subject := self._subject():
            Part2Dialog(self._desk, subject, parent=self).open()

    def _change_consent(self, record: ShownRecord) -> None:
        if subject := self._subject():
            Part2ConsentDialog(self._desk, subject, record, parent=self).open()

    def _voidable_note(self, note: HistoryNote) -> Voidable:
        return Voidable(
            f"{note.kind.value}: {note.words}",
            self.tr("What was noted before it then holds again."),
            lambda workspace, reason: void_history_note(workspace, note.id, reason=reason),
        )

    def _voidable_record(self, record: ShownRecord) -> Voidable:
        received = self.tr("Protected record received on %1")
        return Voidable(
            received.replace("%1", short_date(record.received_on)),
            "",
            lambda workspace, reason: void_part2(workspace, record.id, reason=reason),
        )
