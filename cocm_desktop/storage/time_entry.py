"""Time entries."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import (
    ContactId,
    EpisodeId,
    MeetingId,
    PatientId,
    StaffId,
    TimeEntryId,
)
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.domain.time_entry import (
    COUNTABLE_ACTIVITIES,
    COUNTABLE_ROLES,
    TimeEntry,
)
from cocm_desktop.domain.time_log import KeptEntry
from cocm_desktop.storage import month_closing
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables_time import TimeEntryTable


def _valid() -> Select[TimeEntryTable]:
    table = TimeEntryTable
    return select(table).where(table.voided_at.is_(None)).order_by(table.worked_on, table.id)


# Asked with every entry that is saved, so put together once.
_OF_STAFF_ON = _valid().where(
    TimeEntryTable.staff_id == bindparam("staff_id"), TimeEntryTable.worked_on == bindparam("day")
)


_SUM = select(func.sum(TimeEntryTable.seconds)).where(
    TimeEntryTable.voided_at.is_(None), TimeEntryTable.id != bindparam("but")
)
_SECONDS_OF_DAY = _SUM.where(
    TimeEntryTable.staff_id == bindparam("staff_id"), TimeEntryTable.worked_on == bindparam("day")
)
_SECONDS_OF_MONTH = _SUM.where(
    TimeEntryTable.patient_id == bindparam("patient_id"),
    TimeEntryTable.worked_on.between(bindparam("first"), bindparam("last")),
)
# What the entry itself must be to count; consent, visit and coverage are the evaluation's.
COUNTED = (
    TimeEntryTable.voided_at.is_(None),
    TimeEntryTable.activity.in_(COUNTABLE_ACTIVITIES),
    TimeEntryTable.role.in_(COUNTABLE_ROLES),
    TimeEntryTable.signed_at.is_not(None),
    TimeEntryTable.billed_as == "",
)


def add(session: Session, entry: TimeEntry, stamp: Stamp, *, patient_id: str) -> None:
    """Keep an entry. Raises Refused where its month is closed."""
    month_closing.require_open(session, ServiceMonth.of(entry.worked_on))
    session.add(
        TimeEntryTable(
            id=entry.id,
            patient_id=patient_id,
            episode_id=entry.episode_id,
            staff_id=entry.staff_id,
            contact_id=entry.contact_id,
            worked_on=entry.worked_on,
            started_at=entry.started_at,
            seconds=entry.seconds,
            activity=entry.activity,
            role=entry.role,
            note=entry.note,
            source=entry.source,
            manual_reason=entry.manual_reason,
            began_at=entry.began_at,
            meeting_id=entry.meeting_id,
            billed_as=entry.billed_as,
            signed_at=entry.signed_at,
            signed_by=entry.signed_by,
            corrects=entry.corrects,
            **recorded(stamp),
        )
    )


def exists(session: Session, entry_id: str) -> bool:
    return is_stored(session, TimeEntryTable, entry_id)


def get(session: Session, entry_id: str) -> TimeEntry:
    return entry_of(found(session, TimeEntryTable, entry_id, words="time entry"))


def void_entry(session: Session, entry_id: str, stamp: Stamp, *, reason: str) -> None:
    """Withdraw an entry, keeping it. Raises Refused where its month is closed."""
    row = found(session, TimeEntryTable, entry_id, words="time entry")
    month_closing.require_open(session, ServiceMonth.of(row.worked_on), field="id")
    void(row, stamp, reason)


def of_contact(session: Session, contact_id: str) -> list[TimeEntry]:
    return _entries(session, _valid().where(TimeEntryTable.contact_id == contact_id))


def of_episode(session: Session, episode_id: str, *, until: date) -> list[TimeEntry]:
    """Give the time entries of an episode, oldest first."""
    table = TimeEntryTable
    return _entries(
        session, _valid().where(table.episode_id == episode_id, table.worked_on <= until)
    )


def seconds_of_contacts(
    session: Session, episode_ids: Collection[str], *, until: date
) -> dict[ContactId, int]:
    """Give the seconds recorded with each contact of many episodes, in one statement."""
    table = TimeEntryTable
    statement = (
        select(table.contact_id, func.sum(table.seconds))
        .where(
            table.episode_id.in_(episode_ids),
            table.contact_id.is_not(None),
            table.voided_at.is_(None),
            table.worked_on <= until,
        )
        .group_by(table.contact_id)
    )
    found = session.execute(statement)
    return {ContactId(contact_id): seconds for contact_id, seconds in found if contact_id}


def of_month(
    session: Session, patient_id: str, month: ServiceMonth, *, until: date
) -> list[TimeEntry]:
    """Give the time spent for a patient in a month, of whatever episode."""
    table = TimeEntryTable
    last_day = min(month.last_day, until)
    return _entries(
        session,
        _valid().where(
            table.patient_id == patient_id, table.worked_on.between(month.first_day, last_day)
        ),
    )


def of_staff_on(session: Session, staff_id: str, day: date) -> list[TimeEntry]:
    rows = session.scalars(_OF_STAFF_ON, {"staff_id": staff_id, "day": day})
    return [entry_of(row) for row in rows]


def seconds_of_day(
    session: Session, staff_id: str, day: date, *, but: TimeEntry | None = None
) -> int:
    """Sum what a person has recorded on a day, for whatever patient."""
    asked = {"staff_id": staff_id, "day": day, "but": but.id if but else ""}
    return session.scalar(_SECONDS_OF_DAY, asked) or 0


def seconds_of_month(
    session: Session, patient_id: str, month: ServiceMonth, *, but: TimeEntry | None = None
) -> int:
    """Sum what was recorded for a patient in a month, whether it counts or not."""
    asked = {
        "patient_id": patient_id,
        "first": month.first_day,
        "last": month.last_day,
        "but": but.id if but else "",
    }
    return session.scalar(_SECONDS_OF_MONTH, asked) or 0


def log_of(
    session: Session, patient_id: str, month: ServiceMonth, *, until: date
) -> list[KeptEntry]:
    """Give every entry of a patient's month, oldest first, with those that were voided."""
    table = TimeEntryTable
    statement = (
        select(table)
        .where(
            table.patient_id == patient_id,
            table.worked_on.between(month.first_day, min(month.last_day, until)),
        )
        .order_by(table.worked_on, table.started_at, table.id)
    )
    return [_logged(row) for row in session.scalars(statement)]


def unsigned_of(session: Session, staff_id: str) -> list[TimeEntry]:
    """Give what a person has still to sign, oldest first."""
    table = TimeEntryTable
    return _entries(session, _valid().where(table.staff_id == staff_id, table.signed_at.is_(None)))


def of_meeting(session: Session, meeting_id: str) -> list[TimeEntry]:
    return _entries(session, _valid().where(TimeEntryTable.meeting_id == meeting_id))


def sign(session: Session, entry_id: str, stamp: Stamp) -> None:
    row = found(session, TimeEntryTable, entry_id, words="time entry")
    month_closing.require_open(session, ServiceMonth.of(row.worked_on), field="id")
    row.signed_at, row.signed_by = stamp.at, stamp.staff.id


def patient_of(session: Session, entry_id: str) -> PatientId:
    return PatientId(found(session, TimeEntryTable, entry_id, words="time entry").patient_id)


def patients_in(session: Session, month: ServiceMonth, *, until: date) -> list[PatientId]:
    """Give the patients for whom time was spent in a month."""
    table = TimeEntryTable
    statement = (
        select(table.patient_id)
        .where(
            table.voided_at.is_(None),
            table.worked_on.between(month.first_day, min(month.last_day, until)),
        )
        .distinct()
    )
    return [PatientId(found_id) for found_id in session.scalars(statement)]


def _entries(session: Session, statement: Select[TimeEntryTable]) -> list[TimeEntry]:
    return [entry_of(row) for row in session.scalars(statement)]


def _logged(row: TimeEntryTable) -> KeptEntry:
    return KeptEntry(
        entry=entry_of(row),
        recorded_at=row.recorded_at,
        recorded_by=StaffId(row.recorded_by),
        voided_at=row.voided_at,
        voided_by=StaffId(row.voided_by) if row.voided_by else None,
        void_reason=row.void_reason or "",
    )


def entry_of(row: TimeEntryTable) -> TimeEntry:
    return TimeEntry(
        id=TimeEntryId(row.id),
        episode_id=EpisodeId(row.episode_id),
        staff_id=StaffId(row.staff_id),
        worked_on=row.worked_on,
        seconds=row.seconds,
        activity=row.activity,
        role=row.role,
        started_at=row.started_at,
        contact_id=ContactId(row.contact_id) if row.contact_id else None,
        note=row.note,
        source=row.source,
        manual_reason=row.manual_reason,
        began_at=row.began_at,
        meeting_id=MeetingId(row.meeting_id) if row.meeting_id else None,
        billed_as=row.billed_as,
        signed_at=row.signed_at,
        signed_by=StaffId(row.signed_by) if row.signed_by else None,
        corrects=TimeEntryId(row.corrects) if row.corrects else None,
    )
