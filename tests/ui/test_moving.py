"""A clinic in a place that will do it harm is not opened, and the way out is a button."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.unlock.window import UnlockWindow
from cocm_desktop.ui.widgets.buttons import Button
from cocm_desktop.ui.work import InlineWork
from tests.storage.clinics import made_at
from tests.ui.doors import NOW, DoorOf

Opener = Callable[[Path], UnlockWindow]


@pytest.fixture
def opened(qtbot: QtBot) -> Opener:
    def open_at(folder: Path) -> UnlockWindow:
        window = UnlockWindow(DoorOf(folder, NOW), InlineWork(), computer=Computer())
        qtbot.addWidget(window)
        window.show()
        return window

    return open_at


@pytest.fixture
def synced(tmp_path: Path) -> Path:
    """A clinic that was made elsewhere and then put into a copied folder."""
    made_at(tmp_path / "clinic")
    (tmp_path / "OneDrive").mkdir()
    return Path(shutil.move(tmp_path / "clinic", tmp_path / "OneDrive" / "clinic"))


def offered(window: UnlockWindow) -> list[str]:
    return [each.text().strip() for each in window.trouble.findChildren(Button) if each.isVisible()]


def test_a_clinic_in_a_copied_folder_is_moved_by_a_button(
    qtbot: QtBot, opened: Opener, synced: Path, tmp_path: Path
) -> None:
    window = opened(synced)
    words = window.trouble.words.text()
    before = offered(window)

    window.move_clinic(tmp_path)
    with qtbot.waitSignal(window.folder_chosen) as chosen:
        window.trouble.there.click()

    assert "copied to other computers while it is in use (OneDrive)" in words
    assert before[0] == "Move the clinic to this computer…"
    assert chosen.args == [tmp_path / "CoCM Desktop"]
    assert "clinic (moved" in window.trouble.words.text()
    assert window.trouble.title.text() == "The clinic was moved"


def test_a_move_that_cannot_be_says_why_and_can_be_tried_again(
    opened: Opener, synced: Path, tmp_path: Path
) -> None:
    window = opened(synced)

    window.move_clinic(tmp_path / "Dropbox")

    assert "(Dropbox)" in window.trouble.words.text()
    assert offered(window)[0] == "Move the clinic to this computer…"


def test_the_old_folder_leads_to_the_new_one(
    qtbot: QtBot, opened: Opener, synced: Path, tmp_path: Path
) -> None:
    opened(synced).move_clinic(tmp_path / "own")

    window = opened(synced)

    assert "was moved to another folder" in window.trouble.words.text()
    assert offered(window) == ["Unlock it there", "Choose another folder…"]
    with qtbot.waitSignal(window.folder_chosen) as chosen:
        window.trouble.there.click()
    assert chosen.args == [tmp_path / "own"]


def test_any_other_trouble_offers_no_move(opened: Opener, tmp_path: Path) -> None:
    (tmp_path / "clinic.db").write_bytes(b"")

    assert offered(opened(tmp_path)) == [
        "Look again", "Choose another folder…", "Restore a backup…",
    ]  # fmt: skip
