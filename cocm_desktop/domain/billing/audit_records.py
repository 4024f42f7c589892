"""The records behind a patient's month, as they are on file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from cocm_desktop.domain.billing.bill_paper import BillPaper
from cocm_desktop.domain.billing.bill_step import BillStep
from cocm_desktop.domain.billing.claim_file import ClaimFile
from cocm_desktop.domain.billing.closing import MonthClosing
from cocm_desktop.domain.billing.outside_care import OutsideCare
from cocm_desktop.domain.billing.posting import PostedPayment
from cocm_desktop.domain.case_review import CaseReview
from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.contact import Contact
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.intervention import Intervention
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.medication import Medication
from cocm_desktop.domain.meeting import Meeting
from cocm_desktop.domain.plans import Plan
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.time_log import LogLine
from cocm_desktop.domain.wording import (
    NOTHING,
    SECONDS_A_MINUTE,
    long_moment,
    minutes_of,
    short_date,
)


@dataclass(frozen=True, slots=True)
class AuditRecords:
    """What is on file of a patient's month, and of the episode up to its last day.

    `earlier` are bills of the same month that were withdrawn; `zone` is the practice's.
    """

    paper: BillPaper
    titles: Mapping[StaffId, str]
    zone: tzinfo | None = None
    consents: tuple[Consent, ...] = ()
    outside: OutsideCare | None = None
    log: tuple[LogLine, ...] = ()
    contacts: tuple[Contact, ...] = ()
    measures: tuple[Measure, ...] = ()
    plans: tuple[Plan, ...] = ()
    medications: tuple[Medication, ...] = ()
    interventions: tuple[Intervention, ...] = ()
    reviews: tuple[CaseReview, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    steps: tuple[BillStep, ...] = ()
    closings: tuple[MonthClosing, ...] = ()
    earlier: tuple[Superbill, ...] = ()
    claim_files: tuple[ClaimFile, ...] = ()
    payments: tuple[PostedPayment, ...] = ()

    def moment(self, at: datetime) -> str:
        """Write a moment in the practice's time zone."""
        return long_moment(at.astimezone(self.zone))

    def title(self, staff_id: str | None) -> str:
        return self.titles.get(StaffId(staff_id), NOTHING) if staff_id else NOTHING


def day_or_dash(day: date | None) -> str:
    return short_date(day) if day else NOTHING


def length_words(seconds: int) -> str:
    """Write 12 min, or 12 min 30 s: an auditor adds seconds up."""
    minutes, rest = minutes_of(seconds), seconds % SECONDS_A_MINUTE
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
