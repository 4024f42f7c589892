"""When the program locks itself, and why it was locked."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import Final

from cocm_desktop.domain.staff import Role

IDLE_MINUTES: Final = (1, 2, 3, 5, 10, 15)
"""What may be chosen; never "not at all".

Source: 45 CFR 164.312(a)(2)(iii), automatic logoff; the practice of clinics is 10 to 15 minutes.
"""
BY_ROLE: Final = 0
"""Chosen where nobody chose: how long depends on who is signed in."""
AT_THE_FRONT_DESK: Final = 5
ELSEWHERE: Final = 10


class LockCause(Enum):
    """Why the program was locked; the value is read in the audit."""

    BY_HAND = "By hand"
    IDLE = "Nobody typed or clicked for some minutes"
    SYSTEM = "The computer was locked, or handed to another account"
    SLEEP = "The computer slept, or its lid was closed"
    SWITCH = "To let another person sign in"
    LOG_OFF = "The person logged off from the computer"
    CLOSED = "The program was closed"

    @property
    def is_by_itself(self) -> bool:
        """Whether nobody asked for it."""
        return self in {LockCause.IDLE, LockCause.SYSTEM, LockCause.SLEEP}


def idle_minutes(chosen: int, roles: Collection[Role]) -> int:
    """Give the minutes without a key or click after which the program locks."""
    if chosen in IDLE_MINUTES:
        return chosen
    return AT_THE_FRONT_DESK if Role.FRONT_DESK in roles else ELSEWHERE
