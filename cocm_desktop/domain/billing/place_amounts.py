"""Where the practitioner ordinarily sees patients: what Medicare allows depends on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cocm_desktop.domain.billing.claim_checks import FACILITIES
from cocm_desktop.domain.billing.codes import CODES
from cocm_desktop.domain.billing.evaluation_facts import SettingFacts
from cocm_desktop.domain.billing.rate_table import RateTable, allowed_cents

# Source: CMS place of service code set; those in which CoCM is billed, in words of our own.
PLACES = {
    "11": "Office",
    "19": "Outpatient hospital, off campus",
    "21": "Inpatient hospital",
    "22": "Outpatient hospital, on campus",
    "31": "Skilled nursing facility",
    "50": "Federally qualified health center",
    "72": "Rural health clinic",
}
ALLOWED_WORDS = "allowed, before deductible and coinsurance"


@dataclass(frozen=True, slots=True)
class TwoAmounts:
    """What Medicare allows for a code outside facilities and in them; None where it is unknown."""

    code: str
    label: str
    office_cents: int | None
    facility_cents: int | None


def place_words(place: str) -> str:
    """Write 22, Outpatient hospital, on campus."""
    return f"{place}, {PLACES[place]}" if place in PLACES else place


def is_facility(place: str) -> bool:
    return place in FACILITIES


def amounts_by_place(
    table: RateTable | None, codes: Sequence[str], setting: SettingFacts
) -> tuple[TwoAmounts, ...]:
    """Give both amounts of each code, so that the choice of a place is seen as one of money."""
    return tuple(
        TwoAmounts(
            code,
            CODES[code].label,
            allowed_cents(table, code, setting) if table else None,
            allowed_cents(table, code, setting, is_facility=True) if table else None,
        )
        for code in codes
    )


@dataclass(frozen=True, slots=True)
class PlaceAmounts:
    """The place of service with what it means in money on a day, and where the rates are from."""

    place: str
    day: date
    rates: str
    amounts: tuple[TwoAmounts, ...]

    @property
    def is_loaded(self) -> bool:
        return bool(self.rates)
