"""Enter in a dialog: it presses the button that the cursor is on, or else the one of the dialog."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.domain.ids import EpisodeId, PatientId
from cocm_desktop.ui.background.dialogs import HistoryDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.patient.subject import Subject
from tests.ui.hands import Key, press


@pytest.fixture
def dialog(
    qtbot: QtBot, desk: Desk, window: QWidget, maria_patient: PatientId, maria: EpisodeId
) -> HistoryDialog:
    subject = Subject(maria_patient, maria, "ALVAREZ, María", date(1971, 4, 5), 55, "100200")
    made = HistoryDialog(desk, subject, parent=window)
    made.open()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def test_enter_in_a_field_saves_even_after_tab_has_passed_the_buttons(
    qtbot: QtBot, dialog: HistoryDialog
) -> None:
    for passed in (dialog.save, dialog.cancel, dialog.noted_on.entry):
        passed.setFocus()

    with qtbot.waitSignal(dialog.save.clicked):
        press(dialog, Key.Key_Return)


def test_enter_on_another_button_presses_that_one(qtbot: QtBot, dialog: HistoryDialog) -> None:
    dialog.cancel.setFocus()

    with qtbot.assertNotEmitted(dialog.save.clicked), qtbot.waitSignal(dialog.cancel.clicked):
        press(dialog, Key.Key_Return)
