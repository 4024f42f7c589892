"""Every shipped instrument against its paper rule: all answer sets, or the edges and many more.

The drills score every set of far longer forms.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import prod
from random import Random

import pytest

from cocm_desktop.actions.scoring import load_instruments
from cocm_desktop.domain.form_score import score_form
from cocm_desktop.domain.instrument import Instrument, InstrumentId
from cocm_desktop.domain.patient import Sex
from tests.domain.hand_scoring import RULES, choices
from tests.domain.hand_scoring_numbers import c_ssrs_triage
from tests.domain.pencil import ByHand

# Coverage would take most of the time; other tests reach the same lines.
pytestmark = pytest.mark.no_cover

SHIPPED = load_instruments()
ALL_SETS_UP_TO = 5_000
RANDOM_SETS = 500
Answers = tuple[int | None, ...]


def by_program(instrument: Instrument, answers: Answers) -> ByHand:
    """Put what the program says into the same form. Cut-offs of both sexes are asked for."""
    form = score_form(instrument, answers)
    both = [*instrument.verdicts(answers, Sex.MALE), *instrument.verdicts(answers, Sex.FEMALE)]
    return ByHand(
        total=form.total,
        band=form.scored.band.name if form.scored.band else None,
        positive={verdict.cut_off.name: verdict.is_met for verdict in both},
        subscales={scale.id: value for scale, value in form.subscales},
        critical=tuple(number for number, _ in form.scored.critical),
    )


def answer_sets(name: str) -> Iterator[Answers]:
    """Give every set where there are few; else all the same, one apart, and at random."""
    allowed = choices(name)
    if prod(map(len, allowed)) <= ALL_SETS_UP_TO:
        yield from product(*allowed)
        return
    yield from edges(allowed)
    random = Random(name)
    for _ in range(RANDOM_SETS):
        highest = random.randint(0, max(map(max, allowed)))
        yield tuple(random.choice([v for v in item if v <= highest] or item) for item in allowed)


def edges(allowed: Sequence[tuple[int, ...]]) -> Iterator[Answers]:
    """Walk from all lowest to all highest, from either end, one answer at a time."""
    for ends in (range(len(allowed)), range(len(allowed) - 1, -1, -1)):
        answers = [min(item) for item in allowed]
        yield tuple(answers)
        for place in ends:
            for value in sorted(allowed[place])[1:]:
                answers[place] = value
                yield tuple(answers)


def with_blanks(name: str) -> Iterator[Answers]:
    """Leave out each item, and each two, in forms of the lowest, the highest and mixed answers."""
    allowed = choices(name)
    random = Random(name)
    mixed = tuple(random.choice(item) for item in allowed)
    for full in (tuple(map(min, allowed)), tuple(map(max, allowed)), mixed):
        places = range(len(full))
        for left_out in (*((place,) for place in places), *combinations(places, 2)):
            yield tuple(None if place in left_out else a for place, a in enumerate(full))


def test_a_rule_by_hand_is_there_for_every_shipped_instrument() -> None:
    assert set(RULES) == set(SHIPPED)


@pytest.mark.parametrize("name", sorted(set(RULES) - {"PHQ-9"}))
def test_answers_come_to_what_the_paper_says(name: str) -> None:
    instrument, rule = SHIPPED[instrument_id(name)], RULES[name]

    wrong = [
        answers for answers in answer_sets(name) if by_program(instrument, answers) != rule(answers)
    ]

    assert wrong == []


@pytest.mark.parametrize("name", sorted(RULES))
def test_a_blank_is_never_a_zero(name: str) -> None:
    instrument, rule = SHIPPED[instrument_id(name)], RULES[name]

    wrong = [
        answers for answers in with_blanks(name) if by_program(instrument, answers) != rule(answers)
    ]

    assert wrong == []


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_answer_on_the_paper_is_taken_and_no_other(name: str) -> None:
    instrument = SHIPPED[instrument_id(name)]

    taken = [tuple(sorted(option.value for option in item.options)) for item in instrument.items]

    assert taken == choices(name)


@pytest.mark.parametrize("name", sorted(RULES))
def test_scales_reach_as_far_as_their_ends_on_paper(name: str) -> None:
    instrument, rule, allowed = SHIPPED[instrument_id(name)], RULES[name], choices(name)
    # A reversed item turns the ends: the widest reach over both is what the paper allows.
    ends = [rule(tuple(map(min, allowed))), rule(tuple(map(max, allowed)))]
    if name == "DAST-10":
        ends = [rule((0, 0, 1, *(0,) * 7)), rule((1, 1, 0, *(1,) * 7))]

    for scale in instrument.subscales:
        values = [end.subscales[scale.id] for end in ends]
        assert (scale.lowest, scale.highest) == (values[0], values[1])
    if instrument.total:
        assert (instrument.total.lowest, instrument.total.highest) == (
            ends[0].total,
            ends[1].total,
        )


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_band_and_every_side_of_every_cut_off_is_tried(name: str) -> None:
    instrument, rule = SHIPPED[instrument_id(name)], RULES[name]
    seen = [rule(answers) for answers in answer_sets(name)]

    assert {by_hand.band for by_hand in seen} >= {band.name for band in instrument.bands}
    for cut_off in instrument.cut_offs:
        assert {by_hand.positive[cut_off.name] for by_hand in seen} >= {True, False}


def test_all_128_forms_of_the_c_ssrs_screener_get_the_level_printed_on_it() -> None:
    instrument = SHIPPED[instrument_id("C-SSRS")]
    every = list(product((0, 1), repeat=7))

    wrong = []
    for answers in every:
        triage = instrument.triage_of(answers)
        if triage is None or (triage.name, triage.is_final) != (c_ssrs_triage(answers), True):
            wrong.append(answers)

    assert wrong == []
    assert len(every) == 128


def test_every_yes_on_the_c_ssrs_screener_is_critical() -> None:
    instrument = SHIPPED[instrument_id("C-SSRS")]

    for answers in product((0, 1), repeat=7):
        assert len(instrument.score(answers).critical) == sum(answers)


def instrument_id(name: str) -> InstrumentId:
    return InstrumentId(name)
