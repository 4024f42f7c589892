"""How an episode goes on: the referral, its phases, its pace and the scale it is judged by."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cocm_desktop.actions.episode import (
    TOUCHES,
    read_scales,
    refuse_second,
    require_care_manager,
    require_scale,
    unclosed,
)
from cocm_desktop.actions.instruments import read_instruments
from cocm_desktop.actions.looking import ChartPart, look_at_episode
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change
from cocm_desktop.domain.episode import Episode
from cocm_desktop.domain.episode_phase import (
    PaceDraft,
    Phase,
    PhaseDraft,
    ReferralDraft,
    lasting,
)
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.staff import Permission
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit
from cocm_desktop.storage import episode as episodes
from cocm_desktop.storage import measure as measures
from cocm_desktop.storage import patient as patients
from cocm_desktop.storage import plan as plans


def read_phases(workspace: Workspace, episode_id: str) -> tuple[Phase, ...]:
    """Give how an episode went on, oldest first."""
    workspace.require(Permission.SEE_CHART)
    look_at_episode(workspace, episode_id, ChartPart.NOTES)
    with workspace.database.read() as session:
        return episodes.phases_of(session, episode_id)


def refer(workspace: Workspace, draft: ReferralDraft) -> Change:
    """Record that a patient was referred. No consent, no minutes, no enrollment yet."""
    workspace.require(Permission.TAKE_IN)
    stamp = workspace.stamp()
    with workspace.database.write() as session:
        if episodes.exists(session, draft.id):
            return Change(TOUCHES, draft.id)
        patient = patients.get(session, draft.patient_id)
        latest = episodes.latest(session, patient.id)
        if latest is not None and latest.status.is_referral:
            raise Refused(Problem("patient_id", "The patient is referred already."))
        if latest is not None:
            refuse_second(latest, draft.referred_on, field="referred_on")
        require_care_manager(workspace, draft.care_manager_id)
        episode, phase = draft.accept(today=workspace.today(), born_on=patient.born_on)
        episodes.add(session, episode, stamp)
        session.flush()
        episodes.add_phase(session, phase, stamp)
        note = audit.created("episode.referred", episode.id, episode.patient_id)
        audit.write(session, stamp, note)
    return Change(TOUCHES, draft.id)


def change_phase(workspace: Workspace, draft: PhaseDraft) -> Change:
    """Move a started episode between active, relapse prevention and on hold.

    A referral moves to the wait-list and back the same way.
    Relapse prevention needs its plan, written with the patient by that day.
    """
    workspace.require(Permission.ENROLL)
    with workspace.database.write() as session:
        episode, today = episodes.get(session, draft.episode_id), workspace.today()
        phases = lasting(episodes.phases_of(session, episode.id))
        plan = plans.latest(session, episode.id, PlanKind.RELAPSE_PREVENTION_PLAN, until=today)
        phase = draft.accept(
            episode,
            today=today,
            since=phases[-1].changed_on if phases else None,
            plan_on=plan.written_on if plan else None,
        )
        changes = episodes.update(
            session, replace(episode, status=phase.to_status, version=draft.version)
        )
        episodes.add_phase(session, phase, workspace.stamp())
        note = audit.changed("episode.moved", episode.id, changes, patient_id=episode.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.episode_id)


def change_pace(workspace: Workspace, draft: PaceDraft) -> Change:
    """Set how often one patient is called, and the patient's own target."""
    workspace.require(Permission.ENROLL)
    with workspace.database.write() as session:
        episode = unclosed(workspace, draft.episode_id)
        instrument = read_instruments(workspace).known(episode.primary_instrument_id)
        if refused := tuple(draft.problems(highest_total=instrument.highest_total)):
            raise Refused(*refused)
        paced = replace(
            episode,
            interval_weeks=draft.interval_weeks,
            target_below=draft.target_below,
            version=draft.version,
        )
        changes = episodes.update(session, paced)
        note = audit.changed("episode.paced", episode.id, changes, patient_id=episode.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.episode_id)


@dataclass(frozen=True, slots=True)
class CourseChoices:
    """What may be chosen for an episode: its scale until it has a baseline, target and pace."""

    episode: Episode
    scales: tuple[InstrumentId, ...]
    highest_total: int
    fixed_words: str = ""
    """Why the scale cannot be chosen any more; empty while it can."""


def read_course(workspace: Workspace, episode_id: str) -> CourseChoices:
    workspace.require(Permission.SEE_CHART)
    look_at_episode(workspace, episode_id, ChartPart.NOTES)
    with workspace.database.read() as session:
        episode = episodes.get(session, episode_id)
    instrument = read_instruments(workspace).known(episode.primary_instrument_id)
    fixed = _fixed_words(workspace, episode)
    scales = read_scales(workspace)
    return CourseChoices(episode, scales, instrument.highest_total, fixed)


def change_course(workspace: Workspace, draft: PaceDraft, *, instrument_id: InstrumentId) -> Change:
    """Set scale, pace and target at once: all of them, or nothing."""
    with workspace.database.write():
        episode = unclosed(workspace, draft.episode_id)
        if instrument_id != episode.primary_instrument_id:
            choose_primary(
                workspace, episode.id, instrument_id=instrument_id, version=draft.version
            )
            draft = replace(draft, version=draft.version + 1)
        return change_pace(workspace, draft)


def choose_primary(
    workspace: Workspace, episode_id: str, *, instrument_id: str, version: int
) -> Change:
    """Choose the scale by which an episode is judged, until it has a baseline on one.

    Source: NYS OMH: the primary scale is fixed for the episode.
    """
    workspace.require(Permission.ENROLL)
    with workspace.database.write() as session:
        episode = unclosed(workspace, episode_id)
        instrument = require_scale(workspace, instrument_id)
        _refuse_after_baseline(workspace, episode)
        chosen = replace(
            episode, primary_instrument_id=instrument.id, target_below=None, version=version
        )
        changes = episodes.update(session, chosen)
        note = audit.changed("episode.judged", episode_id, changes, patient_id=episode.patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, episode_id)


def _refuse_after_baseline(workspace: Workspace, episode: Episode) -> None:
    if words := _fixed_words(workspace, episode):
        raise Refused(Problem("instrument", words))


def _fixed_words(workspace: Workspace, episode: Episode) -> str:
    name, since = episode.primary_instrument_id, episode.enrolled_on
    with workspace.database.read() as session:
        taken = measures.of_episode(session, episode.id, until=workspace.today())
    scores = [m.taken_on for m in taken if m.instrument_id == name and m.total is not None]
    if since and any(day >= since for day in scores):
        return f"The episode has its baseline on {name}. The scale is fixed from then on."
    return ""
