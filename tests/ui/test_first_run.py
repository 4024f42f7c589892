from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from typing_extensions import override

from cocm_desktop.actions.practice import read_practice
from cocm_desktop.actions.session import lock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.recovery_code import RecoveryCode
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Unavailable
from cocm_desktop.ui.first_run.step import Step
from cocm_desktop.ui.first_run.steps import Start
from cocm_desktop.ui.first_run.wizard import FirstRunWizard
from cocm_desktop.ui.work import InlineWork
from tests.ui.callbacks import LateWork, never
from tests.ui.doors import DoorOf

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("America/New_York"))
PASSWORD = "violet tractor ozone hymn"


@pytest.fixture
def door(tmp_path: Path) -> DoorOf:
    return DoorOf(tmp_path / "clinic", NOW)


@pytest.fixture
def wizard(qtbot: QtBot, door: DoorOf) -> FirstRunWizard:
    wizard = FirstRunWizard(door, InlineWork())
    qtbot.addWidget(wizard)
    wizard.show()
    return wizard


def fill_practice(wizard: FirstRunWizard) -> None:
    wizard.practice.name.setText("Riverbend Family Medicine")
    wizard.practice.time_zone.choose("America/Denver")


def fill_owner(wizard: FirstRunWizard) -> None:
    wizard.owner.name.setText("Maya Bell")
    wizard.owner.sign_in.setText("mbell")
    wizard.owner.roles[Role.CARE_MANAGER].setChecked(True)
    wizard.owner.password.entry.setText(PASSWORD)
    wizard.owner.again.entry.setText(PASSWORD)


def fill_code(wizard: FirstRunWizard) -> None:
    for number, entry in wizard.recovery.panel.entries.items():
        entry.setText(wizard.code.groups[number - 1].lower())


def is_at(wizard: FirstRunWizard, step: Step) -> bool:
    return wizard.step is step


def go_to(wizard: FirstRunWizard, step: object) -> None:
    """Fill in each page and go on until that one is shown."""
    fills: dict[Step, Callable[[FirstRunWizard], None]] = {
        wizard.practice: fill_practice,
        wizard.owner: fill_owner,
        wizard.recovery: fill_code,
    }
    while wizard.step is not step:
        if wizard.step in fills:
            fills[wizard.step](wizard)
        wizard.on.click()
        assert wizard.problems.text() == ""


def test_five_pages_make_a_clinic_that_its_owner_and_the_code_open(
    qtbot: QtBot, wizard: FirstRunWizard, door: DoorOf
) -> None:
    go_to(wizard, wizard.start)

    with qtbot.waitSignal(wizard.made) as made:
        wizard.on.click()

    assert made.args is not None
    workspace, start = made.args
    assert start is Start.IMPORT
    assert read_practice(workspace).time_zone == "America/Denver"
    assert workspace.staff.roles == {Role.CARE_MANAGER, Role.ADMINISTRATOR}
    assert not wizard.isVisible()
    lock(workspace)
    lock(door.unlock("mbell", PASSWORD))
    lock(door.recover(wizard.code, sign_in="mbell", password="seven green kettles sing"))


def test_enter_alone_leads_through_the_pages(qtbot: QtBot, wizard: FirstRunWizard) -> None:
    fill_practice(wizard)
    qtbot.keyClick(wizard.practice.name, Qt.Key.Key_Return)
    fill_owner(wizard)
    qtbot.keyClick(wizard.owner.again.entry, Qt.Key.Key_Return)

    assert is_at(wizard, wizard.recovery)
    assert isinstance(wizard.focusWidget(), QLineEdit)


def test_each_page_holds_back_whoever_left_something_out(wizard: FirstRunWizard) -> None:
    wizard.on.click()
    assert is_at(wizard, wizard.practice)
    assert "name as it stands on its letters" in wizard.problems.text()

    go_to(wizard, wizard.owner)
    wizard.on.click()
    assert is_at(wizard, wizard.owner)
    assert "sign-in name" in wizard.problems.text()

    go_to(wizard, wizard.recovery)
    wizard.on.click()
    assert is_at(wizard, wizard.recovery)
    assert "two groups" in wizard.problems.text()


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("short", "short", "at least 15"),
        ("riverbend family x", "riverbend family x", "riverbend"),
        (PASSWORD, PASSWORD + "s", "not the same"),
    ],
)
def test_a_password_must_be_good_and_typed_twice(
    wizard: FirstRunWizard, password: str, again: str, words: str
) -> None:
    go_to(wizard, wizard.owner)
    fill_owner(wizard)
    wizard.owner.password.entry.setText(password)
    wizard.owner.again.entry.setText(again)

    wizard.on.click()

    assert is_at(wizard, wizard.owner)
    assert words in wizard.problems.text()


def test_a_wrong_group_is_named_as_soon_as_it_is_typed(wizard: FirstRunWizard) -> None:
    go_to(wizard, wizard.recovery)
    number, entry = next(iter(wizard.recovery.panel.entries.items()))

    entry.setText("ZZZZZ")

    assert wizard.recovery.panel.said.text().startswith(f"Group {number} does not fit")


def test_the_code_is_saved_as_a_pdf(wizard: FirstRunWizard, door: DoorOf, tmp_path: Path) -> None:
    go_to(wizard, wizard.recovery)
    file = tmp_path / "code.pdf"

    wizard.recovery.panel.keep(door.sheet("Riverbend", wizard.code), file)

    assert file.read_bytes().startswith(b"%PDF")
    assert "whoever has it can come in" in wizard.recovery.panel.said.text()


def test_a_code_that_cannot_be_saved_is_said_so(wizard: FirstRunWizard, tmp_path: Path) -> None:
    wizard.recovery.panel.keep(b"%PDF", tmp_path / "no folder" / "code.pdf")

    assert "could not be written" in wizard.recovery.panel.said.text()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Dropbox/clinic", "copied to other computers"),
        ("OneDrive - Riverbend/clinic", "copied to other computers"),
        ("used", "holds other files"),
    ],
)
def test_a_bad_place_is_refused_at_once(
    wizard: FirstRunWizard, tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "letter.txt").write_text("hello", encoding="utf-8")
    go_to(wizard, wizard.place)

    wizard.place.folder.setText(str(tmp_path / name))
    wizard.on.click()

    assert words in wizard.place.said.text()
    assert words in wizard.problems.text()
    assert is_at(wizard, wizard.place)


def test_a_place_that_is_no_path_is_refused(wizard: FirstRunWizard) -> None:
    go_to(wizard, wizard.place)

    wizard.place.folder.setText("somewhere")
    wizard.on.click()

    assert "Choose a folder on this computer" in wizard.problems.text()


def test_leaving_before_the_end_leaves_nothing_behind(
    qtbot: QtBot, wizard: FirstRunWizard, door: DoorOf
) -> None:
    go_to(wizard, wizard.start)

    with qtbot.waitSignal(wizard.left):
        qtbot.keyClick(wizard, Qt.Key.Key_Escape)

    assert not door.folder.exists()


def test_going_back_keeps_what_was_typed(wizard: FirstRunWizard) -> None:
    go_to(wizard, wizard.recovery)

    wizard.back.click()
    wizard.back.click()

    assert is_at(wizard, wizard.practice)
    assert wizard.practice.name.text() == "Riverbend Family Medicine"


def test_the_window_cannot_be_closed_while_the_clinic_is_made(qtbot: QtBot, door: DoorOf) -> None:
    work = LateWork()
    wizard = FirstRunWizard(door, work)
    qtbot.addWidget(wizard)
    wizard.show()
    fill_practice(wizard)
    fill_owner(wizard)
    fill_code(wizard)
    for step in range(4):
        wizard.show_step(step)
        work.go_on()
        wizard.on.click()
    wizard.left.connect(never)
    wizard.on.click()

    wizard.close()

    assert wizard.isVisible()
    assert not wizard.on.isEnabled()
    wizard.made.connect(lambda workspace, _start: lock(workspace))
    work.go_on()
    assert not wizard.isVisible()


class FullDoor(DoorOf):
    """A disk that is full."""

    @override
    def at(self, folder: Path) -> FullDoor:
        return FullDoor(folder, NOW)

    @override
    def create(
        self, practice: Practice, owner: StaffDraft, *, password: str, code: RecoveryCode
    ) -> Workspace:
        raise Unavailable("The disk is full. No clinic was created. Make room, then try again.")


def test_a_full_disk_is_told_and_the_page_stays(qtbot: QtBot, tmp_path: Path) -> None:
    wizard = FirstRunWizard(FullDoor(tmp_path / "clinic", NOW), InlineWork())
    qtbot.addWidget(wizard)
    wizard.made.connect(never)
    wizard.show()
    go_to(wizard, wizard.start)

    wizard.on.click()

    assert "The disk is full" in wizard.problems.text()
    assert wizard.on.isEnabled()
