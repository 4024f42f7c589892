"""Recording what a patient is treated for, and how each diagnosis stands."""

from __future__ import annotations

from cocm_desktop.actions.codes import codes_of
from cocm_desktop.actions.looking import ChartPart, look_at_episode
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.diagnosis import DiagnosisDraft, ListedDiagnosis, StatusDraft
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import diagnosis as diagnoses
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients

TOUCHES = Topic.TREATMENT | Topic.EPISODE | Topic.BILLING


def read_diagnoses(workspace: Workspace, episode_id: str) -> tuple[ListedDiagnosis, ...]:
    """Give the diagnoses of an episode: the primary one, the other current ones, the rest."""
    workspace.require(Permission.SEE_CHART)
    look_at_episode(workspace, episode_id, ChartPart.NOTES)
    with workspace.database.read() as session:
        return diagnoses.of_episode(session, episode_id)


def add_diagnosis(workspace: Workspace, draft: DiagnosisDraft) -> Change:
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        if not diagnoses.exists(session, draft.id):
            episode = episodes.get(session, draft.episode_id)
            listed = diagnoses.of_episode(session, episode.id)
            born_on = patients.get(session, episode.patient_id).born_on
            today = workspace.today()
            accepted = draft.accept(codes_of(workspace), listed, today=today, born_on=born_on)
            stamp = workspace.stamp()
            diagnoses.add(session, accepted, stamp)
            note = audit.created("diagnosis.added", draft.id, episode.patient_id)
            audit.write(session, stamp, note)
            if draft.is_primary:
                session.flush()
                diagnoses.make_primary(session, accepted.diagnosis, stamp)
    return Change(TOUCHES, draft.id)


def note_diagnosis(workspace: Workspace, draft: StatusDraft) -> Change:
    """Record that a diagnosis is confirmed, ruled out, resolved or worked on again."""
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        listed = diagnoses.get(session, draft.diagnosis_id)
        if problems := tuple(draft.problems(listed, today=workspace.today())):
            raise Refused(*problems)
        diagnoses.note_status(
            session,
            listed.id,
            workspace.stamp(),
            status=draft.status,
            noted_on=draft.noted_on or workspace.today(),
        )
        patient_id = episodes.get(session, listed.diagnosis.episode_id).patient_id
        note = audit.created("diagnosis.noted", listed.id, patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.diagnosis_id)


def make_primary(workspace: Workspace, diagnosis_id: str) -> Change:
    """Make a diagnosis the one that papers name first."""
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        listed = diagnoses.get(session, diagnosis_id)
        if not listed.status.is_current:
            words = f"It is {listed.status.value.lower()}: only what is treated can be primary."
            raise Refused(Problem("status", words))
        if not listed.is_primary:
            diagnoses.make_primary(session, listed.diagnosis, workspace.stamp())
            patient_id = episodes.get(session, listed.diagnosis.episode_id).patient_id
            note = audit.created("diagnosis.primary", diagnosis_id, patient_id)
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, diagnosis_id)


def void_diagnosis(workspace: Workspace, diagnosis_id: str, *, reason: str) -> Change:
    workspace.require(Permission.VOID_RECORD)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        episode_id = diagnoses.get(session, diagnosis_id).diagnosis.episode_id
        patient_id = episodes.get(session, episode_id).patient_id
        diagnoses.void_diagnosis(session, diagnosis_id, workspace.stamp(), reason=reason)
        note = audit.voided("diagnosis.voided", diagnosis_id, reason=reason, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, diagnosis_id)
