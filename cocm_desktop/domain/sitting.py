"""What one person's sitting at the program remembers, from signing in to locking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from typing import Final

from cocm_desktop.domain.ids import EmergencyAccessId, StaffId, new_id
from cocm_desktop.domain.text import (
    LONG_REASON,
    LONGEST_REASON,
    says_something,
    seen_length,
    tidy,
)
from cocm_desktop.errors import Problem, Refused

PROOF_HOLDS: Final = timedelta(minutes=5)
"""So long after a password was typed it need not be typed again."""
EMERGENCY_LASTS: Final = timedelta(minutes=60)
SHORTEST_REASON: Final = 10
"""Visible characters: enough for a sentence that somebody else can judge."""


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

    def in_zone(self, zone: tzinfo | None) -> EmergencyAccess:
        """Give the same with its moments as the practice's clock shows them."""
        return replace(
            self,
            began_at=self.began_at.astimezone(zone),
            ends_at=self.ends_at.astimezone(zone),
            ended_at=self.ended_at and self.ended_at.astimezone(zone),
            reviewed_at=self.reviewed_at and self.reviewed_at.astimezone(zone),
        )

    def minutes_left(self, now: datetime) -> int:
        """Give the minutes until it ends, a begun one counted; 0 when it has ended."""
        return -(-(self.ends_at - now) // timedelta(minutes=1)) if self.is_open(now) else 0


@dataclass(frozen=True, slots=True)
class EmergencyDraft:
    """Why somebody takes emergency access, as they typed it."""

    reason: str

    def problems(self) -> Iterator[Problem]:
        reason = tidy(self.reason)
        if seen_length(reason) < SHORTEST_REASON or not says_something(reason):
            words = f"Say in {SHORTEST_REASON} characters or more why you need to see this now."
            yield Problem("reason", words)
        elif len(reason) > LONGEST_REASON:
            yield Problem("reason", LONG_REASON)

    def accept(self, staff_id: StaffId, now: datetime, *, ends_at: datetime) -> EmergencyAccess:
        """Give the access, or raise Refused."""
        if problems := tuple(self.problems()):
            raise Refused(*problems)
        access_id = EmergencyAccessId(new_id())
        return EmergencyAccess(access_id, staff_id, tidy(self.reason), now, ends_at)


def require_words(words: str) -> str:
    """Give what somebody writes who has looked at an emergency access, or refuse."""
    said = tidy(words)
    if not says_something(said):
        raise Refused(Problem("words", "Write what you found and what was done about it."))
    return said


@dataclass(slots=True)
class Sitting:
    """Changes while somebody works: when the password was last typed, what was looked at."""

    id: str = field(default_factory=new_id)
    proved_at: datetime | None = None
    emergency: EmergencyAccess | None = None
    emergency_ends_ms: int = 0
    """When it ends at the latest, by a clock that nobody can set."""
    password_is_given: bool = False
    """Somebody else chose the password: nothing can be done before it is changed."""
    seen: dict[tuple[str, str], datetime] = field(default_factory=dict)
    """When a thing was last noted as seen: (code and patient id, category)."""

    def begin_emergency(
        self, access: EmergencyAccess | None, now: datetime, *, ticks_ms: int
    ) -> None:
        """Remember an access that was taken; `ticks_ms` is what the computer's own clock says."""
        self.emergency = access
        if access is not None:
            self.emergency_ends_ms = ticks_ms + (access.ends_at - now) // timedelta(milliseconds=1)

    def is_proved(self, now: datetime) -> bool:
        """Tell whether the password was typed lately; a clock that was set back proves nothing."""
        at = self.proved_at
        return at is not None and timedelta() <= now - at <= PROOF_HOLDS
