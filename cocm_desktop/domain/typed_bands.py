"""Bands as a person types them for a form whose file names none: 0-4 Minimal, 5-9 Mild."""

from __future__ import annotations

import re
from typing import Any

from cocm_desktop.errors import Problem, Refused

_BAND = re.compile(r"(?P<lowest>\d{1,3})\s*(?:-|–|to)\s*(?P<highest>\d{1,3})\s+(?P<name>\S.*)")
LEAST_LEVEL, HIGHEST_LEVEL = 1, 5


def read_bands(text: str) -> list[dict[str, Any]]:
    """Read bands between commas, the first the lightest, or refuse. Empty text has none."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    found = [_BAND.fullmatch(part) for part in parts]
    for part, match in zip(parts, found, strict=True):
        if match is None:
            words = f"“{part[:60]}” is no band. Type bands like 0-4 Minimal, 5-9 Mild."
            raise Refused(Problem("bands", words))
    return [
        {
            "name": match["name"],
            "lowest": int(match["lowest"]),
            "highest": int(match["highest"]),
            "level": _level(place, len(parts)),
        }
        for place, match in enumerate(found)
        if match is not None
    ]


def _level(place: int, count: int) -> int:
    """Spread the bands over the five levels of a chip."""
    if count == 1:
        return LEAST_LEVEL
    return LEAST_LEVEL + round(place * (HIGHEST_LEVEL - LEAST_LEVEL) / (count - 1))
