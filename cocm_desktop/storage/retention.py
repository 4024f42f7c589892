"""When each patient's record was last added to, and what holds a record whatever its age."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, tzinfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.retention import RetentionHold
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.patient_record import EPISODE, PARENTS, PATIENT
from cocm_desktop.storage.records import as_text, found, recorded, value_of
from cocm_desktop.storage.tables import SCHEMA, EpisodeTable, PatientTable
from cocm_desktop.storage.tables_trust import RetentionHoldTable

HOLD = "hold on the record"


def last_entries(session: Session, zone: tzinfo | None) -> dict[PatientId, date]:
    """Give the day of the last entry of each patient who has no open episode."""
    episode = EpisodeTable
    is_open = select(episode.patient_id).where(
        episode.voided_at.is_(None), episode.status != EpisodeStatus.CLOSED
    )
    patient = PatientTable
    made = select(patient.id, patient.recorded_at).where(
        patient.voided_at.is_(None), patient.id.not_in(is_open)
    )
    last: dict[str, datetime] = {row.id: row.recorded_at for row in session.execute(made)}
    for kind, (parent, _) in PARENTS.items():
        if parent not in {PATIENT, EPISODE}:
            continue
        table = SCHEMA.tables[kind]
        whose = table.c.patient_id if parent == PATIENT else episode.patient_id
        newest = select(whose, func.max(table.c.recorded_at)).group_by(whose)
        if parent == EPISODE:
            newest = newest.join(episode, episode.id == table.c.episode_id)
        for patient_id, moment in session.execute(newest):
            if patient_id in last and moment > last[patient_id]:
                last[patient_id] = moment
    return {PatientId(each): at.astimezone(zone).date() for each, at in last.items()}


def add_hold(session: Session, hold: RetentionHold, stamp: Stamp) -> None:
    session.add(RetentionHoldTable(**asdict(hold), **recorded(stamp)))


def hold_exists(session: Session, hold_id: str) -> bool:
    return is_stored(session, RetentionHoldTable, hold_id)


def get_hold(session: Session, hold_id: str) -> RetentionHold:
    return value_of(RetentionHold, found(session, RetentionHoldTable, hold_id, words=HOLD))


def end_hold(session: Session, hold_id: str, day: date) -> FieldChange:
    row = found(session, RetentionHoldTable, hold_id, words=HOLD)
    change = FieldChange("ends_on", as_text(row.ends_on), as_text(day))
    row.ends_on = day
    return change


def holds(session: Session, patient_id: str | None = None) -> tuple[RetentionHold, ...]:
    """Give every hold, or those of one patient, the oldest first, lifted ones too."""
    table = RetentionHoldTable
    chosen = select(table).where(table.voided_at.is_(None)).order_by(table.id)
    if patient_id is not None:
        chosen = chosen.where(table.patient_id == patient_id)
    return tuple(value_of(RetentionHold, row) for row in session.scalars(chosen))
