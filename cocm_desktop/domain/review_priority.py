"""The order of the weekly agenda, and why each patient is on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from cocm_desktop.domain.outcome import BAO_BELOW, MEANINGFUL_POINTS
from cocm_desktop.domain.registry import RegistryRow

# Source: Bao et al.: no response at week 8 calls for consultation in weeks 8–12; AIMS: a plan
# without response for 10 weeks is changed; SCOPE: an episode of nine months is looked at.
NON_RESPONSE_WEEKS = 8
PLATEAU_WEEKS = 10
NEW_WEEKS = 4
LONG_EPISODE_WEEKS = 39
# Source: AIMS: three hours a week of consultation for a full-time care manager.
MEETING_MINUTES = 180
LONGEST_MEETING_MINUTES = 480
# Source: 180 minutes over the 21 cases a week of a caseload of 90 reviewed monthly.
TENTHS_OF_MINUTES_A_CASE = 86


class Section(Enum):
    """Sections of the agenda, in the order in which they are discussed."""

    SAFETY = "Safety open"
    NON_RESPONSE = "Non-response"
    WORSE = "Worse"
    NEW = "New"
    QUESTION = "Care manager's questions"
    STEP_DOWN = "Ready to step down"
    LONG_EPISODE = "Long episodes"

    @property
    def letter(self) -> str:
        return "ABCDEFG"[list(Section).index(self)]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a patient is on the agenda: the rule's code, and its words with the inputs.

    `short` says the same in the width of a table's column.
    """

    rule: str
    section: Section
    words: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One patient's place on the agenda. The first reason decides the section."""

    row: RegistryRow
    reasons: tuple[Reason, ...]

    @property
    def section(self) -> Section:
        return self.reasons[0].section


def agenda(rows: Sequence[RegistryRow]) -> tuple[AgendaEntry, ...]:
    """Put every patient with a reason in order: by section, then the longest in treatment."""
    entries = [AgendaEntry(row, reasons) for row in rows if (reasons := tuple(reasons_for(row)))]
    order = list(Section)
    return tuple(
        sorted(
            entries,
            key=lambda e: (order.index(e.section), -(e.row.weeks or 0), e.row.name, e.row.key),
        )
    )


def reasons_for(row: RegistryRow) -> Iterator[Reason]:
    """Name each rule that puts the patient on the agenda, in the order of the agenda.

    An open safety task outlives its episode; every other rule is about open episodes.
    """
    if row.safety_answer is not None:
        words = f"Item 9 answered {row.safety_answer}, not yet closed"
        yield Reason("R0", Section.SAFETY, words, f"Item 9: {row.safety_answer}, open")
    if not row.is_open:
        return
    yield from _non_response(row)
    if row.phq9.points_worse >= MEANINGFUL_POINTS:
        words = f"PHQ-9 up {row.phq9.points_worse} points from its best"
        yield Reason("R7", Section.WORSE, words, f"Worse by {row.phq9.points_worse}")
    if row.weeks is not None and row.weeks < NEW_WEEKS:
        yield Reason("R1", Section.NEW, f"New, week {row.weeks}", f"New, week {row.weeks}")
    if row.question:
        yield Reason("R9", Section.QUESTION, "The care manager asks", "Question")
    if row.is_in_remission:
        words = f"{row.primary_instrument.id} below {row.primary.remission_below}"
        yield Reason("R10", Section.STEP_DOWN, f"{words}: ready to step down?", "Step down?")
    if (row.weeks or 0) >= LONG_EPISODE_WEEKS:
        words = f"In treatment for {row.weeks} weeks"
        yield Reason("R11", Section.LONG_EPISODE, words, f"Week {row.weeks}")


def _non_response(row: RegistryRow) -> Iterator[Reason]:
    """Name a course that began high and has not been shown to reach its target by week 8.

    No follow-up score is no response: the patient whom nobody measures must not drop out of sight.
    """
    if row.weeks is None or row.weeks < NON_RESPONSE_WEEKS:
        return
    if not row.primary.is_elevated or row.primary.is_at_target:
        return
    if row.primary.is_at_target is None:
        stands = f"no {row.primary_instrument.id} since the baseline"
        short = f"Week {row.weeks}, no score"
    else:
        stands = f"{row.primary_instrument.id} neither below {BAO_BELOW} nor half of baseline"
        short = f"Week {row.weeks}, no response"
    if row.weeks >= PLATEAU_WEEKS:
        yield Reason("R6", Section.NON_RESPONSE, f"Week {row.weeks}, {stands}", short)
    else:
        yield Reason("R4", Section.NON_RESPONSE, f"Week {row.weeks} of 8–12, {stands}", short)


def cases_that_fit(meeting_minutes: int) -> int:
    return meeting_minutes * 10 // TENTHS_OF_MINUTES_A_CASE
