"""What every table shares: names of constraints, the types of columns, who recorded a row."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any, ClassVar

from sqlalchemy import Enum as EnumColumn
from sqlalchemy import MetaData, String, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from cocm_desktop.storage.column_types import Instant

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
ID = String(36)
NOT_VOIDED = text("voided_at IS NULL")


class Table(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Instant,
        str: Text,
        Enum: EnumColumn(Enum, native_enum=False, length=40, create_constraint=False),
    }


class Recorded:
    """Every row says who recorded it, when, and on which computer."""

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(ID)
    device: Mapped[str]


class Voidable:
    """A voided row stays; it counts for nothing."""

    voided_at: Mapped[datetime | None]
    voided_by: Mapped[str | None] = mapped_column(ID)
    void_reason: Mapped[str | None]
