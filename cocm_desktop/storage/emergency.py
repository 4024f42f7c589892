"""Emergency access that was taken, ended and looked at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import EmergencyAccessId, StaffId
from cocm_desktop.domain.sitting import EmergencyAccess
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.records import change, found, recorded
from cocm_desktop.storage.tables import AuditEntryTable
from cocm_desktop.storage.tables_trust import EmergencyAccessTable


def add(session: Session, access: EmergencyAccess, stamp: Stamp) -> None:
    session.add(
        EmergencyAccessTable(
            id=access.id,
            reason=access.reason,
            ends_at=access.ends_at,
            ended_at=None,
            reviewed_at=None,
            reviewed_by=None,
            review_words="",
            version=1,
            **{**recorded(stamp), "recorded_at": access.began_at, "recorded_by": access.staff_id},
        )
    )


def get(session: Session, access_id: str) -> EmergencyAccess:
    return _access(found(session, EmergencyAccessTable, access_id, words="emergency access"))


def open_of(session: Session, staff_id: StaffId, now: datetime) -> EmergencyAccess | None:
    """Give the access that a person took and that has not ended.

    A clock that is set back does not begin it anew: what the audit noted since tells of its end.
    """
    query = (
        select(EmergencyAccessTable)
        .where(EmergencyAccessTable.recorded_by == staff_id, EmergencyAccessTable.ends_at > now)
        .order_by(EmergencyAccessTable.ends_at.desc())
    )
    accesses = (_access(row) for row in session.scalars(query))
    return next((a for a in accesses if a.is_open(now) and not _was_outlived(session, a)), None)


def everything(session: Session) -> list[EmergencyAccess]:
    """Give every access, the newest first."""
    query = select(EmergencyAccessTable).order_by(EmergencyAccessTable.recorded_at.desc())
    return [_access(row) for row in session.scalars(query)]


def update(session: Session, access: EmergencyAccess) -> list[FieldChange]:
    """Keep that it was ended or looked at; reason and hours stay as they were."""
    row = found(session, EmergencyAccessTable, access.id, words="emergency access")
    values = {
        "ended_at": access.ended_at,
        "reviewed_at": access.reviewed_at,
        "reviewed_by": access.reviewed_by,
        "review_words": access.review_words,
    }
    return change(row, values, version=access.version)


def entries_of(session: Session, access: EmergencyAccess) -> int:
    """Count what the audit noted by an access."""
    table = AuditEntryTable
    query = select(func.count()).where(
        table.staff_id == access.staff_id,
        table.is_emergency,
        table.at >= access.began_at,
        table.at <= (access.ended_at or access.ends_at),
    )
    return session.scalar(query) or 0


def _was_outlived(session: Session, access: EmergencyAccess) -> bool:
    """Tell whether anything was noted, since it was taken, at or after its end."""
    table = AuditEntryTable
    taken = select(func.min(table.seq)).where(
        table.object_id == access.id, table.code == "emergency.taken"
    )
    later = select(table.seq).where(table.seq > taken.scalar_subquery(), table.at >= access.ends_at)
    return session.scalar(later.limit(1)) is not None


def _access(row: EmergencyAccessTable) -> EmergencyAccess:
    return EmergencyAccess(
        id=EmergencyAccessId(row.id),
        staff_id=StaffId(row.recorded_by),
        reason=row.reason,
        began_at=row.recorded_at,
        ends_at=row.ends_at,
        ended_at=row.ended_at,
        reviewed_at=row.reviewed_at,
        reviewed_by=StaffId(row.reviewed_by) if row.reviewed_by else None,
        review_words=row.review_words,
        version=row.version,
    )
