"""Documented agreement of a patient to collaborative care."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from cocm_desktop.domain.ids import ConsentId, EpisodeId, StaffId


class ConsentMethod(Enum):
    VERBAL = "Verbal"
    WRITTEN = "Written"


# Source: CMS, MLN909432 Behavioral Health Integration Services, "Advance consent": the patient
# agrees that specialists may be consulted and has been told that cost sharing applies.
CONSENT_STATEMENTS = (
    "The team may consult the psychiatric consultant and other specialists.",
    "Cost sharing may apply, also for services that are not face to face.",
    "The patient may stop at any time; it takes effect at the end of the month.",
)


@dataclass(frozen=True, slots=True)
class Consent:
    id: ConsentId
    episode_id: EpisodeId
    given_on: date
    method: ConsentMethod
    obtained_by: StaffId
