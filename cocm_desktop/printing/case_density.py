"""How much of what may be shortened a case sheet shows, from the roomiest to the closest.

What may not be lost is in MANDATORY: no density leaves it out, whatever the texts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from itertools import accumulate
from typing import Any, Final

from cocm_desktop.domain.background import PART2_NOTICE
from cocm_desktop.printing.case_facts import Amounts
from cocm_desktop.printing.follow_through import Advice
from cocm_desktop.printing.recommendation_form import DISCLAIMER
from cocm_desktop.printing.scores import CHART_HEIGHT, LEAST_CHART, MOST_DATES

# What stands on every sheet, in its order from top to bottom.
MANDATORY: Final = (
    "Case ",
    "Born",
    "Treating practitioner",
    "Care manager",
    "On the agenda",
    "Question",
    "Baseline",
    "Change",
    "Rated 2–3",
    "MEDICATION NOW",
    "PAST TRIALS",
    "Allergies",
    "DIAGNOSIS",
    "HISTORY",
    "CONTACTS",
    "Next due",
    "Minutes this month",
    "THERAPY",
    "RECOMMENDATION TODAY",
    "Who acts",
    "Recheck in weeks",
    "Impression",
    "Consultant",
    DISCLAIMER,
)
# What stands on a sheet with an open safety task, and on one with words of a Part 2 record.
MANDATORY_FOR_SAFETY: Final = ("SAFETY OPEN", "C-SSRS", "plan")
MANDATORY_FOR_PART2: Final = ("PROTECTED", PART2_NOTICE)


@dataclass(frozen=True, slots=True)
class Density:
    """How much of what may be shortened a sheet shows."""

    contact_lines: int
    amounts: Amounts
    advice: Advice
    pitch: float
    gap: float
    history_lines: int = 8
    part2_lines: int = 3
    records: int = 2
    contacts: int = 3
    newest_lines: int = 3
    safety_tasks: int = 2
    safety_lines: int = 2
    question_lines: int = 3
    dates: int = MOST_DATES
    chart_height: float = CHART_HEIGHT


ROOMY: Final = Density(
    contact_lines=2,
    amounts=Amounts(
        medications=6,
        has_intake=True,
        trials=4,
        screen_lines=3,
        goals=3,
        has_homework=True,
        has_labs=True,
        trial_lines=2,
        lab_lines=3,
        diagnoses=4,
    ),
    advice=Advice(rows=4, lines=2, has_write_in=True, measured=2),
    pitch=16.5,
    gap=6.5,
)
# What is given up, one after the other, until the page holds: what is least missed comes first.
_STEPS: Final[tuple[dict[str, Any], ...]] = (
    {"pitch": 15.5, "gap": 6.0},
    {"contact_lines": 1, "newest_lines": 2},
    {"goals": 2, "pitch": 15.0},
    {"dates": 7, "chart_height": 144.0},
    {"pitch": 14.0, "gap": 5.5},
    {"trial_lines": 1, "history_lines": 7},
    {"dates": 6, "chart_height": 138.0},
    {"has_write_in": False, "measured": 1},
    {"goals": 1, "diagnoses": 3, "screen_lines": 2},
    {"pitch": 13.5, "trials": 3},
    {"has_labs": False, "history_lines": 6},
    {"rows": 3, "lab_lines": 2, "gap": 5.0},
    {"pitch": 13.0, "dates": 5, "chart_height": 134.0},
    {"newest_lines": 1, "has_homework": False},
    {"medications": 5, "part2_lines": 2, "gap": 4.5},
    {"trials": 2, "screen_lines": 1},
    {"medications": 4, "history_lines": 5},
    {"lines": 1, "gap": 4.0},
    {"dates": 4, "chart_height": 128.0},
    {"has_intake": False, "lab_lines": 1},
    {"medications": 3, "history_lines": 4},
    {"rows": 2, "gap": 3.5},
    {"contacts": 2, "chart_height": 116.0},
    {"trials": 1, "history_lines": 3},
    {"part2_lines": 1, "question_lines": 2},
    {"medications": 2, "chart_height": LEAST_CHART},
    {"history_lines": 2, "gap": 2.5},
    {"diagnoses": 2, "goals": 0, "rows": 1, "records": 1},
    {"diagnoses": 1, "contacts": 1, "dates": 3, "chart_height": 88.0, "question_lines": 1},
    {"trials": 0, "medications": 1, "history_lines": 1, "safety_lines": 1, "gap": 2.0},
    {"safety_tasks": 1, "gap": 1.5},
)


def _closer(density: Density, step: dict[str, Any]) -> Density:
    """Give a density with less, whichever part of it the names belong to."""
    return replace(
        density,
        amounts=replace(density.amounts, **_own(density.amounts, step)),
        advice=replace(density.advice, **_own(density.advice, step)),
        **_own(density, step),
    )


def _own(part: Density | Amounts | Advice, step: dict[str, Any]) -> dict[str, Any]:
    return {each.name: step[each.name] for each in fields(part) if each.name in step}


DENSITIES: Final = tuple(accumulate(_STEPS, _closer, initial=ROOMY))


def roomiest(fits: Callable[[Density], bool]) -> Density:
    """Give the roomiest density that fits, or the closest. Each try sets a page, so few are made.

    Most pages need little: the first tries are near the roomiest, then ever farther away.
    """
    last = len(DENSITIES) - 1
    too_roomy, place = -1, 0
    while place < last and not fits(DENSITIES[place]):
        too_roomy, place = place, min(2 * place + 1, last)
    found = bisect_left(DENSITIES, x=True, lo=too_roomy + 1, hi=place, key=fits)
    return DENSITIES[found]
