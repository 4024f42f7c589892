"""Recording interventions, goals and referrals out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cocm_desktop.actions.looking import ChartPart, look_at_episode
from cocm_desktop.actions.reasons import needed_reason
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.goal import Goal, GoalDraft, GoalState
from cocm_desktop.domain.intervention import Intervention, InterventionDraft
from cocm_desktop.domain.referral_out import ReferralOut, ReferralOutDraft, ReferralResult
from cocm_desktop.domain.staff import Permission
from cocm_desktop.domain.wording import long_date
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage import audit, treatment
from cocm_desktop.storage import episode as episodes

TOUCHES = Topic.TREATMENT


@dataclass(frozen=True, slots=True)
class Treatment:
    """What an episode's treatment holds besides medicines, each oldest first."""

    interventions: tuple[Intervention, ...]
    goals: tuple[Goal, ...]
    referrals_out: tuple[ReferralOut, ...]


def read_treatment(workspace: Workspace, episode_id: str) -> Treatment:
    workspace.require(Permission.SEE_CHART)
    look_at_episode(workspace, episode_id, ChartPart.NOTES)
    with workspace.database.read() as session:
        return Treatment(
            treatment.interventions_of(session, episode_id, until=workspace.today()),
            treatment.goals_of(session, episode_id),
            treatment.referrals_of(session, episode_id),
        )


def record_intervention(workspace: Workspace, draft: InterventionDraft) -> Change:
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        if not treatment.exists(session, draft.id):
            patient_id = episodes.get(session, draft.episode_id).patient_id
            accepted = draft.accept(staff_id=workspace.staff.id, today=workspace.today())
            treatment.add_intervention(session, accepted, workspace.stamp())
            note = audit.created("intervention.recorded", draft.id, patient_id)
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def record_goal(workspace: Workspace, draft: GoalDraft) -> Change:
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        if not treatment.exists(session, draft.id):
            patient_id = episodes.get(session, draft.episode_id).patient_id
            accepted = draft.accept(today=workspace.today())
            treatment.add_goal(session, accepted, workspace.stamp())
            audit.write(
                session, workspace.stamp(), audit.created("goal.recorded", draft.id, patient_id)
            )
    return Change(TOUCHES, draft.id)


def note_goal(workspace: Workspace, goal_id: str, *, state: GoalState, noted_on: date) -> Change:
    """Say how far a goal has come by a day; what was said before stays as history."""
    workspace.require(Permission.RECORD_TREATMENT)
    _refuse_day(workspace, goal_id, noted_on)
    with workspace.database.write() as session:
        treatment.note_goal(session, goal_id, workspace.stamp(), state=state, noted_on=noted_on)
        note = audit.created("goal.noted", goal_id, _patient_of(workspace, goal_id))
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, goal_id)


def record_referral_out(workspace: Workspace, draft: ReferralOutDraft) -> Change:
    workspace.require(Permission.RECORD_TREATMENT)
    with workspace.database.write() as session:
        if not treatment.exists(session, draft.id):
            patient_id = episodes.get(session, draft.episode_id).patient_id
            accepted = draft.accept(today=workspace.today())
            treatment.add_referral(session, accepted, workspace.stamp())
            note = audit.created("referral.recorded", draft.id, patient_id)
            audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, draft.id)


def note_referral_out(
    workspace: Workspace, referral_id: str, *, result: ReferralResult, noted_on: date
) -> Change:
    """Say what came of a referral by a day."""
    workspace.require(Permission.RECORD_TREATMENT)
    _refuse_day(workspace, referral_id, noted_on)
    with workspace.database.write() as session:
        treatment.note_referral(
            session, referral_id, workspace.stamp(), result=result, noted_on=noted_on
        )
        note = audit.created("referral.noted", referral_id, _patient_of(workspace, referral_id))
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, referral_id)


def void_treatment(workspace: Workspace, record_id: str, *, reason: str) -> Change:
    """Withdraw an intervention, a goal or a referral, keeping it."""
    workspace.require(Permission.VOID_RECORD)
    reason = needed_reason(reason)
    with workspace.database.write() as session:
        patient_id = _patient_of(workspace, record_id)
        treatment.void_record(session, record_id, workspace.stamp(), reason=reason)
        note = audit.voided("treatment.voided", record_id, reason=reason, patient_id=patient_id)
        audit.write(session, workspace.stamp(), note)
    return Change(TOUCHES, record_id)


def _patient_of(workspace: Workspace, record_id: str) -> str:
    with workspace.database.read() as session:
        episode_id = treatment.episode_of(session, record_id)
        if episode_id is None:
            raise Refused(Problem("id", "This record is not on file any more."))
        return episodes.get(session, episode_id).patient_id


def _refuse_day(workspace: Workspace, record_id: str, noted_on: date) -> None:
    if noted_on > workspace.today():
        raise Refused(Problem("noted_on", "The day lies in the future."))
    with workspace.database.read() as session:
        began_on = treatment.began_on(session, record_id)
    if began_on is not None and noted_on < began_on:
        words = f"This was recorded as of {long_date(began_on)}; a later day is needed."
        raise Refused(Problem("noted_on", words))
