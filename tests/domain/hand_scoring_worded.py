"""The instruments whose wording is shipped, scored by hand from the rule on the paper."""

from __future__ import annotations

from tests.domain.pencil import (
    DEPRESSION,
    Answers,
    ByHand,
    add,
    both,
    pick,
    reach,
    run,
    some,
    ticks,
    word,
)


def phq9(a: Answers) -> ByHand:
    """Source: Kroenke 2001; instruction manual: five symptoms, item 9 counting on any day."""
    total = add(a)
    symptoms = None
    if None not in a:
        symptoms = (ticks(run(a, 1, 8), 2) or 0) + (ticks(pick(a, 9), 1) or 0)
    return ByHand(
        total,
        word(total, *DEPRESSION),
        {
            "Positive screen": reach(total, 10),
            "Five symptoms, one of them item 1 or 2": both(
                reach(symptoms, 5), some(pick(a, 1, 2), 2)
            ),
            "Remission": None if total is None else total < 5,
        },
        {"symptoms": symptoms},
        critical=(9,) if a[8] else (),
    )


def gad7(a: Answers) -> ByHand:
    total = add(a)
    return ByHand(
        total,
        word(total, (0, "Minimal"), (5, "Mild"), (10, "Moderate"), (15, "Severe")),
        {
            "Positive screen": reach(total, 10),
            "More sensitive cut": reach(total, 8),
            "Remission": None if total is None else total < 5,
        },
    )


def phq2(a: Answers) -> ByHand:
    total = add(a)
    return ByHand(
        total,
        positive={"Positive screen": reach(total, 3), "More sensitive cut": reach(total, 2)},
    )


def gad2(a: Answers) -> ByHand:
    total = add(a)
    return ByHand(total, positive={"Positive screen": reach(total, 3)})


def phq4(a: Answers) -> ByHand:
    total, anxiety, depression = add(a), add(run(a, 1, 2)), add(run(a, 3, 4))
    return ByHand(
        total,
        word(total, (0, "Normal"), (3, "Mild"), (6, "Moderate"), (9, "Severe")),
        {
            "Positive screen for anxiety": reach(anxiety, 3),
            "Positive screen for depression": reach(depression, 3),
        },
        {"anxiety": anxiety, "depression": depression},
    )


def phq15(a: Answers) -> ByHand:
    total = add(a)
    return ByHand(
        total,
        word(total, (0, "Minimal"), (5, "Low"), (10, "Medium"), (15, "High")),
        {"Positive screen": reach(total, 10)},
    )


def pcl5(a: Answers) -> ByHand:
    """Source: National Center for PTSD: symptoms rated 2 or more, 1 B, 1 C, 2 D and 2 E."""
    total = add(a)
    clusters = {"B": run(a, 1, 5), "C": run(a, 6, 7), "D": run(a, 8, 14), "E": run(a, 15, 20)}
    pattern = both(
        some(clusters["B"], 2), some(clusters["C"], 2), some(clusters["D"], 2, 2),
        some(clusters["E"], 2, 2),
    )  # fmt: skip
    return ByHand(
        total,
        None,
        {
            "Positive screen": reach(total, 33),
            "More sensitive cut": reach(total, 31),
            "One B, one C, two D and two E items at moderately or above": pattern,
        },
        {name: add(items) for name, items in clusters.items()},
    )


def pc_ptsd_5(a: Answers) -> ByHand:
    """Source: www.ptsd.va.gov: without such an event the screen total is 0, and it stops there."""
    event = a[0]
    total = None if event is None else add(a[1:]) if event == 1 else 0
    return ByHand(
        total,
        positive={
            "Positive screen": reach(total, 4),
            "More sensitive cut, for women": reach(total, 3),
        },
    )
