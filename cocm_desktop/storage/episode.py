"""Episodes of care with their consent and diagnoses."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.episode import Episode, EpisodeStatus
from cocm_desktop.domain.episode_phase import Phase
from cocm_desktop.domain.ids import (
    EpisodeId,
    PatientId,
    StaffId,
    new_id,
)
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage import consent as consents
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import change, found, grouped, recorded
from cocm_desktop.storage.tables import ContactTable, EpisodeTable, MeasureTable
from cocm_desktop.storage.tables_month import ConsentTable
from cocm_desktop.storage.tables_review import CaseReviewTable, EpisodePhaseTable
from cocm_desktop.storage.tables_time import TimeEntryTable


def add(session: Session, episode: Episode, stamp: Stamp) -> None:
    session.add(
        EpisodeTable(
            id=episode.id,
            patient_id=episode.patient_id,
            version=1,
            **_columns(episode),
            **recorded(stamp),
        )
    )


def add_consent(session: Session, consent: Consent, stamp: Stamp) -> None:
    session.add(ConsentTable(**asdict(consent), **recorded(stamp)))


def consent_exists(session: Session, consent_id: str) -> bool:
    return is_stored(session, ConsentTable, consent_id)


def add_phase(session: Session, phase: Phase, stamp: Stamp) -> None:
    session.add(EpisodePhaseTable(id=new_id(), **asdict(phase), **recorded(stamp)))


def phases_of(session: Session, episode_id: str) -> tuple[Phase, ...]:
    """Give the changes of an episode's phase, oldest first; of one moment, as they were made."""
    return phases_of_episodes(session, [episode_id]).get(EpisodeId(episode_id), ())


def phases_of_episodes(
    session: Session, episode_ids: Collection[str]
) -> dict[EpisodeId, tuple[Phase, ...]]:
    """Give the changes of phase of many episodes in one statement, each oldest first."""
    table = EpisodePhaseTable
    rows = session.scalars(
        select(table)
        .where(table.episode_id.in_(episode_ids))
        .order_by(table.changed_on, table.recorded_at, table.id)
    )
    return grouped((EpisodeId(row.episode_id), _phase(row)) for row in rows)


def closing_of(session: Session, episode_id: str) -> tuple[EpisodeStatus | None, datetime] | None:
    """Give the status before the last closing, and when it was recorded; None before schema 2."""
    table = EpisodePhaseTable
    row = session.scalar(
        select(table)
        .where(table.episode_id == episode_id, table.to_status == EpisodeStatus.CLOSED)
        .order_by(table.recorded_at.desc(), table.id.desc())
        .limit(1)
    )
    return (row.from_status, row.recorded_at) if row else None


def get(session: Session, episode_id: str) -> Episode:
    return _episode(found(session, EpisodeTable, episode_id, words="episode"))


def by_id(session: Session, episode_ids: Collection[str]) -> dict[EpisodeId, Episode]:
    """Give some episodes in one statement."""
    rows = session.scalars(select(EpisodeTable).where(EpisodeTable.id.in_(episode_ids)))
    return {EpisodeId(row.id): _episode(row) for row in rows}


def exists(session: Session, episode_id: str) -> bool:
    return is_stored(session, EpisodeTable, episode_id)


def is_any_open(session: Session) -> bool:
    """Tell whether anybody is in care."""
    opened = [status for status in EpisodeStatus if status.is_open]
    found = select(EpisodeTable.id).where(EpisodeTable.status.in_(opened)).limit(1)
    return session.scalar(found) is not None


def latest(session: Session, patient_id: str) -> Episode | None:
    """Give the open episode of a patient, or the one closed last."""
    row = session.scalar(_latest_first(patient_id).limit(1))
    return _episode(row) if row else None


def of_patient(session: Session, patient_id: str) -> tuple[Episode, ...]:
    """Give every episode of a patient, the open one or the one closed last before the others."""
    return tuple(_episode(row) for row in session.scalars(_latest_first(patient_id)))


def _latest_first(patient_id: str) -> Select[EpisodeTable]:
    table = EpisodeTable
    return (
        select(table)
        .where(table.patient_id == patient_id, table.voided_at.is_(None))
        .order_by(table.closed_on.is_not(None), table.closed_on.desc(), table.id.desc())
    )


def update(session: Session, episode: Episode) -> list[FieldChange]:
    row = found(session, EpisodeTable, episode.id, words="episode")
    return change(row, _columns(episode), version=episode.version)


def consent_of(session: Session, episode_id: str) -> Consent | None:
    return consents_of(session, [episode_id]).get(EpisodeId(episode_id))


def consents_of(session: Session, episode_ids: Collection[str]) -> dict[EpisodeId, Consent]:
    """Give the consents with which many episodes began, in one statement."""
    rows = session.scalars(
        select(ConsentTable).where(
            ConsentTable.episode_id.in_(episode_ids), ConsentTable.voided_at.is_(None)
        )
    )
    return {EpisodeId(row.episode_id): consents.value_of(row) for row in rows}


def last_record_on(session: Session, episode_id: str) -> date | None:
    """Give the day of the episode's last contact, measure, time entry or review."""
    days = [
        session.scalar(
            select(func.max(day)).where(table.episode_id == episode_id, table.voided_at.is_(None))
        )
        for table, day in (
            (ContactTable, ContactTable.made_on),
            (MeasureTable, MeasureTable.taken_on),
            (TimeEntryTable, TimeEntryTable.worked_on),
            (CaseReviewTable, CaseReviewTable.reviewed_on),
        )
    ]
    return max((day for day in days if day), default=None)


def _phase(row: EpisodePhaseTable) -> Phase:
    of = EpisodeId(row.episode_id)
    return Phase(of, row.from_status, row.to_status, row.changed_on, row.reason)


def _columns(episode: Episode) -> dict[str, Any]:
    return {
        "status": episode.status,
        "care_manager_id": episode.care_manager_id,
        "treating_practitioner_id": episode.treating_practitioner_id,
        "referred_on": episode.referred_on,
        "enrolled_on": episode.enrolled_on,
        "closed_on": episode.closed_on,
        "close_reason": episode.close_reason,
        "close_note": episode.close_note,
        "primary_instrument_id": episode.primary_instrument_id,
        "target_below": episode.target_below,
        "interval_weeks": episode.interval_weeks,
    }


def _episode(row: EpisodeTable) -> Episode:
    treating = row.treating_practitioner_id
    return Episode(
        id=EpisodeId(row.id),
        patient_id=PatientId(row.patient_id),
        status=row.status,
        care_manager_id=StaffId(row.care_manager_id),
        treating_practitioner_id=StaffId(treating) if treating else None,
        referred_on=row.referred_on,
        enrolled_on=row.enrolled_on,
        closed_on=row.closed_on,
        close_reason=row.close_reason,
        close_note=row.close_note,
        primary_instrument_id=InstrumentId(row.primary_instrument_id),
        target_below=row.target_below,
        interval_weeks=row.interval_weeks,
        version=row.version,
    )
