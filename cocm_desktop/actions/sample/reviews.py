"""What the case reviews of the sample clinic recommended, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from random import Random

from cocm_desktop.actions.review_record import (
    answer_recommendation,
    finish_recommendation,
    record_review,
)
from cocm_desktop.actions.sample.calendar import next_working_day, working_day
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.pen import Pen, Sitting
from cocm_desktop.domain.case_review import (
    RecommendationDraft,
    RecommendationKind,
    RecommendationOwner,
    RecommendationStatus,
    ReviewDraft,
    StepDraft,
)
from cocm_desktop.domain.ids import CaseReviewId, RecommendationId
from cocm_desktop.domain.staff import StaffMember

# Most advice is answered and done within two weeks; now and then nobody gets to it.
CHANCE_ACTED_ON = 0.85
DAYS_UNTIL_DONE = (4, 12)
ADVICE = {
    "continue, score again in two weeks": RecommendationKind.CONTINUE,
    "raise the dose if the next score is not lower": RecommendationKind.DOSE,
    "look at sleep first, then the dose": RecommendationKind.THERAPY,
    "no change; keep up activation": RecommendationKind.CONTINUE,
    "ask about alcohol and pain before changing the drug": RecommendationKind.DIAGNOSIS,
}


@dataclass(frozen=True, slots=True)
class ReviewPen:
    """Writes a review in the care manager's name, and what became of its recommendation."""

    pen: Pen
    consultant: StaffMember
    until: date

    def write(self, sitting: Sitting, note: str) -> None:
        """Write the review whose note in the time sheet ends with the advice."""
        pen, day = self.pen, sitting.day
        advice = note.partition(": ")[2].rstrip(".")
        kind = ADVICE[advice]
        recommended = RecommendationId(sample_id(f"{pen.episode_id} advice", day))
        owner = RecommendationOwner.CARE_MANAGER
        if kind is RecommendationKind.DOSE:
            owner = RecommendationOwner.PRACTITIONER
        draft = ReviewDraft(
            id=CaseReviewId(sample_id(f"{pen.episode_id} review", day)),
            episode_id=pen.episode_id,
            consultant_id=self.consultant.id,
            reviewed_on=day,
            minutes=sitting.minutes,
            recommendations=(
                RecommendationDraft(
                    f"{advice[:1].upper()}{advice[1:]}.", kind, owner, id=recommended
                ),
            ),
        )
        at = pen.book.after(day, sitting.start, sitting.minutes)
        pen.book.write(at, pen.care_manager, partial(record_review, draft=draft))
        if kind.awaits_action:
            self._act(recommended, day)

    def _act(self, recommended: RecommendationId, day: date) -> None:
        random = Random(f"advice {recommended}")  # noqa: S311  a story, not a secret
        answered_on = next_working_day(day)
        done_on = working_day(day + timedelta(days=random.randint(*DAYS_UNTIL_DONE)))
        done_on = max(done_on, answered_on)
        if answered_on > self.until or random.random() > CHANCE_ACTED_ON:
            return
        book, who = self.pen.book, self.pen.care_manager
        accepted = StepDraft(recommended, RecommendationStatus.ACCEPTED, answered_on)
        deed = partial(answer_recommendation, draft=accepted)
        book.write(book.at(answered_on, 12, 20), who, deed)
        if done_on <= self.until:
            done = StepDraft(recommended, RecommendationStatus.DONE, done_on)
            deed = partial(finish_recommendation, draft=done)
            book.write(book.at(done_on, 16, 40), who, deed)
