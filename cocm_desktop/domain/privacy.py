"""What a patient may ask of the practice about their record, and what of it went to whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import AmendmentId, DisclosureId, PatientId, RestrictionId


class Purpose(Enum):
    """Why a part of the record was given out; the value completes "Given out for …".

    Source: 45 CFR 164.528(a)(1): treatment, payment, operations, to the patient and by the
    patient's authorization need not be accounted for.
    """

    TREATMENT = "treatment"
    PAYMENT = "payment"
    OPERATIONS = "health care operations"
    TO_PATIENT = "the patient's own request"
    AUTHORIZED = "the patient's authorization"
    PUBLIC_HEALTH = "public health"
    ABUSE_OR_NEGLECT = "a report of abuse or neglect"
    OVERSIGHT = "health oversight"
    COURT = "a court or an administrative proceeding"
    LAW_ENFORCEMENT = "law enforcement"
    DEATH = "a coroner, medical examiner or funeral director"
    RESEARCH = "research without authorization"
    SAFETY = "averting a serious threat"
    GOVERNMENT = "specialized government functions"
    WORKERS_COMPENSATION = "workers' compensation"
    REQUIRED_BY_LAW = "what a law requires"
    IN_ERROR = "an error (not allowed)"

    @property
    def is_accountable(self) -> bool:
        return self not in _NOT_ACCOUNTED


_NOT_ACCOUNTED = {
    Purpose.TREATMENT,
    Purpose.PAYMENT,
    Purpose.OPERATIONS,
    Purpose.TO_PATIENT,
    Purpose.AUTHORIZED,
}


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One time that something of a patient's record left the practice."""

    id: DisclosureId
    patient_id: PatientId
    disclosed_on: date
    recipient: str
    address: str
    what: str
    purpose: Purpose
    authority: str = ""
    """The authorization, court order or statute, where there is one."""
    has_part2: bool = False
    sha256: str = ""


class Decision(Enum):
    OPEN = "Open"
    ACCEPTED = "Accepted"
    DENIED = "Denied"


@dataclass(frozen=True, slots=True)
class Amendment:
    """A patient's request to amend the record. Source: 45 CFR 164.526; 60 days to answer."""

    id: AmendmentId
    patient_id: PatientId
    asked_on: date
    words: str
    decision: Decision = Decision.OPEN
    decided_on: date | None = None
    decision_words: str = ""
    disagreement: str = ""
    """The patient's statement where the request was denied; it goes with later disclosures."""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Restriction:
    """A restriction the patient asked for. Source: 45 CFR 164.522(a)."""

    id: RestrictionId
    patient_id: PatientId
    asked_on: date
    words: str
    decision: Decision = Decision.OPEN
    decided_on: date | None = None
    ended_on: date | None = None
    is_paid_in_full: bool = False
    """Services paid out of pocket in full: the practice must agree to keep them from the payer."""
    version: int = 1
