"""How large a page is shown: as wide as the window, whole, or at a fixed size."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QSize, QSizeF

from cocm_desktop.ui.paper.pdf import POINTS_PER_INCH

SCREEN_DOTS_PER_INCH = 96
STEPS = (50, 75, 100, 125, 150, 200, 300)
"""Percent of the size on paper."""
_NEAR = 0.5


class Fit(Enum):
    WIDTH = "Fit width"
    PAGE = "Whole page"


@dataclass(frozen=True, slots=True)
class Percent:
    value: int

    @property
    def words(self) -> str:
        return f"{self.value} %"


Zoom = Fit | Percent
CHOICES: tuple[Zoom, ...] = (*Fit, *map(Percent, STEPS))


def words_of(zoom: Zoom) -> str:
    return zoom.words if isinstance(zoom, Percent) else zoom.value


def percent_of(zoom: Zoom, page: QSizeF, room: QSize) -> float:
    """Give the percentage at which a page of that size, in points, is shown in the room."""
    if isinstance(zoom, Percent):
        return zoom.value
    wide = 100 * room.width() * POINTS_PER_INCH / (page.width() * SCREEN_DOTS_PER_INCH)
    high = 100 * room.height() * POINTS_PER_INCH / (page.height() * SCREEN_DOTS_PER_INCH)
    wanted = wide if zoom is Fit.WIDTH else min(wide, high)
    return min(max(wanted, STEPS[0] / 2), STEPS[-1])


def next_step(percent: float, by: int) -> Percent:
    """Give the next larger (1) or smaller (-1) step from where we are."""
    if by > 0:
        larger = [step for step in STEPS if step > percent + _NEAR]
        return Percent(larger[0] if larger else STEPS[-1])
    smaller = [step for step in STEPS if step < percent - _NEAR]
    return Percent(smaller[-1] if smaller else STEPS[0])
