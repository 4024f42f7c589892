"""Staff members."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.staff import Role, StaffMember
from cocm_desktop.domain.stamp import FieldChange, Stamp
from cocm_desktop.storage import audit
from cocm_desktop.storage.lookup import forget, kept
from cocm_desktop.storage.records import change, found, recorded
from cocm_desktop.storage.tables import (
    StaffTable,
)

_EVERYONE = "everyone on the staff"


def add(session: Session, member: StaffMember, stamp: Stamp) -> None:
    forget(session, _EVERYONE)
    session.add(
        StaffTable(
            id=member.id,
            sign_in=member.sign_in,
            name=member.name,
            credentials=member.credentials,
            roles=member.roles,
            npi=member.npi,
            taxonomy=member.taxonomy,
            bills_incident_to=member.bills_incident_to,
            supervisor_id=member.supervisor_id,
            full_time_percent=member.full_time_percent,
            active=member.active,
            version=member.version,
            **recorded(stamp),
        )
    )


def get(session: Session, staff_id: str) -> StaffMember:
    return _member(found(session, StaffTable, staff_id, words="staff member"))


def everyone(session: Session) -> list[StaffMember]:
    """Give all staff members by name, the inactive ones too."""
    return list(kept(session, _EVERYONE, _everyone))


def _everyone(session: Session) -> tuple[StaffMember, ...]:
    rows = session.scalars(select(StaffTable).order_by(StaffTable.name, StaffTable.id))
    return tuple(_member(row) for row in rows)


def with_role(session: Session, role: Role) -> list[StaffMember]:
    return [member for member in everyone(session) if member.active and member.is_a(role)]


def password_is_given(session: Session, staff_id: StaffId) -> bool:
    """Tell whether somebody else chose a person's password, and they have not changed it."""
    codes = ("password.given", "password.changed", "password.recovered")
    return audit.last_code(session, staff_id, codes) == "password.given"


def update(session: Session, member: StaffMember) -> list[FieldChange]:
    values = {
        "sign_in": member.sign_in,
        "name": member.name,
        "credentials": member.credentials,
        "roles": member.roles,
        "npi": member.npi,
        "taxonomy": member.taxonomy,
        "bills_incident_to": member.bills_incident_to,
        "supervisor_id": member.supervisor_id,
        "full_time_percent": member.full_time_percent,
        "active": member.active,
    }
    row = found(session, StaffTable, member.id, words="staff member")
    forget(session, _EVERYONE)
    return change(row, values, version=member.version)


def _member(row: StaffTable) -> StaffMember:
    return StaffMember(
        id=StaffId(row.id),
        sign_in=row.sign_in,
        name=row.name,
        credentials=row.credentials,
        roles=row.roles,
        npi=row.npi,
        taxonomy=row.taxonomy,
        bills_incident_to=row.bills_incident_to,
        supervisor_id=StaffId(row.supervisor_id) if row.supervisor_id else None,
        full_time_percent=row.full_time_percent,
        active=row.active,
        version=row.version,
    )
