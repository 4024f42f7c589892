"""What ties reviews and time to the review meeting at which they came about."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import MeetingId, ReviewMeetingId
from cocm_desktop.storage.records import found
from cocm_desktop.storage.tables_meeting import ReviewMeetingTable

WORDS = "review meeting"


def meetings_about(session: Session, day: date, manager_id: str) -> list[ReviewMeetingId]:
    """Name the review meetings of a day that are about a care manager's caseload."""
    table = ReviewMeetingTable
    rows = session.execute(
        select(table.id, table.care_manager_ids)
        .where(table.meets_on == day, table.voided_at.is_(None))
        .order_by(table.id)
    )
    return [
        ReviewMeetingId(meeting_id)
        for meeting_id, managers in rows
        if not managers or manager_id in managers.split(",")
    ]


def time_meeting_of(session: Session, review_meeting_id: str) -> MeetingId | None:
    """Name the joint meeting that holds the time; None before it was shared, or withdrawn."""
    row = found(session, ReviewMeetingTable, review_meeting_id, words=WORDS)
    return MeetingId(row.time_meeting_id) if row.time_meeting_id else None


def keep_time_meeting(session: Session, review_meeting_id: str, time_meeting_id: MeetingId) -> None:
    row = found(session, ReviewMeetingTable, review_meeting_id, words=WORDS)
    row.time_meeting_id = time_meeting_id


def forget_time_meeting(session: Session, time_meeting_id: str) -> None:
    """Let the review meeting whose time this was have none: its time was withdrawn."""
    table = ReviewMeetingTable
    for row in session.scalars(select(table).where(table.time_meeting_id == time_meeting_id)):
        row.time_meeting_id = None
    session.flush()
