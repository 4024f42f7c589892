"""How answers become a number: each kind of rule at its edges, and with answers missing."""

from __future__ import annotations

from typing import Any

import pytest

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.instrument_definition import parse_instrument
from cocm_desktop.domain.instrument_item import Condition
from cocm_desktop.domain.patient import Sex
from tests.domain.test_instrument_definition import small

Answers = tuple[int | None, ...]
FOUR = [{"value": value, "words": str(value)} for value in (0, 1, 2, 3)]
NEEDS_1 = {"items": [1], "at_least": 1}


def form(**changes: Any) -> Instrument:
    """Give a form of four questions answered 0 to 3."""
    return parse_instrument(small(**{"options": FOUR, **changes}))


@pytest.mark.parametrize(
    ("answers", "how_many", "holds"),
    [
        ((2, 0, 0, 0), 1, True),
        ((1, 1, 1, 1), 1, False),
        ((2, None, 0, 0), 1, True),
        ((None, 0, 0, 0), 1, None),
        ((2, None, 0, 0), 2, None),
        ((0, None, 0, 0), 2, False),
        ((None, None, None, None), 1, None),
    ],
)
def test_a_condition_holds_fails_or_waits_for_what_is_missing(
    answers: Answers, how_many: int, holds: object
) -> None:
    assert Condition((1, 2, 3, 4), 2, how_many).holds(answers) is holds


def test_a_condition_does_not_wait_for_what_was_not_asked() -> None:
    assert Condition((3,), 1).holds((0, 0, None, 0), {3}) is False
    assert Condition((3,), 1).holds((0, 0, 2, 0), {3}) is True


def test_a_multiplied_sum() -> None:
    instrument = form(total={"items": "1-4", "factor": 4})

    assert instrument.score((1, 2, 3, 0)).total == 24
    assert instrument.highest_total == 48


def test_a_reversed_item_counts_from_the_other_end() -> None:
    instrument = form(items=[{"reversed": True}, {"repeat": 3}])

    assert instrument.score((0, 0, 0, 0)).total == 3
    assert instrument.score((3, 3, 3, 3)).total == 9


def test_a_count_takes_each_item_from_its_own_mark_on() -> None:
    instrument = form(total={"kind": "count", "items": "1-4", "counted_from": [1, 2, 3, 0]})

    assert instrument.score((1, 1, 3, 0)).total == 3
    assert instrument.score((0, 2, 2, 0)).total == 2
    assert instrument.score((0, 2, None, 0)).total is None


@pytest.mark.parametrize(
    ("answers", "total"),
    [
        ((0, None, None, None), 0),
        ((0, 3, 3, 3), 0),
        ((1, 3, 3, 3), 9),
        ((1, 3, None, 3), None),
        ((None, 3, 3, 3), None),
    ],
)
def test_a_shut_gate_makes_it_zero_whatever_else_is_answered(
    answers: Answers, total: int | None
) -> None:
    instrument = form(
        items=[{}, {"repeat": 3, "asked_when": NEEDS_1}],
        total={"items": "2-4", "gate": NEEDS_1},
    )

    assert instrument.score(answers).total == total


@pytest.mark.parametrize(
    ("answers", "total", "asked"),
    [
        ((0, None, None, None), 0, 1),
        ((0, 2, None, None), 2, 2),
        ((1, None, 0, 0), None, 4),
        ((None, None, None, None), None, 4),
        ((1, 1, 1, 1), 4, 4),
    ],
)
def test_a_question_that_was_not_to_be_asked_is_not_missing(
    answers: Answers, total: int | None, asked: int
) -> None:
    scored = form(items=[{}, {"repeat": 3, "asked_when": NEEDS_1}]).score(answers)

    assert (scored.total, scored.asked) == (total, asked)
    assert scored.is_complete == (total is not None)


def test_questions_wait_for_one_another_in_a_row() -> None:
    instrument = form(
        items=[
            {},
            {"asked_when": NEEDS_1},
            {"repeat": 2, "asked_when": {"items": [2], "at_least": 1}},
        ]
    )

    assert instrument.score((0, None, None, None)).total == 0
    assert instrument.score((1, 0, None, None)).total == 1
    assert instrument.score((1, None, None, None)).asked == 4


@pytest.mark.parametrize(
    ("sex", "total"),
    [(Sex.MALE, 2), (Sex.FEMALE, None), (Sex.OTHER, None), (Sex.UNKNOWN, None), (None, None)],
)
def test_a_blank_for_the_other_sex_is_not_missing(sex: Sex | None, total: int | None) -> None:
    instrument = form(items=[{"only_for": "female"}, {"repeat": 3}])

    assert instrument.score((None, 1, 1, 0), sex).total == total
    assert instrument.score((2, 1, 1, 0), sex).total == 4


def test_an_estimate_keeps_reversed_items_and_factors() -> None:
    instrument = form(
        items=[{"reversed": True}, {"repeat": 3}],
        total={"items": "1-4", "factor": 2},
        missing={"allowed": 1, "source": "S"},
    )

    scored = instrument.score((0, 3, 3, None))  # 3 + 3 + 3 of three, times 4, times 2

    assert (scored.total, scored.estimate) == (None, 24)


@pytest.mark.parametrize("answers", [(None, None, 1, 1), (None, None, None, None), (1, 1, 1, 1)])
def test_there_is_no_estimate_of_too_little_or_of_all(answers: Answers) -> None:
    instrument = form(missing={"allowed": 1, "source": "S"})

    assert instrument.score(answers).estimate is None


def test_a_count_is_never_estimated() -> None:
    instrument = form(
        total={"kind": "count", "items": "1-4", "counted_from": 2},
        missing={"allowed": 1, "source": "S"},
    )

    assert instrument.score((2, 2, 2, None)).estimate is None


@pytest.mark.parametrize(
    ("value", "answers", "can_be"),
    [
        (0, (None,) * 4, True),
        (12, (None,) * 4, True),
        (13, (None,) * 4, False),
        (2, (3, None, None, None), False),
        (12, (2, None, None, None), False),
        (11, (2, None, None, None), True),
    ],
)
def test_a_total_is_possible_or_not(value: int, answers: Answers, can_be: object) -> None:
    scale = form().total
    assert scale is not None

    assert scale.can_be(value, answers) is can_be


def test_a_multiplied_total_moves_in_steps() -> None:
    scale = form(total={"items": "1-4", "factor": 4}).total
    assert scale is not None

    assert scale.can_be(24, (None,) * 4)
    assert not scale.can_be(23, (None,) * 4)


def test_a_count_can_be_as_many_as_its_items() -> None:
    scale = form(total={"kind": "count", "items": "1-4", "counted_from": 2}).total
    assert scale is not None

    assert scale.can_be(4, (None,) * 4)
    assert scale.can_be(3, (0, None, None, None))
    assert not scale.can_be(4, (0, None, None, None))


def test_a_gate_lets_a_total_be_zero() -> None:
    ones = [{"value": value, "words": str(value)} for value in (1, 2)]
    gated = form(options=ones, total={"items": "2-4", "gate": {"items": [1], "at_least": 2}})
    free = form(options=ones, total={"items": "2-4"})
    assert gated.total
    assert free.total

    assert (gated.total.lowest, free.total.lowest) == (0, 3)
    assert gated.total.can_be(0, (None,) * 4)
    assert not free.total.can_be(0, (None,) * 4)


@pytest.mark.parametrize(
    ("answers", "met"),
    [
        ((3, 3, 0, 2), True),
        ((3, 3, 0, 1), False),
        ((3, 2, 0, 2), False),
        ((3, 3, 0, None), None),
        ((3, 2, None, 2), None),
        ((3, None, 0, 1), False),
    ],
)
def test_a_compound_rule_needs_each_of_its_parts(answers: Answers, met: object) -> None:
    rule = {"purpose": "screen", "at_least": 6, "and": [{"items": [4], "at_least": 2}]}
    instrument = form(total={"items": "1-3"}, cut_offs=[rule])

    [verdict] = instrument.verdicts(answers)

    assert verdict.is_met is met


def test_a_cut_off_may_lie_below_or_between() -> None:
    rules = [
        {"purpose": "remission", "at_most": 4},
        {"purpose": "screen", "at_least": 5, "at_most": 8},
    ]
    instrument = form(cut_offs=rules)

    assert [[v.is_met for v in instrument.verdicts((n, 0, 0, 0), total=total)]
            for n, total in ((0, 4), (0, 5), (0, 8), (0, 9))] == [
        [True, False], [False, True], [False, True], [False, False],
    ]  # fmt: skip
    assert instrument.remission_below == 5


def test_a_cut_off_of_one_sex_is_for_that_sex() -> None:
    rules = [
        {"purpose": "screen", "name": "men", "at_least": 4, "sex": "male"},
        {"purpose": "screen", "name": "women", "at_least": 3, "sex": "female"},
    ]
    instrument = form(cut_offs=rules)

    assert [v.cut_off.name for v in instrument.verdicts((1, 1, 1, 0), Sex.MALE)] == ["men"]
    assert [v.is_met for v in instrument.verdicts((1, 1, 1, 0), Sex.FEMALE)] == [True]
    assert instrument.verdicts((1, 1, 1, 0), Sex.UNKNOWN) == ()


TRIAGE = {
    "title": "T",
    "rows": [
        {"name": "Grave", "level": 5, "any": [{"items": [3, 4], "at_least": 1}]},
        {"name": "Light", "level": 2, "any": [{"items": [1], "at_least": 1}]},
    ],
    "otherwise": "Nothing",
    "source": "S",
}


@pytest.mark.parametrize(
    ("answers", "name", "is_final"),
    [
        ((0, 0, 0, 1), "Grave", True),
        ((1, 0, 0, 0), "Light", True),
        ((0, 0, 0, 0), "Nothing", True),
        ((1, 0, None, 0), "Light", False),
        ((0, 0, None, 0), "", False),
        ((None, None, 1, None), "Grave", True),
    ],
)
def test_a_triage_says_its_gravest_row_and_whether_that_can_change(
    answers: Answers, name: str, is_final: object
) -> None:
    result = form(total=None, triage=TRIAGE).triage_of(answers)

    assert result is not None
    assert (result.name, result.is_final) == (name, is_final)


def test_an_instrument_without_a_triage_gives_none() -> None:
    assert form().triage_of((0, 0, 0, 0)) is None
