"""The reason that every voiding needs."""

from __future__ import annotations

from cocm_desktop.errors import Problem, Refused


def needed_reason(reason: str) -> str:
    """Give the reason without surrounding blanks, or refuse an empty one."""
    stripped = reason.strip()
    if not stripped:
        raise Refused(Problem("reason", "Say why the record is withdrawn."))
    return stripped
