"""What counts as a review, and what can become of a recommendation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from cocm_desktop.domain.case_review import (
    CaseReview,
    Recommendation,
    RecommendationDraft,
    RecommendationKind,
    RecommendationStatus,
    ReviewDraft,
    Step,
    StepDraft,
    recheck_day,
)
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.errors import Refused
from tests.builders import BELL, CONSENTED_ON, MARIAS_EPISODE, TODAY, id_of

CHEN = StaffId(id_of("staff Chen"))
RAISE = RecommendationDraft("Raise to 100 mg", RecommendationKind.DOSE)
OPEN, SENT = RecommendationStatus.OPEN, RecommendationStatus.SENT
ACCEPTED, MODIFIED = RecommendationStatus.ACCEPTED, RecommendationStatus.MODIFIED
DECLINED, DONE = RecommendationStatus.DECLINED, RecommendationStatus.DONE
NOT_DONE = RecommendationStatus.NOT_DONE
REVIEWED_ON = TODAY - timedelta(days=10)


def a_draft(*recommendations: RecommendationDraft, **changes: Any) -> ReviewDraft:
    given: dict[str, Any] = {
        "consultant_id": CHEN,
        "reviewed_on": REVIEWED_ON,
        "recommendations": recommendations or (RAISE,),
        "minutes": 8,
        **changes,
    }
    return ReviewDraft(MARIAS_EPISODE, **given)


def problems(draft: ReviewDraft) -> list[str]:
    return [problem.field for problem in draft.problems(today=TODAY, started_on=CONSENTED_ON)]


def accepted(draft: ReviewDraft) -> CaseReview:
    return draft.accept(today=TODAY, started_on=CONSENTED_ON)


def test_a_review_with_a_recommendation_counts() -> None:
    review = accepted(a_draft(impression=" Anxious distress "))

    assert review.counts
    assert (review.seconds, review.impression) == (480, "Anxious distress")
    [given] = review.recommendations
    assert (given.words, given.kind, given.status) == ("Raise to 100 mg", RAISE.kind, OPEN)


# Source: clinical rules 2.9.
def test_vector_a_patient_who_was_not_discussed_was_not_reviewed() -> None:
    review = accepted(a_draft(RecommendationDraft(""), discussed=False))

    assert not review.counts


# Source: clinical rules 2.9.
def test_vector_a_blank_recommendation_is_none() -> None:
    draft = a_draft(RecommendationDraft("   ", RecommendationKind.DOSE))

    assert problems(draft) == ["recommendations"]
    with pytest.raises(Refused, match="counts only with a recommendation"):
        accepted(draft)


@pytest.mark.parametrize("words", ["\u200b", "\u00a0\ufeff", "\u3164", "—", "…"])
def test_unseen_signs_are_no_recommendation(words: str) -> None:
    draft = a_draft(RecommendationDraft(words, RecommendationKind.DOSE))
    unseen = replace(accepted(a_draft()).recommendations[0], words=words)

    assert problems(draft) == ["recommendations"]
    assert not replace(accepted(a_draft()), recommendations=(unseen,)).counts


def test_what_was_looked_at_and_what_comes_next_is_kept() -> None:
    recheck_on = recheck_day(REVIEWED_ON, 4)
    review = accepted(
        a_draft(
            replace(RAISE, recheck_on=recheck_on),
            documents=" PHQ-9 forms, discharge letter ",
            next_review_on=recheck_on,
        )
    )

    assert review.documents == "PHQ-9 forms, discharge letter"
    assert review.next_review_on == REVIEWED_ON + timedelta(days=28)
    assert review.recommendations[0].recheck_on == recheck_on


def test_a_blank_line_beside_a_recommendation_is_left_out() -> None:
    review = accepted(a_draft(RecommendationDraft(" "), RAISE))

    assert [given.words for given in review.recommendations] == ["Raise to 100 mg"]


def test_to_continue_is_a_recommendation_that_leaves_nothing_to_do() -> None:
    review = accepted(a_draft(RecommendationDraft("Go on", RecommendationKind.CONTINUE)))

    assert review.counts
    assert not review.recommendations[0].awaits_action


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (a_draft(consultant_id=None), ["consultant_id"]),
        (a_draft(reviewed_on=None), ["reviewed_on"]),
        (a_draft(reviewed_on=TODAY), []),
        (a_draft(reviewed_on=TODAY + timedelta(days=1)), ["reviewed_on"]),
        (a_draft(reviewed_on=CONSENTED_ON), []),
        (a_draft(reviewed_on=CONSENTED_ON - timedelta(days=1)), ["reviewed_on"]),
        (a_draft(minutes=240), []),
        (a_draft(minutes=241), ["minutes"]),
        (a_draft(minutes=-1), ["minutes"]),
        (a_draft(impression="x" * 1001), ["impression"]),
        (a_draft(discussed=False), ["recommendations"]),
        (a_draft(RecommendationDraft("Raise")), ["kind"]),
        (a_draft(replace(RAISE, words="x" * 1001)), ["words"]),
        (a_draft(replace(RAISE, due_on=REVIEWED_ON)), []),
        (a_draft(replace(RAISE, due_on=REVIEWED_ON - timedelta(days=1))), ["due_on"]),
        (a_draft(replace(RAISE, recheck_on=REVIEWED_ON)), ["recheck_on"]),
        (a_draft(replace(RAISE, recheck_on=REVIEWED_ON + timedelta(days=1))), []),
        (a_draft(next_review_on=REVIEWED_ON), ["next_review_on"]),
        (a_draft(next_review_on=REVIEWED_ON + timedelta(weeks=52)), []),
        (a_draft(next_review_on=REVIEWED_ON + timedelta(weeks=52, days=1)), ["next_review_on"]),
        (a_draft(reviewed_on=None, next_review_on=TODAY), ["reviewed_on"]),
        (a_draft(documents="x" * 400), []),
        (a_draft(documents="x" * 401), ["documents"]),
    ],
)
def test_a_slip_is_named_beside_its_field(draft: ReviewDraft, fields: list[str]) -> None:
    assert problems(draft) == fields


def a_recommendation(*statuses: RecommendationStatus, **changes: Any) -> Recommendation:
    [given] = accepted(a_draft()).recommendations
    steps = tuple(Step(status, REVIEWED_ON, BELL) for status in statuses)
    return replace(given, **{"steps": steps, **changes})


def step_to(
    status: RecommendationStatus, on: date | None = TODAY, reason: str = "Too tired"
) -> StepDraft:
    return StepDraft(a_recommendation().id, status, on, reason)


def step_problems(draft: StepDraft, *statuses: RecommendationStatus) -> list[str]:
    found = draft.problems(a_recommendation(*statuses), reviewed_on=REVIEWED_ON, today=TODAY)
    return [problem.field for problem in found]


WAYS = {
    OPEN: {SENT, ACCEPTED, MODIFIED, DECLINED, DONE, NOT_DONE},
    SENT: {ACCEPTED, MODIFIED, DECLINED, DONE, NOT_DONE},
    ACCEPTED: {MODIFIED, DECLINED, DONE, NOT_DONE},
    MODIFIED: {ACCEPTED, DECLINED, DONE, NOT_DONE},
    DECLINED: {ACCEPTED, MODIFIED},
    DONE: {NOT_DONE},
    NOT_DONE: {DONE},
}


@pytest.mark.parametrize("now", RecommendationStatus)
@pytest.mark.parametrize("then", RecommendationStatus)
def test_from_where_to_where(now: RecommendationStatus, then: RecommendationStatus) -> None:
    taken = () if now is OPEN else (now,)

    assert (step_problems(step_to(then), *taken) == []) is (then in WAYS[now])


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (step_to(DONE, reason=""), []),
        (step_to(DECLINED, reason=" "), ["reason"]),
        (step_to(MODIFIED, reason=""), ["reason"]),
        (step_to(NOT_DONE, reason=""), ["reason"]),
        (step_to(DONE, reason="x" * 201), ["reason"]),
        (step_to(DONE, on=None), ["noted_on"]),
        (step_to(DONE, on=TODAY + timedelta(days=1)), ["noted_on"]),
        (step_to(DONE, on=REVIEWED_ON), []),
        (step_to(DONE, on=REVIEWED_ON - timedelta(days=1)), ["noted_on"]),
    ],
)
def test_a_step_is_dated_and_a_no_has_a_reason(draft: StepDraft, fields: list[str]) -> None:
    assert step_problems(draft) == fields
    if fields:
        with pytest.raises(Refused):
            draft.accept(a_recommendation(), reviewed_on=REVIEWED_ON, today=TODAY, by=BELL)


def test_a_step_does_not_come_before_the_last_one() -> None:
    later = a_recommendation(steps=(Step(SENT, TODAY - timedelta(days=2), BELL),))
    draft = step_to(ACCEPTED, on=TODAY - timedelta(days=3))

    [problem] = draft.problems(later, reviewed_on=REVIEWED_ON, today=TODAY)

    assert problem.message == "The last step was on Nov 18, 2026."


@pytest.mark.parametrize(
    ("statuses", "waits"),
    [
        ((), True),
        ((SENT,), True),
        ((SENT, ACCEPTED), True),
        ((MODIFIED,), True),
        ((DECLINED,), False),
        ((ACCEPTED, DONE), False),
        ((NOT_DONE,), False),
        ((DECLINED, ACCEPTED), True),
    ],
)
def test_advice_waits_until_it_is_declined_done_or_given_up(
    statuses: tuple[RecommendationStatus, ...], *, waits: bool
) -> None:
    assert a_recommendation(*statuses).awaits_action is waits


def test_an_accepted_step_is_who_what_and_when() -> None:
    step = step_to(DECLINED, reason=" Pregnant ").accept(
        a_recommendation(), reviewed_on=REVIEWED_ON, today=TODAY, by=BELL
    )

    assert step == Step(DECLINED, TODAY, BELL, "Pregnant")


def test_only_another_treatment_is_another_plan() -> None:
    assert {kind for kind in RecommendationKind if kind.changes_plan} == {
        RecommendationKind.MEDICATION,
        RecommendationKind.DOSE,
        RecommendationKind.THERAPY,
        RecommendationKind.REFERRAL,
    }
