"""Pictures of backups: restoring step by step, closing, and a damaged clinic."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.errors import Damaged
from cocm_desktop.ui.backup.keeper import ClosingDialog
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.unlock.rescue_dialog import RescueDialog
from cocm_desktop.ui.unlock.restore_wizard import RestoreWizard
from cocm_desktop.ui.unlock.window import UnlockWindow
from cocm_desktop.ui.work import InlineWork
from tests.pictures_of_patients import opened
from tests.ui.doors import DoorOf


class Stage(Protocol):
    @property
    def window(self) -> MainWindow: ...
    @property
    def door(self) -> DoorOf: ...
    def unlock(self) -> UnlockWindow: ...


def choosing(stage: Stage) -> QDialog:
    return opened(RestoreWizard(stage.door, InlineWork(), stage.window))


def proving(stage: Stage) -> QDialog:
    wizard = RestoreWizard(stage.door, InlineWork(), stage.window)
    wizard.on.click()
    return opened(wizard)


def rescuing(stage: Stage) -> QDialog:
    dialog = RescueDialog(stage.door, InlineWork(), stage.window)
    dialog.folder.setText(str(Path.home() / "rescued"))
    return opened(dialog)


def closing(stage: Stage) -> QDialog:
    return opened(ClosingDialog(stage.window))


def damaged(stage: Stage) -> QWidget:
    window = stage.unlock()
    words = (
        "The clinic's file is damaged. It was left as it is. Run a check of the file, and restore "
        "the newest good backup if the check says so."
    )
    window._show_error(Damaged(words))
    return window


SCREENS: dict[str, Callable[[Stage], QWidget]] = {"backup-damaged": damaged}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {
    "restore-1-choose": choosing,
    "restore-2-open": proving,
    "backup-rescue": rescuing,
    "backup-closing": closing,
}
