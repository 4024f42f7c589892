"""What the practice has chosen about billing; each setting holds from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, get_type_hints

from cocm_desktop.domain.billing.choices import ApcmChoice, ServiceDate

YES, NO = "yes", "no"


class ClinicKind(Enum):
    """What the practice is for Medicare: clinics bill on the institutional form."""

    OFFICE = "Office or group practice"
    RHC = "Rural health clinic"
    FQHC = "Federally qualified health center"

    @property
    def is_clinic(self) -> bool:
        return self is not ClinicKind.OFFICE


@dataclass(frozen=True, slots=True)
class BillingSettings:
    """Every setting with the value that holds unless the practice chose another.

    `locality` is the carrier and number of a GPCI row that was loaded, such as 06302-00; empty
    means national amounts. `is_production` turns the test mark of claim files off. The facility is
    where the service is given if that is not the practice; without a name there is none.
    """

    clinic_kind: ClinicKind = ClinicKind.OFFICE
    place_of_service: str = "11"
    group_taxonomy: str = ""
    facility_name: str = ""
    facility_npi: str = ""
    facility_address: str = ""
    facility_city: str = ""
    facility_state: str = ""
    facility_postal_code: str = ""
    locality: str = ""
    is_qualifying_apm: bool = False
    g2214_first_minute: int = 16
    bhi_first_minute: int = 20
    counts_practitioner: bool = False
    clinic_first_minute: int = 60
    apcm: ApcmChoice = ApcmChoice.OFF
    service_date: ServiceDate = ServiceDate.LAST_DAY
    submitter_id: str = ""
    receiver_id: str = ""
    receiver_name: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    makes_claim_files: bool = False
    is_production: bool = False

    @classmethod
    def of(cls, stored: Mapping[str, str]) -> BillingSettings:
        """Read settings by name as they are stored; names of other releases are passed over."""
        values: dict[str, Any] = {
            name: read_value(name, stored[name]) for name in NAMES if name in stored
        }
        return cls(**values)

    def text(self, name: str) -> str:
        """Give a setting as it is stored."""
        value = getattr(self, name)
        if isinstance(value, Enum):
            return value.name
        return _BOOL_WORDS[value] if isinstance(value, bool) else str(value)


_BOOL_WORDS = {True: YES, False: NO}
NAMES = tuple(field.name for field in fields(BillingSettings))
KINDS: dict[str, Any] = get_type_hints(BillingSettings)
AS_SHIPPED = BillingSettings()


def read_value(name: str, text: str) -> Enum | bool | int | str:
    """Read what is stored of a setting. Raises KeyError or ValueError on what none may be."""
    kind = KINDS[name]
    value: Enum | bool | int | str
    if issubclass(kind, Enum):
        value = kind[text]
    elif kind is bool:
        value = {YES: True, NO: False}[text]
    else:
        value = kind(text)
    return value
