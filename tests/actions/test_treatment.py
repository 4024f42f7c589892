"""Sessions, goals and referrals: what is stored, its history, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from cocm_desktop.actions.treatment import (
    note_goal,
    note_referral_out,
    read_treatment,
    record_goal,
    record_intervention,
    record_referral_out,
    void_treatment,
)
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.goal import LONGEST_WORDS, GoalDraft, GoalState, GoalStep
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.intervention import (
    LONGEST_MINUTES,
    LONGEST_NOTE,
    InterventionDraft,
    InterventionKind,
    sessions_by_kind,
)
from cocm_desktop.domain.referral_out import ReferralOutDraft, ReferralResult, ReferralStep
from cocm_desktop.errors import Refused

SET_ON = date(2026, 11, 3)
LATER = date(2026, 11, 17)
TOMORROW = date(2026, 12, 1)
ACTIVATION = InterventionKind.BEHAVIORAL_ACTIVATION


def a_goal(workspace: Workspace, episode_id: EpisodeId) -> str:
    draft = GoalDraft(episode_id, " Walk the dog ", SET_ON, measured_by="five of seven days")
    return record_goal(workspace, draft).record_id


def a_referral(workspace: Workspace, episode_id: EpisodeId) -> str:
    draft = ReferralOutDraft(episode_id, "Sleep clinic", "Apnea?", SET_ON)
    return record_referral_out(workspace, draft).record_id


def test_a_session_keeps_its_minutes_where_they_were_noted(
    workspace: Workspace, maria: EpisodeId
) -> None:
    timed = InterventionDraft(maria, SET_ON, ACTIVATION, "Plan for the week", seconds=20 * 60)
    record_intervention(workspace, timed)
    record_intervention(workspace, InterventionDraft(maria, LATER, ACTIVATION))
    record_intervention(workspace, InterventionDraft(maria, LATER, InterventionKind.SLEEP))

    sessions = read_treatment(workspace, maria).interventions

    assert [session.minutes for session in sessions] == [20, None, None]
    assert list(sessions_by_kind(sessions).items()) == [
        (ACTIVATION, 2),
        (InterventionKind.SLEEP, 1),
    ]


def test_a_goal_keeps_how_far_it_came_each_time(workspace: Workspace, maria: EpisodeId) -> None:
    goal_id = a_goal(workspace, maria)

    note_goal(workspace, goal_id, state=GoalState.PARTLY_MET, noted_on=SET_ON)
    note_goal(workspace, goal_id, state=GoalState.MET, noted_on=LATER)

    [goal] = read_treatment(workspace, maria).goals
    assert (goal.words, goal.measured_by) == ("Walk the dog", "five of seven days")
    assert (goal.state, goal.state_on) == (GoalState.MET, LATER)
    assert goal.steps == (
        GoalStep(SET_ON, GoalState.PARTLY_MET),
        GoalStep(LATER, GoalState.MET),
    )


def test_a_referral_waits_until_something_came_of_it(
    workspace: Workspace, maria: EpisodeId
) -> None:
    referral_id = a_referral(workspace, maria)
    [waiting] = read_treatment(workspace, maria).referrals_out

    note_referral_out(workspace, referral_id, result=ReferralResult.KEPT, noted_on=LATER)

    [kept] = read_treatment(workspace, maria).referrals_out
    assert (waiting.result, waiting.steps) == (ReferralResult.WAITING, ())
    assert kept.steps == (ReferralStep(LATER, ReferralResult.KEPT),)
    assert kept.result_on == LATER


@pytest.mark.parametrize("day", [TOMORROW, date(2026, 11, 2)], ids=["future", "before it was set"])
def test_a_state_or_result_of_an_impossible_day_is_refused(
    workspace: Workspace, maria: EpisodeId, day: date
) -> None:
    goal_id, referral_id = a_goal(workspace, maria), a_referral(workspace, maria)

    with pytest.raises(Refused):
        note_goal(workspace, goal_id, state=GoalState.MET, noted_on=day)
    with pytest.raises(Refused):
        note_referral_out(workspace, referral_id, result=ReferralResult.KEPT, noted_on=day)

    found = read_treatment(workspace, maria)
    assert found.goals[0].steps == ()
    assert found.referrals_out[0].steps == ()


def test_a_voided_record_is_gone_and_takes_no_more_notes(
    workspace: Workspace, maria: EpisodeId
) -> None:
    goal_id, referral_id = a_goal(workspace, maria), a_referral(workspace, maria)

    void_treatment(workspace, goal_id, reason="entered twice")
    void_treatment(workspace, referral_id, reason="entered twice")

    assert read_treatment(workspace, maria).goals == ()
    assert read_treatment(workspace, maria).referrals_out == ()
    with pytest.raises(Refused, match="not on file"):
        note_goal(workspace, goal_id, state=GoalState.MET, noted_on=LATER)


REFUSED: dict[str, Callable[[Workspace, EpisodeId], object]] = {
    "no kind": lambda w, e: record_intervention(w, InterventionDraft(e, SET_ON, None)),
    "no day": lambda w, e: record_intervention(w, InterventionDraft(e, None, ACTIVATION)),
    "future": lambda w, e: record_intervention(w, InterventionDraft(e, TOMORROW, ACTIVATION)),
    "other, unsaid": lambda w, e: record_intervention(
        w, InterventionDraft(e, SET_ON, InterventionKind.OTHER)
    ),
    "long note": lambda w, e: record_intervention(
        w, InterventionDraft(e, SET_ON, ACTIVATION, "x" * (LONGEST_NOTE + 1))
    ),
    "no minute": lambda w, e: record_intervention(
        w, InterventionDraft(e, SET_ON, ACTIVATION, seconds=59)
    ),
    "too long": lambda w, e: record_intervention(
        w, InterventionDraft(e, SET_ON, ACTIVATION, seconds=(LONGEST_MINUTES + 1) * 60)
    ),
    "no goal": lambda w, e: record_goal(w, GoalDraft(e, " ", SET_ON)),
    "long goal": lambda w, e: record_goal(w, GoalDraft(e, "x" * (LONGEST_WORDS + 1), SET_ON)),
    "long sign": lambda w, e: record_goal(
        w, GoalDraft(e, "Walk", SET_ON, measured_by="x" * (LONGEST_WORDS + 1))
    ),
    "goal without day": lambda w, e: record_goal(w, GoalDraft(e, "Walk", None)),
    "goal of tomorrow": lambda w, e: record_goal(w, GoalDraft(e, "Walk", TOMORROW)),
    "nobody": lambda w, e: record_referral_out(w, ReferralOutDraft(e, " ", "Apnea?", SET_ON)),
    "no reason": lambda w, e: record_referral_out(w, ReferralOutDraft(e, "Clinic", " ", SET_ON)),
    "long name": lambda w, e: record_referral_out(
        w, ReferralOutDraft(e, "x" * 201, "Apnea?", SET_ON)
    ),
    "no date": lambda w, e: record_referral_out(w, ReferralOutDraft(e, "Clinic", "Apnea?", None)),
    "tomorrow": lambda w, e: record_referral_out(
        w, ReferralOutDraft(e, "Clinic", "Apnea?", TOMORROW)
    ),
}


@pytest.mark.parametrize("what", REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_not_stored(
    workspace: Workspace, maria: EpisodeId, what: Callable[[Workspace, EpisodeId], object]
) -> None:
    with pytest.raises(Refused):
        what(workspace, maria)

    found = read_treatment(workspace, maria)
    assert (found.interventions, found.goals, found.referrals_out) == ((), (), ())


def test_a_retried_record_is_stored_once(workspace: Workspace, maria: EpisodeId) -> None:
    session = InterventionDraft(maria, SET_ON, ACTIVATION)
    goal = GoalDraft(maria, "Walk", SET_ON)
    referral = ReferralOutDraft(maria, "Sleep clinic", "Apnea?", SET_ON)

    for _ in range(2):
        record_intervention(workspace, session)
        record_goal(workspace, goal)
        record_referral_out(workspace, referral)

    found = read_treatment(workspace, maria)
    assert [len(each) for each in (found.interventions, found.goals, found.referrals_out)] == [
        *(1, 1, 1)
    ]
