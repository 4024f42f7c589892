"""Where the service is given, where that is not the practice's own address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.billing.claim_text import is_postal_code
from cocm_desktop.domain.identifiers import is_npi
from cocm_desktop.errors import Problem


@dataclass(frozen=True, slots=True)
class Facility:
    """A hospital or clinic as it stands in box 32 of a claim. It may have no NPI."""

    name: str
    npi: str
    address: str
    city: str
    state: str
    postal_code: str

    @property
    def words(self) -> str:
        """Say it in one line: name, place, number."""
        place = f"{self.address}, {self.city}, {self.state} {self.postal_code}".strip(", ")
        number = f"NPI {self.npi}" if self.npi else ""
        return " · ".join(filter(None, (self.name, place, number)))

    def problems(self) -> Iterator[Problem]:
        """Name what a claim cannot go out with. Source: X12 005010X222A1, loop 2310C."""
        if self.npi and not is_npi(self.npi):
            yield Problem("facility", "The check digit of the service facility's NPI is wrong.")
        if not (self.address and self.city and self.state):
            yield Problem("facility", "The service facility's address is incomplete.")
        if not is_postal_code(self.postal_code, is_full=True):
            words = "The service facility's ZIP code needs nine digits on a claim."
            yield Problem("facility", words)


def facility_of(settings: BillingSettings) -> Facility | None:
    """Give the facility that the practice has set up; None where there is none."""
    if not settings.facility_name:
        return None
    return Facility(
        name=settings.facility_name,
        npi=settings.facility_npi,
        address=settings.facility_address,
        city=settings.facility_city,
        state=settings.facility_state,
        postal_code=settings.facility_postal_code,
    )
