"""Interventions, goals and referrals out of an episode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.goal import Goal, GoalState, GoalStep
from cocm_desktop.domain.ids import (
    EpisodeId,
    GoalId,
    InterventionId,
    ReferralOutId,
    StaffId,
    new_id,
)
from cocm_desktop.domain.intervention import Intervention
from cocm_desktop.domain.referral_out import ReferralOut, ReferralResult, ReferralStep
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables_clinical import (
    GoalStateTable,
    GoalTable,
    InterventionTable,
    ReferralOutTable,
    ReferralResultTable,
)


def add_intervention(session: Session, intervention: Intervention, stamp: Stamp) -> None:
    session.add(InterventionTable(**asdict(intervention), **recorded(stamp)))


def interventions_of(session: Session, episode_id: str, *, until: date) -> tuple[Intervention, ...]:
    """Give the sessions of an episode, oldest first."""
    return interventions_of_episodes(session, [episode_id], until=until).get(episode_id, ())


def interventions_of_episodes(
    session: Session, episode_ids: Collection[str], *, until: date
) -> dict[str, tuple[Intervention, ...]]:
    """Give the sessions of many episodes in one statement, by episode."""
    table = InterventionTable
    rows = session.scalars(
        select(table)
        .where(
            table.episode_id.in_(episode_ids), table.voided_at.is_(None), table.given_on <= until
        )
        .order_by(table.given_on, table.id)
    )
    sessions: defaultdict[str, list[Intervention]] = defaultdict(list)
    for row in rows:
        sessions[row.episode_id].append(_intervention(row))
    return {episode_id: tuple(each) for episode_id, each in sessions.items()}


def _intervention(row: InterventionTable) -> Intervention:
    return Intervention(
        id=InterventionId(row.id),
        episode_id=EpisodeId(row.episode_id),
        staff_id=StaffId(row.staff_id),
        given_on=row.given_on,
        kind=row.kind,
        note=row.note,
        homework=row.homework,
        seconds=row.seconds,
    )


def add_goal(session: Session, goal: Goal, stamp: Stamp) -> None:
    session.add(
        GoalTable(
            id=goal.id,
            episode_id=goal.episode_id,
            words=goal.words,
            measured_by=goal.measured_by,
            set_on=goal.set_on,
            **recorded(stamp),
        )
    )


def note_goal(
    session: Session, goal_id: str, stamp: Stamp, *, state: GoalState, noted_on: date
) -> None:
    found(session, GoalTable, goal_id, words="goal")
    session.add(
        GoalStateTable(
            id=new_id(), goal_id=goal_id, state=state, noted_on=noted_on, **recorded(stamp)
        )
    )


def goals_of(session: Session, episode_id: str) -> tuple[Goal, ...]:
    """Give the goals of an episode, oldest first, each as it last stood."""
    return goals_of_episodes(session, [episode_id]).get(episode_id, ())


def goals_of_episodes(
    session: Session, episode_ids: Collection[str]
) -> dict[str, tuple[Goal, ...]]:
    """Give the goals of many episodes in two statements, by episode."""
    rows = session.scalars(
        select(GoalTable)
        .where(GoalTable.episode_id.in_(episode_ids), GoalTable.voided_at.is_(None))
        .order_by(GoalTable.set_on, GoalTable.id)
    ).all()
    states = session.scalars(
        select(GoalStateTable)
        .where(GoalStateTable.goal_id.in_([row.id for row in rows]))
        .order_by(GoalStateTable.noted_on, GoalStateTable.id)
    )
    steps: defaultdict[str, list[GoalStep]] = defaultdict(list)
    for state in states:
        steps[state.goal_id].append(GoalStep(state.noted_on, state.state))
    goals: defaultdict[str, list[Goal]] = defaultdict(list)
    for row in rows:
        goals[row.episode_id].append(_goal(row, tuple(steps[row.id])))
    return {episode_id: tuple(each) for episode_id, each in goals.items()}


def _goal(row: GoalTable, steps: tuple[GoalStep, ...]) -> Goal:
    return Goal(
        id=GoalId(row.id),
        episode_id=EpisodeId(row.episode_id),
        words=row.words,
        set_on=row.set_on,
        state=steps[-1].state if steps else GoalState.OPEN,
        state_on=steps[-1].noted_on if steps else None,
        measured_by=row.measured_by,
        steps=steps,
    )


def add_referral(session: Session, referral: ReferralOut, stamp: Stamp) -> None:
    session.add(
        ReferralOutTable(
            id=referral.id,
            episode_id=referral.episode_id,
            to=referral.to,
            reason=referral.reason,
            made_on=referral.made_on,
            **recorded(stamp),
        )
    )


def note_referral(
    session: Session, referral_id: str, stamp: Stamp, *, result: ReferralResult, noted_on: date
) -> None:
    found(session, ReferralOutTable, referral_id, words="referral")
    session.add(
        ReferralResultTable(
            id=new_id(),
            referral_id=referral_id,
            result=result,
            noted_on=noted_on,
            **recorded(stamp),
        )
    )


def referrals_of(session: Session, episode_id: str) -> tuple[ReferralOut, ...]:
    """Give the referrals of an episode, oldest first, each with what last came of it."""
    rows = session.scalars(
        select(ReferralOutTable)
        .where(ReferralOutTable.episode_id == episode_id, ReferralOutTable.voided_at.is_(None))
        .order_by(ReferralOutTable.made_on, ReferralOutTable.id)
    ).all()
    results = session.scalars(
        select(ReferralResultTable)
        .where(ReferralResultTable.referral_id.in_([row.id for row in rows]))
        .order_by(ReferralResultTable.noted_on, ReferralResultTable.id)
    )
    steps: defaultdict[str, list[ReferralStep]] = defaultdict(list)
    for result in results:
        steps[result.referral_id].append(ReferralStep(result.noted_on, result.result))
    return tuple(_referral(row, tuple(steps[row.id])) for row in rows)


def _referral(row: ReferralOutTable, steps: tuple[ReferralStep, ...]) -> ReferralOut:
    return ReferralOut(
        id=ReferralOutId(row.id),
        episode_id=EpisodeId(row.episode_id),
        to=row.to,
        reason=row.reason,
        made_on=row.made_on,
        result=steps[-1].result if steps else ReferralResult.WAITING,
        result_on=steps[-1].noted_on if steps else None,
        steps=steps,
    )


def is_stored(session: Session, record_id: str) -> bool:
    """Tell whether an intervention, goal or referral with this id was recorded before."""
    return _row(session, record_id) is not None


def episode_of(session: Session, record_id: str) -> str | None:
    """Give the episode of an intervention, goal or referral that counts, if there is one."""
    row = _row(session, record_id)
    return row.episode_id if row is not None and row.voided_at is None else None


def began_on(session: Session, record_id: str) -> date | None:
    """Give the day on which a goal was set or a referral made."""
    row = _row(session, record_id)
    if isinstance(row, GoalTable):
        return row.set_on
    return row.made_on if isinstance(row, ReferralOutTable) else None


def void_record(session: Session, record_id: str, stamp: Stamp, *, reason: str) -> None:
    """Withdraw an intervention, goal or referral, keeping it."""
    row = _row(session, record_id)
    if row is not None:
        void(row, stamp, reason)


def _row(
    session: Session, record_id: str
) -> InterventionTable | GoalTable | ReferralOutTable | None:
    return (
        session.get(InterventionTable, record_id)
        or session.get(GoalTable, record_id)
        or session.get(ReferralOutTable, record_id)
    )
