"""Where a folder lies: on a disk of this computer, or where a clinic's file would come to harm.

A database on a network drive loses its locks, in a synced folder it is copied half written, and
on a removable disk it is pulled out in the middle of a save. Backups may lie there.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from cocm_desktop.errors import Problem, WrongPlace
from cocm_desktop.storage.disks import Disk, disk_of
from cocm_desktop.storage.synced_folders import service_of


class Lying(Enum):
    """Why a place is none for the file in use; the value ends a sentence about the folder."""

    NETWORK = "on a drive that is reached over a network or shared with other computers"
    CLOUD = "in a folder that is copied to other computers while it is in use"
    REMOVABLE = "on a disk that can be unplugged"


_HARM = {
    Lying.NETWORK: "Two programs could write at once there, which damages the file.",
    Lying.CLOUD: "The copying program takes the file half written, which damages it.",
    Lying.REMOVABLE: "Unplugged in the middle of a save, the clinic is gone with it.",
}


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A place that will not do for the clinic's file in use."""

    lying: Lying
    by: str = ""
    """The service or kind of disk, as its maker calls it."""

    @property
    def where(self) -> str:
        return f"{self.lying.value} ({self.by})" if self.by else self.lying.value

    def to_make_in(self) -> WrongPlace:
        """Return what to raise where a clinic is to be made or restored."""
        words = (
            f"This folder lies {self.where}. {_HARM[self.lying]} Nothing was made there. "
            "Choose a folder on this computer's own disk; backups may go there."
        )
        return WrongPlace(Problem("folder", words))

    def to_open(self) -> WrongPlace:
        """Return what to raise where a clinic that lies there is to be opened."""
        words = (
            f"This clinic lies {self.where}. {_HARM[self.lying]} It was left as it is. "
            "Move the clinic to this computer's own disk; backups may go there."
        )
        return WrongPlace(Problem("folder", words))

    @property
    def for_backups(self) -> str:
        """Tell what to know about a place of backups like this; nothing where all is well."""
        if self.lying is Lying.CLOUD:
            return (
                f"This folder is copied to the computers of {self.by or 'a cloud service'}. The "
                "backup is encrypted; ask the practice's privacy officer whether it may lie there."
            )
        return ""


def misplaced(folder: Path, *, is_sample: bool = False) -> Misplaced | None:
    """Tell why a clinic's file in use must not lie here, or None where it may.

    Links are followed: what counts is where the bytes lie. The folder need not be there yet.
    The sample clinic holds nobody's data and may lie wherever its file can be locked.
    """
    harm = _harm_of(folder)
    return None if is_sample and harm and harm.lying is not Lying.NETWORK else harm


def _harm_of(folder: Path) -> Misplaced | None:
    if service := service_of(folder):
        return Misplaced(Lying.CLOUD, service)
    disk, kind = disk_of(folder)
    if disk is Disk.REMOTE:
        return Misplaced(Lying.NETWORK, kind)
    return Misplaced(Lying.REMOVABLE, kind) if disk is Disk.REMOVABLE else None
