"""The place an action works in: the open file, who is signed in, and the clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.instrument import Instrument, InstrumentId
from cocm_desktop.domain.staff import Permission, StaffMember
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage.database import Database

if TYPE_CHECKING:
    from cocm_desktop.storage.open_clinic import OpenClinic


@dataclass(frozen=True, slots=True)
class Workspace:
    """`now()` is local to the practice: an evening call belongs to today, not to tomorrow in UTC.

    `clinic` is the open folder with its keys; None where only a database is there, as in tests.
    """

    database: Database
    staff: StaffMember
    now: Callable[[], datetime]
    instruments: Mapping[InstrumentId, Instrument]
    device: str
    clinic: OpenClinic | None = None
    session_id: str = field(default_factory=new_id)

    def today(self) -> date:
        return self.now().date()

    def stamp(self) -> Stamp:
        return Stamp(self.now(), self.staff, self.device, self.session_id)

    def instrument(self, instrument_id: str) -> Instrument:
        """Give an instrument by its id, or refuse."""
        found = self.instruments.get(InstrumentId(instrument_id))
        if found is None:
            known = ", ".join(sorted(self.instruments))
            words = f"There is no instrument {instrument_id}. There are: {known}."
            raise Refused(Problem("instrument", words))
        return found

    def require(self, permission: Permission) -> None:
        """Refuse, unless one of the signed-in person's roles may do this."""
        if not self.staff.may(permission):
            roles = " and ".join(sorted(role.value.lower() for role in self.staff.roles))
            words = f"As {roles} you may not {permission.value}. Ask an administrator."
            raise Refused(Problem("permission", words))
