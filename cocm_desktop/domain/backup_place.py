"""A second folder for backups: another disk, a stick, a share. Each computer has its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from cocm_desktop.domain.backup_plan import REMIND_AFTER_DAYS
from cocm_desktop.domain.ids import BackupPlaceId, new_id
from cocm_desktop.errors import Problem, Refused

LONGEST_DAYS = 90


@dataclass(frozen=True, slots=True)
class BackupPlace:
    """Where one computer's backups are copied to. After so many days without one it is said."""

    id: BackupPlaceId
    folder: str
    remind_days: int = REMIND_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class BackupPlaceDraft:
    """The folder that somebody chose."""

    folder: str
    remind_days: int = REMIND_AFTER_DAYS
    id: BackupPlaceId = field(default_factory=lambda: BackupPlaceId(new_id()))

    def accept(self, *, is_beside_the_clinic: bool) -> BackupPlace:
        """Give the place, or raise Refused: a folder of the clinic's own is no second place."""
        problems = []
        folder = self.folder.strip()
        if not folder:
            problems.append(Problem("folder", "Choose a folder."))
        elif is_beside_the_clinic:
            words = "This folder is lost with the clinic's own. Choose one on another disk."
            problems.append(Problem("folder", words))
        if not 1 <= self.remind_days <= LONGEST_DAYS:
            words = f"A reminder comes after 1 to {LONGEST_DAYS} days."
            problems.append(Problem("remind_days", words))
        if problems:
            raise Refused(*problems)
        return BackupPlace(self.id, folder, self.remind_days)
