"""The open timer of a person, and when it starts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import EpisodeId, StaffId, TimerId, TimerStretchId, new_id
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.domain.timer import Gap, Stretch, Tick, Timer, TimerEnding
from cocm_desktop.domain.timer_choice import TimerStart
from cocm_desktop.storage.records import recorded
from cocm_desktop.storage.tables_timer import TimerSegmentTable, TimerStartTable, TimerTable

# Asked with every heartbeat, so put together once.
_OPEN = select(TimerTable).where(
    TimerTable.staff_id == bindparam("staff_id"), TimerTable.ended_at.is_(None)
)
_SEGMENTS = (
    select(TimerSegmentTable)
    .where(TimerSegmentTable.timer_id == bindparam("timer_id"))
    .order_by(TimerSegmentTable.id)
)


def open_of(session: Session, staff_id: StaffId) -> Timer | None:
    """Give a person's open timer; there is one at most."""
    row = session.scalar(_OPEN, {"staff_id": staff_id})
    if row is None:
        return None
    return Timer(
        id=TimerId(row.id),
        staff_id=StaffId(row.staff_id),
        episode_id=EpisodeId(row.episode_id),
        activity=row.activity,
        device=row.device,
        stretches=tuple(map(_stretch, session.scalars(_SEGMENTS, {"timer_id": row.id}))),
        gap=_gap(row),
    )


def has_ended(session: Session, timer_id: str) -> bool:
    table = TimerTable
    found = select(table.id).where(table.id == timer_id, table.ended_at.is_not(None))
    return session.scalar(found) is not None


def is_open_for(session: Session, episode_ids: Sequence[str]) -> bool:
    """Tell whether anybody's timer is open for one of these episodes."""
    table = TimerTable
    found = select(table.id).where(table.episode_id.in_(episode_ids), table.ended_at.is_(None))
    return session.scalar(found.limit(1)) is not None


def add(session: Session, timer: Timer, stamp: Stamp) -> None:
    row = TimerTable(
        id=timer.id,
        staff_id=timer.staff_id,
        episode_id=timer.episode_id,
        activity=timer.activity,
        reason="",
        **recorded(stamp),
    )
    session.add(row)
    session.flush()
    _add_stretches(session, timer.id, timer.stretches, stamp=stamp)


def keep(session: Session, before: Timer, after: Timer, *, stamp: Stamp) -> None:
    """Write what differs. A heartbeat changes one row."""
    known = {stretch.id: stretch for stretch in before.stretches}
    for stretch in after.stretches:
        if stretch.id in known and stretch != known[stretch.id]:
            _grow(session, stretch)
    new = [stretch for stretch in after.stretches if stretch.id not in known]
    _add_stretches(session, after.id, new, stamp=stamp)
    if (before.gap, before.activity) != (after.gap, after.activity):
        row = session.get_one(TimerTable, after.id)
        row.activity = after.activity
        gap = after.gap
        row.gap_cause = gap.cause if gap else None
        row.gap_began_at = gap.since.at if gap else None
        row.gap_steady_ms = gap.since.steady_ms if gap else None
        row.gap_run_id = gap.since.run_id if gap else None


def end(session: Session, timer_id: str, at: datetime, *, ending: TimerEnding, reason: str) -> None:
    """Close a timer. Its stretches stay as they were measured, whatever became of them."""
    row = session.get_one(TimerTable, timer_id)
    row.ended_at, row.ending, row.reason = at, ending, reason


def start_of(session: Session, staff_id: StaffId) -> TimerStart | None:
    table = TimerStartTable
    rows = select(table).where(table.staff_id == staff_id).order_by(table.id.desc()).limit(1)
    row = session.scalar(rows)
    return row.choice if row else None


def choose_start(session: Session, choice: TimerStart, stamp: Stamp) -> str:
    row = TimerStartTable(id=new_id(), staff_id=stamp.staff.id, choice=choice, **recorded(stamp))
    session.add(row)
    return row.id


def _add_stretches(
    session: Session, timer_id: str, stretches: Sequence[Stretch], *, stamp: Stamp
) -> None:
    offset = stamp.at.utcoffset()
    for stretch in stretches:
        session.add(
            TimerSegmentTable(
                id=stretch.id,
                timer_id=timer_id,
                began_at=stretch.began_at,
                local_offset=int(offset.total_seconds()) if offset else 0,
                measured_ms=stretch.measured_ms,
                seen_at=stretch.seen.at,
                steady_ms=stretch.seen.steady_ms,
                run_id=stretch.seen.run_id,
                has_ended=stretch.has_ended,
                is_confirmed=stretch.is_confirmed,
                **recorded(stamp),
            )
        )


def _grow(session: Session, stretch: Stretch) -> None:
    session.connection().execute(
        update(TimerSegmentTable)
        .where(TimerSegmentTable.id == stretch.id)
        .values(
            measured_ms=stretch.measured_ms,
            seen_at=stretch.seen.at,
            steady_ms=stretch.seen.steady_ms,
            run_id=stretch.seen.run_id,
            has_ended=stretch.has_ended,
        )
    )


def _stretch(row: TimerSegmentTable) -> Stretch:
    return Stretch(
        began_at=row.began_at,
        seen=Tick(row.seen_at, row.steady_ms, row.run_id),
        measured_ms=row.measured_ms,
        has_ended=row.has_ended,
        is_confirmed=row.is_confirmed,
        id=TimerStretchId(row.id),
    )


def _gap(row: TimerTable) -> Gap | None:
    if row.gap_cause is None or row.gap_began_at is None:
        return None
    return Gap(row.gap_cause, Tick(row.gap_began_at, row.gap_steady_ms or 0, row.gap_run_id or ""))
