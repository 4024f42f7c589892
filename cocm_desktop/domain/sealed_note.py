"""Sealed notes: what a clinician writes down of a conversation for nobody's eyes but their own.

Source: psychotherapy notes of 45 CFR 164.501. They are kept apart from the record, and what the
record needs does not belong into them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from cocm_desktop.domain.ids import PatientId, SealedNoteId, StaffId, new_id
from cocm_desktop.domain.text import LONG_REASON, LONGEST_REASON, says_something
from cocm_desktop.errors import Problem, Refused

LONGEST_SEALED_NOTE: Final = 20_000
# Source: 45 CFR 164.501, what the definition of psychotherapy notes excludes.
_BELONGS_IN_THE_RECORD: Final = (
    ("minutes or times of a session", r"\b\d+\s*min(ute)?s?\b|\b\d{1,2}:\d{2}\b"),
    ("medication", r"\b\d+(\.\d+)?\s*(mg|mcg|ml)\b|\bmedications?\b|\bprescri"),
    ("results of tests", r"\b(phq|gad|c-?ssrs|audit|pcl|score[sd]?)\b"),
    ("a diagnosis", r"\b[a-z]\d{2}\.\d{1,4}\b|\bdiagnos"),
    ("functional status or symptoms", r"\bsymptom|\bfunctional status\b"),
    ("the treatment plan, prognosis or progress", r"\btreatment plan\b|\bprognos|\bprogress\b"),
)
NEEDED_REASON: Final = (
    "Somebody else wrote this note. Say by which authorization of the patient, or by which law, "
    "you read it."
)


@dataclass(frozen=True, slots=True)
class SealedNote:
    """A note without its words: that it is there, whose it is and of which day."""

    id: SealedNoteId
    patient_id: PatientId
    written_on: date
    author_id: StaffId
    recorded_at: datetime

    def requires_reason(self, reader: StaffId) -> bool:
        """Whether the reader must say why: its originator need not (45 CFR 164.508(a)(2))."""
        return self.author_id != reader


@dataclass(frozen=True, slots=True)
class SealedNoteDraft:
    """What was typed. `is_confirmed` once its writer has read what does not belong into it."""

    patient_id: PatientId
    words: str = field(repr=False)
    written_on: date | None
    is_confirmed: bool = False
    id: SealedNoteId = field(default_factory=lambda: SealedNoteId(new_id()))

    def problems(self, *, today: date) -> Iterator[Problem]:
        if not says_something(self.words):
            yield Problem("words", "Type the note.")
        if len(self.words) > LONGEST_SEALED_NOTE:
            yield Problem("words", f"A note has at most {LONGEST_SEALED_NOTE:,} characters.")
        if self.written_on is None:
            yield Problem("written_on", "Give the day of the conversation.")
        elif self.written_on > today:
            yield Problem("written_on", "This day is yet to come.")
        found = tuple(belongs_in_the_record(self.words))
        if found and not self.is_confirmed:
            yield Problem(
                "is_confirmed",
                f"This seems to hold {' and '.join(found)}. That belongs in the record, where the "
                "team and the patient can read it. Take it out, or confirm that it may stay.",
            )

    def accept(self, *, today: date) -> date:
        """Give the day, or raise Refused with every problem at once."""
        problems = tuple(self.problems(today=today))
        if problems or self.written_on is None:
            raise Refused(*problems)
        return self.written_on


def belongs_in_the_record(words: str) -> Iterator[str]:
    """Name what a psychotherapy note never includes and these words seem to hold."""
    for name, pattern in _BELONGS_IN_THE_RECORD:
        if re.search(pattern, words, re.IGNORECASE):
            yield name


def reason_problem(reason: str) -> Problem | None:
    """Tell what is wrong with the reason for reading another's note."""
    if not says_something(reason):
        return Problem("reason", NEEDED_REASON)
    return Problem("reason", LONG_REASON) if len(reason) > LONGEST_REASON else None
