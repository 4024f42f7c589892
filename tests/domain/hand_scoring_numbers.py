"""The instruments that are keyed as numbers only, scored by hand from the rule on the paper."""

from __future__ import annotations

from tests.domain.pencil import (
    DEPRESSION,
    Answers,
    ByHand,
    Named,
    add,
    both,
    pick,
    reach,
    run,
    some,
    ticks,
    word,
)


def phq_a(a: Answers) -> ByHand:
    total = add(run(a, 1, 9))
    return ByHand(
        total,
        word(total, *DEPRESSION),
        {
            "Positive screen": reach(total, 10),
            "Remission": None if total is None else total < 5,
        },
        critical=tuple(number for number in (9, 11, 12) if a[number - 1]),
    )


def epds(a: Answers) -> ByHand:
    total = add(a)
    return ByHand(
        total,
        word(
            total,
            (0, "Below the cut-offs"), (10, "Possible depression"), (13, "Probable depression"),
        ),
        {"More sensitive cut": reach(total, 10), "Positive screen": reach(total, 13)},
        critical=(10,) if a[9] else (),
    )  # fmt: skip


def _audit_skips(a: list[int | None]) -> list[int | None]:
    """Fill in the zeros of questions that were skipped.

    Source: WHO/MSD/MSB/01.6a: after Never to item 1, and after 0 on 2 and 3, go on to item 9.
    """
    filled = list(a)
    if filled[0] == 0:
        filled[1:3] = [0 if answer is None else answer for answer in filled[1:3]]
    if filled[1] == 0 and filled[2] == 0:
        filled[3:8] = [0 if answer is None else answer for answer in filled[3:8]]
    return filled


def audit(a: Answers) -> ByHand:
    filled = _audit_skips(list(a))
    total, consumption = add(filled), add(filled[:3])
    return ByHand(
        total,
        word(total, (0, "Zone I"), (8, "Zone II"), (16, "Zone III"), (20, "Zone IV")),
        {
            "Positive screen": reach(total, 8),
            "AUDIT-C cut for men": reach(consumption, 4),
            "AUDIT-C cut for women": reach(consumption, 3),
        },
        {"consumption": consumption},
    )


def audit_c(a: Answers) -> ByHand:
    filled = _audit_skips([*a, *(None,) * 7])[:3]
    total = add(filled)
    return ByHand(
        total,
        positive={
            "Positive screen, men": reach(total, 4),
            "Positive screen, women": reach(total, 3),
        },
    )


def dast10(a: Answers) -> ByHand:
    """Source: one point for each Yes, but for item 3, where No has the point."""
    turned = [None if x is None else (1 - x if n == 3 else x) for n, x in enumerate(a, start=1)]
    total = add(turned)
    return ByHand(
        total,
        word(
            total,
            (0, "No problems reported"), (1, "Low level"), (3, "Moderate level"),
            (6, "Substantial level"), (9, "Severe level"),
        ),
        {"Positive screen": reach(total, 3)},
    )  # fmt: skip


def c_ssrs(a: Answers) -> ByHand:
    return ByHand(None, critical=tuple(n for n in range(1, 8) if a[n - 1]))


def c_ssrs_triage(a: Answers) -> str:
    """Read the colours of the form: the darkest that has a Yes."""
    if a[3] == 1 or a[4] == 1 or a[6] == 1:
        return "High Risk"
    if a[2] == 1 or a[5] == 1:
        return "Moderate Risk"
    return "Low Risk" if a[0] == 1 or a[1] == 1 else "No item answered yes"


def asrs(a: Answers) -> ByHand:
    front, back = ticks(run(a, 1, 3), 2), ticks(run(a, 4, 6), 3)
    total = None if front is None or back is None else front + back
    return ByHand(total, positive={"Positive screen": reach(total, 4)})


def mdq(a: Answers) -> ByHand:
    total = add(run(a, 1, 13))
    name = "Seven or more, in the same period, a moderate or serious problem"
    verdict = both(reach(total, 7), some(pick(a, 14), 1), some(pick(a, 15), 2))
    return ByHand(total, positive={name: verdict})


def psc17(a: Answers) -> ByHand:
    """Source: the scoring page of the form: items marked I, A and E in the order of the form."""
    letters = "AIAEEIAEIEIEAEIEA"
    sums = {
        name: add([x for x, at in zip(a, letters, strict=True) if at == letter])
        for letter, name in (("I", "internalizing"), ("A", "attention"), ("E", "externalizing"))
    }
    total = add(a)
    return ByHand(
        total,
        None,
        {
            "Positive screen": reach(total, 15),
            "Positive for internalizing": reach(sums["internalizing"], 5),
            "Positive for attention": reach(sums["attention"], 7),
            "Positive for externalizing": reach(sums["externalizing"], 7),
        },
        sums,
    )


# Source: the letters printed beside each item: panic, school, social, separation, generalized.
SCARED = (
    "PN", "SH", "SC", "SP", "GD", "PN", "GD", "SP", "PN", "SC", "SH", "PN", "SP", "GD",
    "PN", "SP", "SH", "PN", "PN", "SP", "GD", "PN", "GD", "PN", "SP", "SC", "PN", "GD",
    "SP", "PN", "SP", "SC", "GD", "PN", "GD", "SH", "GD", "PN", "SC", "SC", "SC",
)  # fmt: skip


def scared(a: Answers) -> ByHand:
    names = {
        "PN": ("panic", "Positive for panic or somatic symptoms", 7),
        "GD": ("generalized", "Positive for generalized anxiety", 9),
        "SP": ("separation", "Positive for separation anxiety", 5),
        "SC": ("social", "Positive for social anxiety", 8),
        "SH": ("school", "Positive for school avoidance", 3),
    }
    total = add(a)
    positive = {"Positive screen": reach(total, 25), "More specific cut": reach(total, 31)}
    sums: Named = {}
    for letters, (own_id, words, least) in names.items():
        value = add([x for x, at in zip(a, SCARED, strict=True) if at == letters])
        sums[own_id], positive[words] = value, reach(value, least)
    return ByHand(total, None, positive, sums)


def _vanderbilt(a: Answers, screens: tuple[tuple[str, str, int, int, int], ...]) -> ByHand:
    last = screens[-1][3]
    performance = run(a, last + 1, last + 8)
    impaired = some(performance, 4)
    inattention, hyperactivity = ticks(run(a, 1, 9), 2), ticks(run(a, 10, 18), 2)
    counts: Named = {"inattention": inattention, "hyperactivity": hyperactivity}
    positive = {
        "Inattentive: six of nine, and a performance item at 4 or 5": both(
            reach(inattention, 6), impaired
        ),
        "Hyperactive or impulsive: six of nine, and a performance item at 4 or 5": both(
            reach(hyperactivity, 6), impaired
        ),
    }
    for own_id, words, first, end, least in screens:
        counts[own_id] = ticks(run(a, first, end), 2)
        positive[words] = reach(counts[own_id], least)
    counts["performance"] = ticks(performance, 4)
    return ByHand(add(run(a, 1, 18)), None, positive, counts)


def vanderbilt_parent(a: Answers) -> ByHand:
    return _vanderbilt(
        a,
        (
            ("oppositional", "Oppositional defiant: four of eight", 19, 26, 4),
            ("conduct", "Conduct: three of fourteen", 27, 40, 3),
            ("mood", "Anxiety or depression: three of seven", 41, 47, 3),
        ),
    )


def vanderbilt_teacher(a: Answers) -> ByHand:
    return _vanderbilt(
        a,
        (
            ("oppositional", "Oppositional defiant or conduct: three of ten", 19, 28, 3),
            ("mood", "Anxiety or depression: three of seven", 29, 35, 3),
        ),
    )


def isi(a: Answers) -> ByHand:
    total = add(a)
    return ByHand(
        total,
        word(
            total,
            (0, "No clinically significant insomnia"), (8, "Subthreshold insomnia"),
            (15, "Moderate insomnia"), (22, "Severe insomnia"),
        ),
        {
            "Positive screen": reach(total, 15),
            "More sensitive cut": reach(total, 10),
            "Remission": None if total is None else total < 8,
        },
    )  # fmt: skip


def who5(a: Answers) -> ByHand:
    raw = add(a)
    total = None if raw is None else raw * 4
    return ByHand(
        total,
        positive={
            "Positive screen": None if total is None else total <= 50,
            "More specific cut": None if total is None else total <= 28,
        },
    )


def k6(a: Answers) -> ByHand:
    total = add(a)
    return ByHand(total, positive={"Positive screen": reach(total, 13)})


def smfq_child(a: Answers) -> ByHand:
    total = add(a)
    positive = {"Positive screen": reach(total, 12), "More sensitive cut": reach(total, 8)}
    return ByHand(total, positive=positive)


def smfq_parent(a: Answers) -> ByHand:
    total = add(a)
    return ByHand(total, positive={"Positive screen": reach(total, 12)})


def cage_aid(a: Answers) -> ByHand:
    total = add(a)
    return ByHand(
        total, positive={"Positive screen": reach(total, 1), "More specific cut": reach(total, 2)}
    )


# The substance, its name, the question of part 1 that leads to it, how many questions it has.
TAPS = (
    ("tobacco", "Tobacco", 1, 3), ("alcohol", "Alcohol", 2, 4), ("marijuana", "Marijuana", 3, 3),
    ("cocaine", "Cocaine or methamphetamine", 3, 3), ("heroin", "Heroin", 3, 3),
    ("opioids", "Prescription opioids", 4, 3),
    ("sedatives", "Medications for anxiety or sleep", 4, 3),
    ("stimulants", "Medications for ADHD", 4, 3), ("other", "Other drugs", 3, 1),
)  # fmt: skip


def taps(a: Answers) -> ByHand:
    """Source: NIDA: Never in part 1 leaves the substance out; No to its first question is a 0."""
    values: Named = {}
    positive: dict[str, bool | None] = {}
    place = 4
    for own_id, name, part1, questions in TAPS:
        asked = list(a[place : place + questions])
        place += questions
        used, led = asked[0], a[part1 - 1]
        if (led == 0 and used is None) or used == 0:
            asked = [0 if answer is None else answer for answer in asked]
        values[own_id] = add(asked)
        positive[f"{name}: problem use"] = reach(values[own_id], 1)
        if questions > 1:
            positive[f"{name}: higher risk"] = reach(values[own_id], 2)
    return ByHand(None, None, positive, values)
