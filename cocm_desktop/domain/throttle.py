"""How long to wait after wrong passwords: pure arithmetic, by a clock that nobody can set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

FREE_TRIES: Final = 3
LONGEST_SECONDS: Final = 60
_TRIES_BEFORE_REST: Final = 11
REST_SECONDS: Final = 180
"""From the twelfth wrong password in a row on: at most 30 tries in any hour."""
ALTERED_COUNT: Final = _TRIES_BEFORE_REST
"""Somebody who alters the count is believed to have tried this often."""


def pause_seconds(count: int) -> int:
    """Give how long to wait after so many wrong passwords in a row: 0, 0, 0, 2, 4, 8 … 60, 180.

    Source: NIST SP 800-63B-4 3.2.2, limiting of failed attempts; OWASP ASVS 6.3.1.
    """
    if count <= FREE_TRIES:
        return 0
    if count > _TRIES_BEFORE_REST:
        return REST_SECONDS
    return int(min(2 ** (count - FREE_TRIES), LONGEST_SECONDS))


@dataclass(frozen=True, slots=True)
class Moment:
    """Milliseconds since the computer was started, and which start that was.

    Not the time of day: that can be set, and a pause with it.
    """

    ticks_ms: int
    boot: str


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong passwords in a row for one sign-in name, and when the last was."""

    count: int = 0
    at: Moment = Moment(0, "")

    def one_more(self, now: Moment) -> Tries:
        return Tries(self.count + 1, now)

    def seconds_left(self, now: Moment) -> int:
        """Give the seconds to wait, a begun one counted; 0 when the next try is free."""
        left_ms = pause_seconds(self.count) * 1000 - self._elapsed_ms(now)
        return max(0, -(-left_ms // 1000))

    def _elapsed_ms(self, now: Moment) -> int:
        """Give the time that has passed for certain: since the start, after a new start."""
        if now.boot != self.at.boot or now.ticks_ms < self.at.ticks_ms:
            return now.ticks_ms
        return now.ticks_ms - self.at.ticks_ms


def worse(one: Tries, other: Tries) -> Tries:
    """Give the one with more wrong passwords: of two files that count, one may have been put back.

    The later of the two where both count the same.
    """
    return max(one, other, key=lambda tries: (tries.count, tries.at.ticks_ms))
