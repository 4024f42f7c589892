"""The board of a treating practitioner: what was recommended, what was escalated."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cocm_desktop.domain.episode import CloseReason, EpisodeStatus
from cocm_desktop.domain.open_recommendation import OpenRecommendation
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.today_card import Act, Lane
from tests.builders import a_care_manager, a_practitioner
from tests.domain.boards import ago, board, only, quiet

OWN: dict[str, Any] = {"treating_practitioner_id": a_practitioner().id}


def advised(days_ago: int, **facts: Any) -> OpenRecommendation:
    return OpenRecommendation(ago(days_ago), **facts)


@pytest.mark.parametrize(
    ("advice", "lane", "words"),
    [
        (advised(3, of_practitioner=True), Lane.TODAY, "Recommendation to answer"),
        (advised(15, of_practitioner=True), Lane.OVERDUE, "Recommendation to answer"),
        (advised(3, of_both=True), Lane.TODAY, "Recommendation to answer"),
        (advised(10, of_practitioner=True, is_answered=True), Lane.SOON, "Recommendation"),
        (advised(3, of_practitioner=True, is_answered=True), None, ""),
        (advised(3), None, ""),
    ],
)
def test_a_practitioner_sees_what_was_recommended_for_their_own_patients(
    advice: OpenRecommendation, lane: Lane | None, words: str
) -> None:
    row = quiet(open_recommendations=(advice,), **OWN)

    own = board(row, member=a_practitioner())
    others = board(replace(row, treating_practitioner_id=None), member=a_practitioner())

    assert [(c.lane, c.words, c.act) for c in own.cards] == (
        [(lane, words, Act.OPEN_CHART)] if lane else []
    )
    assert others.cards == ()


@pytest.mark.parametrize(
    ("days", "is_own", "note"),
    [(0, True, ""), (1, True, "Escalated to you"), (1, False, "")],
)
def test_a_safety_task_that_waited_is_escalated_to_who_treats(
    days: int, note: str, *, is_own: bool
) -> None:
    whose = OWN if is_own else {}
    row = quiet(safety_answer=1, safety_instrument="PHQ-9", safety_since=ago(days), **whose)

    card = only(board(row, member=a_practitioner()))

    assert (card.is_safety, card.act, card.note) == (True, Act.CLOSE_SAFETY, note)


def test_who_cares_and_treats_waits_for_nobody_else() -> None:
    both = replace(
        a_care_manager(),
        roles=frozenset({Role.CARE_MANAGER, Role.TREATING_PRACTITIONER}),
    )
    row = quiet(
        open_recommendations=(advised(3, of_practitioner=True),),
        treating_practitioner_id=both.id,
        care_manager_id=both.id,
    )

    card = only(board(row, member=both))

    assert (card.lane, card.words) == (Lane.TODAY, "Recommendation to answer")


def test_a_card_says_that_the_patient_died() -> None:
    row = quiet(
        status=EpisodeStatus.CLOSED,
        closed_on=ago(2),
        close_reason=CloseReason.DIED,
        safety_answer=1,
        safety_since=ago(3),
    )

    assert only(board(row)).note.startswith("Died Nov 18, 2026")


@pytest.mark.parametrize(
    ("advice", "words"),
    [
        (advised(0, of_practitioner=True, is_unsent=True), "Letter to send"),
        (advised(2, of_both=True, is_unsent=True), "Letter to send"),
        (advised(9, of_practitioner=True, sent_on=ago(3)), ""),
        (advised(9, of_practitioner=True, sent_on=ago(4)), "Answer late"),
        (advised(2, is_unsent=True), ""),
    ],
)
def test_a_care_manager_sends_letters_and_asks_for_late_answers(
    advice: OpenRecommendation, words: str
) -> None:
    found = board(quiet(open_recommendations=(advice,)))

    mine = [card for card in found.cards if card.lane is not Lane.WAITING]
    assert [(card.words, card.act) for card in mine] == (
        [(words, Act.SEE_TO_ADVICE)] if words else []
    )
    assert not any(card.can_put_off for card in mine)
