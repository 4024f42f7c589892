"""A patient's first day without a mouse: find, enroll, PHQ-9, contact, and back to the registry."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.chart_page import read_chart_page
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.consent import ConsentMethod
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.registry_columns import COLUMNS
from cocm_desktop.ui.contact.dialog import RecordContactDialog
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.episode.enroll_dialog import EnrollDialog
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.measure.dialog import RecordMeasureDialog
from cocm_desktop.ui.registry.screen import RegistryScreen
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.today.screen import TodayScreen
from tests.ui.hands import Dialog, Key, ctrl, dialog_of, press, type_into

EVENING = date(2026, 11, 30)
SHIFT_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def tab_to(dialog: QWidget, wanted: QWidget) -> None:
    """Press Tab until the focus is there, as a person who looks would."""
    for _ in range(30):
        if dialog.focusWidget() is wanted:
            return
        press(dialog, Key.Key_Tab)
    raise AssertionError(f"Tab never comes to {wanted.accessibleName()}")


@pytest.mark.qt_log_ignore("grabbing the keyboard")  # the completer's list, offscreen
def test_a_first_day_without_a_mouse(
    qtbot: QtBot, desk: Desk, workspace: Workspace, maria_patient: PatientId
) -> None:
    window = MainWindow(desk, PLACES)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    first = window.screen_shown
    assert isinstance(first, TodayScreen)
    ctrl(window, Key.Key_2)
    registry = window.screen_shown
    assert isinstance(registry, RegistryScreen)

    ctrl(window, Key.Key_F)
    type_into(window, "alvarez")
    press(window, Key.Key_Down)
    press(window, Key.Key_E, with_=SHIFT_CTRL)
    enroll(opened(qtbot, EnrollDialog))
    in_front(qtbot, window)
    ctrl(window, Key.Key_M)
    measure = opened(qtbot, RecordMeasureDialog)
    type_into(measure, "2221110001")
    press(measure, Key.Key_Return)
    in_front(qtbot, window)
    ctrl(window, Key.Key_D)
    record_contact(opened(qtbot, RecordContactDialog))

    said = {column.key: registry.model.index(0, n).data() for n, column in enumerate(COLUMNS)}
    assert said["patient"] == "ALVAREZ, María"
    assert said["status"] == "Active"
    assert said["now"] == "9 Mild"
    assert said["contact"] == "today"
    assert said["minutes"] == "20 / 36"
    page = read_chart_page(workspace, maria_patient)
    assert page.chart.consent is not None
    assert page.chart.consent.method is ConsentMethod.WRITTEN
    assert page.chart.contacts[-1].contact.note == "First call."


def enroll(dialog: EnrollDialog) -> None:
    tab_to(dialog, dialog.consented_on.entry)
    type_into(dialog, "t")
    tab_to(dialog, dialog.method)
    press(dialog, Key.Key_Down)
    for box in dialog.statements:
        tab_to(dialog, box)
        press(dialog, Key.Key_Space)
    tab_to(dialog, dialog.enrolled_on.entry)
    type_into(dialog, "t")
    tab_to(dialog, dialog.diagnosis.entry)
    type_into(dialog, "F33.1")
    tab_to(dialog, dialog.confirm)
    press(dialog, Key.Key_Space)
    tab_to(dialog, dialog.save)
    press(dialog, Key.Key_Return)


def record_contact(dialog: RecordContactDialog) -> None:
    tab_to(dialog, dialog.minutes)
    type_into(dialog, "20")
    tab_to(dialog, dialog.note)
    type_into(dialog, "First call.")
    ctrl(dialog, Key.Key_Return)


def opened(qtbot: QtBot, kind: type[Dialog]) -> Dialog:
    """Give the dialog that has just opened, once it takes the keys."""
    dialog = dialog_of(kind)
    in_front(qtbot, dialog)
    return dialog


def in_front(qtbot: QtBot, window: QWidget) -> None:
    """Wait until a window takes the keys, as a desktop lets it when one before has closed."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
