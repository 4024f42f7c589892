"""What the kept file holds of billing: payers, time, a bill that was issued and paid for."""

from __future__ import annotations

from datetime import date, time

from cocm_desktop.actions.bill_state import BillStepDraft, mark_bill
from cocm_desktop.actions.billing_settings import change_billing_setting
from cocm_desktop.actions.coverage import record_coverage, record_eligibility
from cocm_desktop.actions.meeting import record_meeting
from cocm_desktop.actions.month_approval import approve_months
from cocm_desktop.actions.month_closing import close_month
from cocm_desktop.actions.outside_care import record_other_service, record_stay, record_visit
from cocm_desktop.actions.payer import add_payer
from cocm_desktop.actions.practice import record_fee
from cocm_desktop.actions.sample.rules import keep_contract
from cocm_desktop.actions.superbill import EVERY_WARNING, issue_superbill
from cocm_desktop.actions.timer import start_timer
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.bill_step import MonthState
from cocm_desktop.domain.billing.coverage_draft import CoverageDraft
from cocm_desktop.domain.billing.eligibility import EligibilityDraft
from cocm_desktop.domain.billing.outside_care import OtherServiceDraft, StayDraft, VisitDraft
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.billing.setting_list import BillingSettingDraft
from cocm_desktop.domain.ids import CoverageId, EpisodeId, PatientId, PayerId, SuperbillId
from cocm_desktop.domain.meeting import MeetingDraft, Share
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.time_entry import Activity
from tests.actions.work import as_member, worked

OCTOBER = ServiceMonth(2026, 10)
VISIT_ON = date(2026, 8, 28)
MEETING_ON = date(2026, 10, 6)


def fill_billing(
    workspace: Workspace,
    practitioner: StaffMember,
    patients: list[tuple[PatientId, EpisodeId]],
) -> None:
    """Bill the first patient's October, and leave something of everything beside it."""
    keep_contract(workspace)
    record_fee(workspace, "99493", cents=18_500, valid_from=date(2026, 1, 1))
    change_billing_setting(
        workspace, BillingSettingDraft("place_of_service", "11", date(2026, 9, 1))
    )
    payer = PayerDraft("Medicare", "MCR", ClaimFiling.MEDICARE_B, confirmed_on=date(2026, 11, 1))
    payer_id = PayerId(add_payer(workspace, payer).record_id)
    shares = tuple(Share(episode_id) for _, episode_id in patients)
    record_meeting(
        workspace,
        MeetingDraft(MEETING_ON, 30, (workspace.staff.id,), shares, time(9), is_confirmed=True),
    )
    for patient_id, episode_id in patients:
        record_visit(workspace, VisitDraft(patient_id, VISIT_ON, "99214", practitioner.id))
        coverage = CoverageDraft(patient_id, payer_id, "1EG4TE5MK73")
        coverage_id = CoverageId(record_coverage(workspace, coverage).record_id)
        record_eligibility(workspace, EligibilityDraft(coverage_id, VISIT_ON, is_active=True))
        worked(workspace, episode_id, date(2026, 10, 7), minutes=40)
    first, episode_id = patients[0]
    start_timer(workspace, episode_id, Activity.REGISTRY)
    record_other_service(workspace, OtherServiceDraft(first, "96127", date(2026, 9, 3)))
    record_stay(workspace, StayDraft(first, date(2026, 11, 2), date(2026, 11, 4)))
    _bill(workspace, practitioner, first)


def _bill(workspace: Workspace, practitioner: StaffMember, patient_id: PatientId) -> None:
    approve_months(as_member(workspace, practitioner), [patient_id], OCTOBER)
    close_month(workspace, OCTOBER)
    change = issue_superbill(workspace, patient_id, OCTOBER, acknowledged=EVERY_WARNING)
    paid = BillStepDraft(
        superbill_id=SuperbillId(change.record_id),
        state=MonthState.PAID,
        made_on=date(2026, 11, 20),
        paid_cents=11_365,
    )
    mark_bill(workspace, paid)
