"""What a consultant has to know of a patient's past, and records of a Part 2 program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import HistoryNoteId, Part2RecordId, PatientId


class HistoryKind(Enum):
    """Source: the psychiatric history of SCOPE's initial assessment form."""

    PSYCHIATRIC = "Psychiatric"
    ATTEMPTS = "Hospital stays and attempts"
    SUBSTANCES = "Substance use"
    MEDICAL = "Medical"
    FAMILY = "Family"
    SOCIAL = "Social"
    PREGNANCY = "Pregnancy"
    LABS = "Labs and QTc"


@dataclass(frozen=True, slots=True)
class HistoryNote:
    """What is known of one part of the history; the newest note of a kind holds."""

    id: HistoryNoteId
    patient_id: PatientId
    kind: HistoryKind
    words: str
    noted_on: date


class Part2Consent(Enum):
    """How a Part 2 consent stands on a day. Source: 42 CFR 2.31, 2.33."""

    NONE = "No consent on file"
    VALID = "Consent valid"
    EXPIRED = "Consent expired"
    REVOKED = "Consent revoked"


@dataclass(frozen=True, slots=True)
class Part2Record:
    """What a substance use disorder program under 42 CFR Part 2 let the practice know.

    It is disclosed only under a consent that is valid on the day, with the notice of section 2.32.
    """

    id: Part2RecordId
    patient_id: PatientId
    program: str
    words: str
    received_on: date
    consent_on: date | None = None
    consent_until: date | None = None
    revoked_on: date | None = None

    def consent_on_day(self, day: date) -> Part2Consent:
        """Tell how the consent stands; its last day is included, the day of revoking is not."""
        if self.revoked_on is not None and day >= self.revoked_on:
            return Part2Consent.REVOKED
        if self.consent_on is None or day < self.consent_on:
            return Part2Consent.NONE
        if self.consent_until is not None and day > self.consent_until:
            return Part2Consent.EXPIRED
        return Part2Consent.VALID
