"""A column of the registry: what it says, how it sorts, how it is shown and exported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.wording import NOTHING


class Look(Enum):
    """How a cell is shown: as words, or as a picture of what they say."""

    PLAIN = "plain"
    QUIET = "quiet"
    NAME = "name"
    SCORE = "score"
    TREND = "trend"
    DUE = "due"
    MINUTES = "minutes"
    FLAGS = "flags"


@dataclass(frozen=True, slots=True)
class Column:
    """`sort` gives None for a blank, which stays last; `orders` names both directions."""

    key: str
    title: str
    text: Callable[[RegistryRow], str]
    sort: Callable[[RegistryRow], Any]
    orders: tuple[str, str]
    look: Look = Look.PLAIN
    is_number: bool = False
    starts_descending: bool = False
    tip: Callable[[RegistryRow], str] = lambda _row: ""
    spoken: Callable[[RegistryRow], str] = lambda _row: ""
    explained: str = ""
    plain: Callable[[RegistryRow], object] | None = None
    """The bare value for an export: a number, an ISO date; else the words of the cell."""
    sample: str = ""
    """The longest text to be expected, so that a column does not move with what it shows."""

    def export(self, row: RegistryRow) -> str:
        """Give the value as a file for other programs holds it; nothing where there is none."""
        value = self.plain(row) if self.plain else self.text(row)
        if value is None or value == NOTHING:
            return ""
        return value.isoformat() if isinstance(value, date) else str(value)

    def read_aloud(self, row: RegistryRow) -> str:
        """Give the whole cell in words, for whoever does not see it."""
        return f"{self.title}: {self.spoken(row) or self.text(row)}"
