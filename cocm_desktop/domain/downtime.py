"""The caseload on paper for the day on which the computer is down: everything to go on with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from cocm_desktop.domain.allergies import NOT_RECORDED, PHRASES
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.medication import Medication
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.text import fold
from cocm_desktop.domain.wording import count_of, month_day, short_date

USUAL = "english"
"""A language that is not worth a line."""
REPRINT_DAYS = 7
"""A list older than this is worth printing again. Source: reliability, contingency plan."""


@dataclass(frozen=True, slots=True)
class DowntimeLine:
    """One patient in words, a line each, ready to be printed."""

    patient_id: PatientId
    name: str
    phone: str
    who: tuple[str, ...]
    care: tuple[str, ...]
    scores: tuple[str, ...]
    medicines: tuple[str, ...]
    next: tuple[str, ...]
    safety: str = ""


@dataclass(frozen=True, slots=True)
class DowntimeList:
    """The list with the records of one moment; open safety answers stand first."""

    practice: Practice
    as_of: datetime
    prepared_by: StaffMember
    lines: tuple[DowntimeLine, ...]
    crisis: tuple[str, ...]
    protocol: str
    care_manager: StaffMember | None = None


@dataclass(frozen=True, slots=True)
class DowntimeFacts:
    """What is read of the patients besides their rows, by patient or by episode."""

    medications: Mapping[str, tuple[Medication, ...]] = field(default_factory=dict)
    allergies: Mapping[str, str] = field(default_factory=dict)
    safety_plans: Mapping[str, date] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)


def downtime_lines(rows: Iterable[RegistryRow], facts: DowntimeFacts) -> tuple[DowntimeLine, ...]:
    """Give every open episode, those with an open safety answer first, by name."""
    ordered = sorted(
        (row for row in rows if row.is_open),
        key=lambda row: (not row.has_safety_open, row.sort_name, row.patient_id),
    )
    return tuple(_line(row, facts) for row in ordered)


def reminder(printed_on: date | None, today: date) -> str:
    """Say that the last list is old; empty while it is fresh enough."""
    if printed_on is None:
        return "The downtime list was never printed"
    days = (today - printed_on).days
    return f"The downtime list is {count_of(days, 'day')} old" if days >= REPRINT_DAYS else ""


def _line(row: RegistryRow, facts: DowntimeFacts) -> DowntimeLine:
    return DowntimeLine(
        patient_id=row.patient_id,
        name=row.name,
        phone=row.phone or "No phone on file",
        who=tuple(_who(row, facts)),
        care=tuple(_care(row)),
        scores=tuple(_scores(row)),
        medicines=tuple(_medicines(row, facts)),
        next=tuple(_next(row, facts)),
        safety=row.safety_words,
    )


def _who(row: RegistryRow, facts: DowntimeFacts) -> Iterator[str]:
    """Say who it is; marks first, right below the phone, for whoever calls."""
    yield from row.flags
    yield f"born {short_date(row.born_on)} ({row.age} y)"
    yield f"MRN {row.mrn}" if row.mrn else "No MRN"
    spoken = facts.languages.get(row.patient_id, "")
    if spoken and fold(spoken) != USUAL:
        yield f"Speaks {spoken}"


def _care(row: RegistryRow) -> Iterator[str]:
    weeks = f", week {row.weeks}" if row.weeks is not None else ""
    yield f"{row.status_words}{weeks}"
    yield row.care_manager
    if row.treating_practitioner:
        yield row.treating_practitioner


def _scores(row: RegistryRow) -> Iterator[str]:
    if not any(course.scores for _, course in row.courses):
        yield "No score yet"
    for instrument, course in row.courses:
        if course.last is not None:
            yield f"{instrument.id} {instrument.words_of(course.last.total)}"
            first = course.baseline
            was = f", was {first.total}" if first and first != course.last else ""
            yield f"{month_day(course.last.taken_on)}{was}"


def _medicines(row: RegistryRow, facts: DowntimeFacts) -> Iterator[str]:
    taken = [each for each in facts.medications.get(row.patient_id, ()) if each.is_current]
    for each in sorted(taken, key=lambda each: not each.is_psychotropic):
        yield f"{each.name} {each.dose.words}"
    if not taken:
        yield "No medicine on file"
    known = facts.allergies.get(row.patient_id, NOT_RECORDED)
    if known == NOT_RECORDED:
        yield "Allergies not recorded"
    else:
        yield known if known in PHRASES else f"Allergies: {known}"


def _next(row: RegistryRow, facts: DowntimeFacts) -> Iterator[str]:
    if due := row.next_due:
        late = ", overdue" if due.days_over(row.today) else ""
        yield f"{due.title} {short_date(due.on)}{late}"
    reached = row.last_contact_on
    yield f"Reached {short_date(reached)}" if reached else "Not reached yet"
    plan_on = facts.safety_plans.get(row.episode_id) if row.episode_id else None
    if plan_on is not None:
        yield f"Safety plan {short_date(plan_on)}"
    if row.question:
        yield f"Question: {row.question}"
