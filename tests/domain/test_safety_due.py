"""A safety task on the agenda: while it is open, and until one review has seen it closed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cocm_desktop.domain.due_review import review_items
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_priority import Section, reasons_for
from tests.builders import TODAY, a_row

YESTERDAY = TODAY - timedelta(days=1)


def safety_of(row: RegistryRow) -> list[str]:
    return [item.words for item in review_items(row) if item.rule.id in {"R0", "R13"}]


def test_an_open_task_says_the_answer_and_since_when() -> None:
    row = a_row(
        safety_answer=2,
        safety_instrument="PHQ-9",
        safety_since=TODAY - timedelta(days=2),
    )

    assert safety_of(row) == [
        "PHQ-9 item 9 answered 2, not yet closed, open for 2 days, since Nov 18"
    ]
    assert row.safety_words == (
        "Answer 2 on PHQ-9 item 9, not yet closed, open for 2 days, since Nov 18"
    )


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (2, ", open for 2 days, since Nov 18; another open since Oct 11"),
        (0, "; another open since Oct 11"),
        (40, ", open for 40 days, since Oct 11"),
    ],
)
def test_the_gravest_answer_is_told_with_its_own_day(days: int, words: str) -> None:
    row = a_row(
        safety_answer=3,
        safety_instrument="PHQ-9",
        safety_since=TODAY - timedelta(days=40),
        safety_answered_on=TODAY - timedelta(days=days),
    )

    assert row.safety_words == f"Answer 3 on PHQ-9 item 9, not yet closed{words}"
    assert safety_of(row) == [f"PHQ-9 item 9 answered 3, not yet closed{words}"]


def test_a_task_of_today_has_no_age() -> None:
    row = a_row(safety_answer=1, safety_instrument="PHQ-9", safety_since=TODAY)

    assert row.safety_words == "Answer 1 on PHQ-9 item 9, not yet closed"


def test_a_task_by_hand_has_no_answer() -> None:
    row = a_row(safety_answer=0, safety_item=0, safety_since=YESTERDAY)

    assert row.has_safety_open
    assert safety_of(row) == [
        "Safety task opened by hand, not yet closed, open for 1 day, since Nov 19"
    ]
    assert row.safety_words.startswith("Safety task opened by hand, not yet closed")


def test_without_a_task_there_is_nothing_to_say() -> None:
    assert (safety_of(a_row()), a_row().safety_words) == ([], "")


@pytest.mark.parametrize(
    ("reviewed_on", "stays"),
    [(None, True), (YESTERDAY - timedelta(days=6), True), (YESTERDAY, True), (TODAY, False)],
)
def test_a_closed_task_stays_until_a_review_on_a_later_day(
    reviewed_on: object, *, stays: bool
) -> None:
    row = a_row(safety_closed_on=YESTERDAY, last_review_on=reviewed_on)

    assert safety_of(row) == (
        ["Safety task closed Nov 19, 2026, not reviewed since"] if stays else []
    )


def test_a_closed_task_stands_in_the_section_of_safety() -> None:
    row = a_row(safety_closed_on=YESTERDAY, last_review_on=None)

    reasons = [reason for reason in reasons_for(row) if reason.rule == "R13"]

    assert [reason.section for reason in reasons] == [Section.SAFETY]
