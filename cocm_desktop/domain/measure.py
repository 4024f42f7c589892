"""One completed administration of an instrument, and the score it gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import EpisodeId, MeasureId, StaffId, new_id
from cocm_desktop.domain.instrument import Instrument, InstrumentId, ScoredAnswers
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused


class MeasureMode(Enum):
    """How the answers were given."""

    PAPER = "On paper"
    PHONE = "By phone"
    IN_PERSON = "In person"
    VIDEO = "By video"


@dataclass(frozen=True, slots=True)
class Score:
    """A total on a day. `critical` is the highest answer to a critical item, if one was asked."""

    taken_on: date
    total: int
    critical: int | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """Answers are the truth; total is what the definition named by `version` made of them.

    An incomplete form has no total. `critical` is the highest answer to a critical item, None
    where the instrument has none or it was not answered: not asked is not zero.
    """

    id: MeasureId
    episode_id: EpisodeId
    instrument_id: InstrumentId
    instrument_version: int
    taken_on: date
    answers: tuple[int | None, ...]
    total: int | None
    critical: int | None
    mode: MeasureMode
    administered_by: StaffId
    difficulty: int | None = None

    @property
    def is_complete(self) -> bool:
        return self.total is not None

    @property
    def answered(self) -> int:
        return sum(answer is not None for answer in self.answers)


@dataclass(frozen=True, slots=True)
class MeasureDraft:
    """What was typed from a form. `paper_total`, if typed, must agree with the answers."""

    episode_id: EpisodeId
    instrument_id: InstrumentId
    taken_on: date | None
    answers: tuple[int | None, ...]
    mode: MeasureMode = MeasureMode.PAPER
    difficulty: int | None = None
    paper_total: int | None = None
    id: MeasureId = field(default_factory=lambda: MeasureId(new_id()))

    def problems(
        self, instrument: Instrument, *, today: date, closed_on: date | None
    ) -> Iterator[Problem]:
        if self.taken_on is None:
            yield Problem("taken_on", "Type the date on which the form was answered.")
        elif self.taken_on > today:
            yield Problem("taken_on", "A measure cannot be dated in the future.")
        elif closed_on and self.taken_on > closed_on:
            yield Problem("taken_on", f"The episode closed on {long_date(closed_on)}.")
        yield from self._answer_problems(instrument)

    def _answer_problems(self, instrument: Instrument) -> Iterator[Problem]:
        try:
            scored = instrument.score(self.answers)
        except Refused as refusal:
            yield from refusal.problems
            return
        if scored.answered == 0:
            yield Problem("answers", "No item is answered yet.")
        allowed = [option.value for option in instrument.difficulty_options]
        if self.difficulty is not None and self.difficulty not in allowed:
            yield Problem("difficulty", "The difficulty question has no such answer.")
        if self.paper_total is not None and self.paper_total != scored.total:
            yield Problem("paper_total", self._mismatch(scored))

    def _mismatch(self, scored: ScoredAnswers) -> str:
        if scored.total is None:
            return f"The form says {self.paper_total}, but not every item is answered."
        return (
            f"The form says {self.paper_total}, the answers come to {scored.total}. "
            "Compare each answer with the paper."
        )

    def accept(
        self, instrument: Instrument, *, staff_id: StaffId, today: date, closed_on: date | None
    ) -> Measure:
        """Give the measure, or raise Refused with every problem at once."""
        problems = tuple(self.problems(instrument, today=today, closed_on=closed_on))
        if problems or self.taken_on is None:
            raise Refused(*problems)
        scored = instrument.score(self.answers)
        return Measure(
            id=self.id,
            episode_id=self.episode_id,
            instrument_id=instrument.id,
            instrument_version=instrument.version,
            taken_on=self.taken_on,
            answers=scored.answers,
            total=scored.total,
            critical=scored.highest_critical,
            mode=self.mode,
            administered_by=staff_id,
            difficulty=self.difficulty,
        )
