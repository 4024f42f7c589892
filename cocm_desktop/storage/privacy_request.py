"""What patients asked of the practice about their records: amendments and restrictions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.privacy import Amendment, Decision, Restriction
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import change, found, grouped, recorded, value_of, void
from cocm_desktop.storage.tables import AuditEntryTable
from cocm_desktop.storage.tables_privacy import AmendmentTable, RestrictionTable

OVERRIDDEN = "restriction.overridden"
"""The code under which the audit keeps that somebody set a patient's restrictions aside."""
AMENDMENT, RESTRICTION = "request to amend", "restriction"
_FIXED = {"id", "patient_id", "version"}
Request = TypeVar("Request", Amendment, Restriction)


def add_amendment(session: Session, amendment: Amendment, stamp: Stamp) -> None:
    session.add(AmendmentTable(**asdict(amendment), **recorded(stamp)))


def amendment_exists(session: Session, amendment_id: str) -> bool:
    return is_stored(session, AmendmentTable, amendment_id)


def get_amendment(session: Session, amendment_id: str) -> Amendment:
    return value_of(Amendment, found(session, AmendmentTable, amendment_id, words=AMENDMENT))


def change_amendment(session: Session, amendment: Amendment) -> list[FieldChange]:
    """Store what was decided; the version is the one that was read."""
    row = found(session, AmendmentTable, amendment.id, words=AMENDMENT)
    return change(row, _mutable(amendment), version=amendment.version)


def amendments_of(session: Session, patient_id: str) -> tuple[Amendment, ...]:
    """Give a patient's requests to amend, the newest first."""
    table = AmendmentTable
    rows = session.scalars(
        select(table)
        .where(table.patient_id == patient_id, table.voided_at.is_(None))
        .order_by(table.asked_on.desc(), table.id.desc())
    )
    return tuple(value_of(Amendment, row) for row in rows)


def open_amendments(session: Session) -> tuple[Amendment, ...]:
    """Give every request that is not answered, the oldest first."""
    table = AmendmentTable
    rows = session.scalars(
        select(table)
        .where(table.decision == Decision.OPEN, table.voided_at.is_(None))
        .order_by(table.asked_on, table.id)
    )
    return tuple(value_of(Amendment, row) for row in rows)


def add_restriction(session: Session, restriction: Restriction, stamp: Stamp) -> None:
    session.add(RestrictionTable(**asdict(restriction), **recorded(stamp)))


def restriction_exists(session: Session, restriction_id: str) -> bool:
    return is_stored(session, RestrictionTable, restriction_id)


def get_restriction(session: Session, restriction_id: str) -> Restriction:
    return value_of(
        Restriction, found(session, RestrictionTable, restriction_id, words=RESTRICTION)
    )


def change_restriction(session: Session, restriction: Restriction) -> list[FieldChange]:
    """Store what was decided, or that it ended; the version is the one that was read."""
    row = found(session, RestrictionTable, restriction.id, words=RESTRICTION)
    return change(row, _mutable(restriction), version=restriction.version)


def void_restriction(
    session: Session, restriction_id: str, stamp: Stamp, *, reason: str
) -> PatientId:
    """Withdraw one recorded in error, keeping it, and tell whose it was."""
    row = found(session, RestrictionTable, restriction_id, words=RESTRICTION)
    void(row, stamp, reason)
    return PatientId(row.patient_id)


def void_amendment(session: Session, amendment_id: str, stamp: Stamp, *, reason: str) -> PatientId:
    """Withdraw one recorded in error, keeping it, and tell whose it was."""
    row = found(session, AmendmentTable, amendment_id, words=AMENDMENT)
    void(row, stamp, reason)
    return PatientId(row.patient_id)


def restrictions_of(session: Session, patient_id: str) -> tuple[Restriction, ...]:
    """Give a patient's restrictions, the newest first, ended and denied ones too."""
    table = RestrictionTable
    rows = session.scalars(
        select(table)
        .where(table.patient_id == patient_id, table.voided_at.is_(None))
        .order_by(table.asked_on.desc(), table.id.desc())
    )
    return tuple(value_of(Restriction, row) for row in rows)


def holding_on(
    session: Session, day: date, patient_ids: Collection[str] | None = None
) -> dict[PatientId, tuple[Restriction, ...]]:
    """Give what binds the practice on a day, by patient; few patients ask for one."""
    table = RestrictionTable
    rows = session.scalars(
        select(table)
        .where(table.decision == Decision.ACCEPTED, table.voided_at.is_(None))
        .order_by(table.id)
    )
    kept = [value_of(Restriction, row) for row in rows]
    return grouped(
        (each.patient_id, each)
        for each in kept
        if each.holds_on(day) and (patient_ids is None or each.patient_id in patient_ids)
    )


def is_overridden(session: Session, patient_id: str, *, staff_id: str, since: datetime) -> bool:
    """Tell whether somebody has set a patient's restrictions aside since a moment."""
    table = AuditEntryTable
    found_one = select(table.seq).where(
        table.code == OVERRIDDEN,
        table.patient_id == patient_id,
        table.staff_id == staff_id,
        table.at >= since,
    )
    return session.scalar(found_one.limit(1)) is not None


def _mutable(request: Request) -> dict[str, object]:
    return {name: value for name, value in asdict(request).items() if name not in _FIXED}
