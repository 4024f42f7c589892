"""The geometry of a sparkline: one course on its instrument's whole range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.measure import Score


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Fractions of the area: x from the first score (0) to the last (1), y from 0 upwards.

    The range never follows the data, so that two rows of a table can be compared.
    """

    points: tuple[tuple[float, float], ...]
    target: float


def sparkline_of(scores: Sequence[Score], instrument: Instrument) -> Sparkline:
    """Lay out the scores, oldest first, by their days; a single one stands at the end."""
    highest = instrument.highest_total
    target = instrument.remission_below / highest
    if not scores:
        return Sparkline((), target)
    first_on = scores[0].taken_on
    days = (scores[-1].taken_on - first_on).days
    return Sparkline(
        tuple(
            ((score.taken_on - first_on).days / days if days else 1.0, score.total / highest)
            for score in scores
        ),
        target,
    )
