"""Times of day as people type them."""

from __future__ import annotations

import re
from datetime import time

HOURS_A_HALF = 12
_SHAPE = re.compile(r"(?P<hour>\d{1,2})(?::?(?P<minute>\d{2}))? *(?P<half>[ap])?\.?m?\.?", re.ASCII)


def read_time(text: str) -> time | None:
    """Read 2:30 pm, 2:30p, 14:30, 1430 or 2 pm; None when it is not a time of day."""
    found = _SHAPE.fullmatch(" ".join(text.lower().split()))
    if not found:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half:
        if not 1 <= hour <= HOURS_A_HALF:
            return None
        hour = hour % HOURS_A_HALF + (HOURS_A_HALF if half == "p" else 0)
    elif found["minute"] is None:
        return None
    try:
        return time(hour, minute)
    except ValueError:
        return None
