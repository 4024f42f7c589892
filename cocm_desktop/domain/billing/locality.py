"""Where a practice is for Medicare: the geographic indices of a locality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from cocm_desktop.domain.billing.evaluation_facts import SettingFacts, Span
from cocm_desktop.domain.described import meant

NATIONAL = "national amounts"


@dataclass(frozen=True, slots=True)
class Locality:
    """One locality of a carrier. Its `key`, such as 06302-00, is what a practice chooses by."""

    key: str = meant("Carrier and number.", example="06302-00")
    state: str = meant("State.", example="WI")
    name: str = meant("Name.", example="Wisconsin")
    work: Decimal = meant("Work index, with the floor where it holds.", example="1.000")
    expense: Decimal = meant("Practice expense index.", example="0.958")
    malpractice: Decimal = meant("Malpractice index.", example="0.308")

    @property
    def words(self) -> str:
        return f"{self.key} {self.name}"


@dataclass(frozen=True, slots=True)
class LocalityTable:
    """One release of the geographic practice cost indices (GPCI)."""

    id: str = meant("Its name.", example="GPCI 2026")
    source: str = meant("Where it was read.", example="GPCI2026.csv")
    valid: Span = meant("Days of service for which it holds.", example=None)
    rows: tuple[Locality, ...] = meant("The localities.", example=[])

    def row(self, key: str) -> Locality | None:
        return next((each for each in self.rows if each.key == key), None)


def locality_on(tables: Iterable[LocalityTable], key: str, day: date) -> Locality | None:
    """Give the chosen locality as it is paid on a day; None where none is chosen.

    Where it is not loaded for the day, amounts are national and the name says so.
    """
    if not key:
        return None
    holding = (table.row(key) for table in tables if table.valid.holds(day))
    words = f"not loaded for {day.year}: {NATIONAL}"
    national = Locality(key, "", words, Decimal(1), Decimal(1), Decimal(1))
    return next((row for row in holding if row is not None), national)


def priced_at(setting: SettingFacts, place: Locality | None) -> SettingFacts:
    """Give a setting with the indices of a locality; national ones where none is chosen."""
    if place is None:
        return setting
    return replace(
        setting,
        work_gpci=place.work,
        expense_gpci=place.expense,
        malpractice_gpci=place.malpractice,
        locality=place.words,
    )
