"""What became of the advice of a period, counted: sent, answered, done, and the score after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.case_review import (
    ANSWERS,
    CaseReview,
    Recommendation,
    RecommendationKind,
    RecommendationOwner,
    RecommendationStatus,
)
from cocm_desktop.domain.percentage import FEWEST, percent_of
from cocm_desktop.domain.review_effect import Effect
from cocm_desktop.domain.review_loop import (
    ANSWER_DAYS,
    answered_on,
    asks_practitioner,
    awaits_answer,
    sent_on,
)
from cocm_desktop.domain.wording import NOTHING, long_date
from cocm_desktop.errors import Problem, Refused

NO_PRACTITIONER = "No practitioner named"
HEADS = (
    "Group",
    "Issued",
    "Sent same day",
    "Answered in time",
    "Accepted",
    "With changes",
    "Declined",
    "Done in time",
    "Lower after six weeks",
)
_S = RecommendationStatus


class Grouping(Enum):
    KIND = "By kind"
    OWNER = "By who acts"
    PRACTITIONER = "By practitioner"


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """The period, both days included, and how it is split up."""

    first: date | None
    last: date | None
    grouping: Grouping = Grouping.KIND

    def period(self) -> tuple[date, date]:
        """Give both days, or refuse in words."""
        if self.first is None or self.last is None:
            name = "first" if self.first is None else "last"
            raise Refused(Problem(name, "Type the first and the last day of the period."))
        if self.last < self.first:
            raise Refused(Problem("last", "The period ends before it begins."))
        return self.first, self.last


@dataclass(frozen=True, slots=True)
class AdviceCase:
    """One recommendation with what the report asks of it."""

    asked: Recommendation
    reviewed_on: date
    practitioner: str = ""
    effect: Effect | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many. A percentage is given from ten on."""

    count: int
    of: int

    @property
    def percent(self) -> int | None:
        """Whole percent, rounded half up; None below ten."""
        return percent_of(self.count, self.of) if self.of >= FEWEST else None

    @property
    def words(self) -> str:
        if not self.of:
            return NOTHING
        percent = "" if self.percent is None else f" ({self.percent} %)"
        return f"{self.count} of {self.of}{percent}"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """The counts of one group. What its day has not come for yet stands in no share."""

    name: str
    issued: int
    sent: Share
    answered: Share
    accepted: int
    modified: int
    declined: int
    done: Share
    lower: Share

    @property
    def cells(self) -> tuple[str, ...]:
        """Give the line under the heads, as a table and a file show it."""
        return (
            self.name,
            str(self.issued),
            self.sent.words,
            self.answered.words,
            str(self.accepted),
            str(self.modified),
            str(self.declined),
            self.done.words,
            self.lower.words,
        )


@dataclass(frozen=True, slots=True)
class FollowThroughReport:
    """The lines of the groups, and the one of all together."""

    first: date
    last: date
    grouping: Grouping
    lines: tuple[ReportLine, ...]
    total: ReportLine
    today: date
    done_days: int

    @property
    def period_words(self) -> str:
        return f"{long_date(self.first)} to {long_date(self.last)}"

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what each share counts, and what it leaves out."""
        answer, done = ANSWER_DAYS, self.done_days
        return (
            "Issued: every recommendation of a review that counts.",
            "Sent same day: of what asks the practitioner, sent on the day of the review.",
            f"Answered in time: of what the practitioner decides, within {answer} days of sending.",
            "What was never sent counts from its review.",
            f"Done in time: of what was not declined, within {done} days of the review.",
            "Lower after six weeks: of what changed treatment, where a score stands on both sides.",
            "It names no cause. What is still within its days is left out of a share.",
            f"No percentage is given below {FEWEST}.",
        )


def advice_cases(
    reviews: Iterable[CaseReview],
    *,
    practitioner: Callable[[CaseReview], str],
    effect: Callable[[CaseReview, Recommendation], Effect | None],
) -> tuple[AdviceCase, ...]:
    """Give the recommendations of the reviews that count."""
    return tuple(
        AdviceCase(asked, review.reviewed_on, practitioner(review), effect(review, asked))
        for review in reviews
        if review.counts
        for asked in review.recommendations
    )


def follow_through_report(
    cases: Sequence[AdviceCase], choice: ReportChoice, *, today: date, done_days: int
) -> FollowThroughReport:
    """Count the advice of a period. Kinds and owners stand in their order, people by name."""
    first, last = choice.period()
    counts = _Counting(today, done_days)
    groups = defaultdict(list)
    for case in cases:
        groups[_group(case, choice.grouping)].append(case)
    lines = tuple(
        counts.line(name, groups[name]) for name in _in_order(groups.keys(), choice.grouping)
    )
    total = counts.line("All", cases)
    return FollowThroughReport(first, last, choice.grouping, lines, total, today, done_days)


def _group(case: AdviceCase, grouping: Grouping) -> str:
    if grouping is Grouping.KIND:
        return case.asked.kind.value
    if grouping is Grouping.OWNER:
        return case.asked.owner.value
    return case.practitioner or NO_PRACTITIONER


def _in_order(found: AbstractSet[str], grouping: Grouping) -> list[str]:
    if grouping is Grouping.PRACTITIONER:
        return sorted(found, key=lambda name: (name == NO_PRACTITIONER, name))
    members = RecommendationKind if grouping is Grouping.KIND else RecommendationOwner
    return [member.value for member in members if member.value in found]


@dataclass(frozen=True, slots=True)
class _Counting:
    today: date
    done_days: int

    def line(self, name: str, cases: Sequence[AdviceCase]) -> ReportLine:
        statuses = [_answer(case.asked) for case in cases]
        return ReportLine(
            name=name,
            issued=len(cases),
            sent=_share(_sent_same_day(case, self.today) for case in cases),
            answered=_share(_answered_in_time(case, self.today) for case in cases),
            accepted=statuses.count(_S.ACCEPTED),
            modified=statuses.count(_S.MODIFIED),
            declined=statuses.count(_S.DECLINED),
            done=_share(self._done_in_time(case) for case in cases),
            lower=_share(case.effect.points < 0 if case.effect else None for case in cases),
        )

    def _done_in_time(self, case: AdviceCase) -> bool | None:
        asked = case.asked
        if not asked.kind.awaits_action or asked.status is _S.DECLINED:
            return None
        done_on = asked.steps[-1].noted_on if asked.status is _S.DONE else None
        return _in_time(case.reviewed_on, done_on, days=self.done_days, today=self.today)


def _answer(asked: Recommendation) -> RecommendationStatus | None:
    """Give the answer that holds: a later one takes the place of an earlier."""
    said = [step.status for step in asked.steps if step.status in ANSWERS]
    return said[-1] if said else None


def _sent_same_day(case: AdviceCase, today: date) -> bool | None:
    if not asks_practitioner(case.asked):
        return None
    return _in_time(case.reviewed_on, sent_on(case.asked), days=0, today=today)


def _answered_in_time(case: AdviceCase, today: date) -> bool | None:
    if not awaits_answer(case.asked):
        return None
    since = sent_on(case.asked) or case.reviewed_on
    return _in_time(since, answered_on(case.asked), days=ANSWER_DAYS, today=today)


def _in_time(since: date, done_on: date | None, *, days: int, today: date) -> bool | None:
    """Tell whether it was done within the days; None while there is still time for it."""
    if done_on is not None:
        return (done_on - since).days <= days
    return None if (today - since).days <= days else False


def _share(found: Iterable[bool | None]) -> Share:
    told = [each for each in found if each is not None]
    return Share(sum(told), len(told))
