"""A file that is older than one seen before is not opened without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.errors import RolledBack
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.unlock.older import OlderFileDialog
from cocm_desktop.ui.unlock.window import UnlockWindow
from cocm_desktop.ui.work import InlineWork
from tests.ui.doors import NOW, DoorOf

WORDS = "This clinic's file is an older one: 3 newer entries were seen on Nov 22, 2026."


class OlderDoor(DoorOf):
    """Finds an older file, and opens none."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, NOW)
        self.reasons: list[str] = []

    @override
    def unlock(self, sign_in: str, password: str, *, upgrade: bool = False) -> Workspace:
        raise RolledBack(WORDS)

    @override
    def unlock_older(self, sign_in: str, password: str, reason: str) -> Workspace:
        self.reasons.append(f"{sign_in} {password}: {reason}")
        raise RolledBack(f"{WORDS} You are not an administrator.")


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> UnlockWindow:
    made = UnlockWindow(OlderDoor(tmp_path), InlineWork(), computer=Computer())
    qtbot.addWidget(made)
    made.sign_in.sign_in.setText("mbell")
    made.sign_in.password.entry.setText("a password")
    return made


def test_an_older_file_is_opened_only_with_a_reason(window: UnlockWindow) -> None:
    window.sign_in.do_it.click()
    dialog = window.findChild(OlderFileDialog)
    assert dialog is not None
    assert dialog.words.text() == WORDS
    assert not dialog.go_on.isEnabled()

    dialog.reason.setText("The disk burned")
    dialog.go_on.click()

    door = window._door
    assert isinstance(door, OlderDoor)
    assert door.reasons == ["mbell a password: The disk burned"]
    assert [each.words.text() for each in window.findChildren(OlderFileDialog)] == [
        WORDS, f"{WORDS} You are not an administrator."
    ]  # fmt: skip


def test_the_file_is_left_as_it_is_by_the_first_button(window: UnlockWindow) -> None:
    window.sign_in.do_it.click()
    dialog = window.findChild(OlderFileDialog)
    assert dialog is not None

    dialog.leave.click()

    assert not dialog.isVisible()
    door = window._door
    assert isinstance(door, OlderDoor)
    assert door.reasons == []
