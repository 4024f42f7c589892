"""Everything that backs a patient's month, gathered for an auditor."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from cocm_desktop.actions.anchors import current_anchor
from cocm_desktop.actions.bill_papers import bill_papers
from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.papers import Made, Paper, noted
from cocm_desktop.actions.release import Release, account_for, require_release
from cocm_desktop.actions.superbill import read_superbill
from cocm_desktop.actions.time_keeping import zone_of
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.audit_billing import billing_sections
from cocm_desktop.domain.billing.audit_care import care_sections
from cocm_desktop.domain.billing.audit_packet import AuditPacket
from cocm_desktop.domain.billing.audit_records import AuditRecords
from cocm_desktop.domain.billing.claim_file import ClaimFile
from cocm_desktop.domain.privacy import Purpose
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.superbill import Superbill
from cocm_desktop.domain.time_log import judged_by, lines_of
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

AUDITOR: Final = "an auditor"


def read_audit_packet(workspace: Workspace, patient_id: str, month: ServiceMonth) -> AuditPacket:
    """Gather a patient's month: the bill as issued, or its draft, and every record behind it.

    Clinical notes are in it: whoever prints it may open the chart, and see billing.
    """
    workspace.require(Permission.SEE_BILLING)
    workspace.require(Permission.SEE_CHART)
    look_at_chart(workspace, patient_id, ChartPart.BILLING)
    with workspace.database.read():
        bill = read_superbill(workspace, patient_id, month)
        [paper] = bill_papers(workspace, [bill])
        records = AuditRecords(
            paper=paper,
            zone=zone_of(workspace),
            **_of_month(workspace, bill),
            **_of_episode(workspace, bill),
            **_of_bill(workspace, bill),
        )
    return AuditPacket(
        paper=paper,
        sections=(*care_sections(records), *billing_sections(records)),
        as_of=workspace.now(),
        prepared_by=workspace.staff.title,
    )


def print_audit_packet(workspace: Workspace, patient_id: str, month: ServiceMonth) -> Paper:
    """Make the PDF of a patient's month for an auditor, and note it in the audit."""
    packet = read_audit_packet(workspace, patient_id, month)
    require_release(workspace, [patient_id], Purpose.PAYMENT)
    printed = audit_packet_pdf(packet, anchor=current_anchor(workspace))
    made = Made("audit_packet.printed", [patient_id], AUDITOR)
    with workspace.database.write():
        account_for(workspace, _release(patient_id, month, printed.pdf))
        return noted(workspace, made, printed.pdf, pages=printed.pages, as_of=packet.as_of)


def export_audit_packet(
    workspace: Workspace, patient_id: str, month: ServiceMonth
) -> dict[str, Any]:
    """Give the records of a patient's month with their digest, as a file for an auditor."""
    packet = read_audit_packet(workspace, patient_id, month)
    require_release(workspace, [patient_id], Purpose.PAYMENT)
    content = {"sha256": packet.digest, **packet.content}
    raw = json.dumps(content, default=str).encode()
    made = Made("audit_packet.exported", [patient_id], AUDITOR)
    with workspace.database.write():
        account_for(workspace, _release(patient_id, month, raw))
        noted(workspace, made, raw, pages=0, as_of=packet.as_of)
    return content


def _release(patient_id: str, month: ServiceMonth, content: bytes) -> Release:
    return Release(
        [patient_id],
        Purpose.PAYMENT,
        recipient=AUDITOR,
        what=f"Audit packet of {month}",
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _of_month(workspace: Workspace, bill: Superbill) -> dict[str, Any]:
    """Read the month: the time log with what was withdrawn, judged as the bill was; meetings."""
    month, zone = bill.month, zone_of(workspace)
    with workspace.database.read() as session:
        titles = {each.id: each.title for each in staff_members.everyone(session)}
        kept = time_entries.log_of(session, bill.patient.id, month, until=workspace.today())
        return {
            "titles": titles,
            "log": lines_of(
                kept,
                judged_by(bill.result.time) if bill.result else {},
                names=titles,
                clocks={each.entry.id: clock_words(each.entry, zone) for each in kept},
            ),
            "meetings": tuple(meeting.between(session, month.first_day, month.last_day)),
            "closings": month_closing.history(session, month),
        }


def _of_episode(workspace: Workspace, bill: Superbill) -> dict[str, Any]:
    """Read what was recorded of the episode up to the month's end; of contacts, the month's."""
    episode_id, patient_id = bill.episode_id, bill.patient.id
    until = min(bill.month.last_day, workspace.today())
    with workspace.database.read() as session:
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


def _of_bill(workspace: Workspace, bill: Superbill) -> dict[str, Any]:
    """Read what became of the bill: steps, earlier bills of the month, claims, payments."""
    with workspace.database.read() as session:
        withdrawn = superbills.voided(session, bill.month)
        earlier = tuple(each for each in withdrawn if each.patient.id == bill.patient.id)
        ids = [each.id for each in (*earlier, bill) if each.is_issued]
        taken = bill_step.of_superbills(session, ids)
        files = claim_file.everything(session) if bill.is_issued else ()
        return {
            "earlier": earlier,
            "steps": tuple(step for bill_id in ids for step in taken.get(bill_id, ())),
            "claim_files": tuple(file for file in reversed(files) if _names(file, bill)),
            "payments": remittance.payments_of(session, [bill.id]).get(bill.id, ()),
        }


def _names(file: ClaimFile, bill: Superbill) -> bool:
    return any(each.superbill_id == bill.id for each in file.claims)
