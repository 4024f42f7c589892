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
MeetingId = NewType("MeetingId", str)
PayerId = NewType("PayerId", str)
CoverageId = NewType("CoverageId", str)
EligibilityId = NewType("EligibilityId", str)
VisitId = NewType("VisitId", str)
OtherServiceId = NewType("OtherServiceId", str)
StayId = NewType("StayId", str)
DeathId = NewType("DeathId", str)
ClaimFileId = NewType("ClaimFileId", str)
RemittanceId = NewType("RemittanceId", str)
TimerId = NewType("TimerId", str)
TimerStretchId = NewType("TimerStretchId", str)
BillingTableId = NewType("BillingTableId", str)
OwnRuleSetId = NewType("OwnRuleSetId", str)
ReviewMeetingId = NewType("ReviewMeetingId", str)
PrintedPacketId = NewType("PrintedPacketId", str)
LetterId = NewType("LetterId", str)
HistoryNoteId = NewType("HistoryNoteId", str)
Part2RecordId = NewType("Part2RecordId", str)
EmergencyAccessId = NewType("EmergencyAccessId", str)
AuditReviewId = NewType("AuditReviewId", str)
DraftId = NewType("DraftId", str)
SealedNoteId = NewType("SealedNoteId", str)
DisclosureId = NewType("DisclosureId", str)
AmendmentId = NewType("AmendmentId", str)
RestrictionId = NewType("RestrictionId", str)
RetentionHoldId = NewType("RetentionHoldId", str)
BackupPlaceId = NewType("BackupPlaceId", str)

_FRACTIONS = 1 << 12
_A_SECOND = 1_000 * _FRACTIONS
_OF_A_SAMPLE = "5a4d504c4500"
_last_stamp = [0]


def new_id() -> str:
    """Give a UUID version 7: unique on every computer, in the order of making on one.

    Source: RFC 9562, sections 5.7 and 6.2, method 3: fractions of the millisecond come next.
    """
    stamp = _next_stamp()
    milliseconds, fraction = divmod(stamp, _FRACTIONS)
    value = milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | secrets.randbits(62)
    return str(uuid.UUID(int=value))


def new_sample_id() -> str:
    """Give the identifier of a sample clinic, which tells it from every real one.

    Every key of a clinic is bound to its identifier: a real one cannot be given such a one later.
    """
    return new_id()[: -len(_OF_A_SAMPLE)] + _OF_A_SAMPLE


def is_sample_id(text: str) -> bool:
    return is_id(text) and text.endswith(_OF_A_SAMPLE)


def _next_stamp() -> int:
    """Give the moment in fractions of a millisecond, later than any given before.

    A clock coarser than that goes on by one; one that was set back is followed. Two threads at
    one moment may share it: between them there is no order, and chance tells their ids apart.
    """
    stamp, last = time.time_ns() * _FRACTIONS // 1_000_000, _last_stamp[0]
    if last - _A_SECOND < stamp <= last:
        stamp = last + 1
    _last_stamp[0] = stamp
    return stamp


def is_id(text: str) -> bool:
    """Tell whether the text is an identifier as this program writes them."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False
