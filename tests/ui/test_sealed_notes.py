"""Sealed notes in their windows: locked until opened, gone when the window is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.patient import add_patient
from cocm_desktop.actions.sealed_note import (
    let_open_sealed_notes,
    read_sealed_notes,
    write_sealed_note,
)
from cocm_desktop.actions.session import (
    Place,
    lock,
    unlock,
)
from cocm_desktop.actions.staff import add_staff, read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.patient import PatientDraft
from cocm_desktop.domain.sealed_note import SealedNoteDraft
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.sealed.dialogs import HoldersDialog, ReadReasonDialog, WriteSealedNoteDialog
from cocm_desktop.ui.sealed.notes_dialog import SealedNotesDialog
from cocm_desktop.ui.work import InlineWork
from tests.actions.clinics import OTHER, make, place_at
from tests.ui.hands import click, dialog_of

WONG = StaffDraft("Kim Wong", frozenset({Role.PSYCHIATRIC_CONSULTANT}), "kwong")
WORDS = "She spoke of her brother for the first time."


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return place_at(tmp_path / "clinic")


@pytest.fixture
def opened(place: Place) -> Iterator[Workspace]:
    workspace = make(place)
    workspace.sitting.proved_at = workspace.now()
    add_staff(workspace, WONG, password=OTHER)
    yield workspace
    lock(workspace)


@pytest.fixture
def patient(opened: Workspace) -> PatientId:
    draft = PatientDraft("Alvarez", "Rosa", date(1971, 4, 5))
    return PatientId(add_patient(opened, draft).record_id)


def shown(workspace: Workspace, patient: PatientId, window: QWidget) -> SealedNotesDialog:
    desk = Desk(workspace, InlineWork(), parent=window)
    subject = Subject(patient, None, "ALVAREZ, Rosa", date(1971, 4, 5), 55, "100200")
    dialog = SealedNotesDialog(desk, subject, window)
    dialog.open()
    return dialog


def test_a_note_is_written_opened_and_leaves_no_words_when_hidden(
    opened: Workspace, patient: PatientId, window: QWidget
) -> None:
    dialog = shown(opened, patient, window)
    click(dialog.write)
    form = dialog_of(WriteSealedNoteDialog)
    form.words.setPlainText("45 min. " + WORDS)
    click(form.save)
    assert form.is_confirmed.isVisible()
    form.words.setPlainText(WORDS)
    click(form.save)

    assert dialog.model.rowCount() == 1
    assert not dialog.words.isVisible()
    click(dialog.open_note)
    assert dialog.words.toPlainText() == WORDS
    dialog.hide()
    assert dialog.words.toPlainText() == ""


def test_another_persons_note_asks_for_the_reason(
    place: Place, opened: Workspace, patient: PatientId, window: QWidget
) -> None:
    write_sealed_note(opened, SealedNoteDraft(patient, WORDS, date(2026, 11, 30)))
    wong = next(member.id for member in read_staff(opened) if member.sign_in == "kwong")
    let_open_sealed_notes(opened, wong)
    lock(opened)
    theirs = unlock(place, "kwong", OTHER)
    dialog = shown(theirs, patient, window)

    click(dialog.open_note)
    asked = dialog_of(ReadReasonDialog)
    assert not dialog.words.isVisible()
    asked.reason.setText("Authorization of November 2")
    click(asked.save)

    assert dialog.words.toPlainText() == WORDS
    assert not dialog.void.isEnabled()
    lock(theirs)


def test_a_colleague_is_let_in_and_kept_out_again(
    opened: Workspace, patient: PatientId, window: QWidget
) -> None:
    write_sealed_note(opened, SealedNoteDraft(patient, WORDS, date(2026, 11, 30)))
    dialog = shown(opened, patient, window)
    click(dialog.holders)
    form = dialog_of(HoldersDialog)
    assert form.person.itemText(0) == "Let Kim Wong open them"
    click(form.save)

    assert {each.name for each in read_sealed_notes(opened, patient).holders} == {
        "Lena Ortiz",
        "Kim Wong",
    }
    click(dialog.holders)
    form = dialog_of(HoldersDialog)
    form.person.setCurrentIndex(form.person.findText("Take it from Kim Wong"))
    form.reason.setText("changed posts")
    click(form.save)
    assert [each.name for each in read_sealed_notes(opened, patient).holders] == ["Lena Ortiz"]
