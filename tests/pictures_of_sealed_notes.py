"""Pictures of sealed notes: the list, one opened, writing one, who may open them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.actions.sealed_note import read_sealed_notes
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.sealed.dialogs import HoldersDialog, WriteSealedNoteDialog
from cocm_desktop.ui.sealed.notes_dialog import SealedNotesDialog
from tests.pictures_of_patients import Stage, first, opened, typed


def alvarez(stage: Stage) -> Subject:
    return Subject.of_row(first(stage, lambda row: row.name == "ALVAREZ, Rosa"))


def notes(stage: Stage) -> SealedNotesDialog:
    return opened(SealedNotesDialog(stage.desk, alvarez(stage), stage.window))


def note(stage: Stage) -> QDialog:
    dialog = notes(stage)
    dialog.open_note.click()
    return typed(dialog)


def writing(stage: Stage) -> QDialog:
    dialog = opened(WriteSealedNoteDialog(stage.desk, alvarez(stage), stage.window))
    dialog.words.setPlainText(
        "45 min. She is afraid of the winter, and of what comes back with it."
    )
    dialog.save.click()
    return typed(dialog)


def holders(stage: Stage) -> QDialog:
    found = read_sealed_notes(stage.workspace, alvarez(stage).patient_id)
    return opened(HoldersDialog(stage.desk, found, stage.window))


SCREENS: dict[str, Callable[[Stage], QWidget]] = {}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "sealed-notes": notes,
    "sealed-note-open": note,
    "sealed-note-writing": writing,
    "sealed-note-holders": holders,
}
