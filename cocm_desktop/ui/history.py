"""Where a person has been, for Alt+Left and Alt+Right."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST = 50


@dataclass(frozen=True, slots=True)
class Stop:
    """A place, and the patient whose chart was open there."""

    place: str
    patient_id: str = ""


class History:
    """Forgets what was ahead when a person goes somewhere new."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._now = -1

    def visit(self, stop: Stop) -> None:
        if self._stops and self._stops[self._now] == stop:
            return
        self._stops = [*self._stops[: self._now + 1], stop][-LONGEST:]
        self._now = len(self._stops) - 1

    def step(self, by: int) -> Stop | None:
        """Go back (-1) or on (1), and tell where that is; None at the end."""
        wanted = self._now + by
        if not 0 <= wanted < len(self._stops):
            return None
        self._now = wanted
        return self._stops[wanted]
