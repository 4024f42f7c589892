"""A recommendation that still waits for somebody, as a row of the registry knows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


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
    is_unanswered: bool = field(default=False, compare=False)
    """Whether the practitioner was told, and has not answered."""
    is_answered: bool = field(default=False, compare=False)
    """Whether the practitioner has agreed, and it is still to be done."""

    @property
    def asks_practitioner(self) -> bool:
        return self.of_practitioner or self.of_both
