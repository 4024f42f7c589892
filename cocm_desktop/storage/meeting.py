"""Meetings; their time is among the time entries."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import MeetingId
from cocm_desktop.domain.meeting import Meeting
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables_time import MeetingTable


def add(session: Session, meeting: Meeting, stamp: Stamp) -> None:
    session.add(
        MeetingTable(
            id=meeting.id,
            held_on=meeting.held_on,
            started_at=meeting.started_at,
            began_at=meeting.began_at,
            seconds=meeting.seconds,
            note=meeting.note,
            **recorded(stamp),
        )
    )
    session.flush()


def exists(session: Session, meeting_id: str) -> bool:
    return is_stored(session, MeetingTable, meeting_id)


def void_meeting(session: Session, meeting_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, MeetingTable, meeting_id, words="meeting"), stamp, reason)


def between(session: Session, first: date, last: date) -> list[Meeting]:
    """Give the meetings of these days, oldest first."""
    table = MeetingTable
    statement = (
        select(table)
        .where(table.voided_at.is_(None), table.held_on.between(first, last))
        .order_by(table.held_on, table.id)
    )
    return [_meeting(row) for row in session.scalars(statement)]


def _meeting(row: MeetingTable) -> Meeting:
    return Meeting(
        id=MeetingId(row.id),
        held_on=row.held_on,
        seconds=row.seconds,
        started_at=row.started_at,
        began_at=row.began_at,
        note=row.note,
    )
