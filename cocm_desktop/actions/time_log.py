"""Reading one patient's month of time: what counts, what does not, and what was corrected."""

from __future__ import annotations

from dataclasses import replace
from datetime import tzinfo

from cocm_desktop.actions.billing_tables import tables_of
from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.month_facts import month_case
from cocm_desktop.actions.time_keeping import zone_of
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.draft import evaluate_case
from cocm_desktop.domain.billing.evaluation import MonthResult
from cocm_desktop.domain.ids import TimeEntryId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.time_log import Judged, KeptEntry, TimeLog, days_left, judged_by, lines_of
from cocm_desktop.domain.time_overlap import clock_words
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import time_entry as time_entries


def read_time_log(workspace: Workspace, patient_id: str, month: ServiceMonth) -> TimeLog:
    """Give a patient's month, oldest entry first, those that were voided among them."""
    workspace.require(Permission.SEE_CHART)
    look_at_chart(workspace, patient_id, ChartPart.BILLING)
    today = workspace.today()
    with workspace.database.read() as session:
        logged = time_entries.log_of(session, patient_id, month, until=today)
        names = {member.id: member.title for member in staff_members.everyone(session)}
        is_worked = any(not each.is_voided for each in logged)
        result = _evaluated(workspace, patient_id, month) if is_worked else None
    zone = zone_of(workspace)
    kept = tuple(_at_home(each, zone) for each in logged)
    judged: dict[TimeEntryId, Judged] = judged_by(result.time) if result else {}
    return TimeLog(
        month=month,
        names=names,
        lines=lines_of(
            kept,
            judged,
            names=names,
            clocks={each.entry.id: clock_words(each.entry, zone) for each in kept},
        ),
        seconds=result.time.seconds if result else 0,
        reached=result.reached if result else (),
        next=result.next_code if result else None,
        days_left=days_left(month, today),
        checks=(*result.blocks, *result.warnings) if result else (),
    )


def _at_home(kept: KeptEntry, zone: tzinfo) -> KeptEntry:
    """Give its moments in the practice's zone, in which a log names them."""
    signed_at, voided_at = kept.entry.signed_at, kept.voided_at
    return replace(
        kept,
        entry=replace(kept.entry, signed_at=signed_at and signed_at.astimezone(zone)),
        voided_at=voided_at and voided_at.astimezone(zone),
    )


def _evaluated(workspace: Workspace, patient_id: str, month: ServiceMonth) -> MonthResult:
    """Evaluate the month as its superbill would."""
    case = month_case(workspace, patient_id, month)
    return evaluate_case(case, tables_of(workspace), None).result
