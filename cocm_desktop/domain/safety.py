"""What a positive critical answer opens, and what closes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from cocm_desktop.domain.ids import EpisodeId, MeasureId, SafetyTaskId, StaffId, new_id
from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem

FRONT_DESK_WORDS = "Bring this patient to a clinician now."
LONGEST_STATEMENT = 2_000
WORDS_WHEN_EMPTY = {
    "assessed": "Say what was assessed, and how.",
    "action": "Say what was done.",
    "told": "Say who was told, or that nobody had to be.",
}
NO_RISK_WORDS = "A 0 on this item does not rule out risk."


@dataclass(frozen=True, slots=True)
class SafetyTask:
    """Open until a clinician closes it. The program states the answer, never a level of risk."""

    id: SafetyTaskId
    episode_id: EpisodeId
    measure_id: MeasureId
    instrument: str
    item: int
    answer: int
    answered_on: date
    closed_at: datetime | None = None
    closed_by: StaffId | None = None
    assessed: str = ""
    action: str = ""
    told: str = ""

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def words(self) -> str:
        """The sentence of the red bar."""
        return (
            f"Answer {self.answer} on {self.instrument} item {self.item} on "
            f"{long_date(self.answered_on)}, not yet closed. "
            "Follow the practice's safety protocol today."
        )


def tasks_for(measure: Measure, instrument: Instrument) -> tuple[SafetyTask, ...]:
    """Open one task for each critical item answered at or above its mark, whatever the total."""
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
        for number, answer in instrument.score(measure.answers).critical
    )


@dataclass(frozen=True, slots=True)
class SafetyClosingDraft:
    """What a clinician states to close a safety task. Every field is needed."""

    task_id: SafetyTaskId
    assessed: str
    action: str
    told: str

    def problems(self) -> Iterator[Problem]:
        for name, words_when_empty in WORDS_WHEN_EMPTY.items():
            text: str = getattr(self, name)
            if not text.strip():
                yield Problem(name, words_when_empty)
            elif len(text) > LONGEST_STATEMENT:
                yield Problem(name, f"This has at most {LONGEST_STATEMENT:,} characters.")
