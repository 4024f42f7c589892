"""What patients ask of the practice about their records, and what the practice decides."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.privacy import (
    Amendment,
    AmendmentAnswer,
    AmendmentDraft,
    Decision,
    Restriction,
    RestrictionDraft,
)
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, privacy_request
from cocm_desktop.storage import patient as patients

TOUCHES = Topic.PRIVACY


@dataclass(frozen=True, slots=True)
class Requests:
    """What a patient asked for, the newest first, answered or not."""

    amendments: tuple[Amendment, ...]
    restrictions: tuple[Restriction, ...]


def read_requests(workspace: Workspace, patient_id: str) -> Requests:
    workspace.require(Permission.RELEASE_RECORDS)
    look_at_chart(workspace, patient_id, ChartPart.PRIVACY)
    with workspace.database.read() as session:
        return Requests(
            privacy_request.amendments_of(session, patient_id),
            privacy_request.restrictions_of(session, patient_id),
        )


def read_open_amendments(workspace: Workspace) -> tuple[Amendment, ...]:
    """Read every request to amend that waits for an answer, the oldest first."""
    workspace.require(Permission.RELEASE_RECORDS)
    with workspace.database.read() as session:
        return privacy_request.open_amendments(session)


def ask_amendment(workspace: Workspace, draft: AmendmentDraft) -> Change:
    """Record that a patient asks to have the record amended; 60 days run from the day."""
    workspace.require(Permission.RELEASE_RECORDS)
    with workspace.database.write() as session:
        if not privacy_request.amendment_exists(session, draft.id):
            made = draft.accept(today=workspace.today())
            patients.get(session, made.patient_id)
            privacy_request.add_amendment(session, made, workspace.stamp())
            told = audit.created("amendment.asked", made.id, made.patient_id)
            audit.write(session, workspace.stamp(), told)
    return Change(TOUCHES, draft.id)


def answer_amendment(workspace: Workspace, amendment_id: str, answer: AmendmentAnswer) -> Change:
    """Accept or deny a request; the correction itself is a record of its own."""
    workspace.require(Permission.DECIDE_PRIVACY)
    with workspace.database.write() as session:
        known = privacy_request.get_amendment(session, amendment_id)
        decided = answer.apply_to(known, today=workspace.today())
        if changes := privacy_request.change_amendment(session, decided):
            told = audit.changed(
                "amendment.answered", amendment_id, changes, patient_id=known.patient_id
            )
            audit.write(session, workspace.stamp(), told)
    return Change(TOUCHES, amendment_id)


def void_amendment(workspace: Workspace, amendment_id: str, *, reason: str) -> Change:
    """Withdraw a request that was recorded in error, keeping it."""
    workspace.require(Permission.DECIDE_PRIVACY)
    reason, stamp = needed_reason(reason), workspace.stamp()
    with workspace.database.write() as session:
        whose = privacy_request.void_amendment(session, amendment_id, stamp, reason=reason)
        told = audit.voided("amendment.voided", amendment_id, reason=reason, patient_id=whose)
        audit.write(session, stamp, told)
    return Change(TOUCHES, amendment_id)


def ask_restriction(workspace: Workspace, draft: RestrictionDraft) -> Change:
    """Record a restriction that a patient asks for."""
    workspace.require(Permission.RELEASE_RECORDS)
    with workspace.database.write() as session:
        if not privacy_request.restriction_exists(session, draft.id):
            made = draft.accept(today=workspace.today())
            patients.get(session, made.patient_id)
            privacy_request.add_restriction(session, made, workspace.stamp())
            told = audit.created("restriction.asked", made.id, made.patient_id)
            audit.write(session, workspace.stamp(), told)
    return Change(TOUCHES, draft.id)


def decide_restriction(workspace: Workspace, restriction_id: str, decision: Decision) -> Change:
    """Agree to a restriction, or deny it."""
    if decision is Decision.OPEN:
        raise Refused(Problem("decision", "Choose whether the request is accepted or denied."))
    known = _restriction(workspace, restriction_id)
    if known.decision not in {Decision.OPEN, decision}:
        raise Refused(Problem("decision", "This request was answered already."))
    day = known.decided_on or workspace.today()
    decided = replace(known, decision=decision, decided_on=day)
    return _changed(workspace, decided, "restriction.decided")


def end_restriction(workspace: Workspace, restriction_id: str, *, reason: str) -> Change:
    """End a restriction from today on, with the reason: the patient agreed, or asked for it."""
    reason = needed_reason(reason)
    known = _restriction(workspace, restriction_id)
    if not known.holds_on(workspace.today()):
        raise Refused(Problem("restriction", "This restriction does not hold. Nothing to end."))
    ended = replace(known, ended_on=workspace.today())
    return _changed(workspace, ended, "restriction.ended", reason=reason)


def void_restriction(workspace: Workspace, restriction_id: str, *, reason: str) -> Change:
    """Withdraw a restriction that was recorded in error, keeping it."""
    workspace.require(Permission.DECIDE_PRIVACY)
    reason, stamp = needed_reason(reason), workspace.stamp()
    with workspace.database.write() as session:
        whose = privacy_request.void_restriction(session, restriction_id, stamp, reason=reason)
        told = audit.voided("restriction.voided", restriction_id, reason=reason, patient_id=whose)
        audit.write(session, stamp, told)
    return Change(TOUCHES, restriction_id)


def override_restrictions(workspace: Workspace, patient_id: str, *, reason: str) -> Change:
    """Let oneself give this patient's record out for 15 minutes in spite of a restriction.

    What was paid in full stays kept from the payer.
    """
    workspace.require(Permission.RELEASE_RECORDS)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        day, key = workspace.today(), PatientId(patient_id)
        holding = privacy_request.holding_on(session, day, [patient_id]).get(key, ())
        if all(each.is_paid_in_full for each in holding):
            words = "No restriction of this patient can be set aside. Nothing was changed."
            raise Refused(Problem("restriction", words))
        told = audit.Note(
            privacy_request.OVERRIDDEN, audit.Action.EXECUTE, patient_id, patient_id, reason=reason
        )
        audit.write(session, workspace.stamp(), told)
    return Change(TOUCHES, patient_id)


def _restriction(workspace: Workspace, restriction_id: str) -> Restriction:
    workspace.require(Permission.DECIDE_PRIVACY)
    with workspace.database.read() as session:
        return privacy_request.get_restriction(session, restriction_id)


def _changed(workspace: Workspace, decided: Restriction, code: str, *, reason: str = "") -> Change:
    with workspace.database.write() as session:
        if changes := privacy_request.change_restriction(session, decided):
            told = audit.changed(code, decided.id, changes, patient_id=decided.patient_id)
            audit.write(session, workspace.stamp(), replace(told, reason=reason or None))
    return Change(TOUCHES, decided.id)
