"""Sealing a note, saying why one reads another's, and who may open them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget
from typing_extensions import override

from cocm_desktop.actions.sealed_note import (
    SealedNotes,
    keep_from_sealed_notes,
    let_open_sealed_notes,
    write_sealed_note,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.ids import SealedNoteId, StaffId, new_id
from cocm_desktop.domain.sealed_note import NEEDED_REASON, SealedNoteDraft
from cocm_desktop.errors import CocmError, Problem, Refused
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.dialog import PatientDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.theme import theme_of
from cocm_desktop.ui.widgets.fields import DateField, NoteField
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.widgets.record_dialog import RecordDialog

WIDTH = 620


class WriteSealedNoteDialog(PatientDialog):
    """What is typed here is kept nowhere before it is sealed."""

    def __init__(self, desk: Desk, subject: Subject, parent: QWidget | None = None) -> None:
        super().__init__(desk, subject, parent)
        self._id = SealedNoteId(new_id())
        self.words = NoteField(lines=9)
        self.written_on = DateField(desk.today(), desk.today(), past=True)
        self.is_confirmed = QCheckBox(self.tr("&Keep it here all the same"))
        self.is_confirmed.hide()
        self.fields = {
            "words": self.words,
            "written_on": self.written_on,
            "is_confirmed": self.is_confirmed,
        }
        self.set_words(self.tr("Write a sealed note"), self.tr("Seal note"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        words = self.tr(
            "Only for the contents of a conversation. What was agreed, scores, medicines, times "
            "and diagnoses belong in the record. A sealed note is never printed or exported."
        )
        self.body.insertWidget(0, Label(words, "secondary", wraps=True))
        self.form.add(self.tr("&Note"), self.words)
        self.form.add(self.tr("&Day of the conversation"), self.written_on)
        self.body.addWidget(self.is_confirmed)

    @override
    def typed(self) -> object:
        return self.words.text(), self.written_on.entry.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        draft = SealedNoteDraft(
            id=self._id,
            patient_id=self.subject.patient_id,
            words=self.words.text(),
            written_on=self.written_on.day(),
            is_confirmed=self.is_confirmed.isChecked(),
        )
        return partial(write_sealed_note, draft=draft)

    @override
    def _show(self, error: CocmError) -> None:
        asked = isinstance(error, Refused) and error.problems[-1].field == "is_confirmed"
        self.is_confirmed.setVisible(asked or self.is_confirmed.isVisible())
        super()._show(error)


class ReadReasonDialog(PatientDialog):
    """Another's note: by which authorization. `read` does it with the reason."""

    def __init__(
        self, desk: Desk, subject: Subject, read: Callable[[str], Any], *, parent: QWidget
    ) -> None:
        super().__init__(desk, subject, parent)
        self._read = read
        self.reason = QLineEdit()
        self.fields = {"reason": self.reason}
        self.set_words(self.tr("Open another person's note"), self.tr("Open note"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        self.body.insertWidget(0, Label(self.tr(NEEDED_REASON), "secondary", wraps=True))
        self.form.add(self.tr("&Reason"), self.reason)

    @override
    def typed(self) -> object:
        return self.reason.text()

    @override
    def _save(self) -> None:
        self.forget()
        self.accept()
        self._read(self.reason.text())


class HoldersDialog(RecordDialog):
    """Who may open the sealed notes of this practice: let somebody else, or take it from one."""

    def __init__(self, desk: Desk, found: SealedNotes, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.person = QComboBox()
        self.reason = QLineEdit()
        self.fields = {"staff": self.person, "reason": self.reason}
        self.set_words(self.tr("Who may open sealed notes"), self.tr("Save"))
        self.setMinimumWidth(theme_of(self).px(WIDTH))
        names = ", ".join(member.name for member in found.holders) or self.tr("Nobody yet")
        words = self.tr("Now: %1. The practice's printed recovery code opens them too.")
        self.body.insertWidget(0, Label(words.replace("%1", names), "secondary", wraps=True))
        self._taken = frozenset(member.id for member in found.holders)
        for member in found.others if found.is_holder else ():
            self.person.addItem(self.tr("Let %1 open them").replace("%1", member.name), member.id)
        for member in found.holders:
            words = self.tr("Take it from %1").replace("%1", member.name)
            self.person.addItem(words, member.id)
        self.form.add(self.tr("&Change"), self.person)
        hint = self.tr("Needed where somebody is not to open them any more.")
        self.form.add(self.tr("&Reason"), self.reason, hint)
        self.save.setEnabled(self.person.count() > 0)

    @override
    def typed(self) -> object:
        return self.person.currentIndex(), self.reason.text()

    @override
    def action(self) -> Callable[[Workspace], Change]:
        chosen = self.person.currentData()
        if chosen is None:
            raise Refused(Problem("staff", self.tr("Choose somebody.")))
        staff_id = StaffId(chosen)
        if staff_id in self._taken:
            return partial(keep_from_sealed_notes, staff_id=staff_id, reason=self.reason.text())
        return partial(let_open_sealed_notes, staff_id=staff_id)
