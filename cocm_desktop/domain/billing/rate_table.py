"""What Medicare allows: relative value units, conversion factors, and amounts to the cent.

Source: CMS physician fee schedule: amount = (work x GPCI + practice expense x GPCI + malpractice
x GPCI) x conversion factor, rounded half up to the cent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cocm_desktop.domain.billing.evaluation_facts import SettingFacts, Span
from cocm_desktop.domain.billing.locality import NATIONAL
from cocm_desktop.domain.described import meant, read_as

CENT = Decimal(1)
# Source: 42 CFR 414.56: NP, PA and CNS under their own NPI; midwives are paid in full.
PRACTITIONER_SHARE = Decimal("0.85")
# Source: 42 CFR 410.152: the patient pays 20 % of the allowed amount after the deductible.
PATIENT_SHARE = Decimal("0.20")
# Source: sequestration, 2 % of what Medicare itself pays (CARC 253).
SEQUESTRATION = Decimal("0.02")


@dataclass(frozen=True, slots=True)
class RelativeValue:
    """The units of one code."""

    code: str = meant("The code.", example="99492")
    work: Decimal = meant("Work.", example="1.88")
    expense: Decimal = meant("Practice expense outside facilities.", example="2.78")
    facility_expense: Decimal = meant("Practice expense in facilities.", example="0.44")
    malpractice: Decimal = meant("Malpractice.", example="0.14")


@dataclass(frozen=True, slots=True)
class RateTable:
    """One release of the fee schedule."""

    id: str = meant("Its name.", example="PFS 2026")
    source: str = meant("Where it was read.", example="CMS RVU26C")
    factor: Decimal = meant("Conversion factor in dollars.", example="33.4009")
    valid: Span = meant("Days of service for which it holds.", example=None)
    rows: tuple[RelativeValue, ...] = meant("Relative values.", example=[])
    is_qualifying: bool | None = meant(
        "Whether its factor is for participants of an advanced payment model; null: for all.",
        example=False,
        default=None,
    )

    def row(self, code: str) -> RelativeValue | None:
        return next((each for each in self.rows if each.code == code), None)

    def words(self, locality: str = "") -> str:
        """Say where an amount comes from, as it stands beside every amount."""
        factor = " (qualifying participant)" if self.is_qualifying else ""
        return f"{self.valid.first.year}, {self.source}{factor}, {locality or NATIONAL}"


def read_tables(contents: Iterable[Mapping[str, Any]]) -> tuple[RateTable, ...]:
    """Read rate tables as files have them; refuses what is not whole."""
    return tuple(read_as(RateTable, content) for content in contents)


def table_for(
    tables: Iterable[RateTable], day: date, *, is_qualifying: bool = False
) -> RateTable | None:
    """Give the table of a day of service; None where none is loaded: nothing is extrapolated.

    The first that holds counts: whoever lists them puts the practice's own and the newest first.
    """
    holding = (each for each in tables if each.valid.holds(day))
    return next((t for t in holding if t.is_qualifying in {None, is_qualifying}), None)


def allowed_cents(
    table: RateTable, code: str, setting: SettingFacts, *, is_facility: bool = False
) -> int | None:
    """Give the allowed amount of one unit in cents; None where the table has no such code."""
    row = table.row(code)
    if row is None:
        return None
    expense = row.facility_expense if is_facility else row.expense
    units = (
        row.work * setting.work_gpci
        + expense * setting.expense_gpci
        + row.malpractice * setting.malpractice_gpci
    )
    return to_cents(units * table.factor * 100)


def to_cents(amount: Decimal) -> int:
    """Round an amount in cents half up."""
    return int(amount.quantize(CENT, rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Split:
    """How an allowed Medicare amount is paid once the deductible is met, in cents."""

    patient: int
    sequestered: int
    paid: int

    @classmethod
    def of(cls, allowed: int) -> Split:
        patient = to_cents(allowed * PATIENT_SHARE)
        sequestered = to_cents((allowed - patient) * SEQUESTRATION)
        return cls(patient, sequestered, allowed - patient - sequestered)
