"""Consents: the one with which an episode began, and those given again later."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.consent import Consent
from cocm_desktop.domain.ids import ConsentId, EpisodeId, StaffId
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.errors import Problem, Refused
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import as_text, grouped, recorded
from cocm_desktop.storage.tables_month import ConsentTable, LaterConsentTable


def add_later(session: Session, consent: Consent, stamp: Stamp) -> None:
    session.add(LaterConsentTable(**asdict(consent), **recorded(stamp)))


def later_exists(session: Session, consent_id: str) -> bool:
    return is_stored(session, LaterConsentTable, consent_id)


def get(session: Session, consent_id: str) -> Consent:
    return value_of(_row(session, consent_id))


def withdraw(session: Session, consent_id: str, withdrawn_on: date | None) -> list[FieldChange]:
    """Set the last day on which a consent holds; None takes a withdrawal back."""
    row = _row(session, consent_id)
    before, row.withdrawn_on = row.withdrawn_on, withdrawn_on
    return [FieldChange("withdrawn_on", as_text(before), as_text(withdrawn_on))]


def of_episodes(
    session: Session, episode_ids: Collection[str]
) -> dict[EpisodeId, tuple[Consent, ...]]:
    """Give every consent of many episodes in two statements, each oldest first."""
    first, later = ConsentTable, LaterConsentTable
    rows: list[ConsentTable | LaterConsentTable] = []
    of_these = first.episode_id.in_(episode_ids), first.voided_at.is_(None)
    rows.extend(session.scalars(select(first).where(*of_these)))
    again = later.episode_id.in_(episode_ids), later.voided_at.is_(None)
    rows.extend(session.scalars(select(later).where(*again)))
    rows.sort(key=lambda row: (row.given_on, row.id))
    return grouped((EpisodeId(row.episode_id), value_of(row)) for row in rows)


def value_of(row: ConsentTable | LaterConsentTable) -> Consent:
    by = row.practitioner_id
    return Consent(
        id=ConsentId(row.id),
        episode_id=EpisodeId(row.episode_id),
        given_on=row.given_on,
        method=row.method,
        obtained_by=StaffId(row.obtained_by),
        practitioner_id=StaffId(by) if by else None,
        to_specialists=row.to_specialists,
        to_cost_share=row.to_cost_share,
        may_stop=row.may_stop,
        withdrawn_on=row.withdrawn_on,
    )


def _row(session: Session, consent_id: str) -> ConsentTable | LaterConsentTable:
    first = session.get(ConsentTable, consent_id)
    row = first or session.get(LaterConsentTable, consent_id)
    if row is not None and row.voided_at is None:
        return row
    raise Refused(Problem("id", "This consent is not on file any more."))
