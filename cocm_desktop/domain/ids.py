"""Identifiers, made when the object is made."""

from __future__ import annotations

import secrets
import time
import uuid
from typing import NewType

PatientId = NewType("PatientId", str)
StaffId = NewType("StaffId", str)
EpisodeId = NewType("EpisodeId", str)
ConsentId = NewType("ConsentId", str)
MeasureId = NewType("MeasureId", str)
ContactId = NewType("ContactId", str)
TimeEntryId = NewType("TimeEntryId", str)
SafetyTaskId = NewType("SafetyTaskId", str)
DiagnosisId = NewType("DiagnosisId", str)
DiscussionFlagId = NewType("DiscussionFlagId", str)
SuperbillId = NewType("SuperbillId", str)
PatientMergeId = NewType("PatientMergeId", str)
ImportBatchId = NewType("ImportBatchId", str)
FeeId = NewType("FeeId", str)
MedicationId = NewType("MedicationId", str)
DoseId = NewType("DoseId", str)
PastTrialId = NewType("PastTrialId", str)
InterventionId = NewType("InterventionId", str)
GoalId = NewType("GoalId", str)
ReferralOutId = NewType("ReferralOutId", str)
PlanId = NewType("PlanId", str)
TaskId = NewType("TaskId", str)
FlagId = NewType("FlagId", str)
CaseReviewId = NewType("CaseReviewId", str)
RecommendationId = NewType("RecommendationId", str)
SavedViewId = NewType("SavedViewId", str)
InstrumentPackId = NewType("InstrumentPackId", str)


def new_id() -> str:
    """Give a UUID version 7: unique on every computer, in order of making to the millisecond.

    Source: RFC 9562, section 5.7.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & 0xFFFF_FFFF_FFFF) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def is_id(text: str) -> bool:
    """Tell whether the text is an identifier as this program writes them."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
