"""Whole percentages, and from how many on one is given."""

from __future__ import annotations

FEWEST = 10
"""Of fewer a percentage would say more than it knows."""


def percent_of(part: int, whole: int) -> int:
    """Give the percent, rounded half up; neither number is negative, and `whole` is not 0."""
    return (200 * part + whole) // (2 * whole)
