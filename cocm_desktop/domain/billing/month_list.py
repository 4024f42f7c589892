"""A month's superbills as a list: one row for each patient, its filters, and what it comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property

from cocm_desktop.domain.billing.rules import MonthKind, NextCode, next_code
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.text import fold
from cocm_desktop.domain.wording import count_of, dollars


class BillState(Enum):
    """Where a patient's month stands; the order is that of the work."""

    NO_CODE = "No code"
    DRAFT = "Draft"
    ISSUED = "Issued"


@dataclass(frozen=True)
class MonthRow:
    """One patient's month. `is_open`: minutes may still be added to it."""

    bill: Superbill
    is_open: bool

    @property
    def key(self) -> str:
        return self.bill.patient.id

    @cached_property
    def sort_name(self) -> str:
        patient = self.bill.patient
        return fold(f"{patient.last_name} {patient.first_name}")

    @property
    def state(self) -> BillState:
        if self.bill.is_issued:
            return BillState.ISSUED
        return BillState.DRAFT if self.bill.lines else BillState.NO_CODE

    @property
    def state_words(self) -> str:
        """The state, with the number that an issued one has in its month: Issued 0007."""
        number = self.bill.number.rpartition("-")[2]
        return f"{self.state.value} {number}".strip()

    @property
    def kind_words(self) -> str:
        return "Initial" if self.bill.kind is MonthKind.INITIAL else "Subsequent"

    @cached_property
    def next_code(self) -> NextCode | None:
        """The next mark, as long as the month can still reach it."""
        if not self.is_open or self.bill.is_issued:
            return None
        return next_code(
            self.bill.kind,
            self.bill.minutes,
            g2214_first_minute=self.bill.practice.g2214_first_minute,
        )

    @property
    def minutes_to_next(self) -> int | None:
        return self.next_code.at_minute - self.bill.minutes if self.next_code else None

    @property
    def next_words(self) -> str:
        return f"{self.next_code.code} at {self.next_code.at_minute}" if self.next_code else ""

    @property
    def amount_cents(self) -> int | None:
        """What the lines come to; None without lines, or as long as a charge is missing."""
        return self.bill.total_cents if self.bill.lines else None

    @property
    def amount_words(self) -> str:
        if not self.bill.lines:
            return ""
        return "No charge" if self.amount_cents is None else dollars(self.amount_cents)

    @cached_property
    def found_by(self) -> str:
        """Everything a person may type to find the row."""
        patient, bill = self.bill.patient, self.bill
        names = f"{patient.last_name} {patient.first_name} {patient.preferred_name}"
        return fold(f"{names} {patient.mrn} {bill.number} {bill.code_words}")


class MonthFilter(Enum):
    """A filter of the month's list with its live count."""

    EVERYONE = "All"
    BILLABLE = "Billable"
    TO_ISSUE = "To issue"
    ISSUED = "Issued"
    NO_CODE = "Not yet"
    TO_CHECK = "With warnings"


RULES: dict[MonthFilter, str] = {
    MonthFilter.EVERYONE: "Every patient on whom time was spent in the month.",
    MonthFilter.BILLABLE: "The minutes reach a code; issued or not.",
    MonthFilter.TO_ISSUE: "The minutes reach a code, and nothing is issued yet.",
    MonthFilter.ISSUED: "Numbered and kept as it was issued.",
    MonthFilter.NO_CODE: "The minutes reach no code.",
    MonthFilter.TO_CHECK: "Something is missing or should be looked at before it goes out.",
}
SHOWN_BY: dict[MonthFilter, Callable[[MonthRow], bool]] = {
    MonthFilter.EVERYONE: lambda _row: True,
    MonthFilter.BILLABLE: lambda row: bool(row.bill.lines),
    MonthFilter.TO_ISSUE: lambda row: row.state is BillState.DRAFT,
    MonthFilter.ISSUED: lambda row: row.state is BillState.ISSUED,
    MonthFilter.NO_CODE: lambda row: row.state is BillState.NO_CODE,
    MonthFilter.TO_CHECK: lambda row: bool(row.bill.to_check),
}


def month_rows(bills: Iterable[Superbill], *, today: date) -> tuple[MonthRow, ...]:
    """Give one row for each superbill; the month is open up to and with its last day."""
    return tuple(MonthRow(bill, is_open=today <= bill.month.last_day) for bill in bills)


def counts(rows: Sequence[MonthRow]) -> dict[MonthFilter, int]:
    return {each: sum(map(shows, rows)) for each, shows in SHOWN_BY.items()}


def shown(
    rows: Sequence[MonthRow], *, only: MonthFilter = MonthFilter.EVERYONE, find: str = ""
) -> list[MonthRow]:
    """Give the rows of a filter that hold every word typed, in any order."""
    words = fold(find).split()
    return [
        row for row in rows if SHOWN_BY[only](row) and all(word in row.found_by for word in words)
    ]


def to_issue(rows: Iterable[MonthRow]) -> tuple[MonthRow, ...]:
    return tuple(row for row in rows if row.state is BillState.DRAFT)


def checks(rows: Iterable[MonthRow]) -> dict[str, int]:
    """Count how many superbills each thing to check is about, the most frequent first."""
    return dict(Counter(words for row in rows for words in row.bill.to_check).most_common())


def to_print(rows: Iterable[MonthRow]) -> tuple[Superbill, ...]:
    """Give the superbills that have something on them, in their order."""
    return tuple(row.bill for row in rows if row.bill.lines)


@dataclass(frozen=True, slots=True)
class MonthTotals:
    """What a list comes to. `without_charge` are superbills that lack one."""

    patients: int
    billable: int
    minutes: int
    issued_cents: int
    draft_cents: int
    without_charge: int

    @classmethod
    def of(cls, rows: Sequence[MonthRow]) -> MonthTotals:
        billable = [row for row in rows if row.bill.lines]
        return cls(
            patients=len(rows),
            billable=len(billable),
            minutes=sum(row.bill.minutes for row in rows),
            issued_cents=_cents(row for row in billable if row.bill.is_issued),
            draft_cents=_cents(row for row in billable if not row.bill.is_issued),
            without_charge=sum(row.amount_cents is None for row in billable),
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Say each total; what is missing only where something is."""
        return (
            count_of(self.patients, "patient"),
            f"{self.billable:,} billable",
            count_of(self.minutes, "minute"),
            f"{dollars(self.issued_cents)} issued",
            f"{dollars(self.draft_cents)} to issue",
            *self._missing,
        )

    @property
    def words_of_drafts(self) -> tuple[str, ...]:
        """Say what the drafts come to, for whoever is about to issue them."""
        minutes = count_of(self.minutes, "minute")
        return (minutes, dollars(self.draft_cents), *self._missing)

    @property
    def _missing(self) -> tuple[str, ...]:
        return (f"{self.without_charge:,} without a charge",) if self.without_charge else ()


def _cents(rows: Iterable[MonthRow]) -> int:
    return sum(row.amount_cents or 0 for row in rows)
