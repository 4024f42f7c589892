"""The practice's settings of billing, each change kept with its day and who made it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.billing.billing_settings import BillingSettings
from cocm_desktop.domain.clinical_settings import SettingChange
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.lookup import forget, is_stored, kept
from cocm_desktop.storage.records import recorded
from cocm_desktop.storage.tables_charges import BillingSettingTable

_HISTORY = "settings of billing"
History = tuple[tuple[SettingChange, StaffId], ...]


def add(session: Session, change: SettingChange, stamp: Stamp) -> None:
    forget(session, _HISTORY)
    session.add(
        BillingSettingTable(
            id=change.id,
            name=change.name,
            value=change.value,
            valid_from=change.valid_from,
            **recorded(stamp),
        )
    )


def exists(session: Session, change_id: str) -> bool:
    return is_stored(session, BillingSettingTable, change_id)


def on_day(session: Session, day: date) -> BillingSettings:
    """Give the settings that hold on a day: of each, the last that is valid by then."""
    return BillingSettings.of(
        {change.name: change.value for change, _by in history(session) if change.valid_from <= day}
    )


def history(session: Session) -> History:
    """Give every change in the order in which they hold, each with who made it."""
    return kept(session, _HISTORY, _history)


def _history(session: Session) -> History:
    table = BillingSettingTable
    rows = session.scalars(select(table).order_by(table.valid_from, table.recorded_at, table.id))
    return tuple(
        (
            SettingChange(row.id, row.name, row.value, row.valid_from, row.recorded_at),
            StaffId(row.recorded_by),
        )
        for row in rows
    )
