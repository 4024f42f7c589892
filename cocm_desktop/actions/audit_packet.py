"""Everything that backs a patient's month, gathered for an auditor."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cocm_desktop.actions.bill_papers import bill_papers
from cocm_desktop.actions.papers import Paper, noted
from cocm_desktop.actions.superbill import read_superbill
from cocm_desktop.actions.time_keeping import zone_of
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.audit_packet import AuditPacket
from cocm_desktop.domain.billing.audit_records import AuditRecords, packet_sections
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.time_log import LogLine, judged_by, lines_of
from cocm_desktop.domain.time_overlap import clock_words
from cocm_desktop.printing.audit_packet import audit_packet_pdf
from cocm_desktop.storage import (
    bill_step,
    claim_file,
    consent,
    meeting,
    month_closing,
    outside_care,
    remittance,
    treatment,
)
from cocm_desktop.storage import contact as contacts
from cocm_desktop.storage import measure as measures
from cocm_desktop.storage import medication as medications
from cocm_desktop.storage import plan as plans
from cocm_desktop.storage import review as reviews
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage import superbill as superbills
from cocm_desktop.storage import time_entry as time_entries


def read_audit_packet(workspace: Workspace, patient_id: str, month: ServiceMonth) -> AuditPacket:
    """Gather a patient's month: the bill as issued, or its draft, and every record behind it.

    Clinical notes are in it: whoever prints it may open the chart, and see billing.
    """
    workspace.require(Permission.SEE_BILLING)
    workspace.require(Permission.SEE_CHART)
    with workspace.database.read() as session:
        bill = read_superbill(workspace, patient_id, month)
        [paper] = bill_papers(workspace, [bill])
        records = AuditRecords(
            paper=paper,
            zone=zone_of(workspace),
            titles={each.id: each.title for each in staff_members.everyone(session)},
            log=_log(workspace, session, bill),
            meetings=tuple(meeting.between(session, month.first_day, month.last_day)),
            closings=month_closing.history(session, month),
            **_of_episode(session, bill, until=min(month.last_day, workspace.today())),
            **_of_bill(session, bill),
        )
    return AuditPacket(
        paper=paper,
        sections=packet_sections(records),
        as_of=workspace.now(),
        prepared_by=workspace.staff.title,
    )


def print_audit_packet(workspace: Workspace, patient_id: str, month: ServiceMonth) -> Paper:
    """Make the PDF of a patient's month for an auditor, and note it in the audit."""
    packet = read_audit_packet(workspace, patient_id, month)
    printed = audit_packet_pdf(packet)
    return noted(
        workspace, "audit_packet.printed", printed.pdf, pages=printed.pages, as_of=packet.as_of
    )


def _log(workspace: Workspace, session: Session, bill: Superbill) -> tuple[LogLine, ...]:
    """Give the time log with what was withdrawn, judged as the bill was."""
    kept = time_entries.log_of(session, bill.patient.id, bill.month, until=workspace.today())
    zone = zone_of(workspace)
    return lines_of(
        kept,
        judged_by(bill.result.time) if bill.result else {},
        names={each.id: each.title for each in staff_members.everyone(session)},
        clocks={each.entry.id: clock_words(each.entry, zone) for each in kept},
    )


def _of_episode(session: Session, bill: Superbill, *, until: date) -> dict[str, Any]:
    """Read what was recorded of the episode up to a day; of contacts, only the month's."""
    episode_id, patient_id = bill.episode_id, bill.patient.id
    made = contacts.of_episode(session, episode_id, until=until)
    taken = medications.of_patients(session, [patient_id], until=until)
    return {
        "consents": consent.of_episodes(session, [episode_id]).get(episode_id, ()),
        "outside": outside_care.of_patients(session, [patient_id]).get(patient_id),
        "contacts": tuple(each for each in made if bill.month.contains(each.made_on)),
        "measures": measures.of_episode(session, episode_id, until=until),
        "plans": plans.of_episode(session, episode_id, until=until),
        "medications": taken.get(patient_id, ()),
        "interventions": treatment.interventions_of(session, episode_id, until=until),
        "reviews": reviews.of_episode(session, episode_id, until=until),
    }


def _of_bill(session: Session, bill: Superbill) -> dict[str, Any]:
    """Read what became of the bill: steps, earlier bills of the month, claims, payments."""
    earlier = _earlier(session, bill)
    ids = [each.id for each in (*earlier, bill) if each.is_issued]
    taken = bill_step.of_superbills(session, ids)
    files = claim_file.everything(session) if bill.is_issued else ()
    return {
        "earlier": earlier,
        "steps": tuple(step for bill_id in ids for step in taken.get(bill_id, ())),
        "claim_files": tuple(
            file
            for file in reversed(files)
            if any(each.superbill_id == bill.id for each in file.claims)
        ),
        "payments": remittance.payments_of(session, [bill.id]).get(bill.id, ()),
    }


def _earlier(session: Session, bill: Superbill) -> tuple[Superbill, ...]:
    withdrawn = superbills.voided(session, bill.month)
    return tuple(each for each in withdrawn if each.patient.id == bill.patient.id)
