from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QTableView,
    QTabWidget,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.practice import read_fees, read_practice
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.staff import Role
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.practice.computer_page import ComputerPage
from cocm_desktop.ui.practice.details_page import DetailsPage
from cocm_desktop.ui.practice.fees_page import FeesPage
from cocm_desktop.ui.practice.settings_screen import SettingsScreen
from cocm_desktop.ui.screen import Screen
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.theme import Scheme
from cocm_desktop.ui.work import InlineWork
from tests.ui.keys import press

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("America/New_York"))
PASSWORD = "violet tractor ozone hymn"
NEW_PASSWORD = "seven green kettles sing"


# ------------------------------------------------------------------------------ the practice


@pytest.fixture
def details(qtbot: QtBot, desk: Desk) -> DetailsPage:
    page = DetailsPage(desk)
    qtbot.addWidget(page)
    page.read_again()
    page.show()
    return page


def test_details_are_saved_only_when_the_button_is_pressed(
    details: DetailsPage, workspace: Workspace
) -> None:
    details.lines["city"].setText("Kingston")
    before = read_practice(workspace).city

    details.save.click()

    assert before == ""
    assert read_practice(workspace).city == "Kingston"
    assert not details.unsaved.isVisible()
    assert not details.save.isEnabled()


def test_what_is_not_saved_yet_is_said(details: DetailsPage) -> None:
    details.lines["caseload_goal"].setText("80")

    assert details.unsaved.isVisible()
    assert details.is_changed()


def test_a_wrong_npi_is_refused_and_nothing_is_stored(
    details: DetailsPage, workspace: Workspace
) -> None:
    before = read_practice(workspace)
    details.lines["npi"].setText("1234567890")

    details.save.click()

    assert "check digit" in details.problems.text()
    assert details.lines["npi"].property("problem") is True
    assert read_practice(workspace) == before


def test_reading_again_does_not_overwrite_what_is_being_typed(details: DetailsPage) -> None:
    details.lines["city"].setText("King")

    details.read_again()

    assert details.lines["city"].text() == "King"


# --------------------------------------------------------------------------------- charges


@pytest.fixture
def fees(qtbot: QtBot, desk: Desk) -> FeesPage:
    page = FeesPage(desk)
    qtbot.addWidget(page)
    desk.changed.connect(page.read_again)
    page.read_again()
    page.show()
    return page


def test_a_charge_counts_from_its_day_on(fees: FeesPage, workspace: Workspace) -> None:
    fees.code.choose("99493")
    fees.charge.setText("$185.50")
    fees.valid_from.entry.setText("11/1/2026")

    fees.save.click()

    [fee] = read_fees(workspace)
    assert (fee.code, fee.cents, fee.valid_from) == ("99493", 18550, date(2026, 11, 1))
    assert [fees.model.index(0, n).data() for n in (0, 2, 4)] == ["99493", "$185.50", "Valid"]
    assert fees.charge.text() == ""


def test_enter_records_a_charge(fees: FeesPage, workspace: Workspace) -> None:
    fees.charge.setText("215")

    press(fees.charge, "Return")

    assert [fee.cents for fee in read_fees(workspace)] == [215_00]


@pytest.mark.parametrize(
    ("charge", "day", "words"),
    [("many", "11/1/2026", "Type the charge"), ("0", "t", "between $0.01"), ("5", "x", "a date")],
)
def test_a_charge_that_cannot_be_is_refused(
    fees: FeesPage, workspace: Workspace, *, charge: str, day: str, words: str
) -> None:
    fees.charge.setText(charge)
    fees.valid_from.entry.setText(day)

    fees.save.click()

    assert words in fees.problems.text()
    assert read_fees(workspace) == ()


# --------------------------------------------------------------------------- this computer


def test_what_is_chosen_for_this_computer_acts_at_once(qtbot: QtBot, qapp: QApplication) -> None:
    computer = Computer()
    page = ComputerPage(computer)
    qtbot.addWidget(page)

    page.schemes.button(list(Scheme).index(Scheme.DARK)).click()
    page.text_percent.choose(150)
    page.text_percent.activated.emit(page.text_percent.currentIndex())
    page.idle.choose(3)
    page.idle.activated.emit(page.idle.currentIndex())

    settings = computer.settings
    assert (settings.appearance, settings.text_percent, settings.idle_minutes) == (
        Scheme.DARK, 150, 3,
    )  # fmt: skip


# -------------------------------------------------------------------------------- as a whole


@pytest.mark.parametrize(
    ("role", "tabs"),
    [
        (
            Role.ADMINISTRATOR,
            [
                "Practice",
                "Charges",
                "Payer rules",
                "Rates and codes",
                "Clinical rules",
                "Outcomes",
                "Instruments",
                "Letters",
                "Staff",
                "Emergency access",
                "Privacy",
            ],
        ),
        (
            Role.CARE_MANAGER,
            [
                "Payer rules",
                "Rates and codes",
                "Clinical rules",
                "Outcomes",
                "Instruments",
                "Letters",
            ],
        ),
        (Role.BILLER, ["Charges", "Payer rules", "Rates and codes"]),
        (Role.FRONT_DESK, ["Letters"]),
    ],
)
def test_a_person_sees_the_settings_of_their_roles(
    qtbot: QtBot, workspace: Workspace, role: Role, tabs: list[str]
) -> None:
    member = replace(workspace.staff, roles=frozenset({role}))
    screen = SettingsScreen(Desk(replace(workspace, staff=member), InlineWork()))
    qtbot.addWidget(screen)

    shown = [screen.tabs.tabText(number) for number in range(screen.tabs.count())]

    assert shown == [*tabs, "My sign-in", "Backup", "This computer", "About"]


def test_settings_know_of_something_unsaved(qtbot: QtBot, desk: Desk) -> None:
    screen = SettingsScreen(desk)
    qtbot.addWidget(screen)
    screen.show()
    details = screen.tabs.currentWidget()
    assert isinstance(details, DetailsPage)

    details.lines["phone"].setText("845-555-0199")

    assert screen.has_unsaved()


def test_every_field_of_the_settings_can_be_read_aloud(qtbot: QtBot, desk: Desk) -> None:
    screen = SettingsScreen(desk)
    qtbot.addWidget(screen)

    inputs = (QLineEdit, QComboBox, QAbstractSpinBox, QTableView, QTabWidget)
    ours = [each for each in screen.findChildren(QWidget) if isinstance(each, inputs)]
    ours = [each for each in ours if not each.objectName().startswith("qt_")]

    assert len(ours) > 15
    assert [each for each in ours if not each.accessibleName()] == []
    scrollers = screen.tabs.tabBar().findChildren(QToolButton)
    assert {each.focusPolicy() for each in scrollers} == {Qt.FocusPolicy.NoFocus}


def test_no_letter_of_the_settings_opens_a_menu_instead(qtbot: QtBot, desk: Desk) -> None:
    screen = SettingsScreen(desk)
    qtbot.addWidget(screen)

    labels = [each.text() for each in screen.findChildren(QLabel)]
    buttons = [each.text() for each in screen.findChildren(QAbstractButton)]
    letters = {QKeySequence.mnemonic(words).toString() for words in (*labels, *buttons)}

    assert "Alt+N" in letters
    assert letters.isdisjoint({"Alt+F", "Alt+G", "Alt+T", "Alt+V", "Alt+H"})


def test_no_screen_menu_has_the_letter_of_another_menu() -> None:
    screens = [place.make for place in PLACES]
    titles = [s.menu_title for s in screens if isinstance(s, type) and issubclass(s, Screen)]
    letters = {QKeySequence.mnemonic(title).toString() for title in titles}

    assert "Alt+P" in letters
    assert letters.isdisjoint({"Alt+F", "Alt+G", "Alt+T", "Alt+V", "Alt+H"})
