"""A month's superbills as a list: one row for each patient, and its filters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.billing.bill_step import BillStep, MonthState
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.ids import SuperbillId
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.text import fold
from cocm_desktop.domain.wording import count_of

_BY_FEE_SCHEDULE = {ClaimFiling.MEDICARE_B, ClaimFiling.MEDICARE_ADVANTAGE}
# What a table asks of every row besides its filters: to sort, to find, and to add up.
ASKED_OF_EVERY_ROW = (
    *("sort_name", "found_by", "state_name", "checklist"),
    *("charge_cents", "allowed_cents", "code_words"),
)


class MonthFilter(Enum):
    """A filter of the month's list with its live count."""

    EVERYONE = "All"
    NOT_READY = "Not ready"
    TO_APPROVE = "To approve"
    READY = "Ready"
    ISSUED = "Issued"
    SENT = "Sent"
    DENIED = "Denied"
    PAID = "Paid"
    TO_CHECK = "With warnings"


RULES: dict[MonthFilter, str] = {
    MonthFilter.EVERYONE: "Every patient on whom time was spent in the month.",
    MonthFilter.NOT_READY: "Something stops the month; the details say what.",
    MonthFilter.TO_APPROVE: "Care is on record; the treating practitioner's approval is missing.",
    MonthFilter.READY: "Nothing stops it, and nothing is issued yet.",
    MonthFilter.ISSUED: "Numbered and kept as it was issued; not sent yet.",
    MonthFilter.SENT: "Sent to the payer; no answer yet.",
    MonthFilter.DENIED: "The payer refused it.",
    MonthFilter.PAID: "The payer paid.",
    MonthFilter.TO_CHECK: "Something should be looked into before it goes out.",
}
SHOWN_BY: dict[MonthFilter, Callable[[MonthRow], bool]] = {
    MonthFilter.EVERYONE: lambda _row: True,
    MonthFilter.NOT_READY: lambda row: (
        row.state is MonthState.NOT_READY and not row.awaits_approval
    ),
    MonthFilter.TO_APPROVE: lambda row: row.awaits_approval,
    MonthFilter.READY: lambda row: row.state is MonthState.READY,
    MonthFilter.ISSUED: lambda row: row.state is MonthState.ISSUED,
    MonthFilter.SENT: lambda row: row.state is MonthState.SENT,
    MonthFilter.DENIED: lambda row: row.state is MonthState.DENIED,
    MonthFilter.PAID: lambda row: row.state is MonthState.PAID,
    MonthFilter.TO_CHECK: lambda row: bool(row.warnings),
}


def month_rows(
    bills: Iterable[Superbill],
    *,
    today: date,
    steps: Mapping[SuperbillId, tuple[BillStep, ...]] | None = None,
    is_closed: bool = False,
) -> tuple[MonthRow, ...]:
    """Give one row for each superbill; the month is open up to its last day unless closed before.

    `steps` are what became of those that are issued.
    """
    known = steps or {}
    return tuple(
        MonthRow(
            bill,
            is_open=today <= bill.month.last_day and not is_closed,
            steps=known.get(bill.id, ()),
        )
        for bill in bills
    )


def work_out(rows: Sequence[MonthRow]) -> tuple[MonthRow, ...]:
    """Derive now what a table asks of every row, so that no window waits for it later."""
    counts(rows)
    for row in rows:
        for name in ASKED_OF_EVERY_ROW:
            getattr(row, name)
    return tuple(rows)


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
    return tuple(row for row in rows if row.state is MonthState.READY)


def to_approve(rows: Iterable[MonthRow]) -> tuple[MonthRow, ...]:
    return tuple(row for row in rows if row.awaits_approval)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A warning that a person takes note of for `count` superbills, in the words of one of them."""

    id: CheckId
    words: str
    count: int


def to_acknowledge(rows: Iterable[MonthRow]) -> tuple[Acknowledgement, ...]:
    """Give each warning once, in the order of the checks."""
    words: dict[CheckId, set[str]] = {}
    count: Counter[CheckId] = Counter()
    for row in rows:
        own = [each for each in row.all_checks if not each.id.is_block]
        count.update({each.id for each in own})
        for each in own:
            words.setdefault(each.id, set()).add(each.words)
    ids = [each for each in CheckId if each in count]
    return tuple(Acknowledgement(each, _in_one(words[each]), count[each]) for each in ids)


def _in_one(words: set[str]) -> str:
    first = min(words)
    return first if len(words) == 1 else f"{first} (And others like it.)"


def checks(rows: Iterable[MonthRow]) -> dict[str, int]:
    """Count how many superbills each thing to check is about, the most frequent first."""
    return dict(Counter(each.words for row in rows for each in row.warnings).most_common())


def to_print(rows: Iterable[MonthRow]) -> tuple[Superbill, ...]:
    """Give the superbills that have something on them, in their order; drafts too."""
    return tuple(row.bill for row in rows if row.labelled)


@dataclass(frozen=True, slots=True)
class Notices:
    """What concerns a whole month; `is_about_tables` where codes or rates are to be loaded."""

    words: tuple[str, ...]
    is_about_tables: bool


def notices(rows: Sequence[MonthRow]) -> Notices:
    """Say what concerns the whole month: tables that end before it, amounts that are missing."""
    found = Counter(each.id for row in rows for each in row.all_checks)
    said = []
    if found[CheckId.W42]:
        said.append("The diagnosis codes that are loaded end before the days of service.")
    if any(_lacks_medicare_rate(row) for row in rows):
        said.append("Medicare's rates of this month are not loaded.")
    about_tables = bool(said)
    if without_charge := sum(row.has_amounts and row.charge_cents is None for row in rows):
        said.append(f"No charge is set for a code of {count_of(without_charge, 'patient')}.")
    if found[CheckId.W04]:
        said.append(f"Time overlaps for {count_of(found[CheckId.W04], 'patient')}.")
    return Notices(tuple(said), about_tables)


def _lacks_medicare_rate(row: MonthRow) -> bool:
    is_medicare = row.bill.payer is not None and row.bill.payer.filing in _BY_FEE_SCHEDULE
    return is_medicare and row.has_amounts and row.allowed_cents is None
