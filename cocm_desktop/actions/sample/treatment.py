"""When one patient of the sample clinic is seen, and what the scores are then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cocm_desktop.actions.sample.calendar import working_day
from cocm_desktop.actions.sample.courses import total_at
from cocm_desktop.actions.sample.notes import Going
from cocm_desktop.actions.sample.part import Part

WEEK = timedelta(weeks=1)
WEEKLY_UNTIL, FORTNIGHTLY_UNTIL = 4, 12
CHANCE_REACHED, CHANCE_SECOND_TRY, CHANCE_MEASURED = 0.8, 0.75, 0.9
CHANCE_KEPT_LATELY = 0.72
LATELY = timedelta(days=6)
HIGHEST_PHQ9, HIGHEST_GAD7, HIGHEST_PCL5 = 27, 21, 80
STEPS = {
    "sertraline": ("50 mg", "100 mg", "150 mg"),
    "escitalopram": ("10 mg", "15 mg", "20 mg"),
    "fluoxetine": ("20 mg", "40 mg", "60 mg"),
    "venlafaxine": ("75 mg", "150 mg", "225 mg"),
    "duloxetine": ("30 mg", "60 mg", "90 mg"),
    "bupropion": ("150 mg XL", "300 mg XL", "300 mg XL"),
    "mirtazapine": ("15 mg", "30 mg", "45 mg"),
    "paroxetine": ("10 mg", "20 mg", "20 mg"),
    "buspirone": ("15 mg", "30 mg", "45 mg"),
    "naltrexone": ("50 mg", "50 mg", "50 mg"),
}
SLOW_SHAPES = frozenset({"stuck", "partial", "worse", "slow", "relapse"})


@dataclass(frozen=True, slots=True)
class Span:
    """One episode to be told: from the first assessment to its last day in the story."""

    part: Part
    name: str
    shape: str
    enrolled_on: date
    last_on: date
    quiet_from: date | None = None
    settled_from: date | None = None
    settled_until: date | None = None

    def weeks(self, day: date) -> float:
        return (day - self.enrolled_on).days / 7

    def is_settled(self, day: date) -> bool:
        began = self.settled_from is not None and day >= self.settled_from
        return began and (self.settled_until is None or day < self.settled_until)

    def dose(self, day: date) -> str:
        steps = STEPS.get(self.part.drug, ("", "", ""))
        weeks = self.weeks(day)
        if weeks < 5:  # noqa: PLR2004  the first dose gets five weeks
            return steps[0]
        return steps[2] if weeks >= 11 and self.shape in SLOW_SHAPES else steps[1]  # noqa: PLR2004

    def phq9(self, day: date, random: Random) -> int | None:
        return self._total(self.part.phq9, day, random=random, highest=HIGHEST_PHQ9)

    def gad7(self, day: date, random: Random) -> int | None:
        return self._total(self.part.gad7, day, random=random, highest=HIGHEST_GAD7)

    def pcl5(self, day: date, random: Random) -> int | None:
        return self._total(self.part.pcl5 or None, day, random=random, highest=HIGHEST_PCL5)

    def going(self, day: date) -> Going:
        """Say how it goes by the line of the course, not by one score."""
        now = self._share(day)
        before = self._share(day - 3 * WEEK)
        if now > before + 0.08 or now > 1.12:  # noqa: PLR2004  shares of the baseline
            return Going.WORSE
        if now < 0.42 and self.weeks(day) > WEEKLY_UNTIL:  # noqa: PLR2004
            return Going.WELL
        return Going.BETTER if now < before - 0.05 else Going.SAME

    def _share(self, day: date) -> float:
        steady = Random(0)  # noqa: S311  a story, not a secret
        return total_at(self.shape, 1000, weeks=max(0.0, self.weeks(day)), random=steady) / 1000

    def _total(
        self, baseline: int | None, day: date, *, random: Random, highest: int
    ) -> int | None:
        if baseline is None:
            return None
        return min(highest, total_at(self.shape, baseline, weeks=self.weeks(day), random=random))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contact that was planned: the day, whether the patient was reached, the day planned next.

    A second try is made where the first reached nobody.
    """

    on: date
    reached: bool
    next_on: date


def meetings(span: Span, as_of: date, random: Random) -> Iterator[Meeting]:
    """Give the contacts after the first assessment: weekly, every other week, then monthly."""
    planned = _next(span, span.enrolled_on, random)
    while planned <= span.last_on:
        following = _next(span, planned, random)
        quiet = span.quiet_from is not None and planned >= span.quiet_from
        lately = not quiet and span.last_on == as_of and as_of - planned <= LATELY
        if lately and random.random() > CHANCE_KEPT_LATELY:
            return  # due these days and not yet made
        reached = not quiet and random.random() < CHANCE_REACHED
        yield Meeting(planned, reached, following)
        second = working_day(planned + timedelta(days=random.choice((2, 3, 4))))
        if not reached and planned < second <= span.last_on and second < following:
            caught = not quiet and random.random() < CHANCE_SECOND_TRY
            yield Meeting(second, caught, following)
        planned = following


def _next(span: Span, day: date, random: Random) -> date:
    weeks = span.weeks(day)
    if span.is_settled(day):
        days = 28
    elif weeks < WEEKLY_UNTIL:
        days = 7
    else:
        days = 14 if weeks < FORTNIGHTLY_UNTIL or span.shape in SLOW_SHAPES else 25
    return working_day(day + timedelta(days=days + random.choice((-1, 0, 0, 0, 1))))
