"""The time that a caseload review became, kept with the review meeting."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import EpisodeId, MeetingId, ReviewMeetingId, StaffId
from cocm_desktop.domain.review_meeting import CaseTime, ReviewMeeting
from cocm_desktop.storage.records import found
from cocm_desktop.storage.tables_meeting import CaseTimeTable, ReviewMeetingTable


def meeting_with_times(session: Session, review_meeting_id: str) -> ReviewMeeting:
    """Give a review meeting with how long each case was talked about, longest ago first."""
    row = found(session, ReviewMeetingTable, review_meeting_id, words="meeting")
    times = CaseTimeTable
    rows = session.scalars(
        select(times).where(times.meeting_id == review_meeting_id).order_by(times.id)
    )
    return ReviewMeeting(
        id=ReviewMeetingId(row.id),
        meets_on=row.meets_on,
        minutes=row.minutes,
        starts_at=row.starts_at,
        tenths_a_case=row.tenths_a_case,
        care_manager_ids=tuple(StaffId(each) for each in row.care_manager_ids.split(",") if each),
        consultant_id=StaffId(row.consultant_id) if row.consultant_id else None,
        note=row.note,
        ended_at=row.ended_at,
        case_times=tuple(CaseTime(EpisodeId(each.episode_id), each.seconds) for each in rows),
    )


def time_meeting_of(session: Session, review_meeting_id: str) -> MeetingId | None:
    """Name the joint meeting that holds the time; None before it was shared, or withdrawn."""
    row = found(session, ReviewMeetingTable, review_meeting_id, words="meeting")
    return MeetingId(row.time_meeting_id) if row.time_meeting_id else None


def keep_time_meeting(
    session: Session, review_meeting_id: str, time_meeting_id: MeetingId | None
) -> None:
    row = found(session, ReviewMeetingTable, review_meeting_id, words="meeting")
    row.time_meeting_id = time_meeting_id
