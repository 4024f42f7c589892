"""Pictures of a clinic in a harmful place, after it was moved, and one that can only be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from cocm_desktop.storage.folder_state import FolderState
from cocm_desktop.storage.place import Lying, Misplaced
from cocm_desktop.storage.read_only import NOTICE
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.unlock.window import UnlockWindow
from cocm_desktop.ui.work import InlineWork
from tests.pictures_of_patients import Stage
from tests.ui.doors import DoorOf

SYNCED = r"C:\Users\mbell\OneDrive - Riverbend\Documents\CoCM Desktop"
OWN = r"C:\Users\mbell\AppData\Local\CoCM Desktop"


def misplaced(stage: Stage) -> UnlockWindow:
    window = _unlock(stage)
    window.trouble.tell(str(Misplaced(Lying.CLOUD, "OneDrive").to_open()), SYNCED)
    window.trouble.offer_move()
    return _turned(window)


def moved(stage: Stage) -> UnlockWindow:
    window = _unlock(stage)
    window.trouble.tell_moved(OWN, f"{SYNCED} (moved 2026-11-20)")
    return _turned(window)


def old_folder(stage: Stage) -> UnlockWindow:
    window = _unlock(stage)
    window.trouble.tell(FolderState.MOVED.value, SYNCED)
    window.trouble.offer_there()
    return _turned(window)


def read_only(stage: Stage) -> QWidget:
    clinic = stage.workspace.clinic
    assert clinic is not None
    opened = replace(stage.workspace, clinic=replace(clinic, notices=(NOTICE,)))
    desk = Desk(opened, InlineWork(), computer=stage.desk.computer)
    window = MainWindow(desk, PLACES)
    desk.setParent(window)
    window.go("registry")
    return window


def _unlock(stage: Stage) -> UnlockWindow:
    door = DoorOf(Path("no clinic"), stage.desk.now())
    return UnlockWindow(door, InlineWork(), computer=stage.desk.computer)


def _turned(window: UnlockWindow) -> UnlockWindow:
    window.pages.show_page(window.trouble)
    return window


SCREENS: dict[str, Callable[[Stage], QWidget]] = {
    "place-misplaced": misplaced,
    "place-moved": moved,
    "place-old-folder": old_folder,
    "place-read-only": read_only,
}
DIALOGS: dict[str, Callable[[Stage], QDialog]] = {}
