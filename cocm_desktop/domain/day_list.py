"""Who is expected on a day, on paper: for the clinical team, or for the front desk.

The front desk's list holds nothing clinical: no score, no safety mark, no task, no reason.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import Enum

from cocm_desktop.domain.follow_up import contact_due, measure_due_on
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.task import Task
from cocm_desktop.domain.wording import days_ago


class Expected(Enum):
    """Why a patient stands on the list. The value heads the section."""

    PLANNED = "Planned for this day"
    DUE = "To be called on this day"
    OVERDUE = "To be called since earlier days"
    FORM = "Only a form is due"
    TASK = "Something is to be done for them"


@dataclass(frozen=True, slots=True)
class DayLine:
    """One patient. What only clinicians may see is empty on the front desk's list.

    `marks` are for whoever calls: no voicemail, ask before speaking freely.

    `since` is the day on which the contact, or else the form, fell due.
    """

    patient_id: PatientId
    name: str
    sort_name: str
    born_on: date
    mrn: str
    phone: str
    expected: Expected
    since: date
    form: str
    care_manager: str
    marks: tuple[str, ...] = ()
    score: str = ""
    scored: str = ""
    safety: str = ""
    tasks: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[int, date, str, str]:
        """Give the order: by section, the longest overdue first, then by name."""
        order = list(Expected).index(self.expected)
        return order, self.since, self.sort_name, self.patient_id

    def days_over(self, day: date) -> int:
        return (day - self.since).days


@dataclass(frozen=True, slots=True)
class DayList:
    """The list with the records of one moment."""

    practice: Practice
    day: date
    as_of: datetime
    prepared_by: StaffMember
    lines: tuple[DayLine, ...]
    care_manager: StaffMember | None = None
    is_for_front_desk: bool = False

    @property
    def counted(self) -> Counter[Expected]:
        return Counter(line.expected for line in self.lines)


def day_lines(
    rows: Sequence[RegistryRow], day: date, tasks: Sequence[Task] = ()
) -> tuple[DayLine, ...]:
    """Give whoever is expected on a day, with what the clinical team has to know."""
    return tuple(sorted(_lines(rows, day, tasks), key=lambda line: line.place))


def for_front_desk(lines: Sequence[DayLine]) -> tuple[DayLine, ...]:
    """Take everything clinical out; whoever is only there for a task is not expected."""
    return tuple(
        replace(line, score="", scored="", safety="", tasks=())
        for line in lines
        if line.expected is not Expected.TASK
    )


def _lines(rows: Sequence[RegistryRow], day: date, tasks: Sequence[Task]) -> Iterator[DayLine]:
    wanted: dict[PatientId, list[str]] = {}
    for task in tasks:
        if task.patient_id is not None and task.is_open and task.due_on <= day:
            wanted.setdefault(task.patient_id, []).append(task.words)
    for row in rows:
        said = tuple(wanted.get(row.patient_id, ()))
        found = _expected(row, day) if row.is_open else None
        if found is None and (said or row.has_safety_open):
            found = Expected.TASK, day
        if found is not None:
            yield _line(row, day, found, tasks=said)


def _expected(row: RegistryRow, day: date) -> tuple[Expected, date] | None:
    """Give how a patient is expected on a day, and since when; None where they are not."""
    contact, form_on = contact_due(row.follow_up), measure_due_on(row.follow_up)
    if contact is not None and contact.on <= day:
        if contact.on < day:
            return Expected.OVERDUE, contact.on
        return (Expected.PLANNED if row.planned_on == day else Expected.DUE), day
    if form_on is not None and form_on <= day:
        return Expected.FORM, form_on
    return None


def _line(
    row: RegistryRow, day: date, found: tuple[Expected, date], *, tasks: tuple[str, ...]
) -> DayLine:
    form_on = measure_due_on(row.follow_up)
    is_form_due = form_on is not None and form_on <= day
    return DayLine(
        patient_id=row.patient_id,
        name=row.name,
        sort_name=row.sort_name,
        born_on=row.born_on,
        mrn=row.mrn,
        phone=row.phone,
        expected=found[0],
        since=found[1],
        form=row.primary_instrument.id if is_form_due else "",
        care_manager=row.care_manager,
        marks=row.flags,
        score=_score(row),
        scored=days_ago(last.taken_on, row.today) if (last := row.primary.last) else "",
        safety=row.safety_words,
        tasks=tasks,
    )


def _score(row: RegistryRow) -> str:
    last = row.primary.last
    if last is None:
        return ""
    return f"{row.primary_instrument.id} {row.primary_instrument.words_of(last.total)}"
