"""Emergency access in the windows: the dialog, the red bar, the list to be looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.emergency import end_emergency_access, take_emergency_access
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.emergency.bar import EmergencyBar, WaitingEmergencies
from cocm_desktop.ui.emergency.dialogs import ReviewEmergencyDialog, TakeEmergencyDialog
from cocm_desktop.ui.emergency.page import EmergencyPage
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.work import InlineWork
from tests.actions.test_emergency import REASON, YOUNG
from tests.conftest import EVENING
from tests.ui.hands import dialog_of


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = EVENING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def young(workspace: Workspace, clock: Clock) -> Workspace:
    return replace(workspace, staff=YOUNG, sitting=Sitting(), now=clock)


def keys_of(window: MainWindow) -> set[str]:
    return {place.key for place in window.places}


def test_the_menu_asks_for_a_reason_and_then_everything_is_shown_anew(
    qtbot: QtBot, young: Workspace
) -> None:
    window = MainWindow(Desk(young, InlineWork()), PLACES)
    qtbot.addWidget(window)
    window.show()
    before = keys_of(window)
    window.menus._take_emergency_access()
    dialog = dialog_of(TakeEmergencyDialog)
    dialog.reason.setPlainText("short")
    dialog.save.click()
    refused = dialog.problems.text()
    dialog.reason.setPlainText(REASON)

    with qtbot.waitSignal(window.rights_changed):
        dialog.save.click()

    again = MainWindow(Desk(young, InlineWork()), PLACES)
    qtbot.addWidget(again)
    assert "10 characters" in refused
    assert keys_of(again) - before == {"today", "registry", "chart"}
    assert again.emergency.isVisibleTo(again)
    assert "60 minutes left" in again.emergency.words.text()
    assert REASON in again.emergency.accessibleName()


def test_the_bar_goes_and_tells_when_the_hour_is_over(
    qtbot: QtBot, young: Workspace, clock: Clock
) -> None:
    take_emergency_access(young, REASON)
    bar = EmergencyBar(Desk(young, InlineWork()))
    qtbot.addWidget(bar)
    clock.now = EVENING + timedelta(minutes=59, seconds=30)
    bar.look()
    words = bar.words.text()

    clock.now = EVENING + timedelta(minutes=60)
    with qtbot.waitSignal(bar.ended):
        bar.look()

    assert "1 minute left" in words
    assert not bar.isVisible()


def test_it_is_ended_early_by_the_button(qtbot: QtBot, young: Workspace) -> None:
    take_emergency_access(young, REASON)
    bar = EmergencyBar(Desk(young, InlineWork()))
    qtbot.addWidget(bar)

    with qtbot.waitSignal(bar.ended):
        bar.end.click()

    assert young.sitting.emergency is None


def test_an_administrator_is_told_looks_and_signs(
    qtbot: QtBot, young: Workspace, desk: Desk, window: QWidget
) -> None:
    page, notice = EmergencyPage(desk, window), WaitingEmergencies(desk, window)
    page.read_again()
    empty = page.empty.isVisibleTo(page)
    take_emergency_access(young, REASON)
    page.read_again()
    too_early = (page.review.isEnabled(), page.found.text())
    end_emergency_access(young)
    notice.read_again()
    told = notice.words.text()
    desk.changed.connect(page.read_again)
    page.read_again()
    states = [page.model.index(0, 3).data()]

    page.review.click()
    dialog = dialog_of(ReviewEmergencyDialog)
    dialog.said.setPlainText("Rightly so.")
    dialog.save.click()

    page.table.setCurrentIndex(page.model.index(0, 0))
    states.append(page.model.index(0, 3).data())
    assert empty
    assert too_early[0] is False
    assert "It is going on. Sign it when it has ended, at " in too_early[1]
    assert "nobody has looked at it" in told
    assert states == ["To be looked at", "Looked at"]
    assert page.found.text() == f"“{REASON}”\nM. Bell, LCSW found: Rightly so."
    assert not notice.isVisibleTo(window)


def test_who_has_a_given_password_sees_only_where_to_change_it(
    qtbot: QtBot, workspace: Workspace
) -> None:
    given = replace(workspace, sitting=Sitting(password_is_given=True))
    window = MainWindow(Desk(given, InlineWork()), PLACES)
    qtbot.addWidget(window)

    assert keys_of(window) == {"settings"}
    assert window.must_choose_password
