"""Diagnoses of episodes: what was noted, how each stands, which one is primary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.diagnosis import (
    Diagnosis,
    DiagnosisStatus,
    ListedDiagnosis,
    with_primary,
)
from cocm_desktop.domain.ids import DiagnosisId, EpisodeId, new_id
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import found, recorded, void
from cocm_desktop.storage.tables import DiagnosisTable
from cocm_desktop.storage.tables_clinical import DiagnosisStateTable, PrimaryDiagnosisTable


def add(session: Session, listed: ListedDiagnosis, stamp: Stamp) -> None:
    session.add(
        DiagnosisTable(
            **asdict(listed.diagnosis),
            status=listed.status,
            onset=listed.onset,
            source=listed.source,
            **recorded(stamp),
        )
    )


def note_status(
    session: Session, diagnosis_id: str, stamp: Stamp, *, status: DiagnosisStatus, noted_on: date
) -> None:
    session.add(
        DiagnosisStateTable(
            id=new_id(),
            diagnosis_id=diagnosis_id,
            status=status,
            noted_on=noted_on,
            **recorded(stamp),
        )
    )


def make_primary(session: Session, diagnosis: Diagnosis, stamp: Stamp) -> None:
    session.add(
        PrimaryDiagnosisTable(
            id=new_id(),
            episode_id=diagnosis.episode_id,
            diagnosis_id=diagnosis.id,
            **recorded(stamp),
        )
    )


def exists(session: Session, diagnosis_id: str) -> bool:
    return session.get(DiagnosisTable, diagnosis_id) is not None


def get(session: Session, diagnosis_id: str) -> ListedDiagnosis:
    row = found(session, DiagnosisTable, diagnosis_id, words="diagnosis")
    listed = of_episode(session, row.episode_id)
    return next(each for each in listed if each.id == diagnosis_id)


def void_diagnosis(session: Session, diagnosis_id: str, stamp: Stamp, *, reason: str) -> None:
    void(found(session, DiagnosisTable, diagnosis_id, words="diagnosis"), stamp, reason)


def of_episode(session: Session, episode_id: str) -> tuple[ListedDiagnosis, ...]:
    """Give the diagnoses of an episode: the primary one, the other current ones, the rest."""
    return of_episodes(session, [episode_id]).get(episode_id, ())


def of_episodes(
    session: Session, episode_ids: Collection[str]
) -> dict[str, tuple[ListedDiagnosis, ...]]:
    """Give the diagnoses of many episodes in three statements, by episode."""
    table, states, chosen = DiagnosisTable, DiagnosisStateTable, PrimaryDiagnosisTable
    of_these = (table.episode_id.in_(episode_ids), table.voided_at.is_(None))
    rows = session.scalars(select(table).where(*of_these)).all()
    last = {
        state.diagnosis_id: state
        for state in session.scalars(
            select(states)
            .join(table, table.id == states.diagnosis_id)
            .where(*of_these)
            .order_by(states.noted_on, states.id)
        )
    }
    primary: dict[str, str] = {
        row.episode_id: row.diagnosis_id
        for row in session.scalars(
            select(chosen).where(chosen.episode_id.in_(episode_ids)).order_by(chosen.id)
        )
    }
    listed: defaultdict[str, list[ListedDiagnosis]] = defaultdict(list)
    for row in rows:
        listed[row.episode_id].append(_listed(row, last.get(row.id)))
    return {key: with_primary(each, primary.get(key)) for key, each in listed.items()}


def _listed(row: DiagnosisTable, state: DiagnosisStateTable | None) -> ListedDiagnosis:
    return ListedDiagnosis(
        diagnosis=Diagnosis(
            id=DiagnosisId(row.id),
            episode_id=EpisodeId(row.episode_id),
            code=row.code,
            title=row.title,
            noted_on=row.noted_on,
        ),
        status=state.status if state else row.status,
        status_on=state.noted_on if state else row.noted_on,
        onset=row.onset,
        source=row.source,
    )
