"""The order of the weekly agenda, and why each patient is on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from cocm_desktop.domain.wording import month_day, ordinal

if TYPE_CHECKING:
    from cocm_desktop.domain.registry import RegistryRow

# Source: AIMS: three hours a week of consultation for a full-time care manager.
MEETING_MINUTES = 180
LONGEST_MEETING_MINUTES = 480
# Source: 180 minutes over the 21 cases a week of a caseload of 90 reviewed monthly.
TENTHS_OF_MINUTES_A_CASE = 86


class Section(Enum):
    """Sections of the agenda, in the order in which they are discussed."""

    SAFETY = "Safety"
    NON_RESPONSE = "Non-response"
    WORSE = "Worse"
    NEW = "New, not yet reviewed"
    QUESTION = "Care manager's questions"
    FOLLOW_THROUGH = "Follow-through"
    ROUTINE = "Routine"
    STEP_DOWN = "Ready to step down"
    LONG_EPISODE = "Long episodes"
    CARRIED_OVER = "Carried over"

    @property
    def letter(self) -> str:
        return "ABCDEFGHIJ"[list(Section).index(self)]


SECTIONS = {
    "R0": Section.SAFETY,
    "R13": Section.SAFETY,
    "R4": Section.NON_RESPONSE,
    "R5": Section.NON_RESPONSE,
    "R6": Section.NON_RESPONSE,
    "R12": Section.WORSE,
    "R7": Section.WORSE,
    "R1": Section.NEW,
    "R9": Section.QUESTION,
    "R8": Section.FOLLOW_THROUGH,
    "R14": Section.FOLLOW_THROUGH,
    "R2": Section.ROUTINE,
    "R3": Section.ROUTINE,
    "R10": Section.STEP_DOWN,
    "R11": Section.LONG_EPISODE,
}
_PLACES = {section: place for place, section in enumerate(Section)}
_PLACES_OF_RULES = {rule: place for place, rule in enumerate(SECTIONS)}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a patient is on the agenda: the rule's code, and its words with the inputs.

    `short` says the same in the width of a table's column; `why` with threshold and source.
    """

    rule: str
    section: Section
    words: str
    short: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """That meetings in a row did not reach a patient; `missed_on` is the last of them."""

    missed_on: date
    times: int = 1

    @property
    def words(self) -> str:
        """Say since when: Carried over from Nov 13 (2nd time)."""
        times = f" ({ordinal(self.times)} time)" if self.times > 1 else ""
        return f"Carried over from {month_day(self.missed_on)}{times}"

    @property
    def short(self) -> str:
        """Say it where there is little room; since when stands with the case."""
        return f"Carried over {ordinal(self.times)} time" if self.times > 1 else "Carried over"


@dataclass(frozen=True, slots=True)
class AgendaEntry:
    """One patient's place on the agenda. The first reason decides the section.

    Who was moved by hand stands in the section of the neighbors, `stands_in`. Once the meeting
    has begun, `held_since` is the day from which the turn counts, whatever is recorded after it.
    """

    row: RegistryRow
    reasons: tuple[Reason, ...]
    carried: CarriedOver | None = None
    stands_in: Section | None = None
    is_discussed: bool = False
    held_since: date | None = None

    @property
    def since(self) -> date | None:
        """The day from which the turn counts: the plan's in non-response, or the enrollment's."""
        is_plan = self.reasons[0].section is Section.NON_RESPONSE
        return self.held_since or (self.row.plan_since if is_plan else self.row.enrolled_on)

    @property
    def section(self) -> Section:
        return self.stands_in or self.reasons[0].section

    @property
    def is_safety(self) -> bool:
        return self.reasons[0].section is Section.SAFETY

    @property
    def is_moved(self) -> bool:
        return self.stands_in is not None

    @property
    def carried_words(self) -> str:
        return self.carried.words if self.carried else ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A patient whom somebody took off the agenda, and why."""

    entry: AgendaEntry
    reason: str


def agenda(rows: Sequence[RegistryRow]) -> tuple[AgendaEntry, ...]:
    """Put every patient with a reason in order: by section, then whose turn is longest past."""
    entries = [AgendaEntry(row, reasons) for row in rows if (reasons := tuple(reasons_for(row)))]
    return tuple(sorted(entries, key=place_of))


CHOSEN = Reason("–", Section.ROUTINE, "Chosen for this packet; no rule names the patient", "Chosen")


def agenda_of(chosen: Sequence[RegistryRow]) -> tuple[AgendaEntry, ...]:
    """Put patients in the order of the agenda, those too whom no rule names."""
    entries = [AgendaEntry(row, tuple(reasons_for(row)) or (CHOSEN,)) for row in chosen]
    ruled = [entry for entry in entries if entry.reasons != (CHOSEN,)]
    others = [entry for entry in entries if entry.reasons == (CHOSEN,)]
    by_name = sorted(others, key=lambda entry: (entry.row.sort_name, entry.row.key))
    ordered = [*sorted(ruled, key=place_of), *by_name]
    return tuple(sorted(ordered, key=lambda entry: _PLACES[entry.section]))


def reasons_for(row: RegistryRow) -> Iterator[Reason]:
    """Name each rule that puts the patient on the agenda today, in the order of the agenda."""
    return iter(row.review_reasons)


def worked_out_reasons(row: RegistryRow) -> Iterator[Reason]:
    """Work the reasons out; a row keeps what it was asked for."""
    for item in row.review_items:
        if item.is_open_on(row.today):
            section = SECTIONS[item.rule.id]
            yield Reason(item.rule.id, section, item.words, item.short, item.why)


def place_of(entry: AgendaEntry) -> tuple[int, bool, int, int, str, str]:
    """Order non-response by the time since the plan changed, the others by time in treatment.

    Who was carried over comes first in a section; within the routine, active treatment comes
    before relapse prevention, and whom no rule names comes last.
    """
    row, first = entry.row, entry.reasons[0]
    days = (row.today - entry.since).days if entry.since else 0
    is_routine = first.section is Section.ROUTINE
    turn = _PLACES_OF_RULES.get(first.rule, len(SECTIONS)) if is_routine else 0
    is_not_carried = entry.carried is None
    return _PLACES[first.section], is_not_carried, turn, -days, row.name, row.key


def cases_that_fit(meeting_minutes: int, tenths_a_case: int = TENTHS_OF_MINUTES_A_CASE) -> int:
    return meeting_minutes * 10 // tenths_a_case
