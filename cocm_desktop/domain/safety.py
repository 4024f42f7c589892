"""What a positive critical answer opens, or a clinician by hand, and how long it stays open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum

from cocm_desktop.domain.ids import EpisodeId, MeasureId, SafetyTaskId, StaffId, new_id
from cocm_desktop.domain.instrument import Instrument, InstrumentId
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.safety_age import age_words, days_open, is_escalated
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

FRONT_DESK_WORDS = "Bring this patient to a clinician now."
NO_RISK_WORDS = "A 0 on this item does not rule out risk."
FOLLOW_WORDS = "Follow the practice's safety protocol today."
BY_HAND_WORDS = (
    "follow the practice's safety protocol today, and open a safety task by hand "
    "(“Open a safety task” in the patient's menu, or the command: safety open)."
)
SCREENER = InstrumentId("C-SSRS")
LONGEST_REASON = 500
LONGEST_NAME = 120
LONGEST_STATEMENT = 2_000
WORDS_WHEN_EMPTY = {
    "assessed": "Say what was assessed, and how.",
    "action": "Choose what was done, or say it.",
    "told": "Say who was told, or that nobody had to be.",
}


class SafetyStep(Enum):
    """What was done before a task was closed."""

    HANDED_OVER = "Handed to the PCP or on-call now"
    SAFETY_PLAN = "Safety plan made or reviewed"
    MEANS = "Means safety talked through"
    EMERGENCY = "Emergency contact, 911 or 988"
    RECHECK = "Recheck at the next contact"
    OTHER = "Other, as written"


@dataclass(frozen=True, slots=True)
class PractitionerTold:
    """The treating practitioner was told of a task that is still open."""

    who: str
    at: datetime
    by: StaffId


@dataclass(frozen=True, slots=True)
class SafetyTask:
    """Open until a clinician closes it. The program states the answer, never a level of risk.

    A task that was opened by hand has a `reason`, and neither measure nor answer. `assessment_id`
    is the measure with which the clinician assessed, where it was one.
    """

    id: SafetyTaskId
    episode_id: EpisodeId
    measure_id: MeasureId | None
    instrument: str
    item: int
    answer: int
    answered_on: date
    reason: str = ""
    practitioner_told: PractitionerTold | None = None
    closed_at: datetime | None = None
    closed_by: StaffId | None = None
    closed_on: date | None = None
    assessed_at: datetime | None = None
    assessment_id: MeasureId | None = None
    assessed: str = ""
    steps: tuple[SafetyStep, ...] = ()
    action: str = ""
    told: str = ""
    told_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_by_hand(self) -> bool:
        return self.measure_id is None

    @property
    def what(self) -> str:
        """What opened it, without its day: Answer 2 on PHQ-9 item 9."""
        if self.is_by_hand:
            return f"Safety task opened by hand ({self.reason})"
        return f"Answer {self.answer} on {self.instrument} item {self.item}"

    @property
    def opening_words(self) -> str:
        return f"{self.what} on {long_date(self.answered_on)}"

    @property
    def words(self) -> str:
        """The sentence of the task on the day on which it was opened."""
        return f"{self.opening_words}, not yet closed. {FOLLOW_WORDS}"

    @property
    def action_words(self) -> str:
        """What was done: each step, and then what was written of it."""
        return "; ".join([*(step.value for step in self.steps), *filter(None, [self.action])])

    @property
    def closing_words(self) -> str:
        """What closed it, in a line: the day, what was found, done and who was told."""
        if self.closed_on is None:
            return ""
        parts = (
            f"Closed {long_date(self.closed_on)}",
            f"Assessed: {self.assessed}",
            f"Done: {self.action_words}",
            f"Told: {self.told}",
        )
        return " ".join(f"{part.rstrip('.')}." for part in parts)

    def days_open(self, today: date) -> int:
        return days_open(self.answered_on, today)

    def is_overdue(self, today: date) -> bool:
        """Whether the day of the answer is past and nobody has closed it."""
        return self.is_open and self.days_open(today) > 0

    def is_escalated(self, today: date, *, after_days: int) -> bool:
        """Whether the treating practitioner has to be told: it was open too long."""
        return self.is_open and is_escalated(self.answered_on, today, after_days=after_days)

    def words_on(self, today: date) -> str:
        """Write the sentence of the red bar: on a later day with how long it has been open."""
        if not self.is_overdue(today):
            return self.words
        return f"{self.what}, {age_words(self.answered_on, today)}. {FOLLOW_WORDS}"


def tasks_for(measure: Measure, instrument: Instrument) -> tuple[SafetyTask, ...]:
    """Open one task for each critical item answered at or above its mark, whatever the total.

    An instrument with a triage of its own is read as a whole: one task for the form.
    """
    critical = instrument.score(measure.answers).critical
    if instrument.triage and critical:
        critical = (_gravest(instrument, critical),)
    return tuple(
        SafetyTask(
            id=SafetyTaskId(new_id()),
            episode_id=measure.episode_id,
            measure_id=measure.id,
            instrument=str(instrument.id),
            item=number,
            answer=answer,
            answered_on=measure.taken_on,
        )
        for number, answer in critical
    )


def words_if_refused(
    instrument: Instrument, answers: Sequence[int | None], *, is_clinical: bool
) -> str:
    """Say what to do at once about critical answers of a form that is not stored; "" if none."""
    if instrument.answer_problems(answers):
        return ""
    critical = instrument.score(answers).critical
    if not critical or not is_clinical:
        return FRONT_DESK_WORDS if critical else ""
    said = ", ".join(f"answer {answer} on {instrument.id} item {n}" for n, answer in critical)
    return f"{said[0].upper()}{said[1:]}: {BY_HAND_WORDS}"


def _gravest(instrument: Instrument, critical: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Give the item that alone comes highest in the instrument's published triage."""

    def level(each: tuple[int, int]) -> tuple[int, int]:
        alone = [each[1] if n == each[0] else 0 for n in range(1, len(instrument.items) + 1)]
        result = instrument.triage.of(alone) if instrument.triage else None
        return (result.level if result else 0, each[0])

    return max(critical, key=level)


@dataclass(frozen=True, slots=True)
class SafetyTaskDraft:
    """A clinician opens a task by hand, for what no form has asked."""

    episode_id: EpisodeId
    reason: str
    noticed_on: date | None
    id: SafetyTaskId = field(default_factory=lambda: SafetyTaskId(new_id()))

    def problems(self, *, today: date, born_on: date) -> Iterator[Problem]:
        if not self.reason.strip():
            yield Problem("reason", "Say what was noticed, and by whom.")
        elif len(self.reason) > LONGEST_REASON:
            yield Problem("reason", f"A reason has at most {LONGEST_REASON} characters.")
        if self.noticed_on is None:
            yield Problem("noticed_on", "Type the day on which it was noticed.")
        elif self.noticed_on > today:
            yield Problem("noticed_on", "A safety task cannot be dated in the future.")
        elif self.noticed_on < born_on:
            yield Problem("noticed_on", f"The patient was born on {long_date(born_on)}.")

    def accept(self, *, today: date, born_on: date) -> SafetyTask:
        problems = tuple(self.problems(today=today, born_on=born_on))
        if problems or self.noticed_on is None:
            raise Refused(*problems)
        return SafetyTask(
            id=self.id,
            episode_id=self.episode_id,
            measure_id=None,
            instrument="",
            item=0,
            answer=0,
            answered_on=self.noticed_on,
            reason=" ".join(self.reason.split()),
        )


@dataclass(frozen=True, slots=True)
class PractitionerToldDraft:
    """Who told the treating practitioner of an open task, and when."""

    task_id: SafetyTaskId
    who: str
    told_at: datetime | None

    def problems(self, task: SafetyTask, *, now: datetime) -> Iterator[Problem]:
        if not self.who.strip():
            yield Problem("who", "Type the name of the practitioner who was told.")
        elif len(self.who) > LONGEST_NAME:
            yield Problem("who", f"A name has at most {LONGEST_NAME} characters.")
        if self.told_at is None:
            yield Problem("told_at", "Type when the practitioner was told.")
        else:
            yield from moment_problems("told_at", self.told_at, since=task.answered_on, now=now)


def moment_problems(
    name: str, moment: datetime, *, since: date, now: datetime
) -> Iterator[Problem]:
    """Name a moment before the answer or in the future. Both are on the practice's clock."""
    if moment > now:
        yield Problem(name, "This lies in the future.")
    elif moment.date() < since:
        yield Problem(name, f"This lies before the answer of {long_date(since)}.")


@dataclass(frozen=True, slots=True)
class SafetyClosingDraft:
    """Who closes it is who is signed in. Everything but `told_at` and the measure is needed.

    `assessed_at` None means now. `assessment_id` is the measure that was the assessment.
    """

    task_id: SafetyTaskId
    assessed: str
    action: str
    told: str
    assessed_at: datetime | None = None
    steps: tuple[SafetyStep, ...] = ()
    told_at: datetime | None = None
    assessment_id: MeasureId | None = None

    def problems(self) -> Iterator[Problem]:
        """Name what is missing or too long in the statements."""
        for name, words_when_empty in WORDS_WHEN_EMPTY.items():
            text: str = getattr(self, name)
            if not text.strip() and not self._is_said_otherwise(name):
                yield Problem(name, words_when_empty)
            elif len(text) > LONGEST_STATEMENT:
                yield Problem(name, f"This has at most {LONGEST_STATEMENT:,} characters.")

    def _is_said_otherwise(self, name: str) -> bool:
        """Whether the steps that were ticked say what was done; other steps need words."""
        return name == "action" and bool(self.steps) and SafetyStep.OTHER not in self.steps

    def moment_problems(self, task: SafetyTask, *, now: datetime) -> Iterator[Problem]:
        """Name a moment before the day of the answer or in the future."""
        for name, moment in (("assessed_at", self.assessed_at), ("told_at", self.told_at)):
            if moment is not None:
                yield from moment_problems(name, moment, since=task.answered_on, now=now)

    def accept(self, task: SafetyTask, *, now: datetime) -> SafetyClosingDraft:
        """Give the statement with the moment of the assessment, or raise Refused."""
        if problems := (*self.problems(), *self.moment_problems(task, now=now)):
            raise Refused(*problems)
        return replace(
            self,
            assessed=self.assessed.strip(),
            action=self.action.strip(),
            told=self.told.strip(),
            assessed_at=self.assessed_at or now,
            steps=tuple(step for step in SafetyStep if step in self.steps),
        )
