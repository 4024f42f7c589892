"""What the case reviews of the sample clinic recommended, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from cocm_desktop.actions.recommendation_letter import (
    compose_letter,
    send_recommendation_letter,
)
from cocm_desktop.actions.review_record import (
    answer_recommendation,
    finish_recommendation,
    record_review,
    send_recommendation,
)
from cocm_desktop.actions.sample.calendar import next_working_day, working_day
from cocm_desktop.actions.sample.ids import sample_id
from cocm_desktop.actions.sample.pen import Pen, Sitting
from cocm_desktop.actions.workspace import Workspace
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
from cocm_desktop.domain.ids import CaseReviewId, LetterId, RecommendationId
from cocm_desktop.domain.letter import SendingDraft, SendingWay
from cocm_desktop.domain.recommendation_letter import LetterChoice
from cocm_desktop.domain.staff import StaffMember

# Most advice is answered and done within two weeks; now and then nobody gets to it.
_S = RecommendationStatus
FATES: tuple[tuple[int, tuple[RecommendationStatus, ...]], ...] = (
    (74, (_S.ACCEPTED, _S.DONE)),
    (5, (_S.SENT, _S.ACCEPTED, _S.DONE)),
    (5, (_S.MODIFIED, _S.DONE)),
    (4, (_S.DECLINED,)),
    (3, (_S.ACCEPTED, _S.NOT_DONE)),
    (2, (_S.MODIFIED,)),
    (7, ()),
)
WHY = {
    _S.MODIFIED: "Half the step first, because of nausea",
    _S.DECLINED: "The patient would rather wait",
    _S.NOT_DONE: "Visit canceled, not made again",
}
LETTERS_FOR = timedelta(weeks=4)
LATELY = timedelta(days=11)
CHANCE_UNSENT_LATELY, CHANCE_UNANSWERED_LATELY = 0.35, 0.7
UNTIL_WRITTEN = timedelta(minutes=5)
WAYS = (SendingWay.EHR, SendingWay.EHR, SendingWay.FAX, SendingWay.BY_HAND)
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
LOOKED_AT = {
    RecommendationKind.LAB: "Results of the last blood draw",
    RecommendationKind.DIAGNOSIS: "The practitioner's last two notes",
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
            documents=LOOKED_AT.get(kind, ""),
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
            steps = self._fate(draft, at)
            self._act(recommended, day, steps)

    def _fate(self, draft: ReviewDraft, at: datetime) -> tuple[RecommendationStatus, ...]:
        """Give what became of the advice; what asks the practitioner goes out the same day."""
        [given] = draft.recommendations
        random = Random(f"fate {given.id}")  # noqa: S311  a story, not a secret
        [fate] = random.choices([steps for _, steps in FATES], [share for share, _ in FATES])
        day = draft.reviewed_on or self.until
        if given.owner is RecommendationOwner.CARE_MANAGER:
            return fate
        rest = tuple(status for status in fate if status is not _S.SENT)
        if self.until - day > LETTERS_FOR:
            return (_S.SENT, *(rest or (_S.ACCEPTED, _S.DONE)))
        is_late, chance = self.until - day <= LATELY, random.random()
        if is_late and chance < CHANCE_UNSENT_LATELY:
            return ()
        letter_id = LetterId(sample_id(f"{draft.id} letter", day))
        way = random.choice(WAYS)
        deed = partial(_send_letter, review_id=draft.id, letter_id=letter_id, way=way)
        self.pen.book.write(at + UNTIL_WRITTEN, self.pen.care_manager, deed)
        return () if is_late and chance < CHANCE_UNANSWERED_LATELY else rest

    def _act(
        self, recommended: RecommendationId, day: date, fate: Sequence[RecommendationStatus]
    ) -> None:
        """Write what became of it: sent the same day, answered the next, done within two weeks."""
        random = Random(f"advice {recommended}")  # noqa: S311  a story, not a secret
        answered_on = next_working_day(day)
        ended_on = working_day(day + timedelta(days=random.randint(*DAYS_UNTIL_DONE)))
        days = {_S.SENT: day, _S.DONE: max(ended_on, answered_on)}
        days[_S.NOT_DONE] = days[_S.DONE]
        for number, status in enumerate(fate):
            noted_on = days.get(status, answered_on)
            if noted_on > self.until:
                return
            draft = StepDraft(recommended, status, noted_on, WHY.get(status, ""))
            at = self.pen.book.at(noted_on, 16, 20 + number)
            self.pen.book.write(at, self.pen.care_manager, partial(DEEDS[status], draft=draft))


def _send_letter(
    workspace: Workspace, *, review_id: CaseReviewId, letter_id: LetterId, way: SendingWay
) -> None:
    draft = compose_letter(workspace, review_id, LetterChoice())
    sending = SendingDraft(workspace.today(), way)
    send_recommendation_letter(workspace, replace(draft, id=letter_id), sending)


DEEDS = {
    _S.SENT: send_recommendation,
    **dict.fromkeys(ANSWERS, answer_recommendation),
    **dict.fromkeys(ENDS, finish_recommendation),
}
