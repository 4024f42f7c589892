"""The practitioner's approval of a month, and what it was given to."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.evaluation import MonthResult
from cocm_desktop.domain.billing.evaluation_facts import PatientMonth
from cocm_desktop.domain.described import written
from cocm_desktop.domain.ids import PatientId, StaffId
from cocm_desktop.domain.service_month import ServiceMonth

# An approval may come before these are mended: the practitioner has nothing to do with them.
OF_THE_CLAIM = frozenset(
    {CheckId.B15, CheckId.B16, CheckId.B17, CheckId.B18, CheckId.B20, CheckId.B21, CheckId.B22}
    | {CheckId.B23, CheckId.B25}
)


@dataclass(frozen=True, slots=True)
class MonthApproval:
    """`outcome` is the digest of what was approved; with another outcome it no longer holds.

    `signed_on` is the day of a signature on paper; None where the practitioner approved here.
    """

    patient_id: PatientId
    month: ServiceMonth
    practitioner_id: StaffId
    outcome: str
    recorded_at: datetime
    signed_on: date | None = None

    def holds_for(self, outcome: str) -> bool:
        return self.outcome == outcome


def outcome_of(facts: PatientMonth, result: MonthResult) -> str:
    """Digest what a practitioner answers for: time, codes, day, diagnoses, payer's rules.

    Neither amounts nor what only the calendar changes: a claim grows late, a warning goes.
    """
    answered_for = {
        "month": facts.month,
        "npi": facts.practitioner.npi,
        "kind": result.kind,
        "seconds": result.time.seconds,
        "codes": result.reached,
        "served_on": result.served_on,
        "diagnoses": facts.diagnoses,
        "rules": result.versions.rule_set,
    }
    plain = {name: written(value) for name, value in answered_for.items()}
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
