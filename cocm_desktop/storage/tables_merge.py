"""Tables of merged patients: what became one, which records moved, what was undone."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.storage.table_base import ID, Recorded, Table


class PatientMergeTable(Recorded, Table):
    """Two records became one. `before` and `after` hold the surviving one's columns that differ.

    The other record stays as it was, voided.
    """

    __tablename__ = "patient_merge"
    __table_args__ = (
        Index("ix_patient_merge_survivor_id", "survivor_id"),
        Index("ix_patient_merge_other_id", "other_id"),
    )

    survivor_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    other_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    survivor: Mapped[str]
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    after: Mapped[dict[str, Any]] = mapped_column(JSON)


class MovedRecordTable(Recorded, Table):
    """A row of `table_name` that went over to the surviving patient."""

    __tablename__ = "moved_record"
    __table_args__ = (
        Index("ix_moved_record_merge_id", "merge_id"),
        Index("ix_moved_record_record_id", "record_id"),
    )

    merge_id: Mapped[str] = mapped_column(ID, ForeignKey("patient_merge.id"))
    table_name: Mapped[str]
    record_id: Mapped[str] = mapped_column(ID)


class MergeUndoTable(Recorded, Table):
    """A merge was taken back: every record is where it was."""

    __tablename__ = "merge_undo"
    __table_args__ = (Index("uq_merge_undo_merge_id", "merge_id", unique=True),)

    merge_id: Mapped[str] = mapped_column(ID, ForeignKey("patient_merge.id"))
    reason: Mapped[str]
