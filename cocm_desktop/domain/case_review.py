"""What was said of one patient at a caseload review, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from cocm_desktop.domain.ids import (
    CaseReviewId,
    EpisodeId,
    RecommendationId,
    ReviewMeetingId,
    StaffId,
    new_id,
)
from cocm_desktop.domain.text import says_something
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST_WORDS = 1_000
LONGEST_REASON = 200
LONGEST_DOCUMENTS = 400
LONGEST_MINUTES = 240
LATEST_RECHECK_WEEKS = 52


class ReviewMode(Enum):
    """How consultant and care manager met. Source: AIMS: weekly, in person or at a distance."""

    IN_PERSON = "In person"
    VIDEO = "Video"
    PHONE = "Phone"


class RecommendationKind(Enum):
    """Source: SCOPE's review form, with the metric of NYS OMH: going on is a recommendation too."""

    MEDICATION = "Medication"
    DOSE = "Dose change"
    THERAPY = "Brief intervention or therapy"
    LAB = "Laboratory or monitoring"
    MEASURE = "Another measure"
    SAFETY = "Safety step"
    REFERRAL = "Referral"
    VISIT = "Visit with the practitioner or a consultation"
    DIAGNOSIS = "Diagnosis"
    CONTINUE = "Continue as is"
    STEP_DOWN = "Step down"

    @property
    def changes_plan(self) -> bool:
        """Whether treatment is another one once this is accepted: the plateau counts anew."""
        return self in CHANGES_PLAN

    @property
    def awaits_action(self) -> bool:
        """Going on as before leaves nothing to be done."""
        return self is not RecommendationKind.CONTINUE


CHANGES_PLAN = frozenset(
    {
        RecommendationKind.MEDICATION,
        RecommendationKind.DOSE,
        RecommendationKind.THERAPY,
        RecommendationKind.REFERRAL,
    }
)


class RecommendationOwner(Enum):
    """Who is asked to act."""

    PRACTITIONER = "Treating practitioner"
    CARE_MANAGER = "Care manager"
    BOTH = "Both"


_BOTH = RecommendationOwner.BOTH


class RecommendationUrgency(Enum):
    TODAY = "Today"
    THIS_WEEK = "This week"
    ROUTINE = "Routine"


class RecommendationStatus(Enum):
    """Where a recommendation stands. It is advice: the practitioner accepts or declines it."""

    OPEN = "Open"
    SENT = "Sent"
    ACCEPTED = "Accepted"
    MODIFIED = "Accepted with changes"
    DECLINED = "Declined"
    DONE = "Done"
    NOT_DONE = "Not done"

    @property
    def is_resolved(self) -> bool:
        """Whether nothing is left to be done about it."""
        return self in RESOLVED

    @property
    def next_ones(self) -> tuple[RecommendationStatus, ...]:
        """Where it may go from here; what is resolved may still be set right."""
        return NEXT[self]


_S = RecommendationStatus
RESOLVED = frozenset({_S.DECLINED, _S.DONE, _S.NOT_DONE})
UNRESOLVED = tuple(status for status in RecommendationStatus if status not in RESOLVED)
ANSWERS = (_S.ACCEPTED, _S.MODIFIED, _S.DECLINED)
AGREED = (_S.ACCEPTED, _S.MODIFIED)
ENDS = (_S.DONE, _S.NOT_DONE)
NEXT: dict[RecommendationStatus, tuple[RecommendationStatus, ...]] = {
    _S.OPEN: (_S.SENT, *ANSWERS, *ENDS),
    _S.SENT: (*ANSWERS, *ENDS),
    _S.ACCEPTED: (_S.MODIFIED, _S.DECLINED, *ENDS),
    _S.MODIFIED: (_S.ACCEPTED, _S.DECLINED, *ENDS),
    _S.DECLINED: AGREED,
    _S.DONE: (_S.NOT_DONE,),
    _S.NOT_DONE: (_S.DONE,),
}
NEEDS_REASON = frozenset({_S.MODIFIED, _S.DECLINED, _S.NOT_DONE})


@dataclass(frozen=True, slots=True)
class Step:
    """What became of a recommendation by a day. `by` recorded it."""

    status: RecommendationStatus
    noted_on: date
    by: StaffId
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    id: RecommendationId
    review_id: CaseReviewId
    kind: RecommendationKind
    words: str
    owner: RecommendationOwner
    urgency: RecommendationUrgency
    due_on: date | None = None
    steps: tuple[Step, ...] = ()
    recheck_on: date | None = None

    @property
    def status(self) -> RecommendationStatus:
        return self.steps[-1].status if self.steps else RecommendationStatus.OPEN

    @property
    def awaits_action(self) -> bool:
        return self.kind.awaits_action and not self.status.is_resolved

    @property
    def about(self) -> str:
        """Say what kind it is, who acts, how soon and by when."""
        parts = (
            self.kind.value,
            self.owner.value.lower() + (" act" if self.owner is _BOTH else " acts"),
            self.urgency.value.lower(),
            f"due {long_date(self.due_on)}" if self.due_on else "",
            f"recheck {long_date(self.recheck_on)}" if self.recheck_on else "",
        )
        return " · ".join(filter(None, parts))

    def noted_since(self, reviewed_on: date) -> date:
        """Give the day of the last step, or of the review."""
        return self.steps[-1].noted_on if self.steps else reviewed_on


@dataclass(frozen=True, slots=True)
class CaseReview:
    """One patient at one caseload review. Time is in seconds, like all time."""

    id: CaseReviewId
    episode_id: EpisodeId
    consultant_id: StaffId
    reviewed_on: date
    discussed: bool
    seconds: int
    impression: str
    recommendations: tuple[Recommendation, ...] = ()
    mode: ReviewMode = ReviewMode.VIDEO
    meeting_id: ReviewMeetingId | None = None
    documents: str = ""
    next_review_on: date | None = None

    @property
    def counts(self) -> bool:
        """Whether this was a review: discussed, with a recommendation. Source: NYS OMH, metric 8.

        The consultant's presence alone is none.
        """
        return self.discussed and any(says_something(r.words) for r in self.recommendations)


def later_problems(
    field_name: str, day: date | None, reviewed_on: date | None, *, what: str
) -> Iterator[Problem]:
    """Refuse a day that is not after the review, or so late that it was mistyped."""
    if day is None or reviewed_on is None:
        return
    if day <= reviewed_on:
        yield Problem(field_name, f"{what} must be after the day of the review.")
    elif day - reviewed_on > timedelta(weeks=LATEST_RECHECK_WEEKS):
        words = f"{what} is at most {LATEST_RECHECK_WEEKS} weeks after the review."
        yield Problem(field_name, words)


def recheck_day(reviewed_on: date, weeks: int) -> date:
    return reviewed_on + timedelta(weeks=weeks)


@dataclass(frozen=True, slots=True)
class RecommendationDraft:
    """What was typed of one recommendation; one without words is none.

    `recheck_on` is the day from which the patient is to come before the consultant again.
    """

    words: str
    kind: RecommendationKind | None = None
    owner: RecommendationOwner = RecommendationOwner.PRACTITIONER
    urgency: RecommendationUrgency = RecommendationUrgency.ROUTINE
    due_on: date | None = None
    recheck_on: date | None = None
    id: RecommendationId = field(default_factory=lambda: RecommendationId(new_id()))

    @property
    def is_blank(self) -> bool:
        return not says_something(self.words)

    def problems(self, *, reviewed_on: date | None) -> Iterator[Problem]:
        if self.kind is None:
            yield Problem("kind", f"Choose what kind of recommendation this is: {self.words[:40]}")
        if len(self.words) > LONGEST_WORDS:
            yield Problem("words", f"A recommendation has at most {LONGEST_WORDS} characters.")
        if self.due_on and reviewed_on and self.due_on < reviewed_on:
            yield Problem("due_on", "A recommendation cannot be due before the review.")
        yield from later_problems("recheck_on", self.recheck_on, reviewed_on, what="A recheck")


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """What was typed about one patient at a caseload review.

    `documents` names what the consultant looked at. `next_review_on` is when the patient is to be
    reviewed again, whatever the usual interval. `meeting_id` is None outside a planned meeting.
    """

    episode_id: EpisodeId
    consultant_id: StaffId | None
    reviewed_on: date | None
    recommendations: tuple[RecommendationDraft, ...] = ()
    discussed: bool = True
    minutes: int = 0
    impression: str = ""
    mode: ReviewMode = ReviewMode.VIDEO
    documents: str = ""
    next_review_on: date | None = None
    meeting_id: ReviewMeetingId | None = None
    id: CaseReviewId = field(default_factory=lambda: CaseReviewId(new_id()))

    @property
    def given(self) -> tuple[RecommendationDraft, ...]:
        """The recommendations with words."""
        return tuple(draft for draft in self.recommendations if not draft.is_blank)

    def problems(self, *, today: date, started_on: date | None) -> Iterator[Problem]:
        """Name what is wrong; `started_on` is the first day of the episode."""
        if self.consultant_id is None:
            yield Problem("consultant_id", "Choose the psychiatric consultant.")
        if self.reviewed_on is None:
            yield Problem("reviewed_on", "Type the day of the review.")
        elif self.reviewed_on > today:
            yield Problem("reviewed_on", "A review cannot be dated in the future.")
        elif started_on and self.reviewed_on < started_on:
            yield Problem("reviewed_on", f"The episode began on {long_date(started_on)}.")
        if not 0 <= self.minutes <= LONGEST_MINUTES:
            yield Problem("minutes", f"Type 0 to {LONGEST_MINUTES} minutes.")
        if len(self.impression) > LONGEST_WORDS:
            yield Problem("impression", f"An impression has at most {LONGEST_WORDS} characters.")
        if len(self.documents) > LONGEST_DOCUMENTS:
            words = f"Documents reviewed have at most {LONGEST_DOCUMENTS} characters."
            yield Problem("documents", words)
        yield from later_problems(
            "next_review_on", self.next_review_on, self.reviewed_on, what="The next review"
        )
        yield from self._recommendation_problems()

    def _recommendation_problems(self) -> Iterator[Problem]:
        if self.discussed and not self.given:
            words = "A review counts only with a recommendation; to continue as is is one."
            yield Problem("recommendations", words)
        if not self.discussed and self.given:
            words = "A patient who was not discussed has no recommendation."
            yield Problem("recommendations", words)
        for draft in self.given:
            yield from draft.problems(reviewed_on=self.reviewed_on)

    def accept(self, *, today: date, started_on: date | None) -> CaseReview:
        """Give the review, or raise Refused with every problem at once."""
        problems = tuple(self.problems(today=today, started_on=started_on))
        if problems or self.consultant_id is None or self.reviewed_on is None:
            raise Refused(*problems)
        return CaseReview(
            id=self.id,
            episode_id=self.episode_id,
            consultant_id=self.consultant_id,
            reviewed_on=self.reviewed_on,
            discussed=self.discussed,
            seconds=self.minutes * 60,
            impression=self.impression.strip(),
            mode=self.mode,
            documents=self.documents.strip(),
            next_review_on=self.next_review_on,
            meeting_id=self.meeting_id,
            recommendations=tuple(
                Recommendation(
                    id=draft.id,
                    review_id=self.id,
                    kind=draft.kind,
                    words=draft.words.strip(),
                    owner=draft.owner,
                    urgency=draft.urgency,
                    due_on=draft.due_on,
                    recheck_on=draft.recheck_on,
                )
                for draft in self.given
                if draft.kind is not None
            ),
        )


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What was typed about what became of a recommendation."""

    recommendation_id: RecommendationId
    status: RecommendationStatus
    noted_on: date | None
    reason: str = ""

    def problems(
        self, recommendation: Recommendation, *, reviewed_on: date, today: date
    ) -> Iterator[Problem]:
        if self.status not in recommendation.status.next_ones:
            now, then = recommendation.status.value, self.status.value
            words = f"A recommendation that is {now.lower()} cannot become {then.lower()}."
            yield Problem("status", words)
        if self.noted_on is None:
            yield Problem("noted_on", "Type the day.")
        elif self.noted_on > today:
            yield Problem("noted_on", "The day lies in the future.")
        elif self.noted_on < recommendation.noted_since(reviewed_on):
            since = recommendation.noted_since(reviewed_on)
            yield Problem("noted_on", f"The last step was on {long_date(since)}.")
        if self.status in NEEDS_REASON and not says_something(self.reason):
            yield Problem("reason", "Say why, in a few words.")
        if len(self.reason) > LONGEST_REASON:
            yield Problem("reason", f"A reason has at most {LONGEST_REASON} characters.")

    def accept(
        self, recommendation: Recommendation, *, reviewed_on: date, today: date, by: StaffId
    ) -> Step:
        problems = tuple(self.problems(recommendation, reviewed_on=reviewed_on, today=today))
        if problems or self.noted_on is None:
            raise Refused(*problems)
        return Step(self.status, self.noted_on, by, self.reason.strip())
