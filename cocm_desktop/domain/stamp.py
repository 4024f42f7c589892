"""Who records what, when and on which computer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cocm_desktop.domain.staff import StaffMember


@dataclass(frozen=True, slots=True)
class Stamp:
    """Set on every row and audit entry of one action."""

    at: datetime
    staff: StaffMember
    device: str
    session_id: str
    os_account: str = ""
    is_emergency: bool = False
    """Done by emergency access, beyond the person's roles."""
    ticks_ms: int = 0
    """Milliseconds of a clock that nobody can set, to order what a set clock would confuse."""
    clock_ok: bool = True


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a mutable row before and after, as text."""

    field: str
    before: str | None
    after: str | None
