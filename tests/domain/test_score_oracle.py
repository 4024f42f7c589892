"""Every possible set of answers, scored again by the rule as it is printed on the paper forms.

Sources: PHQ and GAD-7 instruction manual (cut points 5, 10, 15, 20 and 5, 10, 15; the total is
the sum of the columns, each box counting 0 to 3); any answer but 0 to item 9 of the PHQ-9 is
followed up.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from itertools import product

import pytest

from cocm_desktop.domain.instrument import Instrument
from tests.builders import gad7, phq9

# Coverage would take most of the time; other tests reach the same lines.
pytestmark = pytest.mark.no_cover

Answers = tuple[int | None, ...]
PHQ9_SEVERITY = ("Minimal", "Mild", "Moderate", "Moderately severe", "Severe")
GAD7_SEVERITY = ("Minimal", "Mild", "Moderate", "Severe")


def by_hand(answers: Answers) -> int:
    """Add up the columns at the foot of the form."""
    return answers.count(1) + 2 * answers.count(2) + 3 * answers.count(3)


def phq9_by_hand(answers: Answers) -> tuple[object, ...]:
    total, item_9 = by_hand(answers), answers[8]
    followed_up = ((9, item_9),) if item_9 in {1, 2, 3} else ()
    return total, PHQ9_SEVERITY[bisect((5, 10, 15, 20), total)], followed_up, item_9


def gad7_by_hand(answers: Answers) -> tuple[object, ...]:
    total = by_hand(answers)
    return total, GAD7_SEVERITY[bisect((5, 10, 15), total)], (), None


def by_program(instrument: Instrument, answers: Answers) -> tuple[object, ...]:
    scored = instrument.score(answers)
    band = scored.band.name if scored.band else None
    return scored.total, band, scored.critical, scored.highest_critical


def test_all_262144_answer_sets_of_the_phq9_score_as_by_hand() -> None:
    instrument, tried, followed_up = phq9(), 0, 0

    wrong = []
    for answers in product(range(4), repeat=9):
        expected = phq9_by_hand(answers)
        tried += 1
        followed_up += bool(expected[2])
        if by_program(instrument, answers) != expected:
            wrong.append(answers)

    assert wrong == []
    assert tried == 262_144
    assert followed_up == 196_608


def test_all_16384_answer_sets_of_the_gad7_score_as_by_hand() -> None:
    instrument = gad7()
    every = list(product(range(4), repeat=7))

    wrong = [a for a in every if by_program(instrument, a) != gad7_by_hand(a)]

    assert wrong == []
    assert len(every) == 16_384


def with_one_left_out(items: int) -> Iterator[tuple[int, Answers]]:
    """Leave out each item in turn, among the lowest and highest answers to all others."""
    for left_out in range(items):
        for others in product((0, 3), repeat=items - 1):
            yield left_out, (*others[:left_out], None, *others[left_out:])


@pytest.mark.parametrize("instrument", [phq9(), gad7()], ids=lambda instrument: instrument.id)
def test_no_form_with_an_item_left_out_has_a_total(instrument: Instrument) -> None:
    scored = (instrument.score(a) for _, a in with_one_left_out(len(instrument.items)))

    assert {(s.total, s.band, s.answered) for s in scored} == {
        (None, None, len(instrument.items) - 1)
    }


def test_item_9_raises_a_task_on_an_incomplete_form_and_never_when_it_was_not_asked() -> None:
    instrument = phq9()
    for left_out, answers in with_one_left_out(9):
        scored = instrument.score(answers)

        if left_out == 8:
            assert (scored.critical, scored.highest_critical) == ((), None)
        else:
            assert scored.critical == (((9, 3),) if answers[8] else ())
            assert scored.highest_critical == answers[8]
