from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.draft import keep_draft, read_drafts
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.draft import DraftPlace
from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.drafts.list_dialog import DraftsDialog
from cocm_desktop.ui.drafts.resuming import OF_A_PATIENT
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.patient.actions import PatientActions
from cocm_desktop.ui.patient.details_dialog import PatientDetailsDialog
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.tasks.dialogs import NewTaskDialog
from cocm_desktop.ui.time_log.meeting_dialog import RecordMeetingDialog
from cocm_desktop.ui.today.screen import TodayScreen
from cocm_desktop.ui.widgets.question import Question
from cocm_desktop.ui.widgets.record_dialog import RecordDialog
from tests.ui.hands import dialog_of

OF_NOBODY = {
    "task": NewTaskDialog,
    "patient": PatientDetailsDialog,
    "meeting": RecordMeetingDialog,
}


@pytest.fixture
def main(qtbot: QtBot, desk: Desk, maria: EpisodeId) -> MainWindow:
    window = MainWindow(desk, [each for each in PLACES if each.key in {"today", "chart"}])
    qtbot.addWidget(window)
    window.show()
    return window


Keep = Callable[..., None]


@pytest.fixture
def keep(workspace: Workspace, maria_patient: PatientId) -> Keep:
    def keep_it(
        kind: str, subject_id: str = maria_patient, patient_id: str = maria_patient
    ) -> None:
        place = DraftPlace(kind, subject_id)
        values = {"fields.note": "Left a message"}
        keep_draft(workspace, place, values, title="Record contact", patient_id=patient_id)

    return keep_it


def listed(main: MainWindow) -> DraftsDialog:
    dialog = DraftsDialog(main.desk, main)
    dialog.open()
    return dialog


def test_today_tells_how_many_drafts_wait(main: MainWindow, keep: Keep) -> None:
    today = main.screen_shown
    assert isinstance(today, TodayScreen)
    none = today.drafts.isVisible()
    keep("contact")
    keep("review")

    today.read_again()
    today.drafts.click()

    assert (none, today.drafts.text().strip()) == (False, "2 unsaved drafts")
    assert len(dialog_of(DraftsDialog).go_on) == 2


def test_a_draft_is_opened_in_its_own_form_over_its_own_chart(
    qtbot: QtBot, main: MainWindow, keep: Keep
) -> None:
    keep("contact")

    listed(main).go_on[0].click()

    dialog = dialog_of(RecordContactDialog)
    assert dialog.draft_offer is not None
    dialog.draft_offer.go_on.click()
    assert dialog.note.text() == "Left a message"
    dialog.forget()
    dialog.close()


@pytest.mark.parametrize("kind", list(OF_NOBODY))
def test_a_draft_about_nobody_yet_is_opened_too(main: MainWindow, keep: Keep, kind: str) -> None:
    keep(kind, "", "")

    listed(main).go_on[0].click()

    opened: RecordDialog = dialog_of(OF_NOBODY[kind])
    assert opened.draft_offer is not None
    opened.forget()
    opened.close()


def test_a_form_that_no_action_opens_is_named(main: MainWindow, keep: Keep) -> None:
    told: list[str] = []
    main.desk.told.connect(told.append)
    keep("goal")
    keep("measure", "some record")

    listed(main).go_on[0].click()
    listed(main).go_on[1].click()

    assert told == ["Your draft waits there: open “Record contact” to go on."] * 2
    assert main.screen_shown is not None
    assert main.screen_shown.help_page == "chart"
    assert not any(isinstance(w, RecordDialog) for w in QApplication.topLevelWidgets())


def test_every_form_that_is_said_to_have_an_action_has_it(main: MainWindow) -> None:
    actions = PatientActions(main.desk, main)

    assert {name for name in OF_A_PATIENT - {"patient"} if not hasattr(actions, name)} == set()


@pytest.mark.parametrize(("answer", "left"), [("do_it", 0), ("leave_it", 1)])
def test_a_draft_is_discarded_only_after_a_question(
    workspace: Workspace, main: MainWindow, keep: Keep, *, answer: str, left: int
) -> None:
    keep("contact")
    dialog = listed(main)
    dialog.discard[0].click()

    getattr(dialog_of(Question), answer).click()

    assert len(read_drafts(workspace)) == len(dialog.go_on) == left
    assert isinstance(dialog, QDialog)
    dialog.close()


def test_without_drafts_the_list_says_what_they_are(main: MainWindow) -> None:
    dialog = listed(main)

    assert dialog.go_on == []
    dialog.close()
