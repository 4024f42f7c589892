"""The columns of the billing month: what each says and how it sorts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.checklist import Proof, ProofState
from cocm_desktop.domain.billing.explanation import ALLOWED
from cocm_desktop.domain.billing.month_row import MonthRow
from cocm_desktop.domain.wording import NOTHING, long_date
from cocm_desktop.ui.formats import sorted_blanks_last
from cocm_desktop.ui.palette import Tone
from cocm_desktop.ui.widgets.chips import Chip
from cocm_desktop.ui.widgets.table import Column

TONES = {
    MonthState.NOT_READY: Tone.NEUTRAL,
    MonthState.READY: Tone.MINIMAL,
    MonthState.ISSUED: Tone.INFO,
    MonthState.SENT: Tone.INFO,
    MonthState.PAID: Tone.MINIMAL,
    MonthState.DENIED: Tone.SEVERE,
    MonthState.VOID: Tone.NEUTRAL,
}
MARKS = {
    ProofState.DONE: ("check", "success"),
    ProofState.MISSING: ("x", "error"),
    ProofState.NOT_NEEDED: ("minus", "control"),
}
"""The icon and the colour of each state of an item: three shapes, so that colour is not alone."""
_SHORT = {
    Proof.CONSENT: "Consent",
    Proof.VISIT: "Visit",
    Proof.MINUTES: "Minutes",
    Proof.MEASURE: "Measure",
    Proof.REVIEW: "Review",
    Proof.REGISTRY: "Registry",
    Proof.PLAN: "Plan",
    Proof.DIAGNOSIS: "Diagnosis",
    Proof.APPROVAL: "Approval",
}
_STATES = list(MonthState)
_MISSING_FIRST = (ProofState.MISSING, ProofState.NOT_NEEDED, ProofState.DONE)


def state_chip(row: MonthRow, words: str) -> Chip:
    return Chip(words, Tone.SAMPLE if row.awaits_approval else TONES[row.state])


@dataclass(frozen=True, slots=True, kw_only=True)
class BillColumn(Column[MonthRow]):
    """`sort` gives None for a blank, which stays last; `orders` names both directions.

    A column with a `proof` is a narrow one of marks, its title written upwards.
    """

    key: str
    sort: Callable[[MonthRow], Any]
    orders: tuple[str, str]
    starts_descending: bool = False
    ink: Callable[[MonthRow], str] = lambda _row: "text"
    only_open: bool = False
    """Whether it says something only as long as the month is open."""
    is_upright: bool = False
    proof: Proof | None = None


def _chip_words(value: Chip | str) -> str:
    return value.text if isinstance(value, Chip) else value


def _amount_ink(row: MonthRow, cents: int | None) -> str:
    return "text" if row.bill.lines and cents is not None else "secondary"


def _to_check(row: MonthRow) -> int | None:
    return len(row.warnings) or None


def _mark_column(proof: Proof) -> BillColumn:
    def state(row: MonthRow) -> ProofState | None:
        item = row.item(proof)
        return item.state if item else None

    def order(row: MonthRow) -> int | None:
        found = state(row)
        return None if found is None else _MISSING_FIRST.index(found)

    def hint(row: MonthRow) -> str:
        item = row.item(proof)
        return f"{proof.value}: {item.state.value.lower()}. {item.words}" if item else ""

    name = _SHORT[proof].lower()
    return BillColumn(
        _SHORT[proof],
        state,
        lambda value: value.value,
        key=proof.name.lower(),
        sort=order,
        orders=(f"missing {name} first", f"missing {name} last"),
        hint=hint,
        is_upright=True,
        proof=proof,
    )


def _minutes_hint(row: MonthRow) -> str:
    item = row.item(Proof.MINUTES)
    left_out = (
        f"{each.id.name}: {each.words}"
        for each in (row.bill.result.warnings if row.bill.result else ())
        if "left out" in each.words
    )
    return "\n".join((row.kind_words + " month", item.words if item else "", *left_out)).strip()


_PATIENT = BillColumn(
    "Patient",
    lambda row: row.bill.patient.name,
    key="patient",
    sort=lambda row: row.sort_name,
    orders=("by name", "by name, Z to A"),
    hint=lambda row: f"{row.bill.patient.name}, born {long_date(row.bill.patient.born_on)}",
)
_MINUTES = BillColumn(
    "Min",
    lambda row: row.bill.minutes,
    right=True,
    key="minutes",
    sort=lambda row: row.bill.minutes,
    orders=("fewest minutes first", "most minutes first"),
    starts_descending=True,
    hint=_minutes_hint,
)
_NEXT = BillColumn(
    "Next",
    lambda row: row.short_words,
    key="next",
    sort=lambda row: row.minutes_to_next,
    orders=("nearest to the next code first", "farthest from the next code first"),
    ink=lambda _row: "secondary",
    only_open=True,
    hint=lambda row: row.next_words,
)
_CODES = BillColumn(
    "Codes",
    lambda row: row.code_words or NOTHING,
    key="codes",
    sort=lambda row: row.code_words or None,
    orders=("by code", "by code, last first"),
    ink=lambda row: "text" if row.bill.lines else "secondary",
    hint=lambda row: "\n".join(f"{line.code}: {line.label}" for line in row.labelled),
)
_ALLOWED = BillColumn(
    "Allowed",
    lambda row: row.allowed_words,
    right=True,
    key="allowed",
    sort=lambda row: row.allowed_cents,
    orders=("smallest amount first", "largest amount first"),
    starts_descending=True,
    ink=lambda row: _amount_ink(row, row.allowed_cents),
    hint=lambda row: ALLOWED if row.has_amounts else "",
)
_CHARGE = BillColumn(
    "Charge",
    lambda row: row.charge_words,
    right=True,
    key="charge",
    sort=lambda row: row.charge_cents,
    orders=("smallest charge first", "largest charge first"),
    starts_descending=True,
    ink=lambda row: "due" if row.charge_cents is None else _amount_ink(row, row.charge_cents),
)
_STATE = BillColumn(
    "State",
    lambda row: state_chip(row, row.state_words),
    _chip_words,
    key="state",
    sort=lambda row: (_STATES.index(row.state), row.bill.number),
    orders=("not ready first", "furthest on first"),
    hint=lambda row: "\n".join(filter(None, (row.bill.number, row.next_step.words))),
)
_TO_CHECK = BillColumn(
    "To check",
    _to_check,
    right=True,
    key="to_check",
    sort=_to_check,
    orders=("least to check first", "most to check first"),
    starts_descending=True,
    ink=lambda _row: "due",
    hint=lambda row: "\n".join(each.words for each in row.warnings),
    is_upright=True,
)
COLUMNS = (
    _PATIENT,
    _MINUTES,
    _NEXT,
    *(_mark_column(proof) for proof in Proof if proof is not Proof.MINUTES),
    _CODES,
    _ALLOWED,
    _CHARGE,
    _STATE,
    _TO_CHECK,
)
BY_KEY = {column.key: column for column in COLUMNS}


def in_order(
    rows: Iterable[MonthRow], column: BillColumn, *, descending: bool
) -> tuple[MonthRow, ...]:
    """Sort by a column, blanks last; equals are by name."""
    by_name = sorted(rows, key=lambda row: (row.sort_name, row.key))
    return tuple(sorted_blanks_last(by_name, column.sort, descending=descending))
