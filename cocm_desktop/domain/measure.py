"""One completed administration of an instrument, and the score it gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import EpisodeId, MeasureId, StaffId, new_id
from cocm_desktop.domain.instrument import Instrument, InstrumentId, ScoredAnswers
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.text import tidy
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused

LONGEST_LANGUAGE = 60
ALONE_MARK = "*"
ALONE_WORDS = "total only"


class MeasureMode(Enum):
    """How the answers were given."""

    PAPER = "On paper"
    PHONE = "By phone"
    IN_PERSON = "In person"
    VIDEO = "By video"
    TABLET = "On a tablet"
    MESSAGE = "By message"


@dataclass(frozen=True, slots=True)
class Score:
    """A total on a day. `critical` is the highest answer to a critical item, if one was asked.

    A total alone was typed from a form whose answers nobody knows.
    """

    taken_on: date
    total: int
    critical: int | None = None
    is_total_alone: bool = False

    @property
    def marked(self) -> str:
        """The total as it stands in a narrow place: 12, or 12* where only the total is known."""
        return f"{self.total}{ALONE_MARK}" if self.is_total_alone else str(self.total)

    @property
    def alone_words(self) -> str:
        """What the mark means, with a comma before it; nothing where the answers are known."""
        return f", {ALONE_WORDS}" if self.is_total_alone else ""


@dataclass(frozen=True, slots=True)
class Measure:
    """Answers are the truth; total is what the definition named by `version` made of them.

    An incomplete form has no total. `critical` is the highest answer to a critical item, None
    where the instrument has none or it was not answered: not asked is not zero. With `total_only`
    the total was typed from a form, and the answers hold critical items at most. Without
    `administered_by` the patient filled in the form alone. `corrects` is the measure that this
    one takes the place of.
    """

    id: MeasureId
    episode_id: EpisodeId
    instrument_id: InstrumentId
    instrument_version: int
    taken_on: date
    answers: tuple[int | None, ...]
    total: int | None
    critical: int | None
    is_complete: bool
    mode: MeasureMode
    administered_by: StaffId | None
    recorded_by: StaffId
    difficulty: int | None = None
    language: str = ""
    total_only: bool = False
    corrects: MeasureId | None = None

    @property
    def answered(self) -> int:
        return sum(answer is not None for answer in self.answers)

    @property
    def total_words(self) -> str:
        """The total as it stands in a list, and whether it is all that is known."""
        if self.total is None:
            return "no total" if self.is_complete else "incomplete"
        return f"{self.total}, {ALONE_WORDS}" if self.total_only else str(self.total)


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """What a draft is held against: the day, the episode's end, the patient, who records it.

    What is refused tells the answers' total only to whoever may see it.
    """

    today: date
    staff_id: StaffId
    closed_on: date | None = None
    born_on: date | None = None
    sex: Sex | None = None
    sees_scores: bool = True


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """What was typed from a form. `paper_total`, if typed, must agree with the answers.

    With `total_only` the form's total is all there is, but for the answers to critical items.
    Whoever records a measure has given it, unless `administered_by` names another or the patient
    filled it in alone.
    """

    episode_id: EpisodeId
    instrument_id: InstrumentId
    taken_on: date | None
    answers: tuple[int | None, ...] = ()
    mode: MeasureMode = MeasureMode.PAPER
    difficulty: int | None = None
    paper_total: int | None = None
    total_only: int | None = None
    administered_by: StaffId | None = None
    is_self_administered: bool = False
    language: str = ""
    id: MeasureId = field(default_factory=lambda: MeasureId(new_id()))

    def problems(self, instrument: Instrument, facts: MeasureFacts) -> Iterator[Problem]:
        yield from self._day_problems(facts)
        yield from self._answer_problems(instrument, facts)
        allowed = [option.value for option in instrument.difficulty_options]
        if self.difficulty is not None and self.difficulty not in allowed:
            yield Problem("difficulty", "The difficulty question has no such answer.")
        if len(tidy(self.language)) > LONGEST_LANGUAGE:
            words = f"A language has at most {LONGEST_LANGUAGE} characters."
            yield Problem("language", words)

    def _day_problems(self, facts: MeasureFacts) -> Iterator[Problem]:
        if self.taken_on is None:
            yield Problem("taken_on", "Type the date on which the form was answered.")
        elif self.taken_on > facts.today:
            yield Problem("taken_on", "A measure cannot be dated in the future.")
        elif facts.closed_on and self.taken_on > facts.closed_on:
            yield Problem("taken_on", f"The episode closed on {long_date(facts.closed_on)}.")
        elif facts.born_on and self.taken_on < facts.born_on:
            yield Problem("taken_on", f"The patient was born on {long_date(facts.born_on)}.")

    def _answer_problems(self, instrument: Instrument, facts: MeasureFacts) -> Iterator[Problem]:
        answers = self._all_answers(instrument)
        if problems := instrument.answer_problems(answers):
            yield from problems
        elif self.total_only is not None:
            yield from self._total_only_problems(instrument, answers)
        else:
            scored = instrument.score(answers, facts.sex)
            yield from self._scored_problems(scored, sees_scores=facts.sees_scores)

    def _scored_problems(self, scored: ScoredAnswers, *, sees_scores: bool) -> Iterator[Problem]:
        if scored.answered == 0:
            yield Problem("answers", "No item is answered yet.")
        if self.paper_total is not None and self.paper_total != scored.total:
            yield Problem("paper_total", self._mismatch(scored, sees_scores=sees_scores))

    def _mismatch(self, scored: ScoredAnswers, *, sees_scores: bool) -> str:
        if scored.total is None:
            return f"The form says {self.paper_total}, but not every item is answered."
        come_to = f"come to {scored.total}" if sees_scores else "do not come to that"
        return (
            f"The form says {self.paper_total}, the answers {come_to}. "
            "Compare each answer with the paper."
        )

    def _total_only_problems(
        self, instrument: Instrument, answers: tuple[int | None, ...]
    ) -> Iterator[Problem]:
        critical = {item.number for item in instrument.critical_items}
        others = [n for n, a in enumerate(answers, start=1) if a is not None and n not in critical]
        if others:
            words = "With the total alone, only critical items are answered. Type all or none."
            yield Problem("answers", words)
        total, scale = self.total_only, instrument.total
        if scale is None:
            words = f"{instrument.id} has no total. Type its answers."
            yield Problem("total_only", words)
        elif total is None or not scale.can_be(total, answers):
            words = f"{total} is no total that a {instrument.id} can have with these answers."
            yield Problem("total_only", words)
        if self.paper_total is not None and self.paper_total != total:
            yield Problem("paper_total", f"The form says {self.paper_total}, and {total} is typed.")

    def _all_answers(self, instrument: Instrument) -> tuple[int | None, ...]:
        """Give an answer or a blank for each item: a total alone may come without any."""
        if self.total_only is not None and not self.answers:
            return (None,) * len(instrument.items)
        return self.answers

    def accept(self, instrument: Instrument, facts: MeasureFacts) -> Measure:
        """Give the measure, or raise Refused with every problem at once."""
        problems = tuple(self.problems(instrument, facts))
        if problems or self.taken_on is None:
            raise Refused(*problems)
        answers = self._all_answers(instrument)
        scored = instrument.score(answers, facts.sex)
        is_total_only = self.total_only is not None
        giver = None if self.is_self_administered else self.administered_by or facts.staff_id
        return Measure(
            id=self.id,
            episode_id=self.episode_id,
            instrument_id=instrument.id,
            instrument_version=instrument.version,
            taken_on=self.taken_on,
            answers=answers,
            total=self.total_only if is_total_only else scored.total,
            critical=scored.highest_critical,
            is_complete=is_total_only or scored.is_complete,
            mode=self.mode,
            administered_by=giver,
            recorded_by=facts.staff_id,
            difficulty=self.difficulty,
            language=tidy(self.language),
            total_only=is_total_only,
        )
