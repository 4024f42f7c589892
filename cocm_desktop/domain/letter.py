"""Letters to practitioners and patients: which there are, and how and when each went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import CaseReviewId, EpisodeId, LetterId, PatientId, StaffId


class Language(Enum):
    ENGLISH = "English"
    SPANISH = "Spanish"


class LetterKind(Enum):
    RECOMMENDATION = "Letter to the practitioner"
    INTRODUCTION = "Introduction of the care team"
    NO_SHOW = "Missed appointment"
    UNABLE_TO_REACH = "Unable to reach"
    APPOINTMENT = "Appointment"
    CONSENT = "Consent form"


class SendingWay(Enum):
    EHR = "Copied into the EHR"
    FAX = "Fax"
    MAIL = "Mail"
    BY_HAND = "By hand"
    PORTAL = "Portal"


@dataclass(frozen=True, slots=True)
class Sending:
    """That a letter left, by which way, on which day, to whom."""

    sent_on: date
    way: SendingWay
    recipient: str
    by: StaffId
    note: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was written: its words are kept, whatever becomes of the template.

    A letter about a review names it; every other letter has no `review_id`.
    """

    id: LetterId
    patient_id: PatientId
    kind: LetterKind
    language: Language
    written_on: date
    recipient: str
    title: str
    body: str
    episode_id: EpisodeId | None = None
    review_id: CaseReviewId | None = None
    sendings: tuple[Sending, ...] = ()

    @property
    def is_sent(self) -> bool:
        return bool(self.sendings)


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """The words of a kind of letter, with named fields in braces.

    `is_own` tells the practice's wording from the one that is shipped.
    """

    kind: LetterKind
    language: Language
    title: str
    body: str
    is_own: bool = False
