"""Short ways to everything that a month needs before it can be billed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from cocm_desktop.actions.coverage import record_coverage
from cocm_desktop.actions.month_approval import approve_months
from cocm_desktop.actions.outside_care import record_visit
from cocm_desktop.actions.payer import add_payer
from cocm_desktop.actions.plan import write_plan
from cocm_desktop.actions.superbill import EVERY_WARNING, issue_superbill, read_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.check import CheckId
from cocm_desktop.domain.billing.coverage_draft import CoverageDraft
from cocm_desktop.domain.billing.outside_care import VisitDraft
from cocm_desktop.domain.billing.payer import ClaimFiling
from cocm_desktop.domain.billing.payer_draft import PayerDraft
from cocm_desktop.domain.ids import EpisodeId, PatientId, PayerId, SuperbillId
from cocm_desktop.domain.plans import PlanDraft, PlanKind
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.storage import superbill as superbills
from tests.actions.work import as_member, at, phq9, reviewed
from tests.conftest import EVENING, PRACTITIONER

OCTOBER, NOVEMBER = ServiceMonth(2026, 10), ServiceMonth(2026, 11)
DECEMBER_2 = datetime(2026, 12, 2, 9, 0, tzinfo=EVENING.tzinfo)
VISIT_ON = date(2026, 9, 28)
MEMBER_ID = "1EG4TE5MK73"


def on_record(workspace: Workspace, patient_id: PatientId, episode_id: EpisodeId) -> PayerId:
    """Record what proves October and November: visit, plan, scores, reviews, a confirmed payer."""
    record_visit(workspace, VisitDraft(patient_id, VISIT_ON, "99214", PRACTITIONER.id))
    plan = PlanDraft(episode_id, PlanKind.CARE_PLAN, date(2026, 10, 8), {"problems": "Depression"})
    write_plan(workspace, plan)
    for day, total in ((date(2026, 10, 1), 18), (date(2026, 11, 5), 8)):
        phq9(workspace, episode_id, day, total)
    for day in (date(2026, 10, 13), date(2026, 11, 10)):
        reviewed(workspace, [episode_id], day)
    payer = PayerDraft(
        "Medicare", "MCR", ClaimFiling.MEDICARE_B, "00952", confirmed_on=date(2026, 11, 1)
    )
    payer_id = PayerId(add_payer(workspace, payer).record_id)
    record_coverage(workspace, CoverageDraft(patient_id, payer_id, MEMBER_ID))
    return payer_id


def practitioner_at(workspace: Workspace, moment: datetime = DECEMBER_2) -> Workspace:
    return as_member(at(workspace, moment), PRACTITIONER)


def approved(workspace: Workspace, patient_id: PatientId, month: ServiceMonth = NOVEMBER) -> None:
    approve_months(practitioner_at(workspace), [patient_id], month)


def issued(
    workspace: Workspace, patient_id: PatientId, month: ServiceMonth = NOVEMBER
) -> SuperbillId:
    """Approve and issue a month in December, with every warning acknowledged."""
    approved(workspace, patient_id, month)
    later = at(workspace, DECEMBER_2)
    change = issue_superbill(later, patient_id, month, acknowledged=EVERY_WARNING)
    return SuperbillId(change.record_id)


def issued_as_it_is(
    workspace: Workspace, patient_id: PatientId, month: ServiceMonth
) -> SuperbillId:
    """Keep a month's draft as if it had been issued, whatever stops it."""
    draft = read_superbill(workspace, patient_id, month)
    with workspace.database.write() as session:
        kept = replace(
            draft,
            number=superbills.next_number(session, month),
            account_number=superbills.next_account_number(session, month),
            issued_at=workspace.now(),
        )
        superbills.add(session, kept, workspace.stamp())
    return kept.id


def codes(superbill: Superbill) -> list[tuple[str, int]]:
    return [(line.code, line.units) for line in superbill.lines]


def ids(superbill: Superbill) -> set[CheckId]:
    return {check.id for check in superbill.result.checks} if superbill.result else set()
