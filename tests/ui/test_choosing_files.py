"""What happens between a button, the system's file dialog and the file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from cocm_desktop.domain.recovery_code import generate
from cocm_desktop.ui.backup.page import BackupPage
from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.first_run.steps import PlaceStep
from cocm_desktop.ui.staff.recovery_panel import RecoveryPanel
from cocm_desktop.ui.trouble import TroubleDialog, show_trouble
from cocm_desktop.ui.unlock.window import UnlockWindow
from cocm_desktop.ui.work import InlineWork
from tests.ui.callbacks import nothing
from tests.ui.doors import DoorOf

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("America/New_York"))
CODE = generate(bytes(range(18)))


@pytest.fixture(autouse=True)
def no_dialog_of_the_system(monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> None:
    """Let no window of the desktop open while tests run."""
    monkeypatch.setattr(QFileDialog, "open", nothing)


def choose(button: QAbstractButton, asking: QWidget, file: Path) -> QFileDialog:
    """Press the button and choose a file in the dialog that it opens."""
    button.click()
    dialog = asking.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(file))
    return dialog


@pytest.fixture
def unlock(qtbot: QtBot, tmp_path: Path) -> UnlockWindow:
    window = UnlockWindow(DoorOf(tmp_path / "c", NOW), InlineWork(), computer=Computer())
    qtbot.addWidget(window)
    return window


@pytest.mark.parametrize("page", ["welcome", "trouble"])
def test_another_folder_is_asked_for(
    qtbot: QtBot, unlock: UnlockWindow, tmp_path: Path, page: str
) -> None:
    button = unlock.welcome.open if page == "welcome" else unlock.trouble.open

    with qtbot.waitSignal(unlock.folder_chosen) as chosen:
        dialog = choose(button, unlock, tmp_path)

    assert chosen.args == [tmp_path]
    assert dialog.fileMode() is QFileDialog.FileMode.Directory


def test_a_backup_is_asked_for(unlock: UnlockWindow, tmp_path: Path) -> None:
    unlock.welcome.restore.click()
    wizard = unlock.restoring
    assert wizard is not None

    dialog = choose(wizard.another_file, wizard, tmp_path / "none.cocmbak")

    assert dialog.nameFilters() == ["Backups (*.cocmbak)"]
    assert "Nothing was restored" in wizard.problems.text()
    choose(wizard.another_folder, wizard, tmp_path)
    assert wizard.none.isVisible()


def test_the_place_of_the_file_is_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    step = PlaceStep(tmp_path, lambda _folder, _show: None)
    qtbot.addWidget(step)

    choose(step.choose, step, tmp_path / "other")

    assert step.path() == tmp_path / "other"


def test_the_recovery_code_goes_where_the_person_says(qtbot: QtBot, tmp_path: Path) -> None:
    panel = RecoveryPanel(CODE, lambda show: show(b"%PDF-1.4"))
    qtbot.addWidget(panel)
    file = tmp_path / "code.pdf"

    dialog = choose(panel.save_it, panel, file)

    assert file.read_bytes() == b"%PDF-1.4"
    assert dialog.acceptMode() is QFileDialog.AcceptMode.AcceptSave


def test_a_backup_elsewhere_is_asked_for_and_told_when_it_cannot_be(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    page = BackupPage(desk)
    qtbot.addWidget(page)

    choose(page.make_elsewhere, page, tmp_path)

    assert "Unlock the clinic again" in page.problems.text()


def test_one_apology_is_enough(qtbot: QtBot, qapp: QApplication) -> None:
    show_trouble("builtins.KeyError")
    show_trouble("builtins.KeyError")

    qtbot.waitUntil(lambda: bool(apologies()))
    qtbot.wait(20)

    assert len(apologies()) == 1
    for dialog in apologies():
        dialog.close()


def apologies() -> list[QWidget]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, TroubleDialog)]
