"""The report on advice, and what waits: a share counts what its day has come for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cocm_desktop.domain.case_review import (
    CaseReview,
    Recommendation,
    RecommendationKind,
    RecommendationOwner,
    RecommendationStatus,
    RecommendationUrgency,
    Step,
)
from cocm_desktop.domain.follow_through_report import (
    HEADS,
    NO_PRACTITIONER,
    AdviceCase,
    FollowThroughReport,
    Grouping,
    ReportChoice,
    Share,
    advice_cases,
    follow_through_report,
)
from cocm_desktop.domain.ids import CaseReviewId, EpisodeId, PatientId, RecommendationId, StaffId
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.review_effect import Effect
from cocm_desktop.domain.review_loop import LoopCase, LoopList, ReviewLoop, review_loop, sent_on
from cocm_desktop.errors import Refused

S, K, OWNER = RecommendationStatus, RecommendationKind, RecommendationOwner
TODAY = date(2026, 11, 30)
REVIEWED = date(2026, 11, 2)
ME = StaffId("me")


def asked(
    *steps: tuple[RecommendationStatus, int],
    kind: RecommendationKind = K.DOSE,
    owner: RecommendationOwner = OWNER.PRACTITIONER,
    due_on: date | None = None,
) -> Recommendation:
    """Give a recommendation with steps, each so many days after the review."""
    return Recommendation(
        RecommendationId("a"),
        CaseReviewId("r"),
        kind,
        "Raise the\ndose",
        owner,
        RecommendationUrgency.ROUTINE,
        due_on,
        tuple(Step(status, REVIEWED + timedelta(days=days), ME) for status, days in steps),
    )


def a_review(*given: Recommendation, on: date = REVIEWED) -> CaseReview:
    return CaseReview(
        CaseReviewId("r"), EpisodeId("e"), StaffId("c"), on, True, 480, "", recommendations=given
    )


def report(
    *cases: AdviceCase, by: Grouping = Grouping.KIND, today: date = TODAY
) -> FollowThroughReport:
    choice = ReportChoice(REVIEWED, TODAY, by)
    return follow_through_report(cases, choice, today=today, done_days=14)


def of(*given: Recommendation) -> list[AdviceCase]:
    return [AdviceCase(each, REVIEWED) for each in given]


@pytest.mark.parametrize(
    ("given", "sent", "answered", "done"),
    [
        (asked(), (0, 1), (0, 1), (0, 1)),
        (asked((S.SENT, 0), (S.ACCEPTED, 3), (S.DONE, 14)), (1, 1), (1, 1), (1, 1)),
        (asked((S.SENT, 1), (S.ACCEPTED, 5), (S.DONE, 15)), (0, 1), (0, 1), (0, 1)),
        (asked((S.SENT, 2), (S.DECLINED, 5)), (0, 1), (1, 1), (0, 0)),
        (asked((S.DONE, 2)), (0, 1), (1, 1), (1, 1)),
        (asked((S.SENT, 0), (S.OPEN, 1), (S.SENT, 2)), (0, 1), (0, 1), (0, 1)),
        (asked((S.NOT_DONE, 9)), (0, 1), (0, 1), (0, 1)),
        (asked(kind=K.CONTINUE), (0, 1), (0, 0), (0, 0)),
        (asked(owner=OWNER.CARE_MANAGER), (0, 0), (0, 0), (0, 1)),
        (asked((S.SENT, 0), owner=OWNER.BOTH), (1, 1), (0, 1), (0, 1)),
    ],
)
def test_each_share_counts_what_it_is_about(
    given: Recommendation, sent: tuple[int, int], answered: tuple[int, int], done: tuple[int, int]
) -> None:
    total = report(*of(given)).total

    assert (total.sent, total.answered, total.done) == (
        Share(*sent),
        Share(*answered),
        Share(*done),
    )


def test_what_still_has_time_stands_in_no_share() -> None:
    total = report(*of(asked((S.SENT, 0))), today=REVIEWED + timedelta(days=3)).total

    assert (total.sent, total.answered, total.done) == (Share(1, 1), Share(0, 0), Share(0, 0))
    assert total.cells == ("All", "1", "1 of 1", "—", "0", "0", "0", "—", "—")
    assert len(total.cells) == len(HEADS)


def test_the_answer_that_holds_is_counted() -> None:
    total = report(*of(asked((S.ACCEPTED, 1), (S.MODIFIED, 2)), asked((S.DECLINED, 1)))).total

    assert (total.accepted, total.modified, total.declined) == (0, 1, 1)


def test_a_lower_score_is_counted_where_both_are_there() -> None:
    before, after = Score(REVIEWED, 17), Score(REVIEWED + timedelta(days=45), 11)
    lower = Effect("PHQ-9", REVIEWED, before, after)
    higher = replace(lower, before=after, after=before)
    cases = [AdviceCase(asked(), REVIEWED, effect=effect) for effect in (lower, higher, None)]

    assert report(*cases).total.lower == Share(1, 2)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (Grouping.KIND, ["Dose change", "Laboratory or monitoring"]),
        (Grouping.OWNER, ["Treating practitioner", "Care manager"]),
        (Grouping.PRACTITIONER, ["A. Smith, MD", NO_PRACTITIONER]),
    ],
)
def test_a_report_is_split_up(by: Grouping, names: list[str]) -> None:
    lab = asked(kind=K.LAB, owner=OWNER.CARE_MANAGER)
    cases = [AdviceCase(lab, REVIEWED), AdviceCase(asked(), REVIEWED, "A. Smith, MD")]

    found = report(*cases, by=by)

    assert [line.name for line in found.lines] == names
    assert found.total.issued == sum(line.issued for line in found.lines) == 2


def test_a_percentage_is_given_from_ten_on() -> None:
    assert Share(3, 9).words == "3 of 9"
    assert Share(3, 10).words == "3 of 10 (30 %)"
    assert Share(0, 0).words == "—"


@pytest.mark.parametrize(("first", "last"), [(None, TODAY), (REVIEWED, None), (TODAY, REVIEWED)])
def test_a_period_that_is_none_is_refused(first: date | None, last: date | None) -> None:
    with pytest.raises(Refused):
        ReportChoice(first, last).period()


def test_attendance_is_no_advice() -> None:
    review = replace(a_review(asked()), discussed=False)

    assert not advice_cases([review], practitioner=lambda _: "", effect=lambda *_: None)


def test_a_report_says_its_period_and_what_it_counts() -> None:
    found = report()

    assert found.period_words == "Nov 2, 2026 to Nov 30, 2026"
    assert any("within 14 days" in note for note in found.notes)


def loop(*reviews: CaseReview, today: date = TODAY) -> ReviewLoop:
    cases = [
        LoopCase(
            review=review,
            letters=(),
            patient_id=PatientId("p"),
            name="ALVAREZ, María",
            mrn="100200",
            born_on=date(1971, 4, 5),
            practitioner="A. Smith, MD",
            practitioner_id=None,
            care_manager="M. Bell",
            care_manager_id=ME,
        )
        for review in reviews
    ]
    return review_loop(cases, today=today, follow_through_days=14)


def lists(found: ReviewLoop) -> Sequence[LoopList]:
    return [line.of for line in found.lines]


SEND, ANSWER, DO = LoopList


@pytest.mark.parametrize(
    ("given", "days", "expected"),
    [
        (asked(), 0, [SEND]),
        (asked(), 15, [SEND, DO]),
        (asked((S.SENT, 0)), 0, [ANSWER]),
        (asked((S.SENT, 0), (S.ACCEPTED, 1)), 14, []),
        (asked((S.SENT, 0), (S.ACCEPTED, 1)), 15, [DO]),
        (asked((S.ACCEPTED, 1), due_on=REVIEWED + timedelta(days=2)), 3, [DO]),
        (asked((S.DECLINED, 1)), 20, []),
        (asked(owner=OWNER.CARE_MANAGER), 3, []),
        (asked(kind=K.CONTINUE), 14, [SEND]),
        (asked(kind=K.CONTINUE), 15, []),
        (asked((S.SENT, 0), kind=K.CONTINUE), 20, []),
    ],
)
def test_what_waits_stands_in_its_list(
    given: Recommendation, days: int, expected: list[LoopList]
) -> None:
    found = loop(a_review(given), today=REVIEWED + timedelta(days=days))

    assert lists(found) == expected


def test_a_letter_waits_from_the_day_of_the_review_and_an_answer_three_days() -> None:
    sent = loop(a_review(asked((S.SENT, 2))), today=REVIEWED + timedelta(days=6))

    [line] = sent.lines
    assert line.due_on == REVIEWED + timedelta(days=5)
    assert line.is_late
    assert line.days_late == 1
    assert line.why == "Reviewed Nov 2, 2026, sent Nov 4, 2026"
    assert sent.words == "1 answer late"


def test_a_line_says_what_is_recommended_and_how_much_more() -> None:
    found = loop(a_review(asked(), asked(kind=K.LAB)), today=REVIEWED)

    [line] = found.lines
    assert line.words == "Raise the dose (and 1 more)"
    assert line.why == "Reviewed Nov 2, 2026, no letter yet"
    assert (line.episode_id, line.letter) == ("e", None)
    assert found.words == "1 letter to send"


def test_an_overdue_action_says_by_when_it_was_to_be_done() -> None:
    found = loop(a_review(asked((S.SENT, 0), (S.ACCEPTED, 1))))

    assert found.of(DO)[0].why == "Reviewed Nov 2, 2026, accepted, to be done by Nov 16, 2026"
    assert found.words == "1 action overdue"
    assert loop().words == "Nothing waits"


def test_attendance_waits_for_nothing() -> None:
    assert not loop(replace(a_review(asked()), discussed=False)).lines


def test_what_was_sent_and_withdrawn_was_not_sent() -> None:
    assert sent_on(asked((S.SENT, 0), (S.OPEN, 1))) is None
    assert sent_on(asked((S.SENT, 0), (S.SENT, 1))) == REVIEWED
