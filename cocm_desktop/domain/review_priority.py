"""The order of the weekly agenda, and why each patient is on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from cocm_desktop.domain.due_review import review_items
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

    @property
    def letter(self) -> str:
        return "ABCDEFGHI"[list(Section).index(self)]


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
    "R2": Section.ROUTINE,
    "R3": Section.ROUTINE,
    "R10": Section.STEP_DOWN,
    "R11": Section.LONG_EPISODE,
}


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
class AgendaEntry:
    """One patient's place on the agenda. The first reason decides the section."""

    row: RegistryRow
    reasons: tuple[Reason, ...]

    @property
    def section(self) -> Section:
        return self.reasons[0].section


def agenda(rows: Sequence[RegistryRow]) -> tuple[AgendaEntry, ...]:
    """Put every patient with a reason in order: by section, then whose turn is longest past."""
    entries = [AgendaEntry(row, reasons) for row in rows if (reasons := tuple(reasons_for(row)))]
    return tuple(sorted(entries, key=_place))


CHOSEN = Reason("–", Section.ROUTINE, "Chosen for this packet; no rule names the patient", "Chosen")


def agenda_of(chosen: Sequence[RegistryRow]) -> tuple[AgendaEntry, ...]:
    """Put patients in the order of the agenda, those too whom no rule names."""
    entries = [AgendaEntry(row, tuple(reasons_for(row)) or (CHOSEN,)) for row in chosen]
    ruled = [entry for entry in entries if entry.reasons != (CHOSEN,)]
    others = [entry for entry in entries if entry.reasons == (CHOSEN,)]
    by_name = sorted(others, key=lambda entry: (entry.row.sort_name, entry.row.key))
    ordered = [*sorted(ruled, key=_place), *by_name]
    sections = list(Section)
    return tuple(sorted(ordered, key=lambda entry: sections.index(entry.section)))


def reasons_for(row: RegistryRow) -> Iterator[Reason]:
    """Name each rule that puts the patient on the agenda today, in the order of the agenda."""
    for item in review_items(row):
        if item.is_open_on(row.today):
            section = SECTIONS[item.rule.id]
            yield Reason(item.rule.id, section, item.words, item.short, item.why)


def _place(entry: AgendaEntry) -> tuple[int, int, int, str, str]:
    """Order non-response by the time since the plan changed, the others by time in treatment.

    Within the routine, active treatment comes before relapse prevention.
    """
    row, sections, rules = entry.row, list(Section), list(SECTIONS)
    since = row.plan_since if entry.section is Section.NON_RESPONSE else row.enrolled_on
    days = (row.today - since).days if since else 0
    turn = rules.index(entry.reasons[0].rule) if entry.section is Section.ROUTINE else 0
    return sections.index(entry.section), turn, -days, row.name, row.key


def cases_that_fit(meeting_minutes: int) -> int:
    return meeting_minutes * 10 // TENTHS_OF_MINUTES_A_CASE
