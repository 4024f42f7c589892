"""The place an action works in: the open file, who is signed in, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.instrument_catalogue import Catalogue
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.errors import Problem, Refused
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
    session_id: str = field(default_factory=new_id)

    def today(self) -> date:
        return self.now().date()

    def stamp(self) -> Stamp:
        return Stamp(self.now(), self.staff, self.device, self.session_id)

    def require(self, permission: Permission) -> None:
        """Refuse, unless one of the signed-in person's roles may do this."""
        if not self.staff.may(permission):
            roles = " and ".join(sorted(role.value.lower() for role in self.staff.roles))
            words = f"As {roles} you may not {permission.value}. Ask an administrator."
            raise Refused(Problem("permission", words))
