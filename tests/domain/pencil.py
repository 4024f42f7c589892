"""What a person with a pencil does to score a form: add, count, look up a band.

Items count from 1, as on paper. None stands for an answer that was not given, and for what cannot
be said.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

Answers = Sequence[int | None]
Named = dict[str, int | None]
YESNO = (0, 1)


@dataclass(frozen=True)
class ByHand:
    """What the paper's own rule says: `positive` by the name of the cut-off."""

    total: int | None
    band: str | None = None
    positive: dict[str, bool | None] = field(default_factory=dict)
    subscales: Named = field(default_factory=dict)
    critical: tuple[int, ...] = ()


Rule = Callable[[Answers], ByHand]


def pick(answers: Answers, *numbers: int) -> list[int | None]:
    return [answers[number - 1] for number in numbers]


def run(answers: Answers, first: int, last: int) -> list[int | None]:
    return list(answers[first - 1 : last])


def add(answers: Sequence[int | None]) -> int | None:
    known = [a for a in answers if a is not None]
    return None if len(known) < len(answers) else sum(known)


def ticks(answers: Sequence[int | None], least: int) -> int | None:
    """Count the marks at or to the right of a column."""
    if None in answers:
        return None
    return len([a for a in answers if a is not None and a >= least])


def reach(value: int | None, least: int) -> bool | None:
    return None if value is None else value >= least


def word(value: int | None, *steps: tuple[int, str]) -> str | None:
    """Name the last step that the value has climbed."""
    if value is None:
        return None
    return [name for least, name in steps if value >= least][-1]


def both(*parts: bool | None) -> bool | None:
    if any(part is False for part in parts):
        return False
    return None if any(part is None for part in parts) else True


def some(answers: Sequence[int | None], least: int, many: int = 1) -> bool | None:
    """Whether enough answers are that high; blanks may still decide it."""
    sure = len([a for a in answers if a is not None and a >= least])
    if sure >= many:
        return True
    return None if sure + list(answers).count(None) >= many else False


DEPRESSION = (
    (0, "Minimal"),
    (5, "Mild"),
    (10, "Moderate"),
    (15, "Moderately severe"),
    (20, "Severe"),
)
