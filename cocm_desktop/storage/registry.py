"""The read model of the registry: every patient with the latest episode, in one statement."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    String,
    and_,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.rules import month_kind
from cocm_desktop.domain.contact import SYNCHRONOUS, ContactOutcome
from cocm_desktop.domain.ids import EpisodeId, PatientId, StaffId
from cocm_desktop.domain.instrument import GAD7, PHQ9, Instrument, InstrumentId
from cocm_desktop.domain.measure import Score
from cocm_desktop.domain.outcome import Course, course_of
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.time_entry import COUNTABLE_ACTIVITIES, COUNTABLE_ROLES
from cocm_desktop.storage.tables import (
    ConsentTable,
    ContactTable,
    DiscussionFlagTable,
    EpisodeTable,
    MeasureTable,
    PatientTable,
    SafetyClosingTable,
    SafetyTaskTable,
    StaffTable,
    TimeEntryTable,
)


def registry_rows(
    session: Session,
    instruments: Mapping[InstrumentId, Instrument],
    *,
    today: date,
    g2214_first_minute: int,
    patient_id: str | None = None,
) -> list[RegistryRow]:
    """Give a row for every patient on file, by name, from what was recorded up to `today`."""
    statement = _statement(today)
    if patient_id is not None:
        statement = statement.where(PatientTable.id == patient_id)
    month = ServiceMonth.of(today)
    phq9, gad7 = instruments[PHQ9], instruments[GAD7]
    return [
        RegistryRow(
            patient_id=PatientId(row.id),
            last_name=row.last_name,
            first_name=row.first_name,
            preferred_name=row.preferred_name,
            mrn=row.mrn,
            born_on=row.born_on,
            phone=row.phone,
            today=today,
            g2214_first_minute=g2214_first_minute,
            phq9_instrument=phq9,
            gad7_instrument=gad7,
            phq9=_course(row.phq9, row.enrolled_on, phq9),
            gad7=_course(row.gad7, row.enrolled_on, gad7),
            episode_id=EpisodeId(row.episode_id) if row.episode_id else None,
            status=row.status,
            care_manager_id=StaffId(row.care_manager_id) if row.care_manager_id else None,
            care_manager=row.care_manager or "",
            referred_on=row.referred_on,
            consented_on=row.given_on,
            enrolled_on=row.enrolled_on,
            closed_on=row.closed_on,
            last_contact_on=row.last_contact_on,
            last_attempt_on=row.last_attempt_on,
            planned_on=row.planned_on,
            seconds_this_month=row.seconds or 0,
            month_kind=month_kind([ServiceMonth.of(row.served_on)] if row.served_on else [], month),
            safety_answer=row.safety_answer,
            question=row.question or "",
        )
        for row in session.execute(statement)
    ]


def _course(written: str | None, enrolled_on: date | None, instrument: Instrument) -> Course:
    """Read what `_scores` wrote, such as 2026-11-03:14:2 2026-11-17:9: (day, total, critical)."""
    scores = []
    for part in (written or "").split():
        day, total, critical = part.split(":")
        scores.append(
            Score(date.fromisoformat(day), int(total), int(critical) if critical else None)
        )
    return course_of(scores, enrolled_on=enrolled_on, remission_below=instrument.remission_below)


def _statement(today: date) -> Select[*tuple[Any, ...]]:
    """Scalar sub-queries over covering indexes: joining two lists would multiply the rows."""
    patient, episode, consent = PatientTable, EpisodeTable, ConsentTable
    return (
        select(
            patient.id,
            patient.last_name,
            patient.first_name,
            patient.preferred_name,
            patient.mrn,
            patient.born_on,
            patient.phone,
            episode.id.label("episode_id"),
            episode.status,
            episode.care_manager_id,
            StaffTable.name.label("care_manager"),
            episode.referred_on,
            consent.given_on,
            episode.enrolled_on,
            episode.closed_on,
            _scores(PHQ9, today).label("phq9"),
            _scores(GAD7, today).label("gad7"),
            *_contact_columns(today),
            _seconds(today).label("seconds"),
            _served_on(today).label("served_on"),
            _safety_answer().label("safety_answer"),
            _question().label("question"),
        )
        .select_from(patient)
        .outerjoin(episode, episode.id == _latest_episode_id())
        .outerjoin(consent, and_(consent.episode_id == episode.id, consent.voided_at.is_(None)))
        .outerjoin(StaffTable, StaffTable.id == episode.care_manager_id)
        .where(patient.voided_at.is_(None))
        .order_by(patient.last_name, patient.first_name, patient.born_on, patient.id)
    )


def _latest_episode_id() -> ScalarSelect[str]:
    episode = EpisodeTable.__table__.alias("latest")
    return (
        select(episode.c.id)
        .where(episode.c.patient_id == PatientTable.id, episode.c.voided_at.is_(None))
        .order_by(episode.c.closed_on.is_not(None), episode.c.closed_on.desc(), episode.c.id.desc())
        .limit(1)
        .correlate(PatientTable)
        .scalar_subquery()
    )


def _scores(instrument_id: InstrumentId, today: date) -> ScalarSelect[str]:
    measure = MeasureTable
    written = (
        cast(measure.taken_on, String)
        + ":"
        + cast(measure.total, String)
        + ":"
        + func.coalesce(cast(measure.critical, String), "")
    )
    return (
        select(
            func.aggregate_strings(written, " ").aggregate_order_by(measure.taken_on, measure.id)
        )
        .where(
            measure.episode_id == EpisodeTable.id,
            measure.instrument_id == instrument_id,
            measure.voided_at.is_(None),
            measure.taken_on <= today,
            measure.total.is_not(None),
        )
        .correlate(EpisodeTable)
        .scalar_subquery()
    )


def _contact_columns(today: date) -> tuple[ColumnElement[Any], ...]:
    contact = ContactTable
    made = (
        contact.episode_id == EpisodeTable.id,
        contact.voided_at.is_(None),
        contact.made_on <= today,
    )
    reached = (
        contact.outcome == ContactOutcome.REACHED,
        contact.kind.in_(SYNCHRONOUS),
    )
    last = select(func.max(contact.made_on)).where(*made)
    planned = (
        select(contact.next_contact_on)
        .where(*made)
        .order_by(contact.made_on.desc(), contact.id.desc())
        .limit(1)
    )
    return (
        last.where(*reached).correlate(EpisodeTable).scalar_subquery().label("last_contact_on"),
        last.correlate(EpisodeTable).scalar_subquery().label("last_attempt_on"),
        planned.correlate(EpisodeTable).scalar_subquery().label("planned_on"),
    )


def _seconds(today: date) -> ScalarSelect[int]:
    """Sum the month's countable time from consent to closing, as the billing rules do."""
    entry, consent = TimeEntryTable, ConsentTable.__table__.alias("month_consent")
    episode = EpisodeTable.__table__.alias("month_episode")
    return (
        select(func.sum(entry.seconds))
        .join(consent, consent.c.episode_id == entry.episode_id)
        .join(episode, episode.c.id == entry.episode_id)
        .where(
            entry.patient_id == PatientTable.id,
            entry.voided_at.is_(None),
            consent.c.voided_at.is_(None),
            entry.worked_on.between(ServiceMonth.of(today).first_day, today),
            entry.activity.in_(COUNTABLE_ACTIVITIES),
            entry.role.in_(COUNTABLE_ROLES),
            entry.worked_on >= consent.c.given_on,
            or_(episode.c.closed_on.is_(None), entry.worked_on <= episode.c.closed_on),
        )
        .correlate(PatientTable)
        .scalar_subquery()
    )


def _served_on(today: date) -> ScalarSelect[date]:
    """Find the last countable day before this month, in whatever episode of the patient."""
    entry, consent = TimeEntryTable, ConsentTable.__table__.alias("then_consent")
    return (
        select(entry.worked_on)
        .join(consent, consent.c.episode_id == entry.episode_id)
        .where(
            entry.patient_id == PatientTable.id,
            entry.voided_at.is_(None),
            consent.c.voided_at.is_(None),
            entry.worked_on >= consent.c.given_on,
            entry.worked_on < ServiceMonth.of(today).first_day,
            entry.activity.in_(COUNTABLE_ACTIVITIES),
            entry.role.in_(COUNTABLE_ROLES),
        )
        .order_by(entry.worked_on.desc())
        .limit(1)
        .correlate(PatientTable)
        .scalar_subquery()
    )


def _safety_answer() -> ScalarSelect[int]:
    """Find the highest answer not closed yet, from whatever episode: it outlives them."""
    task, closing = SafetyTaskTable, SafetyClosingTable
    return (
        select(func.max(task.answer))
        .where(
            task.patient_id == PatientTable.id,
            ~select(closing.id).where(closing.task_id == task.id).exists(),
        )
        .correlate(PatientTable)
        .scalar_subquery()
    )


def _question() -> ScalarSelect[str]:
    flag = DiscussionFlagTable
    return (
        select(flag.question)
        .where(flag.episode_id == EpisodeTable.id, flag.voided_at.is_(None))
        .order_by(flag.id.desc())
        .limit(1)
        .correlate(EpisodeTable)
        .scalar_subquery()
    )
