"""Whom mail can reach, and where a label stands on its sheet."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from cocm_desktop.domain.flag import Flag, FlagKind
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.patient import Patient, Reach
from cocm_desktop.domain.wording import count_of
from cocm_desktop.errors import Problem, Refused

# Source: Avery 5160: three columns of ten labels on a letter page.
LABEL_COLUMNS: Final = 3
LABELS_A_SHEET: Final = 30
MOST_MAIL: Final = 2_000
OF_AGE: Final = 18
ASKED_FIRST: Final = frozenset({FlagKind.SAFE_CONTACT, FlagKind.OTHER})
"""Marks that can be about mail: who else opens it, or words of the practice's own."""


def can_be_mailed(reach: Reach) -> bool:
    """Whether street and town are on file: a state alone is no address."""
    return bool(reach.address.strip()) and bool(reach.city.strip() or reach.postal_code.strip())


def letter_notices(patient: Patient, marks: Sequence[Flag], *, today: date) -> Iterator[str]:
    """Say what to know before a letter leaves: a mark, a minor, no address."""
    for mark in marks:
        yield f"Marked: {mark.title} ({mark.reason})."
    if (age := patient.age_on(today)) < OF_AGE:
        yield f"The patient is {age}: make sure who may receive the letter."
    if not can_be_mailed(patient.reach):
        yield "No address is on file: the letter can be handed over, not mailed."


@dataclass(frozen=True, slots=True)
class Mailing:
    """Patients in the order asked for, apart from those who died or have no address on file."""

    addressed: tuple[Patient, ...]
    unaddressed: tuple[Patient, ...] = ()
    died: tuple[Patient, ...] = ()
    marks: Mapping[PatientId, Sequence[Flag]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        patients: Iterable[Patient],
        died: Container[PatientId] = (),
        marks: Mapping[PatientId, Sequence[Flag]] | None = None,
    ) -> Mailing:
        everyone = tuple(patients)
        living = [each for each in everyone if each.id not in died]
        return cls(
            tuple(each for each in living if can_be_mailed(each.reach)),
            tuple(each for each in living if not can_be_mailed(each.reach)),
            tuple(each for each in everyone if each.id in died),
            marks or {},
        )

    @property
    def notice_words(self) -> str:
        """Say who is missing, and whose marks to read before the mail goes out."""
        marked = [
            f"{each.name}: {mark.title} ({mark.reason})"
            for each in self.addressed
            for mark in self.marks.get(each.id, ())
            if mark.kind in ASKED_FIRST
        ]
        first = f"Read before mailing: {'; '.join(marked)}." if marked else ""
        return " ".join(filter(None, (self.left_out_words, first)))

    @property
    def left_out_words(self) -> str:
        """Say who is missing on the paper and why; empty where nobody is."""
        groups = ((self.unaddressed, "No address on file"), (self.died, "Recorded as died"))
        return " ".join(_left_out(who, why) for who, why in groups if who)

    def require_somebody(self) -> None:
        if not self.addressed:
            words = self.left_out_words or "Nobody was chosen."
            raise Refused(Problem("patients", f"{words} Nothing was printed."))


def _left_out(patients: Sequence[Patient], why: str) -> str:
    names = "; ".join(each.name for each in patients)
    return f"{why}, so left out: {count_of(len(patients), 'patient')} ({names})."


@dataclass(frozen=True, slots=True)
class LabelPlace:
    """Where a label stands: on which sheet, in which row and column, all from 0."""

    sheet: int
    row: int
    column: int


def label_places(count: int, *, start: int) -> Iterator[LabelPlace]:
    """Place labels row by row; `start` is the first free one of a sheet begun before, from 1."""
    for number in range(start - 1, start - 1 + count):
        sheet, on_sheet = divmod(number, LABELS_A_SHEET)
        row, column = divmod(on_sheet, LABEL_COLUMNS)
        yield LabelPlace(sheet, row, column)


def start_problems(start: int) -> Iterator[Problem]:
    if not 1 <= start <= LABELS_A_SHEET:
        yield Problem("start", f"A sheet has the labels 1 to {LABELS_A_SHEET}.")
