"""Recording what happened outside collaborative care and decides a month's bill."""

from __future__ import annotations

from cocm_desktop.actions.looking import ChartPart, look_at_chart
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.code_shape import is_service_code
from cocm_desktop.domain.billing.evaluation_facts import VisitFacts
from cocm_desktop.domain.billing.initiating_visit import initiating_words
from cocm_desktop.domain.billing.outside_care import (
    NOTHING_OUTSIDE,
    BilledBeside,
    Death,
    DeathDraft,
    OtherServiceDraft,
    OutsideCare,
    Stay,
    StayDraft,
    Visit,
    VisitDraft,
    refuse_second_death,
)
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.storage import audit, outside_care
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import staff as staff_members
from cocm_desktop.storage.outside_care import Fact

TOUCHES = Topic.BILLING
CODES: dict[type[Fact], str] = {
    Visit: "visit",
    BilledBeside: "other_service",
    Stay: "stay",
    Death: "death",
}


def read_outside_care(workspace: Workspace, patient_id: str) -> OutsideCare:
    """Give a patient's visits, other services, stays and day of death."""
    workspace.require(Permission.SEE_PATIENT_LIST)
    look_at_chart(workspace, patient_id, ChartPart.BILLING)
    with workspace.database.read() as session:
        found = outside_care.of_patients(session, [patient_id])
    return found.get(PatientId(patient_id), NOTHING_OUTSIDE)


def record_visit(workspace: Workspace, draft: VisitDraft) -> Change:
    """Record a visit that may have begun the service, or the day on which a patient was seen."""
    return _record(workspace, draft)


def read_visit_outlook(workspace: Workspace, draft: VisitDraft) -> str:
    """Say of a visit, while it is typed, that it does not count as the initiating one."""
    workspace.require(Permission.RECORD_VISIT)
    if not is_service_code(draft.code):
        return ""
    with workspace.database.read() as session:
        episode = episodes.latest(session, draft.patient_id)
        npi_of = {member.id: member.npi for member in staff_members.everyone(session)}
    made_by = npi_of.get(draft.practitioner_id, "") if draft.practitioner_id else ""
    treats = episode.treating_practitioner_id if episode else None
    visit = VisitFacts(
        made_on=draft.made_on or workspace.today(),
        code=draft.code.strip().upper(),
        practitioner_npi=made_by,
        is_face_to_face=draft.is_face_to_face,
        is_about_cocm=draft.is_about_cocm,
    )
    return initiating_words(visit, billing_npi=npi_of.get(treats, "") if treats else made_by)


def record_other_service(workspace: Workspace, draft: OtherServiceDraft) -> Change:
    """Record a service that is billed beside collaborative care."""
    return _record(workspace, draft)


def record_stay(workspace: Workspace, draft: StayDraft) -> Change:
    """Record a stay in a hospital or nursing facility."""
    return _record(workspace, draft)


def record_death(workspace: Workspace, draft: DeathDraft) -> Change:
    """Record the day on which a patient died; closing the episode then takes the same day."""
    return _record(workspace, draft)


def void_outside_care(
    workspace: Workspace, kind: type[Fact], fact_id: str, *, reason: str
) -> Change:
    """Withdraw one of these records, keeping it."""
    workspace.require(Permission.RECORD_VISIT)
    reason, stamp = needed_reason(reason), workspace.stamp()
    with workspace.database.write() as session:
        patient_id = outside_care.void_fact(session, kind, fact_id, stamp=stamp, reason=reason)
        code = f"{CODES[kind]}.voided"
        note = audit.voided(code, fact_id, reason=reason, patient_id=patient_id)
        audit.write(session, stamp, note)
    return Change(TOUCHES, fact_id)


def _record(
    workspace: Workspace, draft: VisitDraft | OtherServiceDraft | StayDraft | DeathDraft
) -> Change:
    workspace.require(Permission.RECORD_VISIT)
    with workspace.database.write() as session:
        patient = patients.get(session, draft.patient_id)
        fact = draft.accept(today=workspace.today(), born_on=patient.born_on)
        if not outside_care.exists(session, fact):
            if isinstance(fact, Death):
                death = read_outside_care(workspace, patient.id).death
                refuse_second_death(death, episodes.of_patient(session, patient.id))
            outside_care.add(session, fact, workspace.stamp())
            note = audit.created(f"{CODES[type(fact)]}.recorded", fact.id, patient.id)
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, fact.id)
