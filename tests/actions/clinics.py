"""A small clinic in a real encrypted file with a cheap password, for whoever signs in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cocm_desktop.actions.session import NewClinic, Place, create_clinic
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.staff import Role, StaffDraft
from cocm_desktop.storage.clinic_keys import KeyTools
from tests.conftest import PRACTICE
from tests.storage.clinics import CHEAP, CODE, PASSWORD, SharesInMemory

__all__ = ["CODE", "MOMENT", "OTHER", "OWNER", "PASSWORD", "clock", "make", "place_at"]

OTHER = "copper meadow ladder quartz"
MOMENT = datetime(2026, 12, 1, 3, 0, tzinfo=UTC)
"""Evening of November 30 at the practice."""
OWNER = StaffDraft("Lena Ortiz", frozenset({Role.CARE_MANAGER}), "lortiz", "LCSW")


def clock(zone: ZoneInfo | None) -> datetime:
    return MOMENT.astimezone(zone or UTC)


def place_at(folder: Path, state: Path | None = None) -> Place:
    """Name a folder; `state` is where this computer keeps what must not lie with the clinic."""
    return Place(folder, clock, KeyTools(CHEAP, SharesInMemory(), lambda: state))


def make(place: Place) -> Workspace:
    """Make a clinic there, and sign its owner in."""
    return create_clinic(place, NewClinic(PRACTICE, OWNER, PASSWORD), CODE)
