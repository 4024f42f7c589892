"""When a person's timer starts: by itself on opening a chart, by hand, or not at all."""

from __future__ import annotations

from enum import Enum


class TimerStart(Enum):
    IMMEDIATELY = "Immediately"
    MANUALLY = "Manually"
    NEVER = "Never"


USUAL_START = TimerStart.MANUALLY
