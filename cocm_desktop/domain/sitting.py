"""What one person's sitting at the program remembers, from signing in to locking."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from cocm_desktop.domain.ids import EmergencyAccessId, StaffId, new_id

PROOF_HOLDS: Final = timedelta(minutes=5)
"""So long after a password was typed it need not be typed again."""


@dataclass(frozen=True, slots=True)
class EmergencyAccess:
    """Access beyond one's roles in an emergency: with a reason, for an hour, looked at later.

    Source: 45 CFR 164.312(a)(2)(ii), emergency access procedure.
    """

    id: EmergencyAccessId
    staff_id: StaffId
    reason: str
    began_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None
    reviewed_at: datetime | None = None
    reviewed_by: StaffId | None = None
    review_words: str = ""
    version: int = 1

    def is_open(self, now: datetime) -> bool:
        return self.ended_at is None and self.began_at <= now < self.ends_at


@dataclass(slots=True)
class Sitting:
    """Changes while somebody works: when the password was last typed, what was looked at."""

    id: str = field(default_factory=new_id)
    proved_at: datetime | None = None
    emergency: EmergencyAccess | None = None
    seen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """When a part of a patient's record was last noted as seen: (patient id, category)."""

    def is_proved(self, now: datetime) -> bool:
        """Tell whether the password was typed lately; a clock that was set back proves nothing."""
        at = self.proved_at
        return at is not None and timedelta() <= now - at <= PROOF_HOLDS
