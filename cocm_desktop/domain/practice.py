"""The practice: who it is on paper, and what it has decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from cocm_desktop.domain.identifiers import is_ein, is_npi
from cocm_desktop.errors import Problem

US_TIME_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
)


@dataclass(frozen=True, slots=True)
class Practice:
    """The billing organization. One row; `version` grows with each change."""

    name: str
    time_zone: str
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    phone: str = ""
    npi: str = ""
    ein: str = ""
    caseload_goal: str = "60–100"
    is_sample: bool = False
    version: int = 1

    @property
    def address_lines(self) -> tuple[str, ...]:
        city = " ".join(part for part in (self.state, self.postal_code) if part)
        last = ", ".join(part for part in (self.city, city) if part)
        return tuple(line for line in (self.address, last) if line)

    def problems(self) -> Iterator[Problem]:
        if not self.name.strip():
            yield Problem("name", "Type the practice's name as it stands on its letters.")
        if self.time_zone not in US_TIME_ZONES and not _known_zone(self.time_zone):
            yield Problem("time_zone", "Choose the time zone in which the practice works.")
        if self.npi and not is_npi(self.npi):
            yield Problem("npi", "The practice's NPI has a wrong check digit. Compare it again.")
        if self.ein and not is_ein(self.ein):
            yield Problem("ein", "An EIN has nine digits, such as 12-3456789.")


def _known_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (KeyError, ValueError, OSError):
        return False
