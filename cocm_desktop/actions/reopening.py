"""Taking back a closing that was an error."""

from __future__ import annotations

from cocm_desktop.actions.episode import TOUCHES
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.episode import Episode, EpisodeStatus
from cocm_desktop.domain.reopening import ClosedFacts, ReopenDraft
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import episode as episodes


def reopen_episode(workspace: Workspace, draft: ReopenDraft) -> Change:
    """Let an episode go on as if it had not been closed. Closing and error stay in its history."""
    workspace.require(Permission.ENROLL)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        episode = episodes.get(session, draft.episode_id)
        if episode.status is not EpisodeStatus.CLOSED:
            raise Refused(Problem("status", "This episode is open already."))
        facts = _facts(workspace, episode)
        reopened, phase = draft.accept(episode, facts, today=workspace.today())
        changes = episodes.update(session, reopened)
        episodes.add_phase(session, phase, stamp)
        note = audit.changed("episode.reopened", episode.id, changes, patient_id=episode.patient_id)
        audit.write(session, stamp, note)
    return Change(TOUCHES, draft.episode_id)


def _facts(workspace: Workspace, episode: Episode) -> ClosedFacts:
    with workspace.database.read() as session:
        latest = episodes.latest(session, episode.patient_id)
        before, recorded_at = episodes.closing_of(session, episode.id) or (None, None)
        consent = episodes.consent_of(session, episode.id)
    zone = workspace.now().tzinfo
    closed_on = episode.closed_on or workspace.today()
    return ClosedFacts(
        before=before or _status_by_dates(episode, has_consent=consent is not None),
        recorded_on=recorded_at.astimezone(zone).date() if recorded_at else closed_on,
        is_latest=latest is None or latest.id == episode.id,
    )


def _status_by_dates(episode: Episode, *, has_consent: bool) -> EpisodeStatus:
    """Tell where an episode stood that was closed by a program which kept no phases."""
    if episode.enrolled_on is not None:
        return EpisodeStatus.ACTIVE
    return EpisodeStatus.CONSENTED if has_consent else EpisodeStatus.REFERRED
