"""Interventions, goals and referrals out of an episode."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from cocm_desktop.commands import typed
from cocm_desktop.commands.console import ack, say
from cocm_desktop.commands.parser import (
    Group,
    id_given,
    id_option,
    member_of,
    patient_option,
    slugs,
)
from cocm_desktop.domain.goal import GoalDraft, GoalState
from cocm_desktop.domain.intervention import (
    InterventionDraft,
    InterventionKind,
    sessions_by_kind,
)
from cocm_desktop.domain.referral_out import ReferralOutDraft, ReferralResult
from cocm_desktop.domain.wording import SECONDS_A_MINUTE, count_of, long_date

if TYPE_CHECKING:
    from cocm_desktop.actions.workspace import Workspace


def declare_treatment(parser: ArgumentParser) -> None:
    group = Group(parser)
    session = group.add("session", "record a session of an intervention")
    _of_patient(session)
    session.add_argument("--kind", required=True, choices=slugs(InterventionKind))
    session.add_argument("--note", metavar="TEXT", default="")
    session.add_argument("--homework", metavar="TEXT", default="")
    session.add_argument("--minutes", metavar="NUMBER", type=int, help="how long it took")
    session.set_defaults(work=record_session)
    goal = group.add("goal", "record a goal in the patient's own words")
    _of_patient(goal)
    goal.add_argument("words", metavar="TEXT")
    goal.add_argument(
        "--measured-by", metavar="TEXT", default="", help="how they will know it is reached"
    )
    goal.set_defaults(work=record_goal)
    came = group.add("goal-state", "say how far a goal has come")
    _noted(came, "goal")
    came.add_argument("--state", required=True, choices=slugs(GoalState))
    came.set_defaults(work=note_goal)
    referral = group.add("refer", "record a referral to somebody outside the team")
    _of_patient(referral)
    referral.add_argument("--to", metavar="TEXT", required=True)
    referral.add_argument("--reason", metavar="TEXT", required=True)
    referral.set_defaults(work=record_referral)
    result = group.add("refer-result", "say what came of a referral")
    _noted(result, "referral")
    result.add_argument("--result", required=True, choices=slugs(ReferralResult))
    result.set_defaults(work=note_referral)
    voided = group.add("void", "withdraw a session, goal or referral")
    voided.add_argument("record", metavar="ID")
    voided.add_argument("--reason", metavar="TEXT", required=True)
    voided.set_defaults(work=void)
    listed = group.add("list", "show a patient's sessions, goals and referrals")
    patient_option(listed)
    listed.set_defaults(work=show)


def _of_patient(parser: ArgumentParser) -> None:
    patient_option(parser)
    parser.add_argument("--on", metavar="DATE", default="today")
    id_option(parser)


def _noted(parser: ArgumentParser, name: str) -> None:
    parser.add_argument(name, metavar="ID", help="as treatment list shows it")
    parser.add_argument("--on", metavar="DATE", default="today")


def record_session(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.treatment import record_intervention

    draft = InterventionDraft(
        episode_id=typed.latest_episode(workspace, options.patient).id,
        given_on=typed.day("on", options.on, today=workspace.today()),
        kind=member_of(InterventionKind, options.kind),
        note=options.note,
        homework=options.homework,
        seconds=None if options.minutes is None else options.minutes * SECONDS_A_MINUTE,
        **id_given(options),
    )
    ack(record_intervention(workspace, draft).record_id)


def record_goal(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.treatment import record_goal as record

    draft = GoalDraft(
        episode_id=typed.latest_episode(workspace, options.patient).id,
        words=options.words,
        set_on=typed.day("on", options.on, today=workspace.today()),
        measured_by=options.measured_by,
        **id_given(options),
    )
    ack(record(workspace, draft).record_id)


def note_goal(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.treatment import note_goal as note

    noted_on = typed.day("on", options.on, today=workspace.today())
    state = member_of(GoalState, options.state)
    ack(note(workspace, options.goal, state=state, noted_on=noted_on).record_id)


def record_referral(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.treatment import record_referral_out

    draft = ReferralOutDraft(
        episode_id=typed.latest_episode(workspace, options.patient).id,
        to=options.to,
        reason=options.reason,
        made_on=typed.day("on", options.on, today=workspace.today()),
        **id_given(options),
    )
    ack(record_referral_out(workspace, draft).record_id)


def note_referral(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.treatment import note_referral_out

    noted_on = typed.day("on", options.on, today=workspace.today())
    result = member_of(ReferralResult, options.result)
    ack(note_referral_out(workspace, options.referral, result=result, noted_on=noted_on).record_id)


def void(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.treatment import void_treatment

    ack(void_treatment(workspace, options.record, reason=options.reason).record_id)


def show(workspace: Workspace, options: Namespace) -> None:
    from cocm_desktop.actions.treatment import read_treatment

    found = read_treatment(workspace, typed.latest_episode(workspace, options.patient).id)
    for kind, count in sessions_by_kind(found.interventions).items():
        say(f"{kind.value}: {count_of(count, 'session')}")
    for session in found.interventions:
        say(f"{session.id}  {long_date(session.given_on)}  {session.kind.value}: {session.note}")
    for goal in found.goals:
        say(f"{goal.id}  Goal of {long_date(goal.set_on)}: {goal.words} ({goal.state.value})")
        for step in goal.steps:
            say(f"  {long_date(step.noted_on)}: {step.state.value}")
    for referral in found.referrals_out:
        made = long_date(referral.made_on)
        say(f"{referral.id}  Referral of {made} to {referral.to}: {referral.result.value}")
        for result in referral.steps:
            say(f"  {long_date(result.noted_on)}: {result.result.value}")
