"""What somebody asks of the audit: a period, a person, a patient, a kind of event, an order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from cocm_desktop.domain.audit_entry import AuditEntry
from cocm_desktop.domain.audit_event import EVENTS, EventKind
from cocm_desktop.errors import Problem

PAGE: Final = 500
MOST_COUNTED: Final = 10_000
"""Beyond this many the count says "more than"."""


class AuditOrder(Enum):
    """By what the entries are sorted; the value is the column's title."""

    WHEN = "When"
    WHO = "Who"
    WHAT = "What"
    PATIENT = "Patient"
    OUTCOME = "Outcome"
    COMPUTER = "Computer"


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Entries that fit everything asked; `code` goes before `kind`. Days are both included."""

    since: date | None = None
    until: date | None = None
    staff_id: str = ""
    patient_id: str = ""
    kind: EventKind | None = None
    code: str = ""
    only_failed: bool = False
    only_emergency: bool = False
    order: AuditOrder = AuditOrder.WHEN
    is_descending: bool = True
    page: int = 1

    def problems(self) -> Iterator[Problem]:
        if self.since and self.until and self.since > self.until:
            yield Problem("since", "The period ends before it begins. Change one of the days.")
        if self.code and self.code not in EVENTS:
            words = f"There is no event {self.code}. Choose one of the list."
            yield Problem("code", words)
        if self.page < 1:
            yield Problem("page", "The first page is page 1.")

    @property
    def codes(self) -> frozenset[str] | None:
        """Give the codes that fit; None where all do."""
        if self.code:
            return frozenset({self.code})
        if self.kind is None:
            return None
        return frozenset(code for code, event in EVENTS.items() if event.kind is self.kind)


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Up to 500 entries of those that fit, and how many fit: at most one more than are counted."""

    query: AuditQuery
    entries: tuple[AuditEntry, ...]
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def counted(self) -> str:
        """Say which of how many these are: 501–1,000 of 12,345."""
        if not self.entries:
            return "No entries"
        first = (self.query.page - 1) * PAGE + 1
        last = first + len(self.entries) - 1
        is_more = self.total > MOST_COUNTED
        total = f"more than {MOST_COUNTED:,}" if is_more else f"{self.total:,}"
        return f"{first:,}–{last:,} of {total}"
