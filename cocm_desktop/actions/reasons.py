"""The reason that every voiding needs."""

from __future__ import annotations

from cocm_desktop.domain.text import LONG_REASON, LONGEST_REASON, says_something
from cocm_desktop.errors import Problem, Refused


def needed_reason(reason: str) -> str:
    """Give the reason without blanks around it; refuse one that says nothing, or a whole letter."""
    stripped = reason.strip()
    if not says_something(stripped):
        raise Refused(Problem("reason", "Say why the record is withdrawn."))
    if len(stripped) > LONGEST_REASON:
        raise Refused(Problem("reason", LONG_REASON))
    return stripped
