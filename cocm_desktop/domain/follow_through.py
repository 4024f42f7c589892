"""What the last review recommended, and what came of it, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cocm_desktop.domain.case_review import CaseReview, Recommendation
from cocm_desktop.domain.open_recommendation import OpenRecommendation
from cocm_desktop.domain.review_effect import Effect, effect_of, effects
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.wording import long_date, minutes_of, month_day

UNKNOWN = "somebody"
# What was measured longer ago is history: the course shows it.
RECENTLY_MEASURED = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Followed:
    """One recommendation: its words, and where it stands. `is_late` is past its day."""

    words: str
    outcome: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class FollowThrough:
    """The last review that counts, with what earlier ones left open.

    `measured` says what stood six weeks after earlier advice was acted on, the newest first.
    """

    about: str
    followed: tuple[Followed, ...]
    measured: tuple[Followed, ...] = ()


def follow_through(chart: Chart) -> FollowThrough | None:
    """Give what came of the last review of the episode; None where none is recorded.

    Every recommendation of that review, whatever became of it, and then the older ones on which
    nobody has acted, the newest first.
    """
    reviews = [review for review in chart.reviews if review.counts]
    if not reviews:
        return None
    last = reviews[-1]
    lines = [_followed(chart, last, each) for each in last.recommendations]
    for review in reversed(reviews[:-1]):
        lines += [
            _followed(chart, review, each, since=review.reviewed_on)
            for each in review.recommendations
            if each.awaits_action
        ]
    return FollowThrough(_about(chart, last), tuple(lines), _measured(chart, reviews[:-1]))


def _measured(chart: Chart, reviews: Sequence[CaseReview]) -> tuple[Followed, ...]:
    """Say it of what is settled; what is still open has it in its own line."""
    found = effects(reviews, chart.row.primary.scores, scale=chart.row.primary_instrument.id)
    lines = [
        Followed(
            f"{month_day(review.reviewed_on)}: {asked.words}",
            f"{asked.status.value} {month_day(effect.acted_on)}, {effect.words}",
            is_late=False,
        )
        for review, asked, effect in found
        if not asked.awaits_action and chart.row.today - effect.after.taken_on <= RECENTLY_MEASURED
    ]
    return tuple(reversed(lines))


def overdue_words(chart: Chart) -> tuple[str, ...]:
    """Give the words of what nobody has acted on by its day, the oldest first."""
    return tuple(
        each.words
        for review in chart.reviews
        for each in review.recommendations
        if _is_late(chart, review, each)
    )


def _about(chart: Chart, review: CaseReview) -> str:
    parts = (
        long_date(review.reviewed_on),
        chart.staff_names.get(review.consultant_id, UNKNOWN),
        f"{minutes_of(review.seconds)} min" if review.seconds else "",
    )
    return ", ".join(filter(None, parts))


def _followed(
    chart: Chart, review: CaseReview, asked: Recommendation, *, since: date | None = None
) -> Followed:
    before = f"{month_day(since)}: " if since else ""
    is_late = _is_late(chart, review, asked)
    outcome = ", ".join(_outcome(chart, review, asked, is_late=is_late))
    return Followed(f"{before}{asked.words}", outcome, is_late)


def _outcome(
    chart: Chart, review: CaseReview, asked: Recommendation, *, is_late: bool
) -> Iterator[str]:
    day = month_day(_due_on(chart, review, asked))
    due = [f"not done by {day}" if is_late else f"due {day}"] if asked.awaits_action else []
    if asked.steps:
        step = asked.steps[-1]
        by = chart.staff_names.get(step.by, UNKNOWN)
        reason = f" – {step.reason}" if step.reason else ""
        yield f"{step.status.value} {month_day(step.noted_on)}"
        if effect := _effect(chart, asked):
            yield effect.words
        yield from due
        yield f"{by}{reason}"
    elif asked.kind.awaits_action:
        yield f"Open with {asked.owner.value.lower()}"
        yield from due
    else:
        yield "Nothing to act on"


def _effect(chart: Chart, asked: Recommendation) -> Effect | None:
    row = chart.row
    return effect_of(asked, row.primary.scores, scale=row.primary_instrument.id)


def _is_late(chart: Chart, review: CaseReview, asked: Recommendation) -> bool:
    return asked.awaits_action and _due_on(chart, review, asked) < chart.row.today


def _due_on(chart: Chart, review: CaseReview, asked: Recommendation) -> date:
    return chart.row.recommendation_due_on(OpenRecommendation(review.reviewed_on, asked.due_on))
