"""The monthly look through the audit: what to look at, and the signature under it.

Source: 45 CFR 164.308(a)(1)(ii)(D), information system activity review.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from cocm_desktop.domain.audit_event import EventKind, event_of
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.text import fold, says_something, tidy
from cocm_desktop.errors import Problem, Refused

MANY_CHARTS: Final = 30
WITHIN: Final = timedelta(minutes=10)
OPENS, CLOSES, SUNDAY = 6, 20, 6
"""Hours outside which work is worth a look; so is a Sunday."""
MOST_LISTED: Final = 200
WRONG_PASSWORDS: Final = frozenset({"password.was_wrong", "password.paused"})
PEOPLE: Final = frozenset({"staff.added", "staff.changed", "staff.deactivated"})


class LookAt(Enum):
    """What in a month is worth a look; the value is its heading."""

    EMERGENCY = "Done by emergency access"
    WRONG_PASSWORDS = "Wrong passwords"
    MANY_CHARTS = "More than 30 charts within 10 minutes"
    OWN_NAME = "Records of the person's own surname"
    AFTER_HOURS = "Before 6 AM, after 8 PM or on a Sunday"
    EXPORTS = "Files that left the program"
    PEOPLE = "Changes of people and their roles"
    FAILURES = "What failed or was refused"
    CLOCK = "Entries made while the clock had been set back"


@dataclass(frozen=True, slots=True)
class AuditLine:
    """What the review needs of one entry."""

    seq: int
    at: datetime
    staff_id: str
    staff_name: str
    code: str
    patient_id: str | None
    last_name: str
    is_emergency: bool
    outcome: int
    clock_ok: bool


@dataclass(frozen=True, slots=True)
class LookPoint:
    """How many entries of a month are worth a look for one reason, and the first of them."""

    what: LookAt
    count: int
    seqs: tuple[int, ...]
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AuditReview:
    """That somebody looked through a month's audit, up to an entry and its seal."""

    id: str
    month: ServiceMonth
    last_seq: int
    last_mac: str
    entries: int
    words: str
    signed_at: datetime
    signed_by: str


@dataclass(frozen=True, slots=True)
class AuditReviewDraft:
    """What somebody writes who has looked through a month."""

    month: ServiceMonth
    words: str
    id: str = field(default_factory=new_id)

    def accept(self, *, this_month: ServiceMonth) -> str:
        """Give the words, or raise Refused: a month is signed when it is over."""
        if self.month >= this_month:
            words = f"{self.month} is not over. Look through it when it is, and sign then."
            raise Refused(Problem("month", words))
        if not says_something(self.words):
            raise Refused(Problem("words", "Write what you found, or that nothing was unusual."))
        return tidy(self.words)


def points_of(lines: Iterable[AuditLine]) -> tuple[LookPoint, ...]:
    """Give what is worth a look in some entries, in the order of LookAt; nothing is left out."""
    found: defaultdict[LookAt, dict[int, str]] = defaultdict(dict)
    charts: defaultdict[str, deque[AuditLine]] = defaultdict(deque)
    for line in lines:
        for what in _reasons(line):
            found[what][line.seq] = line.staff_name
        if line.code == "chart.viewed" and line.patient_id:
            _note_many(charts[line.staff_id], line, found[LookAt.MANY_CHARTS])
    return tuple(_point(what, found.get(what, {})) for what in LookAt)


def _reasons(line: AuditLine) -> Iterator[LookAt]:
    is_password = line.code in WRONG_PASSWORDS
    fits = {
        LookAt.EMERGENCY: line.is_emergency,
        LookAt.WRONG_PASSWORDS: is_password,
        LookAt.FAILURES: bool(line.outcome) and not is_password,
        LookAt.OWN_NAME: bool(line.last_name) and fold(line.last_name) == _surname(line.staff_name),
        LookAt.AFTER_HOURS: not OPENS <= line.at.hour < CLOSES or line.at.weekday() == SUNDAY,
        LookAt.EXPORTS: line.code.endswith((".exported", ".written", ".copied"))
        and event_of(line.code).kind is EventKind.OUTPUT,
        LookAt.PEOPLE: line.code in PEOPLE,
        LookAt.CLOCK: not line.clock_ok,
    }
    return (what for what, does_fit in fits.items() if does_fit)


def _note_many(window: deque[AuditLine], line: AuditLine, found: dict[int, str]) -> None:
    window.append(line)
    while line.at - window[0].at > WITHIN:
        window.popleft()
    if len({each.patient_id for each in window}) > MANY_CHARTS:
        found[line.seq] = line.staff_name


def _surname(name: str) -> str:
    words = fold(name.partition(",")[0]).split()
    return words[-1] if words else ""


def _point(what: LookAt, found: Mapping[int, str]) -> LookPoint:
    people = tuple(sorted(set(found.values())))
    return LookPoint(what, len(found), tuple(found)[:MOST_LISTED], people)
