"""Enrolling a patient, starting treatment, closing the episode."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.episode import CloseDraft, EnrollDraft, Episode, EpisodeStatus
from cocm_desktop.domain.staff import Permission, Role
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import staff as staff_members

TOUCHES = Topic.EPISODE | Topic.BILLING
PHASES = frozenset({EpisodeStatus.ACTIVE, EpisodeStatus.RELAPSE_PREVENTION, EpisodeStatus.ON_HOLD})
"""Where an episode may stand between its first assessment and its closing."""


def read_latest_episode(workspace: Workspace, patient_id: str) -> Episode:
    """Give a patient's open episode, or the one closed last; refuse where there is none."""
    workspace.require(Permission.SEE_PATIENT_LIST)
    with workspace.database.read() as session:
        episode = episodes.latest(session, patient_id)
    if episode is None:
        raise Refused(Problem("patient", "The patient is not enrolled. Enroll the patient first."))
    return episode


def enroll(workspace: Workspace, draft: EnrollDraft) -> Change:
    """Store the episode, the consent and the diagnosis: all three, or nothing."""
    workspace.require(Permission.ENROLL)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if episodes.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        patient = patients.get(session, draft.patient_id)
        latest = episodes.latest(session, patient.id)
        if latest is not None:
            _refuse_second(latest, draft.consented_on)
        managers = {member.id for member in staff_members.with_role(session, Role.CARE_MANAGER)}
        if draft.care_manager_id is not None and draft.care_manager_id not in managers:
            raise Refused(Problem("care_manager_id", "Choose an active care manager."))
        episode, consent, diagnosis = draft.accept(
            today=workspace.today(), born_on=patient.born_on, staff_id=workspace.staff.id
        )
        episodes.add(session, episode, stamp)
        session.flush()
        episodes.add_consent(session, consent, stamp)
        if diagnosis:
            episodes.add_diagnosis(session, diagnosis, stamp)
        note = audit.created("episode.enrolled", episode.id, episode.patient_id)
        audit.write(session, stamp, note)
    return Change(TOUCHES, draft.id)


def start_treatment(
    workspace: Workspace, episode_id: str, *, enrolled_on: date, version: int
) -> Change:
    """Record the day of the care manager's initial assessment of a consented patient."""
    workspace.require(Permission.ENROLL)
    with workspace.database.write() as session:
        episode = episodes.get(session, episode_id)
        consent = episodes.consent_of(session, episode_id)
        if enrolled_on > workspace.today():
            raise Refused(
                Problem("enrolled_on", "The initial assessment cannot be dated in the future.")
            )
        if consent and enrolled_on < consent.given_on:
            words = f"The patient consented on {long_date(consent.given_on)}."
            raise Refused(Problem("enrolled_on", words))
        if episode.status is not EpisodeStatus.CONSENTED:
            raise Refused(Problem("status", f"The episode is {episode.status.value.lower()}."))
        started = replace(
            episode, status=EpisodeStatus.ACTIVE, enrolled_on=enrolled_on, version=version
        )
        changes = episodes.update(session, started)
        note = audit.changed("episode.started", episode_id, changes, patient_id=episode.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, episode_id)


def change_phase(
    workspace: Workspace, episode_id: str, status: EpisodeStatus, *, version: int
) -> Change:
    """Move a started episode between active, relapse prevention and on hold."""
    workspace.require(Permission.ENROLL)
    with workspace.database.write() as session:
        episode = episodes.get(session, episode_id)
        if status not in PHASES or episode.status not in PHASES:
            words = f"An episode that is {episode.status.value.lower()} cannot become "
            raise Refused(Problem("status", f"{words}{status.value.lower()}."))
        changes = episodes.update(session, replace(episode, status=status, version=version))
        note = audit.changed("episode.moved", episode_id, changes, patient_id=episode.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, episode_id)


def close_episode(workspace: Workspace, draft: CloseDraft) -> Change:
    """Close an open episode with its reason. Open safety tasks stay open."""
    workspace.require(Permission.ENROLL)
    with workspace.database.write() as session:
        episode = episodes.get(session, draft.episode_id)
        if not episode.status.is_open:
            raise Refused(Problem("status", "This episode is closed already."))
        consent = episodes.consent_of(session, draft.episode_id)
        problems = draft.problems(
            today=workspace.today(),
            consented_on=consent.given_on if consent else None,
            last_record_on=episodes.last_record_on(session, draft.episode_id),
        )
        if refused := tuple(problems):
            raise Refused(*refused)
        closed = replace(
            episode,
            status=EpisodeStatus.CLOSED,
            closed_on=draft.closed_on,
            close_reason=draft.reason,
            close_note=draft.note.strip(),
            version=draft.version,
        )
        changes = episodes.update(session, closed)
        note = audit.changed("episode.closed", episode.id, changes, patient_id=episode.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.episode_id)


def _refuse_second(latest: Episode, consented_on: date | None) -> None:
    if latest.status.is_open:
        raise Refused(Problem("patient_id", "The patient is enrolled already."))
    if latest.closed_on and consented_on and consented_on < latest.closed_on:
        words = f"The last episode closed on {long_date(latest.closed_on)}."
        raise Refused(Problem("consented_on", words))
