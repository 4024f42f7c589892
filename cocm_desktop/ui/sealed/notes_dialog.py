"""A patient's sealed notes: that they are there, and one of them opened at a time."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from cocm_desktop.actions.sealed_note import (
    SealedNotes,
    open_sealed_note,
    read_sealed_notes,
    void_sealed_note,
)
from cocm_desktop.domain.change import Topic
from cocm_desktop.domain.sealed_note import SealedNote
from cocm_desktop.domain.wording import NOTHING, long_date, short_date
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.list_dialog import PatientListDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.patient.void_dialog import Voidable, VoidDialog
from cocm_desktop.ui.sealed.dialogs import HoldersDialog, ReadReasonDialog, WriteSealedNoteDialog
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.buttons import Button, DangerButton, PrimaryButton
from cocm_desktop.ui.widgets.labels import EmptyState, Label
from cocm_desktop.ui.widgets.room import open_at
from cocm_desktop.ui.widgets.table import Column

WIDTH, HEIGHT, MOST_ROWS, WORDS_HEIGHT = 760, 520, 6, 150


class SealedNotesDialog(PatientListDialog[SealedNote]):
    """The words of a note leave the window with it, and when it is hidden."""

    topics = Topic.PRIVACY

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, desk.tr("Sealed notes"), parent=parent)
        open_at(self, WIDTH, HEIGHT)
        self._found: SealedNotes | None = None
        columns: tuple[Column[SealedNote], ...] = (
            Column(self.tr("Conversation"), lambda each: each.written_on, short_date, width=120),
            Column(self.tr("Written by"), self._author, width=0),
            Column(self.tr("Words"), lambda _each: self.tr("Sealed"), width=120),
        )
        self.list_by(columns, EmptyState("lock", self.tr("No sealed notes")), most_rows=MOST_ROWS)
        self.state = Label("", "secondary", wraps=True)
        self.words = QPlainTextEdit()
        self.words.setReadOnly(True)
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(self.tr("Words of the opened note"))
        self.words.setMinimumHeight(theme_of(self).px(WORDS_HEIGHT))
        self.words.hide()
        self.write = PrimaryButton(self.tr("Write a sealed note…"), "plus")
        self.holders = Button(self.tr("Who may open them…"), "users")
        self.open_note = Button(self.tr("Open note"), "lock")
        self.void = DangerButton(self.tr("Void…"))
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.state)
        column.addWidget(self.words)
        self.arrange((self.write, self.holders), (self.open_note, self.void), details=details)
        self.write.clicked.connect(self._write)
        self.holders.clicked.connect(self._show_holders)
        self.open_note.clicked.connect(self._open_chosen)
        self.void.clicked.connect(self._void)
        self.table.activated.connect(self._open_chosen)
        self.table.selectionModel().currentRowChanged.connect(self._turn)

    @override
    def read_again(self) -> None:
        asked = partial(read_sealed_notes, patient_id=self._subject.patient_id)
        self._desk.read(asked, self.show_notes)

    def show_notes(self, found: SealedNotes) -> None:
        """Show the newest first, all of them closed."""
        self._found = found
        self.forget_words()
        self.model.show_rows(found.notes)
        self.table.setVisible(bool(found.notes))
        self.none.setVisible(not found.notes)
        self.table.select_row(0)
        self.state.setText(self._state(found))
        self.write.setEnabled(found.may_write)
        self.holders.setEnabled(found.has_key)
        self._turn()

    def forget_words(self) -> None:
        """Let nothing of an opened note stay in the window."""
        self.words.clear()
        self.words.hide()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self.forget_words()
        super().hideEvent(event)

    def _state(self, found: SealedNotes) -> str:
        if found.is_holder:
            return self.tr("Your password opens them. Each opening is noted.")
        if not found.has_key:
            return self.tr("The first note makes a key of its own, which only your password opens.")
        names = " or ".join(member.name for member in found.holders)
        if not names:
            return self.tr("Nobody's password opens them any more. The recovery code does.")
        words = self.tr("Your password does not open them. Ask %1 to let you.")
        return words.replace("%1", names)

    def _author(self, note: SealedNote) -> str:
        return self._found.authors.get(note.author_id, NOTHING) if self._found else NOTHING

    @Slot()
    def _turn(self) -> None:
        """Close what was opened: another note is chosen."""
        self.forget_words()
        note, holds = self.chosen, self._found is not None and self._found.is_holder
        self.open_note.setEnabled(note is not None and holds)
        self.void.setEnabled(note is not None and note.author_id == self._desk.staff.id)

    @Slot()
    def _write(self) -> None:
        WriteSealedNoteDialog(self._desk, self._subject, self).open()

    @Slot()
    def _show_holders(self) -> None:
        if self._found is not None:
            HoldersDialog(self._desk, self._found, self).open()

    @Slot()
    def _open_chosen(self) -> None:
        note = self.chosen
        if note is None or not self.open_note.isEnabled():
            return
        if note.requires_reason(self._desk.staff.id):
            ReadReasonDialog(
                self._desk, self._subject, partial(self._open_note, note), parent=self
            ).open()
        else:
            self._open_note(note, "")

    def _open_note(self, note: SealedNote, reason: str) -> None:
        asked = partial(open_sealed_note, note_id=note.id, reason=reason)
        self._desk.read(asked, partial(self._show_words, note))

    def _show_words(self, note: SealedNote, words: str) -> None:
        if note == self.chosen and self.isVisible():
            self.words.setPlainText(words)
            self.words.show()

    @Slot()
    def _void(self) -> None:
        note = self.chosen
        if note is None:
            return
        title = self.tr("Sealed note of %1").replace("%1", long_date(note.written_on))
        record = Voidable(
            title,
            self.tr("It is kept, still sealed, and opens no more."),
            lambda workspace, why: void_sealed_note(workspace, note.id, reason=why),
        )
        VoidDialog(self._desk, self._subject, record, parent=self).open()
