"""Sizes of type and controls, before the text size that a person has chosen."""

from __future__ import annotations

import sys
from enum import Enum

USUAL_TEXT = 100
TEXT_SIZES = (90, 100, 110, 125, 150, 175, 200)
"""Percent of the usual size that a person may choose."""

# A point is a 72nd of an inch on a Mac's screen and a 96th, give or take, elsewhere.
POINT = 96 / 72 if sys.platform == "darwin" else 1.0


class Text(Enum):
    """The sizes of type, in points at 100 percent."""

    CAPTION = 8.5
    BODY = 9.5
    SECTION = 11.0
    BANNER = 13.0
    TITLE = 15.0
    KEY_NUMBER = 20.0

    def points(self, percent: int) -> float:
        return float(self.value) * percent / USUAL_TEXT * POINT


def scaled(pixels: float, percent: int) -> int:
    """Give a length that grows with the text."""
    return round(pixels * percent / USUAL_TEXT)
