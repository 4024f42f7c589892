"""What happened in a story, and what a person with pencil and paper would make of it.

Nobody is measured in a story, so four rules are left: R1 not yet reviewed, R9 a question, R8 advice
that is overdue, R2 the last review a month ago.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

MONTH, OVERDUE, ANSWER = timedelta(days=30), timedelta(days=14), timedelta(days=3)
TOLD = timedelta(days=14)
SECTION = {
    "R1": "D",
    "R9": "E",
    "R8": "F",
    "R2": "G",
    "added": "E",
    "waits": "J",
    "said": "G, last",
}
SETTLED = {"Declined", "Done", "Not done"}


@dataclass
class Case:
    """A patient: whose, since when, whether closed, whether somebody has a question."""

    number: int
    name: str
    manager: str
    since: date
    closed_on: date | None = None
    has_question: bool = False

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


@dataclass
class Review:
    """One review with one piece of advice that awaits action, as it stands."""

    id: str
    case: Case
    day: date
    meeting: Meeting | None
    advice: str
    status: str = "Open"
    status_on: date = date.min
    letter: str = ""
    is_void: bool = False


@dataclass
class Meeting:
    """A meeting with what was chosen, and the cases that it took up with section and mark."""

    id: str
    number: int
    day: date
    managers: frozenset[str]
    held: dict[int, tuple[str, str]] = field(default_factory=dict)
    added: set[int] = field(default_factory=set)
    dropped: set[int] = field(default_factory=set)
    ended_on: date | None = None

    @property
    def turn(self) -> tuple[date, int]:
        return self.day, self.number

    def is_over(self, today: date) -> bool:
        return bool(self.ended_on) or (bool(self.held) and self.day < today)

    def is_about(self, case: Case) -> bool:
        return not self.managers or case.manager in self.managers


@dataclass(frozen=True)
class Line:
    """A line of an agenda: whose, in which section, since when it waits, whether discussed."""

    name: str
    section: str
    waits: str = ""
    is_discussed: bool = False


@dataclass
class Book:
    """Everything that happened, and the day on which it is read."""

    cases: list[Case]
    meetings: list[Meeting] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    today: date = date.min

    def standing(self, case: Case) -> list[Review]:
        return [each for each in self.reviews if each.case is case and not each.is_void]

    def reached(self, meeting: Meeting, case: Case) -> bool:
        return any(each.meeting is meeting for each in self.standing(case))

    def agenda(self, meeting: Meeting) -> tuple[list[Line], list[str]]:
        """Give the lines of the agenda in order, and who is left out."""
        lines, out = [], []
        for case in self.cases:
            line = self._line(meeting, case)
            if line is None:
                continue
            if case.number in meeting.dropped and not line.is_discussed:
                out.append(line.name)
            else:
                section, _, last = line.section.partition(", ")
                lines.append((section, not line.waits, last, case.since, case.name, line))
        ordered = [each[-1] for each in sorted(lines, key=lambda each: each[:-1])]
        return [replace(line, section=line.section[0]) for line in ordered], sorted(out)

    def take_up(self, meeting: Meeting) -> None:
        """Keep section and mark of everybody on the agenda now, as a meeting does that begins."""
        for case in self.cases:
            line = self._line(meeting, case)
            if line is not None:
                meeting.held.setdefault(case.number, (line.section, line.waits))

    def waiting(self) -> set[tuple[str, str, date]]:
        """Give what is to be sent, to be answered and overdue, with the day it was due."""
        return set(self._waiting())

    def _waiting(self) -> Iterator[tuple[str, str, date]]:
        for review in self.reviews:
            closed_on = review.case.closed_on
            if review.is_void or (closed_on and closed_on + TOLD < self.today):
                continue
            if review.status == "Open":
                yield "to send", review.id, review.day
            if review.status == "Sent":
                yield "to answer", review.id, review.status_on + ANSWER
            if self._is_overdue(review):
                yield "overdue", review.id, review.day + OVERDUE

    def _is_overdue(self, review: Review) -> bool:
        return review.status not in SETTLED and review.day + OVERDUE < self.today

    def _line(self, meeting: Meeting, case: Case) -> Line | None:
        said = self.reached(meeting, case)
        if case.number in meeting.held:
            section, waits = meeting.held[case.number]
            return Line(case.name, section, waits, said)
        if meeting.ended_on and not said:
            return None
        if meeting.ended_on:
            return Line(case.name, SECTION["said"], is_discussed=True)
        waits = self._waits(meeting, case)
        why = self._why(meeting, case, waits=waits)
        if said:
            return Line(case.name, SECTION[why or "said"], waits, is_discussed=True)
        return Line(case.name, SECTION[why], waits) if why else None

    def _why(self, meeting: Meeting, case: Case, *, waits: str) -> str:
        """Name the first rule, or what else brings the patient onto the agenda."""
        is_added = case.number in meeting.added
        if not case.is_open:
            return ""
        is_said = self.reached(meeting, case)
        is_named = meeting.is_about(case) or is_added or is_said
        if is_named and (rule := self._rule(case)):
            return rule
        if waits:
            return "waits"
        return "added" if is_added and not is_said else ""

    def _rule(self, case: Case) -> str:
        reviews = self.standing(case)
        if not reviews:
            return "R1"
        if case.has_question:
            return "R9"
        if any(map(self._is_overdue, reviews)):
            return "R8"
        return "R2" if max(each.day for each in reviews) + MONTH <= self.today else ""

    def _waits(self, meeting: Meeting, case: Case) -> str:
        """Count back over the meetings before until one reached the patient or left them out."""
        over = [each for each in self.meetings if each.is_over(self.today)]
        before = [each for each in over if each.turn < meeting.turn]
        missed: list[date] = []
        for each in sorted(before, key=lambda one: one.turn, reverse=True):
            if self.reached(each, case):
                break
            if case.number in each.held:
                if case.number in each.dropped:
                    break
                missed.append(each.day)
        if not (missed and case.is_open and meeting.is_about(case)):
            return ""
        if any(each.day >= missed[0] for each in self.standing(case)):
            return ""
        times = f" ({_ordinal(len(missed))} time)" if len(missed) > 1 else ""
        return f"Carried over from {missed[0]:%b} {missed[0].day}{times}"


def _ordinal(number: int) -> str:
    return {1: "1st", 2: "2nd", 3: "3rd"}.get(number, f"{number}th")
