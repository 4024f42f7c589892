"""What the practice has chosen about billing; each setting holds from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from cocm_desktop.domain.billing.choices import ApcmChoice, ServiceDate


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
    means national amounts. `is_production` turns the test mark of claim files off.
    """

    clinic_kind: ClinicKind = ClinicKind.OFFICE
    place_of_service: str = "11"
    group_taxonomy: str = ""
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


AS_SHIPPED = BillingSettings()
