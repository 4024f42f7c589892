"""Plans of an episode, each kept as it was written."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import EpisodeId, PlanId
from cocm_desktop.domain.plans import Plan, PlanKind
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables_clinical import PlanTable


def add(session: Session, plan: Plan, stamp: Stamp) -> None:
    session.add(
        PlanTable(
            id=plan.id,
            episode_id=plan.episode_id,
            kind=plan.kind,
            written_on=plan.written_on,
            parts=dict(plan.parts),
            **recorded(stamp),
        )
    )


def exists(session: Session, plan_id: str) -> bool:
    return is_stored(session, PlanTable, plan_id)


def get(session: Session, plan_id: str) -> Plan:
    return _plan(found(session, PlanTable, plan_id, words="plan"))


def void_plan(session: Session, plan_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, PlanTable, plan_id, words="plan"), stamp, reason)


def of_episode(session: Session, episode_id: str, *, until: date) -> tuple[Plan, ...]:
    """Give every plan of an episode, oldest first; the last of a kind is the one that holds."""
    table = PlanTable
    rows = session.scalars(
        select(table)
        .where(table.episode_id == episode_id, table.voided_at.is_(None), table.written_on <= until)
        .order_by(table.written_on, table.id)
    )
    return tuple(_plan(row) for row in rows)


def latest(session: Session, episode_id: str, kind: PlanKind, *, until: date) -> Plan | None:
    plans = [p for p in of_episode(session, episode_id, until=until) if p.kind is kind]
    return plans[-1] if plans else None


def last_days(
    session: Session, episode_ids: Collection[str], kind: PlanKind, *, until: date
) -> dict[str, date]:
    """Give the day of the plan that holds, by episode; an episode without one is left out."""
    table = PlanTable
    rows = session.execute(
        select(table.episode_id, func.max(table.written_on))
        .where(
            table.episode_id.in_(episode_ids),
            table.kind == kind,
            table.voided_at.is_(None),
            table.written_on <= until,
        )
        .group_by(table.episode_id)
    )
    return {row[0]: row[1] for row in rows}


def _plan(row: PlanTable) -> Plan:
    return Plan(PlanId(row.id), EpisodeId(row.episode_id), row.kind, row.written_on, row.parts)
