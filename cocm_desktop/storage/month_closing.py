"""Which months are closed for their time log."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.closing import ClosingStep, MonthClosing, refuse_closed
from cocm_desktop.domain.ids import new_id
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import recorded
from cocm_desktop.storage.staff import everyone
from cocm_desktop.storage.tables_month import MonthClosingTable

# Asked with every entry of time that is saved, so put together once.
_LAST_STEP = (
    select(MonthClosingTable.step)
    .where(MonthClosingTable.month == bindparam("month"))
    .order_by(MonthClosingTable.id.desc())
    .limit(1)
)


def add(
    session: Session, month: ServiceMonth, stamp: Stamp, *, step: ClosingStep, reason: str = ""
) -> str:
    row = MonthClosingTable(
        id=new_id(), month=month.key, step=step, reason=reason, **recorded(stamp)
    )
    session.add(row)
    session.flush()
    return row.id


def is_closed(session: Session, month: ServiceMonth) -> bool:
    return session.scalar(_LAST_STEP, {"month": month.key}) is ClosingStep.CLOSED


def require_open(session: Session, month: ServiceMonth, *, field: str = "worked_on") -> None:
    """Raise Refused where the month is closed: its time log stays as it is."""
    if is_closed(session, month):
        refuse_closed(month, field=field)


def history(session: Session, month: ServiceMonth) -> tuple[MonthClosing, ...]:
    """Give every closing and reopening of a month, oldest first."""
    table = MonthClosingTable
    rows = session.scalars(select(table).where(table.month == month.key).order_by(table.id)).all()
    names = {str(member.id): member.title for member in everyone(session)} if rows else {}
    return tuple(
        MonthClosing(month, row.step, row.recorded_at, names.get(row.recorded_by, ""), row.reason)
        for row in rows
    )
