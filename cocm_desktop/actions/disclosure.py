"""Recording what was given out of a record, and accounting for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.papers import Paper, noted
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.accounting import Accounting, account
from cocm_desktop.domain.accounting_paper import accounting_paper
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.privacy import Disclosure, DisclosureDraft
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.printing.record_paper import record_pdf
from cocm_desktop.storage import audit, disclosure
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import practice as practices


@dataclass(frozen=True, slots=True)
class Disclosures:
    """Everything that was given out of a record, and what of it the accounting names."""

    kept: tuple[Disclosure, ...]
    accounting: Accounting


def read_disclosures(
    workspace: Workspace, patient_id: str, asked_on: date | None = None
) -> Disclosures:
    """Read what was given out, with the accounting as of a day, today unless said."""
    workspace.require(Permission.RELEASE_RECORDS)
    day = asked_on or workspace.today()
    if day > workspace.today():
        raise Refused(Problem("asked_on", "The day lies in the future."))
    look_at_chart(workspace, patient_id, ChartPart.PRIVACY)
    with workspace.database.read() as session:
        kept = disclosure.of_patient(session, patient_id)
        return Disclosures(kept, account(patients.get(session, patient_id), kept, day))


def record_disclosure(workspace: Workspace, draft: DisclosureDraft) -> Change:
    """Record what was given out by other means than this program: a call, a fax, a copy."""
    workspace.require(Permission.RELEASE_RECORDS)
    with workspace.database.write() as session:
        if not disclosure.exists(session, draft.id):
            made = draft.accept(today=workspace.today())
            patients.get(session, made.patient_id)
            disclosure.add(session, [made], workspace.stamp())
            told = audit.Note(
                "disclosure.recorded",
                audit.Action.CREATE,
                made.id,
                made.patient_id,
                recipient=made.recipient,
            )
            audit.write(session, workspace.stamp(), told)
    return Change(Topic.PRIVACY, draft.id)


def void_disclosure(workspace: Workspace, disclosure_id: str, *, reason: str) -> Change:
    """Withdraw a disclosure that was recorded in error, keeping it."""
    workspace.require(Permission.RELEASE_RECORDS)
    reason, stamp = needed_reason(reason), workspace.stamp()
    with workspace.database.write() as session:
        patient_id = disclosure.void_one(session, disclosure_id, stamp, reason=reason)
        told = audit.voided(
            "disclosure.voided", disclosure_id, reason=reason, patient_id=patient_id
        )
        audit.write(session, stamp, told)
    return Change(Topic.PRIVACY, disclosure_id)


def print_accounting(workspace: Workspace, patient_id: str, asked_on: date | None = None) -> Paper:
    """Make the accounting of disclosures for the patient, and note it."""
    found = read_disclosures(workspace, patient_id, asked_on)
    with workspace.database.read() as session:
        practice = practices.get(session)
    paper = accounting_paper(
        found.accounting,
        practice,
        as_of=workspace.now(),
        prepared_by=workspace.staff.title,
    )
    content, pages = record_pdf(paper)
    return noted(workspace, "accounting.printed", content, pages=pages, as_of=paper.as_of)
