"""Every shipped instrument against the rule on its paper: all sets of answers, or very many."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from random import Random

from tests.domain.hand_scoring import RULES, choices
from tests.domain.test_every_instrument import (
    SHIPPED,
    Answers,
    by_program,
    edges,
    instrument_id,
    with_blanks,
)

ALL_SETS_UP_TO = 300_000
RANDOM_SETS = 20_000
LEFT_OUT_OF = ("PHQ-9", "GAD-7")
RANDOM_FORMS = 2_000


@dataclass
class Tally:
    """How many sets of an instrument were scored twice, and those that came out otherwise."""

    name: str
    is_whole: bool
    tried: int = 0
    wrong: int = 0
    first_wrong: str = ""

    def hold(self, answers: Answers) -> None:
        self.tried += 1
        if by_program(SHIPPED[instrument_id(self.name)], answers) != RULES[self.name](answers):
            self.wrong += 1
            self.first_wrong = self.first_wrong or f"{self.name} {answers}"

    @property
    def words(self) -> str:
        how = "all" if self.is_whole else "edges and random"
        return f"{self.name}: {self.tried:,} ({how}), {self.wrong} otherwise"


def drill() -> list[Tally]:
    """Score each instrument both ways; forms with blanks too."""
    return [_hold(name) for name in sorted(RULES)]


def _hold(name: str) -> Tally:
    is_whole = prod(map(len, choices(name))) <= ALL_SETS_UP_TO
    tally = Tally(name, is_whole)
    for answers in _every(name) if is_whole else _many(name):
        tally.hold(answers)
    for answers in with_blanks(name):
        tally.hold(answers)
    if name in LEFT_OUT_OF:
        for answers in _with_one_or_two_left_out(name):
            tally.hold(answers)
    return tally


def _every(name: str) -> Iterator[Answers]:
    return product(*choices(name))


def _many(name: str) -> Iterator[Answers]:
    allowed, random = choices(name), Random(f"drill {name}")
    yield from edges(allowed)
    highest = max(map(max, allowed))
    for _ in range(RANDOM_SETS):
        most = random.randint(0, highest)
        yield tuple(random.choice([v for v in item if v <= most] or item) for item in allowed)


def _with_one_or_two_left_out(name: str) -> Iterator[Answers]:
    """Leave out each item and each two, of forms at random."""
    allowed, random = choices(name), Random(f"blanks {name}")
    places = range(len(allowed))
    left_out = [*((place,) for place in places), *combinations(places, 2)]
    for _ in range(RANDOM_FORMS):
        full = tuple(random.choice(item) for item in allowed)
        for gone in left_out:
            yield tuple(None if place in gone else a for place, a in enumerate(full))
