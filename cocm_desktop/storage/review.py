"""Case reviews, what they recommended, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.case_review import (
    AGREED,
    UNRESOLVED,
    CaseReview,
    Recommendation,
    RecommendationKind,
    RecommendationStatus,
    Step,
)
from cocm_desktop.domain.ids import (
    CaseReviewId,
    EpisodeId,
    RecommendationId,
    ReviewMeetingId,
    StaffId,
    new_id,
)
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.domain.text import says_something
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import found, grouped, recorded, void
from cocm_desktop.storage.tables import EpisodeTable
from cocm_desktop.storage.tables_review import (
    CaseReviewTable,
    RecommendationStepTable,
    RecommendationTable,
)

AT_ONCE = 5_000
"""How many reviews are read by their ids: SQLite takes some 32,000 in a statement."""
NO_WORDS = "A recommendation without words is none. Nothing was recorded."


def add(session: Session, review: CaseReview, stamp: Stamp) -> None:
    """Keep a review. Whatever it comes from, a recommendation without words makes none."""
    if not all(says_something(each.words) for each in review.recommendations):
        raise Refused(Problem("recommendations", NO_WORDS))
    session.add(
        CaseReviewTable(
            id=review.id,
            episode_id=review.episode_id,
            consultant_id=review.consultant_id,
            reviewed_on=review.reviewed_on,
            discussed=review.discussed,
            seconds=review.seconds,
            impression=review.impression,
            mode=review.mode,
            meeting_id=review.meeting_id,
            documents=review.documents,
            next_review_on=review.next_review_on,
            **recorded(stamp),
        )
    )
    session.flush()
    for number, each in enumerate(review.recommendations, start=1):
        session.add(
            RecommendationTable(
                id=each.id,
                review_id=each.review_id,
                episode_id=review.episode_id,
                made_on=review.reviewed_on,
                number=number,
                kind=each.kind,
                words=each.words,
                owner=each.owner,
                urgency=each.urgency,
                due_on=each.due_on,
                recheck_on=each.recheck_on,
                status=each.status,
                agreed_on=None,
                **recorded(stamp),
            )
        )


def add_step(session: Session, recommendation_id: str, stamp: Stamp, *, step: Step) -> None:
    """Keep a step, and repeat in the recommendation where it leads to."""
    row = found(session, RecommendationTable, recommendation_id, words="recommendation")
    row.status, row.agreed_on = step.status, _agreed_on(row.agreed_on, step)
    session.add(
        RecommendationStepTable(
            id=new_id(),
            recommendation_id=recommendation_id,
            status=step.status,
            noted_on=step.noted_on,
            reason=step.reason,
            **recorded(stamp),
        )
    )


def _agreed_on(before: date | None, step: Step) -> date | None:
    """Give since when the advice is followed: what was done without a word was agreed to then."""
    if step.status in AGREED:
        return step.noted_on
    if step.status is RecommendationStatus.DONE:
        return before or step.noted_on
    is_refused = step.status in (RecommendationStatus.DECLINED, RecommendationStatus.NOT_DONE)
    return None if is_refused else before


def exists(session: Session, review_id: str) -> bool:
    return is_stored(session, CaseReviewTable, review_id)


def get(session: Session, review_id: str) -> CaseReview:
    [review] = _reviews(session, [found(session, CaseReviewTable, review_id, words="review")])
    return review


def of_recommendation(session: Session, recommendation_id: str) -> CaseReview:
    """Give the review in which something was recommended."""
    row = found(session, RecommendationTable, recommendation_id, words="recommendation")
    return get(session, row.review_id)


def void_review(session: Session, review_id: str, stamp: Stamp, *, reason: str) -> None:
    """Withdraw a review with everything it recommended, keeping it."""
    void(found(session, CaseReviewTable, review_id, words="review"), stamp, reason)
    table = RecommendationTable
    for row in session.scalars(select(table).where(table.review_id == review_id)):
        void(row, stamp, reason)


def of_episode(session: Session, episode_id: str, *, until: date) -> tuple[CaseReview, ...]:
    """Give the reviews of an episode, oldest first."""
    return of_episodes(session, [episode_id], until=until).get(EpisodeId(episode_id), ())


def of_episodes(
    session: Session, episode_ids: Collection[str], *, until: date
) -> dict[EpisodeId, tuple[CaseReview, ...]]:
    """Give the reviews of many episodes in three statements, each oldest first."""
    table = CaseReviewTable
    rows = session.scalars(
        select(table)
        .where(
            table.episode_id.in_(episode_ids),
            table.voided_at.is_(None),
            table.reviewed_on <= until,
        )
        .order_by(table.reviewed_on, table.id)
    ).all()
    return grouped((review.episode_id, review) for review in _reviews(session, rows))


def of_meeting(session: Session, review_meeting_id: str) -> tuple[CaseReview, ...]:
    """Give what was recorded of one meeting, in the order in which it was."""
    table = CaseReviewTable
    rows = session.scalars(
        select(table)
        .where(table.meeting_id == review_meeting_id, table.voided_at.is_(None))
        .order_by(table.id)
    ).all()
    return tuple(_reviews(session, rows))


def discussed_since(
    session: Session, first: date
) -> list[tuple[EpisodeId, ReviewMeetingId | None, date]]:
    """Give whom a review discussed from a day on, with its meeting."""
    table = CaseReviewTable
    rows = session.execute(
        select(table.episode_id, table.meeting_id, table.reviewed_on).where(
            table.reviewed_on >= first, table.voided_at.is_(None), table.discussed
        )
    )
    return [(EpisodeId(e), ReviewMeetingId(m) if m else None, day) for e, m, day in rows]


def recommended_on(
    session: Session, episode_ids: Collection[str], *, until: date
) -> dict[EpisodeId, tuple[date, ...]]:
    """Give the days of the reviews that count, by episode: those with a recommendation."""
    table = RecommendationTable
    days = session.execute(
        select(table.episode_id, table.made_on)
        .where(table.episode_id.in_(episode_ids), table.voided_at.is_(None), table.made_on <= until)
        .distinct()
        .order_by(table.made_on)
    )
    found: defaultdict[EpisodeId, list[date]] = defaultdict(list)
    for episode_id, made_on in days:
        found[EpisodeId(episode_id)].append(made_on)
    return {episode_id: tuple(each) for episode_id, each in found.items()}


def waiting(session: Session, *, recent_since: date) -> tuple[CaseReview, ...]:
    """Give the reviews whose advice is not settled, oldest first.

    Those that only go on as before, and those of episodes that have closed, are given from a day
    on: advice of the last day still has to be told, and nobody acts on it later.
    """
    table, advice = CaseReviewTable, RecommendationTable
    acts = advice.kind != RecommendationKind.CONTINUE
    unsettled = select(advice.review_id).where(
        advice.voided_at.is_(None),
        advice.status.in_(UNRESOLVED),
        or_(acts, advice.made_on >= recent_since),
    )
    rows = session.scalars(
        select(table)
        .join(EpisodeTable, EpisodeTable.id == table.episode_id)
        .where(
            table.id.in_(unsettled),
            table.voided_at.is_(None),
            EpisodeTable.voided_at.is_(None),
            or_(EpisodeTable.closed_on.is_(None), EpisodeTable.closed_on >= recent_since),
        )
        .order_by(table.reviewed_on, table.id)
    ).all()
    return tuple(_reviews(session, rows))


def between(session: Session, first: date, last: date) -> tuple[CaseReview, ...]:
    """Give every review of a period, whoever it is about, oldest first."""
    table = CaseReviewTable
    rows = session.scalars(
        select(table)
        .where(table.voided_at.is_(None), table.reviewed_on.between(first, last))
        .order_by(table.reviewed_on, table.id)
    ).all()
    shares = (rows[at : at + AT_ONCE] for at in range(0, len(rows), AT_ONCE))
    return tuple(review for share in shares for review in _reviews(session, share))


def _reviews(session: Session, rows: Sequence[CaseReviewTable]) -> list[CaseReview]:
    given = _given(session, [row.id for row in rows])
    return [_review(row, given.get(row.id, ())) for row in rows]


def _given(session: Session, review_ids: Collection[str]) -> dict[str, tuple[Recommendation, ...]]:
    """Give what was recommended, by review. Only columns are read: a year has thousands."""
    table, steps = RecommendationTable, _steps(session, review_ids)
    statement = (
        select(
            *(table.id, table.review_id, table.kind, table.words),
            *(table.owner, table.urgency, table.due_on, table.recheck_on),
        )
        .where(table.review_id.in_(review_ids))
        .order_by(table.number)
    )
    return grouped(
        (
            review_id,
            Recommendation(
                id=RecommendationId(advice_id),
                review_id=CaseReviewId(review_id),
                kind=kind,
                words=words,
                owner=owner,
                urgency=urgency,
                due_on=due_on,
                recheck_on=recheck_on,
                steps=steps.get(advice_id, ()),
            ),
        )
        for advice_id, review_id, kind, words, owner, urgency, due_on, recheck_on in (
            session.execute(statement)
        )
    )


def _steps(session: Session, review_ids: Collection[str]) -> dict[str, tuple[Step, ...]]:
    """Give what became of each recommendation of some reviews, in its order."""
    table, advice = RecommendationStepTable, RecommendationTable
    found_ones = session.execute(
        select(
            table.recommendation_id, table.status, table.noted_on, table.recorded_by, table.reason
        )
        .join(advice, advice.id == table.recommendation_id)
        .where(advice.review_id.in_(review_ids))
        .order_by(table.noted_on, table.recorded_at, table.id)
    )
    return grouped(
        (advice_id, Step(status, noted_on, StaffId(by), reason))
        for advice_id, status, noted_on, by, reason in found_ones
    )


def _review(row: CaseReviewTable, given: tuple[Recommendation, ...]) -> CaseReview:
    return CaseReview(
        id=CaseReviewId(row.id),
        episode_id=EpisodeId(row.episode_id),
        consultant_id=StaffId(row.consultant_id),
        reviewed_on=row.reviewed_on,
        discussed=row.discussed,
        seconds=row.seconds,
        impression=row.impression,
        mode=row.mode,
        meeting_id=ReviewMeetingId(row.meeting_id) if row.meeting_id else None,
        documents=row.documents,
        next_review_on=row.next_review_on,
        recommendations=given,
    )
