from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QMenu, QWidget

from cocm_desktop.actions.episode import read_latest_episode
from cocm_desktop.actions.listing import read_listing
from cocm_desktop.actions.merge import merge_patients, read_merges
from cocm_desktop.actions.patient import add_patient, read_patient
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.domain.patient import PatientDraft, Reach
from cocm_desktop.domain.patient_merge import MergeDraft
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.patient.merge_dialog import MergeDialog
from cocm_desktop.ui.patient.merges_dialog import MergesDialog, UndoMergeDialog
from cocm_desktop.ui.patient.screen import PatientListScreen
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role
from tests.ui.hands import click, dialog_of

NAMED = "ÁLVAREZ, Maria · 04/05/1971 · 100377"


@pytest.fixture
def twin(workspace: Workspace) -> PatientId:
    reach = Reach(phone="845-555-0177")
    draft = PatientDraft("Álvarez", "Maria", date(1971, 4, 5), mrn="100377", reach=reach)
    return PatientId(add_patient(workspace, draft).record_id)


def subject_of(workspace: Workspace, patient_id: PatientId) -> Subject:
    rows = read_registry(workspace).rows
    return Subject.of_row(next(row for row in rows if row.patient_id == patient_id))


def opened(desk: Desk, workspace: Workspace, patient_id: PatientId, window: QWidget) -> MergeDialog:
    dialog = MergeDialog(desk, subject_of(workspace, patient_id), window)
    dialog.open()
    return dialog


def test_records_are_set_side_by_side_and_merged_as_picked(
    desk: Desk,
    workspace: Workspace,
    maria_patient: PatientId,
    maria: EpisodeId,
    twin: PatientId,
    window: QWidget,
) -> None:
    dialog = opened(desk, workspace, twin, window)
    assert not dialog.sides.isVisible()
    dialog.other.setText("ALVAREZ, María · 04/05/1971 · 100200")

    assert {"mrn", "last_name", "phone"} <= set(dialog.sides.choices)
    assert "born_on" not in dialog.sides.choices
    assert "Moves: 1 episode, with its measures" in dialog.effect.text()
    dialog.sides.choices["mrn"][1].setChecked(True)
    assert "100200" in dialog.asked.text()
    dialog.confirmation.setText("100200")
    dialog.save.click()

    [listed] = read_listing(workspace)
    assert (listed.patient_id, listed.mrn) == (twin, "100200")
    assert read_latest_episode(workspace, twin).id == maria
    assert read_patient(workspace, twin).reach.phone == "845-555-0177"
    assert not dialog.isVisible()
    assert maria_patient != twin


def test_what_only_the_other_has_is_taken_and_can_be_left(
    desk: Desk, workspace: Workspace, maria_patient: PatientId, twin: PatientId, window: QWidget
) -> None:
    assert twin
    dialog = opened(desk, workspace, maria_patient, window)
    dialog.other.setText(NAMED)
    assert dialog.sides.taken() == {"phone"}

    dialog.sides.choices["phone"][0].setChecked(True)
    dialog.confirmation.setText("100200")
    dialog.save.click()

    assert read_patient(workspace, maria_patient).reach.phone == ""


def test_nothing_is_merged_without_a_choice_or_with_a_wrong_number(
    desk: Desk, workspace: Workspace, maria_patient: PatientId, twin: PatientId, window: QWidget
) -> None:
    dialog = opened(desk, workspace, maria_patient, window)
    dialog.save.click()
    assert "other record" in dialog.problems.text()

    dialog.other.setText(NAMED)
    dialog.confirmation.setText("100377")
    dialog.save.click()

    assert "100200, to confirm" in dialog.problems.text()
    assert {each.patient_id for each in read_listing(workspace)} == {maria_patient, twin}
    dialog.other.setText("Nobody")
    assert not dialog.sides.isVisible()


def test_other_births_and_what_stands_against_it_are_said_at_once(
    desk: Desk, workspace: Workspace, maria: EpisodeId, maria_patient: PatientId, window: QWidget
) -> None:
    assert maria
    draft = PatientDraft("Alvarez", "Maria", date(1971, 5, 4), mrn="100377")
    add_patient(workspace, draft)
    dialog = opened(desk, workspace, maria_patient, window)

    dialog.other.setText("ALVAREZ, Maria · 05/04/1971 · 100377")

    assert dialog.same_person.isVisible()
    assert "May 4, 1971" in dialog.same_person.text()
    dialog.same_person.setChecked(True)
    dialog.confirmation.setText("100200")
    dialog.save.click()
    assert len(read_listing(workspace)) == 1


def test_a_merge_is_listed_and_undone_with_a_reason(
    desk: Desk, workspace: Workspace, maria_patient: PatientId, twin: PatientId, window: QWidget
) -> None:
    merge_patients(workspace, MergeDraft(maria_patient, twin, typed="100200"))
    listed = MergesDialog(desk, window)
    listed.open()

    click(listed.undo_buttons[0])
    undo = dialog_of(UndoMergeDialog)
    undo.save.click()
    assert "Say why" in undo.problems.text()
    undo.reason.setText("Two sisters")
    undo.save.click()

    assert len(read_listing(workspace)) == 2
    assert read_merges(workspace)[0].undone_at is not None
    assert listed.undo_buttons == []


def test_an_empty_list_says_how_merging_begins(desk: Desk, window: QWidget) -> None:
    listed = MergesDialog(desk, window)

    listed.open()

    assert listed.undo_buttons == []
    assert listed.isVisible()
    listed.reject()


def test_it_begins_at_the_patient_in_the_registry_and_in_the_list(
    desk: Desk, workspace: Workspace, maria_patient: PatientId, window: QWidget
) -> None:
    actions = PatientActions(desk, window)
    assert not actions.merge.isEnabled()
    [row] = read_registry(workspace).rows
    actions.follow(row)
    actions.merge.trigger()
    assert dialog_of(MergeDialog).subject.patient_id == maria_patient
    dialog_of(MergeDialog).reject()

    screen = PatientListScreen(desk, window)
    screen.show()
    screen.read_again()
    screen.merge.trigger()
    assert dialog_of(MergeDialog).subject.patient_id == maria_patient


def test_the_file_menu_shows_the_merges_to_those_who_may(workspace: Workspace, desk: Desk) -> None:
    window = MainWindow(desk, PLACES)
    front = MainWindow(Desk(as_role(workspace, Role.FRONT_DESK), InlineWork()), PLACES)
    words = "&Merged records…"

    def offered(which: MainWindow) -> list[str]:
        menu = which.menuBar().actions()[0].menu()
        assert isinstance(menu, QMenu)
        return [action.text() for action in menu.actions()]

    assert words in offered(window)
    assert words not in offered(front)
