"""Restoring a backup from the first window, and what is said where a clinic is damaged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.backup import back_up
from cocm_desktop.actions.session import lock
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.unlock.window import UnlockWindow
from cocm_desktop.ui.work import InlineWork
from tests.storage.clinics import flip
from tests.ui.doors import CODE, NOW, PASSWORD, DoorOf, make

Opener = Callable[[DoorOf], UnlockWindow]


@pytest.fixture
def door(tmp_path: Path) -> DoorOf:
    """A clinic in a folder, locked."""
    door = DoorOf(tmp_path / "clinic", NOW)
    lock(make(door))
    return door


@pytest.fixture
def opened(qtbot: QtBot) -> Opener:
    def open_at(door: DoorOf) -> UnlockWindow:
        window = UnlockWindow(door, InlineWork(), computer=Computer())
        qtbot.addWidget(window)
        window.show()
        return window

    return open_at


def test_a_backup_is_restored_into_an_empty_folder(
    opened: Opener, door: DoorOf, tmp_path: Path
) -> None:
    workspace = door.unlock("mbell", PASSWORD)
    back_up(workspace, tmp_path / "backups")
    lock(workspace)
    elsewhere = DoorOf(tmp_path / "elsewhere", NOW)
    window = opened(elsewhere)

    window.welcome.restore.click()
    wizard = window.restoring
    assert wizard is not None
    assert wizard.none.isVisible()
    wizard.look_in(tmp_path / "backups")
    wizard.on.click()
    wizard.secret.password.entry.setText(PASSWORD + "!")
    wizard.on.click()
    assert "password" in wizard.problems.text()
    assert wizard.focusWidget() is wizard.secret.password.entry
    assert not (elsewhere.folder / "keys.json").exists()
    wizard.secret.password.entry.setText(PASSWORD)
    wizard.on.click()
    assert "holds the clinic as of Nov" in wizard.outcome.text()
    wizard.on.click()

    assert window.sign_in.isVisible()
    assert wizard.secret.password.text() == ""
    lock(elsewhere.unlock("mbell", PASSWORD))


def test_a_file_that_is_no_backup_is_told(opened: Opener, tmp_path: Path) -> None:
    false = tmp_path / "false.cocmbak"
    false.write_bytes(b"no backup")
    window = opened(DoorOf(tmp_path / "elsewhere", NOW))

    window.welcome.restore.click()
    assert window.restoring is not None
    window.restoring.choose(false)

    assert "damaged or is none of CoCM Desktop" in window.restoring.problems.text()


def test_a_clinic_is_restored_over_by_the_printed_code_and_kept(
    opened: Opener, door: DoorOf
) -> None:
    workspace = door.unlock("mbell", PASSWORD)
    back_up(workspace)
    lock(workspace)
    window = opened(door)

    window.restore_link.click()
    wizard = window.restoring
    assert wizard is not None
    wizard.on.click()
    assert "takes the place of the clinic" in wizard.over.text()
    wizard.secret.turn()
    wizard.secret.code.setText("no code")
    wizard.on.click()
    assert wizard.problems.isVisible()
    wizard.secret.code.setText(str(CODE))
    wizard.on.click()

    assert ".before-restore" in wizard.outcome.text()
    assert len(list(door.folder.glob("*.before-restore"))) == 1


def test_a_damaged_clinic_names_its_last_backup_and_is_rescued(
    opened: Opener, door: DoorOf, tmp_path: Path
) -> None:
    workspace = door.unlock("mbell", PASSWORD)
    back_up(workspace)
    lock(workspace)
    window = opened(door)
    good = (door.folder / "clinic.db").read_bytes()
    flip(door.folder / "clinic.db", 500)

    window.sign_in.sign_in.setText("mbell")
    window.sign_in.password.entry.setText(PASSWORD)
    window.sign_in.do_it.click()

    assert window.trouble.rescue.isVisible()
    assert window.trouble.backup.text().startswith(
        "This file is damaged. Nothing was changed. Last"
    )
    (door.folder / "clinic.db").write_bytes(good)
    window.trouble.rescue.click()
    dialog = window.rescuing
    assert dialog is not None
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() >= layout.totalHeightForWidth(dialog.width())
    dialog.secret.take_focus()
    assert dialog.focusWidget() is dialog.secret.sign_in
    dialog.do_it.click()
    assert "Choose an empty folder" in dialog.problems.text()
    dialog.folder.setText(str(tmp_path / "out"))
    dialog.secret.sign_in.setEditText("mbell")
    dialog.secret.password.entry.setText(PASSWORD)
    dialog.do_it.click()
    assert "could be read" in dialog.outcome.text()
    assert (tmp_path / "out" / "patient.csv").exists()


def test_a_clinic_without_its_file_names_the_last_backup(opened: Opener, door: DoorOf) -> None:
    workspace = door.unlock("mbell", PASSWORD)
    back_up(workspace)
    lock(workspace)
    (door.folder / "clinic.db").unlink()

    window = opened(door)

    assert "Last good backup: Nov" in window.trouble.backup.text()
    assert not window.trouble.rescue.isVisible()
