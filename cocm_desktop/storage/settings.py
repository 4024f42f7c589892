"""The practice's clinical settings, each change kept with its day and who made it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.clinical_settings import ClinicalSettings, SettingChange
from cocm_desktop.domain.ids import StaffId
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import recorded
from cocm_desktop.storage.tables_review import ClinicalSettingTable


def add(session: Session, change: SettingChange, stamp: Stamp) -> None:
    session.add(
        ClinicalSettingTable(
            id=change.id,
            name=change.name,
            value=change.value,
            valid_from=change.valid_from,
            **recorded(stamp),
        )
    )


def exists(session: Session, change_id: str) -> bool:
    return session.get(ClinicalSettingTable, change_id) is not None


def on_day(session: Session, day: date) -> ClinicalSettings:
    """Give the settings that hold on a day: of each, the last that is valid by then."""
    return ClinicalSettings.of(
        {change.name: change.value for change, _by in history(session) if change.valid_from <= day}
    )


def history(session: Session) -> tuple[tuple[SettingChange, StaffId], ...]:
    """Give every change in the order in which they hold, each with who made it."""
    table = ClinicalSettingTable
    rows = session.scalars(select(table).order_by(table.valid_from, table.recorded_at, table.id))
    return tuple(
        (
            SettingChange(row.id, row.name, row.value, row.valid_from, row.recorded_at),
            StaffId(row.recorded_by),
        )
        for row in rows
    )
