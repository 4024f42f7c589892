"""How a time zone reads."""

from __future__ import annotations


def zone_words(zone: str) -> str:
    """Read America/New_York as New York."""
    return zone.partition("/")[2].replace("_", " ") or zone
