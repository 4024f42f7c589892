"""The definitions against the table of published facts: items, reach, cut-offs, ages, codes."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.domain.test_every_instrument import SHIPPED, instrument_id

Mark = tuple[str, int]
"""The scale and the value from which a cut-off is met; below zero: up to which."""


@dataclass(frozen=True)
class Facts:
    items: int
    reach: tuple[int, int] | None
    recall: str
    ages: str
    marks: frozenset[Mark] = frozenset()
    bands: tuple[int, ...] = ()
    codes: tuple[str, str] = ("", "")


def marks(*found: Mark | int) -> frozenset[Mark]:
    return frozenset(("total", each) if isinstance(each, int) else each for each in found)


SUBSTANCES = (
    "tobacco", "alcohol", "marijuana", "cocaine", "heroin", "opioids", "sedatives", "stimulants",
)  # fmt: skip
FIVES = (0, 5, 10, 15, 20)
SCARED = marks(
    25, 31, ("panic", 7), ("generalized", 9), ("separation", 5), ("social", 8), ("school", 3)
)
ADHD = (("inattention", 6), ("hyperactivity", 6))
# Source: the publishers' papers and manuals, as each definition names them.
FACTS = {
    "PHQ-9": Facts(
        9, (0, 27), "2 weeks", "12 and older", marks(10, -4, ("symptoms", 5)), FIVES,
        ("44249-1", "44261-6"),
    ),
    "PHQ-2": Facts(
        2, (0, 6), "2 weeks", "12 and older", marks(3, 2), (), ("55757-9", "55758-7")
    ),
    "PHQ-A": Facts(
        12, (0, 27), "2 weeks", "11 to 17", marks(10, -4), FIVES, ("89206-7", "89204-2")
    ),
    "GAD-7": Facts(
        7, (0, 21), "2 weeks", "13 and older", marks(10, 8, -4), (0, 5, 10, 15),
        ("69737-5", "70274-6"),
    ),
    "GAD-2": Facts(2, (0, 6), "2 weeks", "13 and older", marks(3)),
    "PHQ-4": Facts(
        4, (0, 12), "2 weeks", "18 and older", marks(("anxiety", 3), ("depression", 3)),
        (0, 3, 6, 9), ("", "70272-0"),
    ),
    "PHQ-15": Facts(
        15, (0, 30), "4 weeks", "18 and older", marks(10), (0, 5, 10, 15), ("69728-4", "70273-8")
    ),
    "EPDS": Facts(
        10, (0, 30), "7 days", "Any age", marks(10, 13), (0, 10, 13), ("71354-5", "")
    ),
    "PCL-5": Facts(
        20, (0, 80), "1 month", "18 and older", marks(33, 31), (), ("101697-1", "101698-9")
    ),
    "PC-PTSD-5": Facts(6, (0, 5), "1 month", "18 and older", marks(4, 3)),
    "AUDIT": Facts(
        10, (0, 40), "12 months", "18 and older",
        marks(8, ("consumption", 4), ("consumption", 3)), (0, 8, 16, 20), ("72110-0", "75624-7"),
    ),
    "AUDIT-C": Facts(
        3, (0, 12), "12 months", "18 and older", marks(4, 3), (), ("72109-2", "75626-2")
    ),
    "DAST-10": Facts(
        10, (0, 10), "12 months", "18 and older", marks(3), (0, 1, 3, 6, 9),
        ("82666-9", "82667-7"),
    ),
    "CAGE-AID": Facts(4, (0, 4), "Lifetime", "18 and older", marks(1, 2)),
    "TAPS": Facts(
        30, None, "12 months; part 2: 3 months", "18 and older",
        marks(*((each, 1) for each in (*SUBSTANCES, "other")), *((each, 2) for each in SUBSTANCES)),
        (), ("96841-2", ""),
    ),
    "C-SSRS": Facts(
        7, None, "1 month; behavior: lifetime and 3 months", "Any age", frozenset(), (),
        ("93373-9", ""),
    ),
    "ASRS-A": Facts(6, (0, 6), "6 months", "18 and older", marks(4)),
    "MDQ": Facts(15, (0, 13), "Lifetime", "18 and older", marks(7), (), ("85102-2", "")),
    "PSC-17": Facts(
        17, (0, 34), "Now", "4 to 17",
        marks(15, ("internalizing", 5), ("attention", 7), ("externalizing", 7)),
    ),
    "SCARED-C": Facts(41, (0, 82), "3 months", "8 to 18", SCARED),
    "SCARED-P": Facts(41, (0, 82), "3 months", "8 to 18", SCARED),
    "VANDERBILT-P": Facts(
        55, (0, 54), "6 months", "6 to 12",
        marks(*ADHD, ("oppositional", 4), ("conduct", 3), ("mood", 3)), (), ("106345-2", ""),
    ),
    "VANDERBILT-T": Facts(
        43, (0, 54), "Since the school year began", "6 to 12",
        marks(*ADHD, ("oppositional", 3), ("mood", 3)),
    ),
    "ISI": Facts(7, (0, 28), "2 weeks", "18 and older", marks(15, 10, -7), (0, 8, 15, 22)),
    "WHO-5": Facts(5, (0, 100), "2 weeks", "9 and older", marks(-50, -28)),
    "K6": Facts(6, (0, 24), "30 days", "18 and older", marks(13)),
    "SMFQ-C": Facts(13, (0, 26), "2 weeks", "6 to 17", marks(12, 8)),
    "SMFQ-P": Facts(13, (0, 26), "2 weeks", "6 to 17", marks(12)),
}  # fmt: skip


def test_every_shipped_instrument_has_its_row() -> None:
    assert set(FACTS) == set(SHIPPED)


@pytest.mark.parametrize("name", sorted(FACTS))
def test_a_definition_says_what_is_published(name: str) -> None:
    instrument = SHIPPED[instrument_id(name)]
    total = instrument.total

    found = Facts(
        items=len(instrument.items),
        reach=(total.lowest, total.highest) if total else None,
        recall=instrument.recall,
        ages=instrument.ages.words,
        marks=frozenset(
            (cut.scale, cut.at_least if cut.at_least is not None else -(cut.at_most or 0))
            for cut in instrument.cut_offs
            if cut.has_mark
        ),
        bands=tuple(band.lowest for band in instrument.bands),
        codes=(
            instrument.panel_code.code if instrument.panel_code else "",
            instrument.total_code.code if instrument.total_code else "",
        ),
    )

    assert found == FACTS[name]
