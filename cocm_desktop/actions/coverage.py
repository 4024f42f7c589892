"""A patient's coverage: recording, changing and voiding it, and what payers answered."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.coverage_draft import CoverageDraft
from cocm_desktop.domain.billing.eligibility import EligibilityCheck, EligibilityDraft
from cocm_desktop.domain.billing.payer import PatientCoverage, Payer
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import CoverageId, PayerId
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.text import fold
from cocm_desktop.storage import audit
from cocm_desktop.storage import coverage as coverages
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import payer as payers

TOUCHES = Topic.BILLING | Topic.PATIENT


@dataclass(frozen=True, slots=True)
class ReadCoverage:
    """A patient's coverage on file, the payers there are, and what payers answered."""

    patient: Patient
    coverage: tuple[PatientCoverage, ...]
    payers: tuple[Payer, ...]
    checks: tuple[EligibilityCheck, ...]

    def payer_of(self, coverage: PatientCoverage) -> Payer:
        return next(payer for payer in self.payers if payer.id == coverage.payer_id)

    def checks_of(self, coverage_id: CoverageId) -> tuple[EligibilityCheck, ...]:
        return tuple(check for check in self.checks if check.coverage_id == coverage_id)

    @property
    def offered(self) -> tuple[Payer, ...]:
        """The payers that may be chosen: not the retired ones."""
        return tuple(payer for payer in self.payers if payer.active)

    @property
    def named(self) -> PayerId | None:
        """The payer that the patient's details name, where one of that name is set up."""
        words = fold(self.patient.coverage.payer)
        return next((payer.id for payer in self.offered if fold(payer.name) == words), None)


def read_coverage(workspace: Workspace, patient_id: str) -> ReadCoverage:
    workspace.require(Permission.SEE_PATIENT_LIST)
    look_at_chart(workspace, patient_id, ChartPart.BILLING)
    with workspace.database.read() as session:
        patient = patients.get(session, patient_id)
        found = coverages.of_patients(session, [patient_id]).get(patient.id, ())
        checks = coverages.checks_of(session, [each.id for each in found])
        return ReadCoverage(patient, found, payers.everything(session), checks)


def record_coverage(workspace: Workspace, draft: CoverageDraft) -> Change:
    workspace.require(Permission.RECORD_COVERAGE)
    with workspace.database.write() as session:
        if not coverages.exists(session, draft.id):
            patient = patients.get(session, draft.patient_id)
            known = {p.id: p for p in payers.everything(session) if p.active}
            others = coverages.of_patients(session, [patient.id]).get(patient.id, ())
            made = draft.accept(payers=known, others=others, today=workspace.today())
            coverages.add(session, made, workspace.stamp())
            note = audit.created("coverage.recorded", made.id, made.patient_id)
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def change_coverage(workspace: Workspace, draft: CoverageDraft, *, version: int) -> Change:
    """Change a coverage, such as its last day; superbills that were issued keep theirs."""
    workspace.require(Permission.RECORD_COVERAGE)
    with workspace.database.write() as session:
        before = coverages.get(session, draft.id)
        others = coverages.of_patients(session, [before.patient_id])[before.patient_id]
        known = payers.by_id(session)
        kept = replace(draft, patient_id=before.patient_id)
        made = kept.accept(payers=known, others=others, today=workspace.today())
        changes = coverages.update(session, replace(made, version=version))
        note = audit.changed("coverage.changed", made.id, changes, patient_id=before.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def void_coverage(workspace: Workspace, coverage_id: str, *, reason: str) -> Change:
    """Withdraw a coverage that never was. One that ends gets a last day instead."""
    workspace.require(Permission.RECORD_COVERAGE)
    why = needed_reason(reason)
    with workspace.database.write() as session:
        patient_id = coverages.get(session, coverage_id).patient_id
        coverages.void_coverage(session, coverage_id, workspace.stamp(), reason=why)
        note = audit.voided("coverage.voided", coverage_id, reason=why, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, coverage_id)


def record_eligibility(workspace: Workspace, draft: EligibilityDraft) -> Change:
    """Keep what a payer answered when it was asked whether it covers the patient."""
    workspace.require(Permission.RECORD_COVERAGE)
    with workspace.database.write() as session:
        if not coverages.check_exists(session, draft.id):
            patient_id = coverages.get(session, draft.coverage_id).patient_id
            check = draft.accept(today=workspace.today())
            coverages.add_check(session, check, workspace.stamp())
            note = audit.created("eligibility.recorded", check.id, patient_id)
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def void_eligibility(workspace: Workspace, check_id: str, *, reason: str) -> Change:
    workspace.require(Permission.RECORD_COVERAGE)
    why = needed_reason(reason)
    with workspace.database.write() as session:
        coverage_id = coverages.void_check(session, check_id, workspace.stamp(), reason=why)
        patient_id = coverages.get(session, coverage_id).patient_id
        note = audit.voided("eligibility.voided", check_id, reason=why, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, check_id)
