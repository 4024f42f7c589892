"""Consent given again, and withdrawn."""

from __future__ import annotations

from datetime import date

from cocm_desktop.actions.looking import ChartPart, look_at_episode
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.consent import Consent, ConsentDraft, withdrawal_problems
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import consent as consents
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import staff as staff_members

TOUCHES = Topic.EPISODE | Topic.BILLING


def read_consents(workspace: Workspace, episode_id: str) -> tuple[Consent, ...]:
    """Give every consent of an episode, oldest first."""
    workspace.require(Permission.SEE_PATIENT_LIST)
    look_at_episode(workspace, episode_id, ChartPart.NOTES)
    with workspace.database.read() as session:
        return consents.of_episodes(session, [episode_id]).get(EpisodeId(episode_id), ())


def record_consent(workspace: Workspace, draft: ConsentDraft) -> Change:
    """Record a consent given again: to another practitioner, or after a withdrawal."""
    workspace.require(Permission.TAKE_IN)
    with workspace.database.write() as session:
        episode = episodes.get(session, draft.episode_id)
        if consents.later_exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        if episodes.consent_of(session, episode.id) is None:
            words = "The patient has not consented yet. Record the consent with the enrollment."
            raise Refused(Problem("episode_id", words))
        members = {member.id for member in staff_members.everyone(session)}
        if draft.practitioner_id is not None and draft.practitioner_id not in members:
            raise Refused(Problem("practitioner_id", "Choose the practitioner who bills."))
        born_on = patients.get(session, episode.patient_id).born_on
        consent = draft.accept(
            today=workspace.today(), born_on=born_on, staff_id=workspace.staff.id
        )
        consents.add_later(session, consent, workspace.stamp())
        note = audit.created("consent.recorded", consent.id, episode.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def withdraw_consent(workspace: Workspace, consent_id: str, *, withdrawn_on: date | None) -> Change:
    """Record the last day on which a consent holds. Time after it does not count."""
    workspace.require(Permission.TAKE_IN)
    with workspace.database.write() as session:
        consent = consents.get(session, consent_id)
        problems = tuple(withdrawal_problems(consent, withdrawn_on, today=workspace.today()))
        if problems:
            raise Refused(*problems)
        changes = consents.withdraw(session, consent_id, withdrawn_on)
        patient_id = episodes.get(session, consent.episode_id).patient_id
        note = audit.changed("consent.withdrawn", consent_id, changes, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, consent_id)
