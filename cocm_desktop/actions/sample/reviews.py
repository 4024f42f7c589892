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
    send_recommendation,
)
from cocm_desktop.actions.sample.calendar import next_working_day, working_day
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.pen import Pen, Sitting
from cocm_desktop.domain.case_review import (
    ANSWERS,
    ENDS,
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
_S = RecommendationStatus
FATES: tuple[tuple[int, tuple[RecommendationStatus, ...]], ...] = (
    (74, (_S.ACCEPTED, _S.DONE)),
    (5, (_S.SENT, _S.ACCEPTED, _S.DONE)),
    (5, (_S.MODIFIED, _S.DONE)),
    (4, (_S.DECLINED,)),
    (3, (_S.ACCEPTED, _S.NOT_DONE)),
    (2, (_S.SENT,)),
    (7, ()),
)
WHY = {
    _S.MODIFIED: "Half the step first, because of nausea",
    _S.DECLINED: "The patient would rather wait",
    _S.NOT_DONE: "Visit canceled, not made again",
}
CHANCE_UNDISCUSSED = 0.02
DAYS_UNTIL_DONE = (4, 12)
ADVICE = {
    "continue, score again in two weeks": RecommendationKind.CONTINUE,
    "raise the dose if the next score is not lower": RecommendationKind.DOSE,
    "look at sleep first, then the dose": RecommendationKind.THERAPY,
    "no change; keep up activation": RecommendationKind.CONTINUE,
    "go on, the dose needs two more weeks": RecommendationKind.CONTINUE,
    "keep the plan, calls every other week": RecommendationKind.CONTINUE,
    "ask about alcohol and pain before changing the drug": RecommendationKind.DIAGNOSIS,
    "add bupropion, blood pressure first": RecommendationKind.MEDICATION,
    "check TSH and B12 with the next blood draw": RecommendationKind.LAB,
    "repeat the sleep scale at the next call": RecommendationKind.MEASURE,
    "visit with the practitioner within two weeks": RecommendationKind.VISIT,
}
RECHECK_AFTER = {
    RecommendationKind.LAB: timedelta(weeks=2),
    RecommendationKind.MEASURE: timedelta(weeks=1),
    RecommendationKind.DIAGNOSIS: timedelta(weeks=3),
}
OF_PRACTITIONER = frozenset(
    {RecommendationKind.DOSE, RecommendationKind.MEDICATION, RecommendationKind.LAB}
)


@dataclass(frozen=True, slots=True)
class ReviewPen:
    """Writes a review in the care manager's name, and what became of its recommendation.

    `until` is the last day of which the story can tell.
    """

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
        if kind in OF_PRACTITIONER:
            owner = RecommendationOwner.PRACTITIONER
        draft = ReviewDraft(
            id=CaseReviewId(sample_id(f"{pen.episode_id} review", day)),
            episode_id=pen.episode_id,
            consultant_id=self.consultant.id,
            reviewed_on=day,
            minutes=sitting.minutes,
            recommendations=(
                RecommendationDraft(
                    f"{advice[:1].upper()}{advice[1:]}.",
                    kind,
                    owner,
                    id=recommended,
                    recheck_on=day + RECHECK_AFTER[kind] if kind in RECHECK_AFTER else None,
                ),
            ),
        )
        at = pen.book.after(day, sitting.start, sitting.minutes)
        pen.book.write(at, pen.care_manager, partial(record_review, draft=draft))
        if kind.awaits_action:
            self._act(recommended, day)

    def _act(self, recommended: RecommendationId, day: date) -> None:
        """Write what became of it: sent the same day, answered the next, done within two weeks."""
        random = Random(f"advice {recommended}")  # noqa: S311  a story, not a secret
        answered_on = next_working_day(day)
        ended_on = working_day(day + timedelta(days=random.randint(*DAYS_UNTIL_DONE)))
        days = {_S.SENT: day, _S.DONE: max(ended_on, answered_on)}
        days[_S.NOT_DONE] = days[_S.DONE]
        [fate] = random.choices([steps for _, steps in FATES], [share for share, _ in FATES])
        for number, status in enumerate(fate):
            noted_on = days.get(status, answered_on)
            if noted_on > self.until:
                return
            draft = StepDraft(recommended, status, noted_on, WHY.get(status, ""))
            at = self.pen.book.at(noted_on, 16, 20 + number)
            self.pen.book.write(at, self.pen.care_manager, partial(DEEDS[status], draft=draft))


DEEDS = {
    _S.SENT: send_recommendation,
    **dict.fromkeys(ANSWERS, answer_recommendation),
    **dict.fromkeys(ENDS, finish_recommendation),
}
