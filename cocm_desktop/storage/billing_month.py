"""What a billing month asks for about many patients at once, each in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, extract, func, or_, select
from sqlalchemy.orm import Session, aliased

from cocm_desktop.domain.billing.choices import BillState
from cocm_desktop.domain.billing.evaluation_facts import BilledFacts
from cocm_desktop.domain.case_review import RecommendationKind
from cocm_desktop.domain.contact import ContactOutcome
from cocm_desktop.domain.ids import ContactId, EpisodeId, PatientId, StaffId, SuperbillId
from cocm_desktop.domain.plans import PlanKind
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import TimeEntry
from cocm_desktop.storage import bill_step
from cocm_desktop.storage.records import grouped
from cocm_desktop.storage.tables import ContactTable, EpisodeTable, MeasureTable
from cocm_desktop.storage.tables_clinical import DoseTable, MedicationTable, PlanTable
from cocm_desktop.storage.tables_month import (
    ConsentTable,
    LaterConsentTable,
    SuperbillTable,
)
from cocm_desktop.storage.tables_review import CaseReviewTable, RecommendationTable
from cocm_desktop.storage.tables_time import TimeEntryTable
from cocm_desktop.storage.time_entry import COUNTED, entry_of


@dataclass(frozen=True, slots=True)
class StoredTime:
    """A time entry with whose it is and when it was recorded."""

    patient_id: PatientId
    entry: TimeEntry
    recorded_at: datetime


def time_in(session: Session, month: ServiceMonth, *, until: date) -> tuple[StoredTime, ...]:
    """Give everybody's time of a month, in order."""
    table = TimeEntryTable
    return _stored(session, table.worked_on.between(month.first_day, min(month.last_day, until)))


def time_beside(
    session: Session, patient_id: str, month: ServiceMonth, *, until: date
) -> tuple[StoredTime, ...]:
    """Give a patient's time of a month, and that of the same people for others."""
    table = TimeEntryTable
    days = table.worked_on.between(month.first_day, min(month.last_day, until))
    own = select(table.staff_id).where(
        table.patient_id == patient_id, table.voided_at.is_(None), days
    )
    return _stored(
        session, and_(or_(table.patient_id == patient_id, table.staff_id.in_(own)), days)
    )


def _stored(session: Session, which: ColumnElement[bool]) -> tuple[StoredTime, ...]:
    table = TimeEntryTable
    rows = session.scalars(
        select(table).where(which, table.voided_at.is_(None)).order_by(table.worked_on, table.id)
    )
    return tuple(
        StoredTime(PatientId(row.patient_id), entry_of(row), row.recorded_at) for row in rows
    )


def is_unissued(session: Session, month: ServiceMonth) -> bool:
    """Tell whether somebody with time in a month has no superbill of it."""
    table, bill = TimeEntryTable, SuperbillTable
    issued = select(bill.patient_id).where(bill.month == month.key, bill.voided_at.is_(None))
    found = select(table.id).where(
        table.worked_on.between(month.first_day, month.last_day),
        table.voided_at.is_(None),
        table.patient_id.not_in(issued),
    )
    return session.scalar(found.limit(1)) is not None


def contact_notes(
    session: Session, contact_ids: Collection[str]
) -> dict[ContactId, tuple[bool, str]]:
    """Say of contacts whether the patient was reached, and what was noted."""
    table = ContactTable
    rows = session.execute(
        select(table.id, table.outcome, table.note).where(table.id.in_(contact_ids))
    )
    return {
        ContactId(found_id): (outcome is ContactOutcome.REACHED, note)
        for found_id, outcome, note in rows
    }


def reached_days(
    session: Session, episode_ids: Collection[str], month: ServiceMonth
) -> dict[EpisodeId, tuple[date, ...]]:
    """Give the days of a month on which each patient was reached, with or without minutes."""
    table = ContactTable
    rows = session.execute(
        select(table.episode_id, table.made_on)
        .where(
            table.episode_id.in_(episode_ids),
            table.voided_at.is_(None),
            table.outcome == ContactOutcome.REACHED,
            table.made_on.between(month.first_day, month.last_day),
        )
        .order_by(table.made_on)
        .distinct()
    )
    return grouped((EpisodeId(episode_id), day) for episode_id, day in rows)


def notes_of_month(
    session: Session, episode_ids: Collection[str], month: ServiceMonth
) -> dict[EpisodeId, tuple[str, ...]]:
    """Give the notes of a month's contacts and time, by episode."""
    contact, time = ContactTable, TimeEntryTable
    found: list[tuple[EpisodeId, str]] = []
    for table, day in ((contact, contact.made_on), (time, time.worked_on)):
        rows = session.execute(
            select(table.episode_id, table.note).where(
                table.episode_id.in_(episode_ids),
                table.voided_at.is_(None),
                day.between(month.first_day, month.last_day),
                table.note != "",
            )
        )
        found.extend((EpisodeId(episode_id), note) for episode_id, note in rows)
    return grouped(found)


def service_days(
    session: Session, patient_ids: Collection[str], month: ServiceMonth
) -> dict[PatientId, dict[ServiceMonth, date]]:
    """Give the first day with countable time of each month up to this one, oldest month first.

    Time counts on a day on which any consent of its episode holds, the first or a later one.
    """
    table = TimeEntryTable
    year, number = extract("year", table.worked_on), extract("month", table.worked_on)
    rows = session.execute(
        select(table.patient_id, year, number, func.min(table.worked_on))
        .where(
            table.patient_id.in_(patient_ids),
            *COUNTED,
            table.worked_on <= month.last_day,
            or_(_held(ConsentTable), _held(LaterConsentTable)),
        )
        .group_by(table.patient_id, year, number)
        .order_by(year, number)
    )
    found: dict[PatientId, dict[ServiceMonth, date]] = {}
    for patient_id, in_year, in_month, first in rows:
        own = found.setdefault(PatientId(patient_id), {})
        own[ServiceMonth(in_year, in_month)] = first
    return found


def _held(consent: type[ConsentTable | LaterConsentTable]) -> ColumnElement[bool]:
    """Say whether a consent of an entry's episode held on the day of the entry."""
    entry = TimeEntryTable
    return (
        select(consent.id)
        .where(
            consent.episode_id == entry.episode_id,
            consent.voided_at.is_(None),
            consent.given_on <= entry.worked_on,
            or_(consent.withdrawn_on.is_(None), consent.withdrawn_on >= entry.worked_on),
        )
        .exists()
    )


def billed(
    session: Session, patient_ids: Collection[str], month: ServiceMonth
) -> dict[PatientId, tuple[BilledFacts, ...]]:
    """Give what was billed for patients in earlier months, and what became of it."""
    table = SuperbillTable
    rows = session.execute(
        select(table.id, table.patient_id, table.month, table.codes)
        .where(
            table.patient_id.in_(patient_ids), table.voided_at.is_(None), table.month < month.key
        )
        .order_by(table.month, table.id)
    ).all()
    steps = bill_step.of_superbills(session, [row.id for row in rows])
    found: list[tuple[PatientId, BilledFacts]] = []
    for bill_id, patient_id, key, codes in rows:
        own = steps.get(SuperbillId(bill_id), ())
        state = BillState[own[-1].state.name] if own else BillState.ISSUED
        when = ServiceMonth.parse(key)
        if when is not None:
            found.extend(
                (PatientId(patient_id), BilledFacts(when, code, units, state))
                for code, units in codes_in(codes)
            )
    return grouped(found)


def codes_in(text: str) -> Iterable[tuple[str, int]]:
    """Read 99493*1 99494*2, as a superbill repeats its lines."""
    for part in text.split():
        code, _, units = part.partition("*")
        yield code, int(units)


def meeting_days(session: Session, month: ServiceMonth) -> dict[StaffId, tuple[date, ...]]:
    """Give the days on which each care manager's caseload was gone through with the consultant."""
    review, episode = CaseReviewTable, EpisodeTable
    reviewed = session.execute(
        select(episode.care_manager_id, review.reviewed_on)
        .join(episode, episode.id == review.episode_id)
        .where(
            review.voided_at.is_(None),
            review.discussed,
            review.reviewed_on.between(month.first_day, month.last_day),
        )
        .distinct()
    )
    days = {(manager, day) for manager, day in reviewed} | _met_consultant(session, month)
    return grouped((StaffId(manager), day) for manager, day in sorted(days))


def _met_consultant(session: Session, month: ServiceMonth) -> set[tuple[str, date]]:
    """Find joint meetings that a care manager and the consultant both took part in."""
    own, other = TimeEntryTable, aliased(TimeEntryTable)
    rows = session.execute(
        select(own.staff_id, own.worked_on)
        .join(other, other.meeting_id == own.meeting_id)
        .where(
            own.voided_at.is_(None),
            own.worked_on.between(month.first_day, month.last_day),
            own.role == Role.CARE_MANAGER,
            other.voided_at.is_(None),
            other.role == Role.PSYCHIATRIC_CONSULTANT,
        )
        .distinct()
    )
    return {(staff_id, day) for staff_id, day in rows}


def review_days(
    session: Session, episode_ids: Collection[str], month: ServiceMonth
) -> dict[EpisodeId, tuple[date, ...]]:
    """Give the days of a month on which the consultant left a recommendation."""
    table = RecommendationTable
    rows = session.execute(
        select(table.episode_id, table.made_on)
        .where(
            table.episode_id.in_(episode_ids),
            table.voided_at.is_(None),
            table.made_on.between(month.first_day, month.last_day),
        )
        .distinct()
        .order_by(table.made_on)
    )
    return grouped((EpisodeId(episode_id), day) for episode_id, day in rows)


def plan_days(
    session: Session, episode_ids: Collection[str], *, until: date
) -> dict[EpisodeId, tuple[date, ...]]:
    """Give the days on which care plans were written, oldest first."""
    table = PlanTable
    rows = session.execute(
        select(table.episode_id, table.written_on)
        .where(
            table.episode_id.in_(episode_ids),
            table.voided_at.is_(None),
            table.kind == PlanKind.CARE_PLAN,
            table.written_on <= until,
        )
        .order_by(table.written_on, table.id)
    )
    return grouped((EpisodeId(episode_id), day) for episode_id, day in rows)


def changed_on(
    session: Session, episode_ids: Collection[str], *, until: date
) -> dict[EpisodeId, date]:
    """Give the last day on which a change that the consultant recommended was agreed."""
    table = RecommendationTable
    rows = session.execute(
        select(table.episode_id, func.max(table.agreed_on))
        .where(
            table.episode_id.in_(episode_ids),
            table.voided_at.is_(None),
            table.kind != RecommendationKind.CONTINUE,
            table.agreed_on <= until,
        )
        .group_by(table.episode_id)
    )
    return {EpisodeId(episode_id): day for episode_id, day in rows if day}


def dosed_on(
    session: Session, patient_ids: Collection[str], *, until: date
) -> dict[PatientId, date]:
    """Give the last day from which a psychotropic medicine was taken in another dose."""
    dose, medication = DoseTable, MedicationTable
    rows = session.execute(
        select(medication.patient_id, func.max(dose.since))
        .join(medication, medication.id == dose.medication_id)
        .where(
            medication.patient_id.in_(patient_ids),
            medication.is_psychotropic,
            medication.voided_at.is_(None),
            dose.voided_at.is_(None),
            dose.since <= until,
        )
        .group_by(medication.patient_id)
    )
    return {PatientId(patient_id): day for patient_id, day in rows}


def measures(
    session: Session, episode_ids: Collection[str], *, until: date
) -> dict[EpisodeId, tuple[tuple[date, str, int | None], ...]]:
    """Give day, instrument and total of the measures of many episodes, each oldest first."""
    table = MeasureTable
    rows = session.execute(
        select(table.episode_id, table.taken_on, table.instrument_id, table.total)
        .where(
            table.episode_id.in_(episode_ids), table.voided_at.is_(None), table.taken_on <= until
        )
        .order_by(table.taken_on, table.id)
    )
    return grouped((EpisodeId(row[0]), (row[1], row[2], row[3])) for row in rows)
