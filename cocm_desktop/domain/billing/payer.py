"""A payer as the practice deals with it, and a patient's coverage by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import CoverageId, PatientId, PayerId
from cocm_desktop.domain.patient import Sex


class ClaimFiling(Enum):
    """What kind of payer a claim names. Source: X12 005010X222A1, SBR09 (`filing_code`)."""

    MEDICARE_B = "Medicare Part B"
    MEDICAID = "Medicaid"
    BLUE_CROSS = "Blue Cross Blue Shield"
    COMMERCIAL = "Commercial insurance"
    HMO = "Health maintenance organization"
    MEDICARE_ADVANTAGE = "Medicare Advantage"
    PPO = "Preferred provider organization"
    SELF_PAY = "Self-pay"

    @property
    def filing_code(self) -> str:
        return _FILING_CODES[self]


_FILING_CODES = {
    ClaimFiling.MEDICARE_B: "MB",
    ClaimFiling.MEDICAID: "MC",
    ClaimFiling.BLUE_CROSS: "BL",
    ClaimFiling.COMMERCIAL: "CI",
    ClaimFiling.HMO: "HM",
    ClaimFiling.MEDICARE_ADVANTAGE: "16",
    ClaimFiling.PPO: "12",
    ClaimFiling.SELF_PAY: "09",
}


class Relation(Enum):
    """How the patient is related to the insured person. Source: X12 individual relationship."""

    SELF = "Self"
    SPOUSE = "Spouse"
    CHILD = "Child"
    OTHER = "Other"

    @property
    def relation_code(self) -> str:
        return _RELATION_CODES[self]


_RELATION_CODES = {
    Relation.SELF: "18",
    Relation.SPOUSE: "01",
    Relation.CHILD: "19",
    Relation.OTHER: "G8",
}


@dataclass(frozen=True, slots=True)
class Payer:
    """Whom the practice bills. `payer_number` is the electronic id; `rule_set` is one's id.

    `confirmed_on` is the day on which the practice confirmed rules and rates with the payer;
    `registered_on` that of an approval or attestation the payer asks for.
    """

    id: PayerId
    name: str
    rule_set: str
    filing: ClaimFiling
    payer_number: str = ""
    phone: str = ""
    days_to_file: int | None = None
    confirmed_on: date | None = None
    confirmed_note: str = ""
    registered_on: date | None = None
    active: bool = True
    version: int = 1


@dataclass(frozen=True, slots=True)
class Insured:
    """The person who holds the policy, where that is not the patient."""

    last_name: str
    first_name: str
    born_on: date | None = None
    sex: Sex = Sex.UNKNOWN
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""


@dataclass(frozen=True, slots=True)
class PatientCoverage:
    """That a payer covers a patient, in a span of days; `rank` 1 pays first.

    `authorization` is the number of a prior authorization, good to and with `authorized_last_on`.
    `eligibility_note` says in words what the payer answered when it was last asked.
    """

    id: CoverageId
    patient_id: PatientId
    payer_id: PayerId
    member_id: str
    group_number: str = ""
    first_on: date | None = None
    last_on: date | None = None
    rank: int = 1
    relation: Relation = Relation.SELF
    insured: Insured | None = None
    authorization: str = ""
    authorized_last_on: date | None = None
    eligibility_note: str = ""
    version: int = 1

    def meets(self, first_on: date | None, last_on: date | None) -> bool:
        """Whether it holds on a day of a span; None leaves an end open."""
        first, last = self.first_on or date.min, self.last_on or date.max
        return (first_on or date.min) <= last and first <= (last_on or date.max)

    def covers(self, day: date) -> bool:
        begun = self.first_on is None or self.first_on <= day
        return begun and (self.last_on is None or day <= self.last_on)
