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
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables_month import ConsentTable
from cocm_desktop.storage.tables_time import TimeEntryTable


def _valid() -> Select[TimeEntryTable]:
    table = TimeEntryTable
    return select(table).where(table.voided_at.is_(None)).order_by(table.worked_on, table.id)


# Asked with every entry that is saved, so put together once.
_OF_STAFF_ON = _valid().where(
    TimeEntryTable.staff_id == bindparam("staff_id"), TimeEntryTable.worked_on == bindparam("day")
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
    return _entry(found(session, TimeEntryTable, entry_id, words="time entry"))


def void_entry(session: Session, entry_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, TimeEntryTable, entry_id, words="time entry"), stamp, reason)


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
    return [_entry(row) for row in rows]


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


def earlier_service(
    session: Session, patient_id: str, month: ServiceMonth
) -> tuple[ServiceMonth, ...]:
    """Give the last month before this one in which the patient had countable time, if any."""
    table = TimeEntryTable
    last = session.scalar(
        select(table.worked_on)
        .join(ConsentTable, ConsentTable.episode_id == table.episode_id)
        .where(
            table.patient_id == patient_id,
            *COUNTED,
            ConsentTable.voided_at.is_(None),
            table.worked_on >= ConsentTable.given_on,
            table.worked_on < month.first_day,
        )
        .order_by(table.worked_on.desc())
        .limit(1)
    )
    return (ServiceMonth.of(last),) if last else ()


def _entries(session: Session, statement: Select[TimeEntryTable]) -> list[TimeEntry]:
    return [_entry(row) for row in session.scalars(statement)]


def _entry(row: TimeEntryTable) -> TimeEntry:
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
