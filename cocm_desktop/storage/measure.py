"""Measures and the safety tasks that critical answers open."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import EpisodeId, MeasureId, StaffId
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.domain.withdrawn_measure import WithdrawnMeasure
from cocm_desktop.storage.records import found, grouped, is_stored, recorded, void
from cocm_desktop.storage.tables import (
    MeasureTable,
)


def add(session: Session, measure: Measure, stamp: Stamp) -> None:
    session.add(
        MeasureTable(
            id=measure.id,
            episode_id=measure.episode_id,
            instrument_id=measure.instrument_id,
            instrument_version=measure.instrument_version,
            taken_on=measure.taken_on,
            answers=measure.answers,
            total=measure.total,
            total_only=measure.total_only,
            is_complete=measure.is_complete,
            critical=measure.critical,
            difficulty=measure.difficulty,
            mode=measure.mode,
            language=measure.language,
            administered_by=measure.administered_by,
            corrects=measure.corrects,
            **recorded(stamp),
        )
    )


def exists(session: Session, measure_id: str) -> bool:
    return is_stored(session, MeasureTable, measure_id)


def get(session: Session, measure_id: str) -> Measure:
    return _measure(found(session, MeasureTable, measure_id, words="measure"))


def void_measure(session: Session, measure_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, MeasureTable, measure_id, words="measure"), stamp, reason)


def of_episode(session: Session, episode_id: str, *, until: date) -> tuple[Measure, ...]:
    """Give the measures of an episode, oldest first."""
    return of_episodes(session, [episode_id], until=until).get(EpisodeId(episode_id), ())


def of_episodes(
    session: Session, episode_ids: Collection[str], *, until: date
) -> dict[EpisodeId, tuple[Measure, ...]]:
    """Give the measures of many episodes in one statement, each oldest first."""
    table = MeasureTable
    rows = session.scalars(
        select(table)
        .where(
            table.episode_id.in_(episode_ids), table.voided_at.is_(None), table.taken_on <= until
        )
        .order_by(table.taken_on, table.id)
    )
    return grouped((EpisodeId(row.episode_id), _measure(row)) for row in rows)


def withdrawn_of_episode(session: Session, episode_id: str) -> tuple[WithdrawnMeasure, ...]:
    """Give the voided measures of an episode, oldest first."""
    table = MeasureTable
    rows = session.scalars(
        select(table)
        .where(table.episode_id == episode_id, table.voided_at.is_not(None))
        .order_by(table.taken_on, table.id)
    )
    by_corrected = {
        corrects: MeasureId(own_id)
        for own_id, corrects in session.execute(
            select(table.id, table.corrects).where(
                table.episode_id == episode_id, table.corrects.is_not(None)
            )
        )
    }
    return tuple(
        WithdrawnMeasure(
            measure=_measure(row),
            voided_at=row.voided_at,
            voided_by=StaffId(row.voided_by or ""),
            reason=row.void_reason or "",
            corrected_by=by_corrected.get(row.id),
        )
        for row in rows
        if row.voided_at is not None
    )


def lineage(session: Session, measure: Measure) -> frozenset[str]:
    """Give the ids of a measure and of those that it took the place of, one after the other."""
    ids = {str(measure.id)}
    before: str | None = measure.corrects
    while before is not None and before not in ids:
        ids.add(before)
        before = session.scalar(select(MeasureTable.corrects).where(MeasureTable.id == before))
    return frozenset(ids)


def _measure(row: MeasureTable) -> Measure:
    return Measure(
        id=MeasureId(row.id),
        episode_id=EpisodeId(row.episode_id),
        instrument_id=InstrumentId(row.instrument_id),
        instrument_version=row.instrument_version,
        taken_on=row.taken_on,
        answers=row.answers,
        total=row.total,
        critical=row.critical,
        is_complete=row.is_complete,
        mode=row.mode,
        administered_by=StaffId(row.administered_by) if row.administered_by else None,
        recorded_by=StaffId(row.recorded_by),
        difficulty=row.difficulty,
        language=row.language,
        total_only=row.total_only,
        corrects=MeasureId(row.corrects) if row.corrects else None,
    )
