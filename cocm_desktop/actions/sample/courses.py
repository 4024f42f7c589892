"""How scores go over the weeks, and item answers that add up to them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from random import Random

# Weeks in treatment and the share of the baseline that is left then.
SHAPES: dict[str, tuple[tuple[float, float], ...]] = {
    "new": ((0, 1.0), (4, 0.88), (60, 0.8)),
    "early": ((0, 1.0), (4, 0.78), (8, 0.52), (60, 0.45)),
    "remits": ((0, 1.0), (4, 0.68), (8, 0.42), (12, 0.26), (20, 0.17), (60, 0.14)),
    "responds": ((0, 1.0), (4, 0.8), (8, 0.56), (12, 0.44), (20, 0.4), (30, 0.3), (60, 0.25)),
    "slow": ((0, 1.0), (8, 0.95), (12, 0.86), (16, 0.58), (22, 0.38), (30, 0.2), (60, 0.16)),
    "partial": ((0, 1.0), (4, 0.9), (8, 0.76), (12, 0.68), (60, 0.66)),
    "stuck": ((0, 1.0), (5, 0.94), (10, 1.02), (60, 0.98)),
    "worse": ((0, 1.0), (4, 1.0), (8, 1.28), (60, 1.36)),
    "wavers": ((0, 1.0), (8, 0.5), (16, 0.25), (30, 0.2), (36, 0.6), (60, 0.6)),
    "relapse": ((0, 1.0), (8, 0.45), (15, 0.2), (24, 0.22), (28, 0.5), (31, 0.76), (60, 0.76)),
}
# How readily an item is answered high, besides item 9, which the story decides.
PHQ9_WEIGHTS = (6, 6, 8, 8, 5, 5, 4, 2)
GAD7_WEIGHTS = (7, 7, 7, 6, 4, 5, 4)
PCL5_WEIGHTS = (5,) * 20
HIGHEST_ANSWER, HIGHEST_PCL5_ANSWER = 3, 4


def total_at(shape: str, baseline: int, *, weeks: float, random: Random) -> int:
    """Give the total at a week of the course, a point or so off the line."""
    points = SHAPES[shape]
    share = points[-1][1]
    for (week, left), (next_week, next_left) in pairwise(points):
        if weeks <= next_week:
            share = left + (next_left - left) * (weeks - week) / (next_week - week)
            break
    wobble = 0 if weeks == 0 else random.choice((-1, -1, 0, 0, 0, 1, 1))
    return max(0, round(baseline * share) + wobble)


def phq9_answers(total: int, item9: int, *, random: Random) -> tuple[int, ...]:
    """Give nine answers that come to the total, the last of them as told."""
    rest = min(total - item9, HIGHEST_ANSWER * len(PHQ9_WEIGHTS))
    return (*_answers(max(0, rest), PHQ9_WEIGHTS, random), item9)


def gad7_answers(total: int, random: Random) -> tuple[int, ...]:
    return _answers(min(total, HIGHEST_ANSWER * len(GAD7_WEIGHTS)), GAD7_WEIGHTS, random)


def pcl5_answers(total: int, random: Random) -> tuple[int, ...]:
    return _answers(total, PCL5_WEIGHTS, random, highest=HIGHEST_PCL5_ANSWER)


def typed_answers(digits: str) -> tuple[int | None, ...]:
    """Read answers as they stand in the story: a digit an item, a dash where it is blank."""
    return tuple(None if digit == "-" else int(digit) for digit in digits)


def _answers(
    total: int, weights: Sequence[int], random: Random, *, highest: int = HIGHEST_ANSWER
) -> tuple[int, ...]:
    answers = [0] * len(weights)
    for _ in range(total):
        free = [i for i, answer in enumerate(answers) if answer < highest]
        # An item answered already is answered higher before a new one is opened.
        pull = [weights[i] * (2 if answers[i] else 3) for i in free]
        answers[random.choices(free, pull)[0]] += 1
    return tuple(answers)
