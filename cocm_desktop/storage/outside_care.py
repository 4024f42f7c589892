"""What happened outside collaborative care: visits, other services, stays, deaths."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.outside_care import (
    BilledBeside,
    Death,
    OutsideCare,
    Stay,
    Visit,
)
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import is_stored
from cocm_desktop.storage.records import found, grouped, recorded, value_of, void
from cocm_desktop.storage.tables_month import DeathTable, OtherServiceTable, StayTable, VisitTable

Fact = Visit | BilledBeside | Stay | Death
Value = TypeVar("Value", bound=Fact)
WORDS: dict[type[Fact], str] = {
    Visit: "visit",
    BilledBeside: "service",
    Stay: "stay",
    Death: "day of death",
}
_TABLES: dict[Any, Any] = {
    Visit: VisitTable,
    BilledBeside: OtherServiceTable,
    Stay: StayTable,
    Death: DeathTable,
}


def add(session: Session, fact: Fact, stamp: Stamp) -> None:
    session.add(_TABLES[type(fact)](**asdict(fact), **recorded(stamp)))


def exists(session: Session, fact: Fact) -> bool:
    return is_stored(session, _TABLES[type(fact)], fact.id)


def void_fact(
    session: Session, kind: type[Fact], fact_id: str, *, stamp: Stamp, reason: str
) -> PatientId:
    """Withdraw a record of this kind, and tell whose it was."""
    row: Any = found(session, _TABLES[kind], fact_id, words=WORDS[kind])
    void(row, stamp, reason)
    return PatientId(row.patient_id)


def of_patients(session: Session, patient_ids: Collection[str]) -> dict[PatientId, OutsideCare]:
    """Give everything on file about some patients in four statements, by patient."""
    visits = _read(session, Visit, patient_ids)
    services = _read(session, BilledBeside, patient_ids)
    stays = _read(session, Stay, patient_ids)
    deaths = _read(session, Death, patient_ids)
    return {
        patient_id: OutsideCare(
            visits=tuple(sorted(visits.get(patient_id, ()), key=lambda v: (v.made_on, v.id))),
            services=tuple(sorted(services.get(patient_id, ()), key=lambda s: (s.served_on, s.id))),
            stays=tuple(sorted(stays.get(patient_id, ()), key=lambda s: (s.first_on, s.id))),
            death=min(deaths.get(patient_id, ()), key=lambda d: d.died_on, default=None),
        )
        for patient_id in {*visits, *services, *stays, *deaths}
    }


def deaths_of(session: Session, patient_ids: Collection[str]) -> dict[PatientId, date]:
    """Give the day of death of those of some patients for whom it was recorded."""
    deaths = _read(session, Death, patient_ids)
    return {patient_id: min(each.died_on for each in own) for patient_id, own in deaths.items()}


def _read(
    session: Session, kind: type[Value], patient_ids: Collection[str]
) -> dict[PatientId, tuple[Value, ...]]:
    table = _TABLES[kind]
    rows = session.scalars(
        select(table).where(table.patient_id.in_(patient_ids), table.voided_at.is_(None))
    )
    return grouped((PatientId(row.patient_id), value_of(kind, row)) for row in rows)
