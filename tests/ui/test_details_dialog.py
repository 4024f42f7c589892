"""A new patient and changed details: what is typed, who may be the same, what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from cocm_desktop.actions.patient import read_patient
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.patient import Sex
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.details_dialog import PatientDetailsDialog
from tests.actions.work import rows_stored
from tests.ui.hands import click, dialogs_of, type_into

EVENING = date(2026, 11, 30)


@pytest.fixture
def adding(window: QWidget, desk: Desk) -> PatientDetailsDialog:
    dialog = PatientDetailsDialog(desk, parent=window)
    dialog.open()
    return dialog


def fill(dialog: PatientDetailsDialog, last: str, first: str, born: str) -> None:
    dialog.entries["last_name"].setText(last)
    dialog.entries["first_name"].setText(first)
    dialog.born_on.entry.setText(born)


def test_a_new_patient_is_added_with_everything_typed(
    adding: PatientDetailsDialog, workspace: Workspace
) -> None:
    fill(adding, "Nguyễn", "Thị Hương", "1/5/54")
    adding.sex.choose(Sex.FEMALE)
    adding.entries["phone"].setText("(555) 010-0100")
    adding.entries["payer"].setText("Hudson Health Plan")
    click(adding.save)

    patient = read_patient(workspace, adding.patient_id)
    assert patient.name == "NGUYỄN, Thị Hương"
    assert patient.born_on == date(1954, 1, 5)
    assert patient.sex is Sex.FEMALE
    assert patient.reach.phone == "(555) 010-0100"
    assert patient.coverage.payer == "Hudson Health Plan"


def test_a_patient_without_name_or_birth_is_refused(
    adding: PatientDetailsDialog, workspace: Workspace
) -> None:
    before = rows_stored(workspace)

    click(adding.save)

    assert adding.problems.text().count("\n") == 2
    assert adding.focusWidget() is adding.entries["last_name"]
    assert rows_stored(workspace) == before


def test_who_may_be_the_same_is_shown_while_typing(
    adding: PatientDetailsDialog, maria_patient: PatientId, desk: Desk
) -> None:
    wanted: list[str] = []
    desk.patient_wanted.connect(wanted.append)
    nobody = adding.duplicates.heading.text()

    fill(adding, "Alvares", "Maria", "4/5/71")
    adding.look_for_duplicates()
    adding.duplicates.patient_wanted.emit(maria_patient)

    assert nobody == "Nobody alike is on file"
    assert adding.duplicates.heading.text() == "Already on file? 1 may be the same."
    assert wanted == [maria_patient]
    assert not dialogs_of(PatientDetailsDialog)


def test_typing_looks_for_duplicates_by_itself(
    adding: PatientDetailsDialog, maria_patient: PatientId
) -> None:
    type_into(adding, "A")

    assert adding._settled.isActive()


def test_details_are_changed_and_the_rest_is_kept(
    window: QWidget, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    patient = read_patient(workspace, maria_patient)
    dialog = PatientDetailsDialog(desk, patient, parent=window)
    dialog.open()

    dialog.entries["preferred_name"].setText("Mari")
    click(dialog.save)

    changed = read_patient(workspace, maria_patient)
    assert (changed.preferred_name, changed.mrn, changed.born_on) == (
        "Mari",
        patient.mrn,
        patient.born_on,
    )


def test_a_taken_mrn_is_refused_at_its_field(
    adding: PatientDetailsDialog, workspace: Workspace, maria_patient: PatientId
) -> None:
    fill(adding, "Ito", "Ken", "2/3/80")
    adding.entries["mrn"].setText("100200")
    before = rows_stored(workspace)

    click(adding.save)

    assert adding.problems.text() == "Another patient has the MRN 100200."
    assert adding.focusWidget() is adding.entries["mrn"]
    assert rows_stored(workspace) == before
