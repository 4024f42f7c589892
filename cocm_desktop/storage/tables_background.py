"""Tables of a patient's history and of records that a Part 2 program let the practice know."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.background import HistoryKind
from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable


class HistoryNoteTable(Recorded, Voidable, Table):
    __tablename__ = "history_note"
    __table_args__ = (Index("ix_history_note_patient_id", "patient_id", "kind", "noted_on"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    kind: Mapped[HistoryKind]
    words: Mapped[str]
    noted_on: Mapped[date]


class Part2RecordTable(Recorded, Voidable, Table):
    __tablename__ = "part2_record"
    __table_args__ = (Index("ix_part2_record_patient_id", "patient_id", "received_on"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    program: Mapped[str]
    words: Mapped[str]
    received_on: Mapped[date]
    consent_on: Mapped[date | None]
    consent_ends_on: Mapped[date | None]
    revoked_on: Mapped[date | None]
    version: Mapped[int]
