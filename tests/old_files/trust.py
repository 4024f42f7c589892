"""What the kept file holds of trust: the patient's rights, a sealed note, an emergency."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from cocm_desktop.actions.audit_month import sign_audit_month
from cocm_desktop.actions.backup_place import choose_backup_place
from cocm_desktop.actions.disclosure import record_disclosure
from cocm_desktop.actions.draft import keep_draft
from cocm_desktop.actions.emergency import review_emergency, take_emergency_access
from cocm_desktop.actions.privacy_request import ask_amendment, ask_restriction
from cocm_desktop.actions.retention import place_hold
from cocm_desktop.actions.sealed_note import write_sealed_note
from cocm_desktop.actions.staff import add_staff, read_staff
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_review import AuditReviewDraft
from cocm_desktop.domain.backup_place import BackupPlaceDraft
from cocm_desktop.domain.draft import DraftPlace
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.privacy import (
    AmendmentDraft,
    DisclosureDraft,
    Purpose,
    RestrictionDraft,
)
from cocm_desktop.domain.retention import RetentionHoldDraft
from cocm_desktop.domain.sealed_note import SealedNoteDraft
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.sitting import Sitting
from cocm_desktop.domain.staff import Role, StaffDraft

ASKED_ON = date(2026, 11, 18)
FRONT_DESK = StaffDraft("Dee Lane", frozenset({Role.FRONT_DESK}))


def fill_trust(workspace: Workspace, patient_id: PatientId, folder: Path) -> None:
    """Record one of each; the last is signed in the month after, as it must be."""
    _answer_the_patient(workspace, patient_id)
    words = "She spoke of her brother for the first time."
    write_sealed_note(workspace, SealedNoteDraft(patient_id, words, ASKED_ON))
    place = DraftPlace("contact", "01a20120-0000-7000-8000-0000000000aa")
    keep_draft(workspace, place, {"note": "Called, and"}, title="Record contact")
    folder.mkdir()
    choose_backup_place(workspace, BackupPlaceDraft(str(folder)))
    taken = _take_emergency_access(workspace)
    later = replace(workspace, now=lambda: workspace.now() + timedelta(days=14))
    review_emergency(later, taken, words="Called back within the hour.", version=1)
    sign_audit_month(later, AuditReviewDraft(ServiceMonth(2026, 11), "Nothing unusual."))


def _answer_the_patient(workspace: Workspace, patient_id: PatientId) -> None:
    record_disclosure(
        workspace,
        DisclosureDraft(
            patient_id, ASKED_ON, "County health department", "A report", Purpose.PUBLIC_HEALTH
        ),
    )
    ask_amendment(workspace, AmendmentDraft(patient_id, ASKED_ON, "My birth name is wrong."))
    ask_restriction(workspace, RestrictionDraft(patient_id, ASKED_ON, "Not to my employer."))
    place_hold(workspace, RetentionHoldDraft(patient_id, "An audit of the payer"))


def _take_emergency_access(workspace: Workspace) -> str:
    added = add_staff(workspace, FRONT_DESK).record_id
    [desk] = [each for each in read_staff(workspace) if each.id == added]
    theirs = replace(workspace, staff=desk, sitting=Sitting())
    return take_emergency_access(theirs, "A patient on the telephone speaks of dying").record_id
