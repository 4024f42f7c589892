"""Episodes of care with their consent and diagnoses."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.episode import Episode, EpisodeStatus
from cocm_desktop.domain.episode_phase import Phase
from cocm_desktop.domain.ids import (
    ConsentId,
    EpisodeId,
    PatientId,
    StaffId,
    new_id,
)
from cocm_desktop.domain.instrument import InstrumentId
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.records import change, found, recorded
from cocm_desktop.storage.tables import (
    ConsentTable,
    ContactTable,
    EpisodeTable,
    MeasureTable,
    TimeEntryTable,
)
from cocm_desktop.storage.tables_review import CaseReviewTable, EpisodePhaseTable


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
    return session.get(ConsentTable, consent_id) is not None


def add_phase(session: Session, phase: Phase, stamp: Stamp) -> None:
    session.add(EpisodePhaseTable(id=new_id(), **asdict(phase), **recorded(stamp)))


def phases_of(session: Session, episode_id: str) -> tuple[Phase, ...]:
    """Give the changes of an episode's phase, oldest first.

    Consent and start may be recorded at once: then they stand in the order of the statuses.
    """
    table, order = EpisodePhaseTable, list(EpisodeStatus)
    rows = session.scalars(select(table).where(table.episode_id == episode_id)).all()
    rows = sorted(rows, key=lambda r: (r.changed_on, r.recorded_at, order.index(r.to_status)))
    return tuple(
        Phase(EpisodeId(row.episode_id), row.from_status, row.to_status, row.changed_on, row.reason)
        for row in rows
    )


def get(session: Session, episode_id: str) -> Episode:
    return _episode(found(session, EpisodeTable, episode_id, words="episode"))


def exists(session: Session, episode_id: str) -> bool:
    return session.get(EpisodeTable, episode_id) is not None


def latest(session: Session, patient_id: str) -> Episode | None:
    """Give the open episode of a patient, or the one closed last."""
    row = session.scalar(_latest_first(patient_id).limit(1))
    return _episode(row) if row else None


def of_patient(session: Session, patient_id: str) -> tuple[Episode, ...]:
    """Give every episode of a patient, the open one or the one closed last before the others."""
    return tuple(_episode(row) for row in session.scalars(_latest_first(patient_id)))


def _latest_first(patient_id: str) -> Select[tuple[EpisodeTable]]:
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
    row = session.scalar(
        select(ConsentTable).where(
            ConsentTable.episode_id == episode_id, ConsentTable.voided_at.is_(None)
        )
    )
    if row is None:
        return None
    return Consent(
        id=ConsentId(row.id),
        episode_id=EpisodeId(row.episode_id),
        given_on=row.given_on,
        method=row.method,
        obtained_by=StaffId(row.obtained_by),
    )


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
