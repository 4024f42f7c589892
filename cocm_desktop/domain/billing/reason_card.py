"""What a payer's reason code means, in words of our own, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.remittance import GROUP_WORDS, Adjustment


@dataclass(frozen=True, slots=True)
class ReasonCard:
    """One claim adjustment reason. `checks` are ours that look for its cause beforehand."""

    code: str
    title: str
    meaning: str
    next_step: str
    checks: tuple[CheckId, ...] = ()


ReasonCards = Mapping[str, ReasonCard]


def read_cards(content: Any) -> ReasonCards:
    """Read the cards that come with the program."""
    return {
        each["code"]: ReasonCard(
            code=each["code"],
            title=each["title"],
            meaning=each["meaning"],
            next_step=each["next_step"],
            checks=tuple(CheckId[name] for name in each["checks"]),
        )
        for each in content["cards"]
    }


def explained(adjustment: Adjustment, cards: ReasonCards) -> ReasonCard:
    """Give the card of an adjustment; one that says so where the program knows none."""
    known = cards.get(adjustment.reason)
    if known is not None:
        return known
    return ReasonCard(
        code=adjustment.reason,
        title=f"Reason {adjustment.reason or 'not given'}",
        meaning="The program has no words for this reason. The payer's site lists it.",
        next_step="Look the reason up, or ask the payer what it means for this claim.",
    )


def group_words(group: str) -> str:
    return GROUP_WORDS.get(group, f"Group {group}: look at it")
