"""The place an action works in: the open file, who is signed in, and the clock."""

from __future__ import annotations

import getpass
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.sitting import EmergencyAccess, Sitting
from cocm_desktop.domain.staff import IN_AN_EMERGENCY, Permission, StaffMember
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.errors import Problem, ProofWanted, Refused, Unavailable
from cocm_desktop.storage.database import Database

if TYPE_CHECKING:
    from cocm_desktop.storage.open_clinic import OpenClinic


@dataclass(frozen=True, slots=True)
class Workspace:
    """`now()` is local to the practice: an evening call belongs to today, not to tomorrow in UTC.

    `instruments` are those that came with the program; `read_instruments` adds the clinic's own.
    `clinic` is the open folder with its keys; None where only a database is there, as in tests.
    """

    database: Database
    staff: StaffMember
    now: Callable[[], datetime]
    instruments: Catalogue
    device: str
    clinic: OpenClinic | None = None
    sitting: Sitting = field(default_factory=Sitting)

    def today(self) -> date:
        return self.now().date()

    def stamp(self) -> Stamp:
        return Stamp(
            at=self.now(),
            staff=self.staff,
            device=self.device,
            session_id=self.sitting.id,
            os_account=os_account(),
            is_emergency=self.emergency is not None,
            ticks_ms=_ticks_ms(),
        )

    def may(self, permission: Permission) -> bool:
        """Tell whether a role of the signed-in person allows this, or an emergency does."""
        if self.staff.may(permission):
            return True
        return permission in IN_AN_EMERGENCY and self.emergency is not None

    @property
    def emergency(self) -> EmergencyAccess | None:
        """The emergency access that the signed-in person has now."""
        access = self.sitting.emergency
        if access is None or not access.is_open(self.now()):
            return None
        return access if _ticks_ms() < self.sitting.emergency_ends_ms else None

    def require_clinic(self) -> OpenClinic:
        """Give the open folder with its keys, for what is done with files."""
        if self.clinic is None:
            words = "The clinic's folder and keys are not at hand. Unlock the clinic again."
            raise Unavailable(words)
        return self.clinic

    def require_proof(self) -> None:
        """Refuse unless the password was typed within the last minutes."""
        if not self.sitting.is_proved(self.now()):
            words = "Type your password once more for this. Nothing was stored."
            raise ProofWanted(Problem("password", words))

    def require(self, permission: Permission) -> None:
        """Refuse, unless one of the signed-in person's roles may do this."""
        if self.sitting.password_is_given:
            words = (
                "An administrator chose your password. Nothing was done. Choose your own first: "
                "under Settings, My sign-in, or by cocm passwd."
            )
            raise Refused(Problem("permission", words))
        if not self.may(permission):
            roles = " and ".join(sorted(role.value.lower() for role in self.staff.roles))
            words = f"As {roles} you may not {permission.value}. Ask an administrator."
            raise Refused(Problem("permission", words))


def _ticks_ms() -> int:
    return time.monotonic_ns() // 1_000_000


@cache
def os_account() -> str:
    """Give the name under which the operating system knows who sits here."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
