"""What a folder holds, seen from outside, without any secret."""

from __future__ import annotations

import json
import platform
from enum import Enum
from pathlib import Path
from typing import Final

from cocm_desktop.errors import Damaged, NewerFile, Unavailable
from cocm_desktop.safe_file import blaming_the_disk
from cocm_desktop.storage.database_check import is_plain, unfinished_write
from cocm_desktop.storage.key_copies import NAME, SPARE_NAME, KeyCopies
from cocm_desktop.storage.key_cost import KeyPolicy
from cocm_desktop.storage.key_file import KeyFile
from cocm_desktop.storage.sqlite import PAGE_BYTES

LOCK_NAME: Final = "clinic.lock"
BACKUPS_NAME: Final = "backups"
FIRST_DATABASE: Final = "clinic.db"
CREATING_NAME: Final = "clinic.creating"
"""Stands in the folder while a clinic is made: with no keys beside it, the rest is refuse."""
MOVED_NAME: Final = "clinic.moved"
"""A note in a folder whose clinic was moved: where it went, when, and on which computer."""
MOVED_FROM_NAME: Final = "clinic.moved-from"
"""A note beside a clinic that came from another folder, until the audit has it."""

_LEFT_BY_THE_SYSTEM: Final = {".DS_Store", "desktop.ini", "Thumbs.db", ".directory"}


class FolderState(Enum):
    """The value says it to a person, and what to do next."""

    NOTHING = (
        "There is no clinic in this folder. "
        "Choose the folder of your clinic, or create a clinic here."
    )
    CLINIC = "There is a clinic in this folder already. It was left as it is."
    UNFINISHED = (
        "A clinic was begun in this folder and not finished; it holds nothing. "
        "Create the clinic again."
    )
    ONLY_BACKUPS = (
        "There are backups in this folder but no clinic. Restore the newest backup, "
        "or choose an empty folder for a new clinic."
    )
    FOREIGN = "This folder holds other files and no clinic. Choose another folder."
    MOVED = (
        "This clinic was moved to another folder; what is left here is its old copy. "
        "Open the clinic in its new folder."
    )
    NO_DATABASE = (
        "The clinic's file is missing; its keys are here. Nothing was changed. "
        "Put the file back, or restore the newest backup."
    )
    NO_KEYS = (
        "The clinic's file is here, but its key file keys.json is missing, and without it nobody "
        "can open the clinic. Nothing was changed. Restore the newest backup: where only the keys "
        "are lost, only they are put back."
    )
    KEYS_DAMAGED = (
        "The key file keys.json is damaged. It was left as it is. "
        "Restore the newest backup: where only the keys are lost, only they are put back."
    )
    NEWER_KEYS = (
        "A newer CoCM Desktop made this clinic. It was left as it is. "
        "Install the newer CoCM Desktop on this computer."
    )
    DATABASE_EMPTY = (
        "The clinic's file is empty: something emptied it. It was left as it is. "
        "Restore the newest backup."
    )
    DATABASE_CUT_SHORT = (
        "The clinic's file is cut short. It was left as it is. Restore the newest backup."
    )
    NOT_ENCRYPTED = (
        "The clinic's file is not encrypted, so CoCM Desktop does not use it. It was left as it "
        "is. Restore the newest backup, and ask who put this file here."
    )

    @property
    def may_be_created_in(self) -> bool:
        return self in {FolderState.NOTHING, FolderState.UNFINISHED}

    def error(self) -> Unavailable:
        """Return what to raise where a clinic is needed and this was found."""
        if self in _OUTSIDE:
            return Unavailable(self.value)
        return NewerFile(self.value) if self is FolderState.NEWER_KEYS else Damaged(self.value)


_OUTSIDE: Final = {
    FolderState.NOTHING,
    FolderState.UNFINISHED,
    FolderState.ONLY_BACKUPS,
    FolderState.FOREIGN,
    FolderState.MOVED,
}


def look(folder: Path, policy: KeyPolicy) -> FolderState:
    """Tell what is in the folder, as far as that can be seen without a password."""
    with blaming_the_disk("Nothing was changed."):
        names = _names(folder)
        if MOVED_NAME in names:
            return FolderState.MOVED
        if not {NAME, SPARE_NAME} & names:
            return _without_keys(names)
        try:
            keys = KeyCopies(folder, policy).read()
        except NewerFile:
            return FolderState.NEWER_KEYS
        except Damaged:
            return FolderState.KEYS_DAMAGED
        return of_database(folder, keys)


def moved_to(folder: Path) -> Path | None:
    """Tell where the clinic of this folder went, where that is a folder of this computer."""
    try:
        told = json.loads((folder / MOVED_NAME).read_bytes())
        target = Path(told["to"])
        is_here = told["machine"] == platform.node() and target.is_absolute()
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return target if is_here and target.is_dir() else None


def of_database(folder: Path, keys: KeyFile) -> FolderState:
    """Judge the file that the keys point to by its length and its first bytes."""
    file = folder / keys.database
    if not file.exists():
        return FolderState.NO_DATABASE
    size = file.stat().st_size
    if size == 0:
        return FolderState.DATABASE_EMPTY
    if is_plain(file):
        return FolderState.NOT_ENCRYPTED
    if size % PAGE_BYTES and not unfinished_write(file):
        return FolderState.DATABASE_CUT_SHORT
    return FolderState.CLINIC


def _names(folder: Path) -> set[str]:
    if not folder.exists():
        return set()
    return {entry.name for entry in folder.iterdir()} - _LEFT_BY_THE_SYSTEM


def _without_keys(names: set[str]) -> FolderState:
    if CREATING_NAME in names:
        return FolderState.UNFINISHED
    if any(name.startswith("clinic") and name.endswith(".db") for name in names):
        return FolderState.NO_KEYS
    rest = names - {LOCK_NAME}
    if rest == {BACKUPS_NAME}:
        return FolderState.ONLY_BACKUPS
    return FolderState.FOREIGN if rest else FolderState.NOTHING
