"""The columns of the billing month: what each says and how it sorts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cocm_desktop.domain.billing.month_list import BillState, MonthRow
from cocm_desktop.domain.wording import NOTHING, long_date
from cocm_desktop.ui.formats import sorted_blanks_last
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.table import Column

TONES = {BillState.DRAFT: Tone.NEUTRAL, BillState.ISSUED: Tone.INFO}


def state_chip(row: MonthRow, words: str) -> Chip | str:
    """Show a superbill's state as a chip; a month without a code has no superbill."""
    tone = TONES.get(row.state)
    return Chip(words, tone) if tone else words


def _text(value: Chip | str) -> str:
    return value.text if isinstance(value, Chip) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class BillColumn(Column[MonthRow]):
    """`sort` gives None for a blank, which stays last; `orders` names both directions."""

    key: str
    sort: Callable[[MonthRow], Any]
    orders: tuple[str, str]
    starts_descending: bool = False
    ink: Callable[[MonthRow], str] = lambda _row: "text"
    only_open: bool = False
    """Whether it says something only as long as the month is open."""


def _amount_ink(row: MonthRow) -> str:
    return "due" if row.bill.lines and row.amount_cents is None else "text"


def _to_check(row: MonthRow) -> int | None:
    return len(row.bill.to_check) or None


COLUMNS = (
    BillColumn(
        "Patient",
        lambda row: row.bill.patient.name,
        key="patient",
        sort=lambda row: row.sort_name,
        orders=("by name", "by name, Z to A"),
        hint=lambda row: f"{row.bill.patient.name}, born {long_date(row.bill.patient.born_on)}",
    ),
    BillColumn(
        "Month",
        lambda row: row.kind_words,
        key="kind",
        sort=lambda row: row.kind_words,
        orders=("initial months first", "subsequent months first"),
        ink=lambda _row: "secondary",
        hint=lambda row: row.bill.kind.value,
    ),
    BillColumn(
        "Minutes",
        lambda row: row.bill.minutes,
        right=True,
        key="minutes",
        sort=lambda row: row.bill.minutes,
        orders=("fewest minutes first", "most minutes first"),
        starts_descending=True,
        hint=lambda row: "\n".join(row.bill.left_out),
    ),
    BillColumn(
        "Codes",
        lambda row: row.bill.code_words or NOTHING,
        key="codes",
        sort=lambda row: row.bill.code_words or None,
        orders=("by code", "by code, last first"),
        ink=lambda row: "text" if row.bill.lines else "secondary",
        hint=lambda row: "\n".join(f"{line.code}: {line.label}" for line in row.bill.lines),
    ),
    BillColumn(
        "Next",
        lambda row: row.next_words,
        key="next",
        sort=lambda row: row.minutes_to_next,
        orders=("nearest to the next code first", "farthest from the next code first"),
        ink=lambda _row: "secondary",
        only_open=True,
        hint=lambda row: row.next_words,
    ),
    BillColumn(
        "Amount",
        lambda row: row.amount_words,
        right=True,
        key="amount",
        sort=lambda row: row.amount_cents,
        orders=("smallest amount first", "largest amount first"),
        starts_descending=True,
        ink=_amount_ink,
    ),
    BillColumn(
        "State",
        lambda row: state_chip(row, row.state_words),
        _text,
        key="state",
        sort=lambda row: (list(BillState).index(row.state), row.bill.number),
        orders=("no code first", "issued first"),
        starts_descending=True,
        ink=lambda _row: "secondary",
        hint=lambda row: row.bill.number or row.state.value,
    ),
    BillColumn(
        "Check",
        _to_check,
        right=True,
        key="to_check",
        sort=_to_check,
        orders=("least to check first", "most to check first"),
        starts_descending=True,
        ink=lambda _row: "due",
        hint=lambda row: "\n".join(row.bill.to_check),
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}


def in_order(
    rows: Iterable[MonthRow], column: BillColumn, *, descending: bool
) -> tuple[MonthRow, ...]:
    """Sort by a column, blanks last; equals are by name."""
    by_name = sorted(rows, key=lambda row: (row.sort_name, row.key))
    return tuple(sorted_blanks_last(by_name, column.sort, descending=descending))
