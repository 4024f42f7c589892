"""The ways back in where a clinic was: by the recovery code, and where nothing is left of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pytestqt.qtbot import QtBot

from cocm_desktop.actions.session import lock
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.recovery_code import RecoveryCode, generate
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import OlderFile
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.unlock.window import UnlockWindow
from cocm_desktop.ui.work import InlineWork
from tests.ui.doors import DoorOf

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("America/New_York"))
PASSWORD, OTHER = "violet tractor ozone hymn", "copper meadow lantern quiz"
CODE = generate(bytes(range(18)))


class OlderDoor(DoorOf):
    """The door to a file that is to be brought up to date first."""

    def recover(
        self, code: RecoveryCode, *, sign_in: str, password: str, upgrade: bool = False
    ) -> Workspace:
        if not upgrade:
            raise OlderFile("An older CoCM Desktop made this file.")
        return super().recover(code, sign_in=sign_in, password=password)


def shown(qtbot: QtBot, door: DoorOf, computer: Computer) -> UnlockWindow:
    window = UnlockWindow(door, InlineWork(), computer=computer)
    qtbot.addWidget(window)
    window.show()
    return window


def test_an_older_file_is_brought_up_to_date_by_the_recovery_code_too(
    qtbot: QtBot, tmp_path: Path
) -> None:
    door = OlderDoor(tmp_path / "clinic", NOW)
    owner = StaffDraft("Maya Bell", frozenset({Role.CARE_MANAGER}), "mbell")
    lock(door.create(Practice("Elm", "America/New_York"), owner, password=PASSWORD, code=CODE))
    window = shown(qtbot, door, Computer())
    window.sign_in.link.click()
    window.recover.code.setText(str(CODE))
    window.recover.sign_in.setText("mbell")
    window.recover.password.entry.setText(OTHER)

    window.recover.do_it.click()

    assert "older CoCM Desktop" in window.recover.problems.text()
    assert "cannot be recovered" in window.recover.lost.text()
    assert "up to date" in window.recover.do_it.text()
    with qtbot.waitSignal(window.unlocked) as opened:
        window.recover.do_it.click()
    lock(opened.args[0])
    assert "up to date" not in window.recover.do_it.text()


def test_where_a_clinic_was_and_nothing_is_left_no_new_one_is_offered(
    qtbot: QtBot, tmp_path: Path
) -> None:
    computer = Computer()
    computer.remember(tmp_path / "clinic", sign_in="mbell")

    window = shown(qtbot, DoorOf(tmp_path / "clinic", NOW), computer)
    strange = shown(qtbot, DoorOf(tmp_path / "elsewhere", NOW), computer)

    assert "nothing is left of it here" in window.trouble.words.text()
    assert window.trouble.restore.isVisible()
    assert not window.welcome.set_up.isVisible()
    assert strange.welcome.set_up.isVisible()


def test_a_typing_error_in_the_code_is_found_before_anything_is_pressed(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = shown(qtbot, DoorOf(tmp_path / "clinic", NOW), Computer())
    window.recover.code.setText("0" * 35)

    window.recover.code.editingFinished.emit()

    assert "Group" in window.recover.judged.text()
