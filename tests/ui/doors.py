"""Doors to clinics that open quickly, for the tests of the first windows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from typing_extensions import override

from cocm_desktop.actions.session import Place
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.app import ClinicDoor
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.errors import Unavailable
from cocm_desktop.storage.clinic_keys import KeyTools
from cocm_desktop.ui.door import FolderLook
from tests.storage.clinics import CHEAP, CODE, PASSWORD, SharesInMemory

__all__ = ["CODE", "NOW", "PASSWORD", "BrokenDoor", "DoorOf", "make"]

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=ZoneInfo("America/New_York"))


class DoorOf(ClinicDoor):
    """The program's own door, with a cheap password and a clock that stands still."""

    def __init__(self, folder: Path, now: datetime, *, is_sample: bool = False) -> None:
        super().__init__(folder, is_sample=is_sample)
        self._now = now
        self._tools = KeyTools(CHEAP, SharesInMemory())

    def at(self, folder: Path) -> DoorOf:
        return DoorOf(folder, self._now)

    def _place(self) -> Place:
        return Place(self.folder, self._now.astimezone, self._tools)


class BrokenDoor(DoorOf):
    """A door whose disk is gone."""

    @override
    def look(self) -> FolderLook:
        raise Unavailable("The disk is gone. Nothing was changed.")


def make(door: DoorOf) -> Workspace:
    """Make a clinic behind the door, and sign its owner in."""
    owner = StaffDraft("Maya Bell", frozenset({Role.CARE_MANAGER}), "mbell")
    practice = Practice("Riverbend", "America/New_York")
    return door.create(practice, owner, password=PASSWORD, code=CODE)
