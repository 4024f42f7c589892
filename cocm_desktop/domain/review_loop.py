"""The loop after a review: letters to send, answers to wait for, actions to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from cocm_desktop.domain.case_review import (
    ANSWERS,
    ENDS,
    CaseReview,
    Recommendation,
    RecommendationOwner,
    RecommendationStatus,
)
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.letter import Letter
from cocm_desktop.domain.open_recommendation import OpenRecommendation
from cocm_desktop.domain.wording import count_of, long_date

# Source: clinical rules 3.1 and 3.5: advice reaches the practitioner on the day of the review, and
# an answer is looked for after three days.
ANSWER_DAYS = 3
# Advice to go on as before is told within two weeks or not at all: then the next review is near.
TELLING_DAYS = 14


class LoopList(Enum):
    """What is waited for, in the order in which a piece of advice goes through them."""

    TO_SEND = "Letters to send"
    TO_ANSWER = "Answers awaited"
    TO_DO = "Actions overdue"


@dataclass(frozen=True, slots=True)
class LoopCase:
    """A review with its letters, and whom it concerns. `practitioner` may be empty."""

    review: CaseReview
    letters: tuple[Letter, ...]
    patient_id: PatientId
    name: str
    mrn: str
    born_on: date
    practitioner: str
    practitioner_id: StaffId | None
    care_manager: str
    care_manager_id: StaffId


@dataclass(frozen=True, slots=True)
class LoopLine:
    """One thing to see to: of a whole review where a letter goes, of its open advice otherwise."""

    of: LoopList
    case: LoopCase
    asked: tuple[Recommendation, ...]
    due_on: date
    today: date

    @property
    def key(self) -> str:
        return f"{self.of.name} {self.case.review.id} {self.asked[0].id}"

    @property
    def episode_id(self) -> EpisodeId:
        return self.case.review.episode_id

    @property
    def letter(self) -> Letter | None:
        """The newest letter about the review."""
        return self.case.letters[-1] if self.case.letters else None

    @property
    def is_late(self) -> bool:
        return self.due_on < self.today

    @property
    def days_late(self) -> int:
        return max(0, (self.today - self.due_on).days)

    @property
    def words(self) -> str:
        """What is recommended, the first of it in full."""
        more = len(self.asked) - 1
        first = " ".join(self.asked[0].words.split())
        return f"{first} (and {more} more)" if more else first

    @property
    def why(self) -> str:
        """Say since when it waits, and for what."""
        reviewed = f"Reviewed {long_date(self.case.review.reviewed_on)}"
        if self.of is LoopList.TO_SEND:
            written = "letter written, not sent" if self.letter else "no letter yet"
            return f"{reviewed}, {written}"
        asked = self.asked[0]
        if self.of is LoopList.TO_ANSWER:
            return f"{reviewed}, sent {long_date(asked.noted_since(self.case.review.reviewed_on))}"
        stands = asked.status.value.lower()
        return f"{reviewed}, {stands}, to be done by {long_date(self.due_on)}"


@dataclass(frozen=True, slots=True)
class ReviewLoop:
    """What waits, of everybody or of one care manager, as of a day."""

    lines: tuple[LoopLine, ...]
    today: date

    def of(self, wanted: LoopList) -> tuple[LoopLine, ...]:
        return tuple(line for line in self.lines if line.of is wanted)

    def late(self, wanted: LoopList) -> int:
        return sum(line.is_late for line in self.of(wanted))

    @property
    def words(self) -> str:
        """Say it in a line: 2 letters to send, 3 answers late, 1 action overdue."""
        send, late = len(self.of(LoopList.TO_SEND)), self.late(LoopList.TO_ANSWER)
        parts = (
            f"{count_of(send, 'letter')} to send" if send else "",
            f"{count_of(late, 'answer')} late" if late else "",
            f"{count_of(len(self.of(LoopList.TO_DO)), 'action')} overdue"
            if self.of(LoopList.TO_DO)
            else "",
        )
        return ", ".join(filter(None, parts)) or "Nothing waits"


def review_loop(cases: Iterable[LoopCase], *, today: date, follow_through_days: int) -> ReviewLoop:
    """Sort what is open into the lists; the one that has waited longest stands first."""
    lines: list[LoopLine] = []
    for case in cases:
        if case.review.counts:
            lines += _to_send(case, today)
            lines += _to_answer(case, today)
            lines += _to_do(case, today, follow_through_days)
    places = {each: place for place, each in enumerate(LoopList)}
    lines.sort(key=lambda line: (places[line.of], line.due_on, line.case.name, line.key))
    return ReviewLoop(tuple(lines), today)


def answer_due_on(sent_on: date) -> date:
    return sent_on + timedelta(days=ANSWER_DAYS)


def asks_practitioner(asked: Recommendation) -> bool:
    return asked.owner is not RecommendationOwner.CARE_MANAGER


def awaits_answer(asked: Recommendation) -> bool:
    """Whether the practitioner is asked to decide: going on as before needs no answer."""
    return asks_practitioner(asked) and asked.kind.awaits_action


def sent_on(asked: Recommendation) -> date | None:
    """Give the day on which it was sent first; a letter that was withdrawn was not sent."""
    first: date | None = None
    for step in asked.steps:
        if step.status is RecommendationStatus.OPEN:
            first = None
        elif step.status is RecommendationStatus.SENT and first is None:
            first = step.noted_on
    return first


def answered_on(asked: Recommendation) -> date | None:
    """Give the day of the first answer; what was done without a word was agreed to by then."""
    said = (s.noted_on for s in asked.steps if s.status in (*ANSWERS, *ENDS))
    return next(said, None)


def _to_send(case: LoopCase, today: date) -> Iterator[LoopLine]:
    """Ask for a letter on the day of the review, until it was sent or its advice answered."""
    reviewed_on = case.review.reviewed_on
    recent = (today - reviewed_on).days <= TELLING_DAYS
    unsent = tuple(
        each
        for each in case.review.recommendations
        if asks_practitioner(each)
        and each.status is RecommendationStatus.OPEN
        and (each.kind.awaits_action or recent)
    )
    if unsent:
        yield LoopLine(LoopList.TO_SEND, case, unsent, reviewed_on, today)


def _to_answer(case: LoopCase, today: date) -> Iterator[LoopLine]:
    waiting = tuple(
        each
        for each in case.review.recommendations
        if awaits_answer(each) and each.status is RecommendationStatus.SENT
    )
    if waiting:
        first = min(each.steps[-1].noted_on for each in waiting)
        yield LoopLine(LoopList.TO_ANSWER, case, waiting, answer_due_on(first), today)


def _to_do(case: LoopCase, today: date, days: int) -> Iterator[LoopLine]:
    for each in case.review.recommendations:
        due_on = OpenRecommendation(case.review.reviewed_on, each.due_on).to_be_done_by(days)
        if each.awaits_action and due_on < today:
            yield LoopLine(LoopList.TO_DO, case, (each,), due_on, today)
