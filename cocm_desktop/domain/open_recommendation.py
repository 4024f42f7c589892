"""A recommendation that still waits for somebody, as a row of the registry knows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class OpenRecommendation:
    """A recommendation that still waits for somebody to act. `due_on` where one was named."""

    made_on: date
    due_on: date | None = None
    of_practitioner: bool = field(default=False, compare=False)
    """Whether it is the treating practitioner who is asked to act, and nobody else."""
    of_both: bool = field(default=False, compare=False)
    """Whether practitioner and care manager are asked together."""
    is_unsent: bool = field(default=False, compare=False)
    """Whether nobody has told the practitioner yet."""
    sent_on: date | None = field(default=None, compare=False)
    """Since when the practitioner knows of it and has not answered."""
    is_answered: bool = field(default=False, compare=False)
    """Whether the practitioner has agreed, and it is still to be done."""

    @property
    def asks_practitioner(self) -> bool:
        return self.of_practitioner or self.of_both

    def to_be_done_by(self, days: int) -> date:
        """Give the day that was named, or else so many days after the review."""
        return self.due_on or self.made_on + timedelta(days=days)
