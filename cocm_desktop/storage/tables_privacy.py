"""Tables of disclosures, amendments, restrictions and sealed notes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.privacy import Decision, Purpose
from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable


class DisclosureTable(Recorded, Voidable, Table):
    __tablename__ = "disclosure"
    __table_args__ = (Index("ix_disclosure_patient_id", "patient_id", "disclosed_on"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    disclosed_on: Mapped[date]
    recipient: Mapped[str]
    address: Mapped[str]
    what: Mapped[str]
    purpose: Mapped[Purpose]
    authority: Mapped[str]
    has_part2: Mapped[bool]
    sha256: Mapped[str]


class AmendmentTable(Recorded, Voidable, Table):
    __tablename__ = "amendment"
    __table_args__ = (Index("ix_amendment_patient_id", "patient_id", "asked_on"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    asked_on: Mapped[date]
    words: Mapped[str]
    decision: Mapped[Decision]
    decided_on: Mapped[date | None]
    decision_words: Mapped[str]
    disagreement: Mapped[str]
    version: Mapped[int]


class RestrictionTable(Recorded, Voidable, Table):
    __tablename__ = "restriction"
    __table_args__ = (Index("ix_restriction_patient_id", "patient_id", "asked_on"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    asked_on: Mapped[date]
    words: Mapped[str]
    decision: Mapped[Decision]
    decided_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    is_paid_in_full: Mapped[bool]
    version: Mapped[int]


class SealedNoteTable(Recorded, Voidable, Table):
    """A note under a key of its own: who has the key of the file alone cannot read it."""

    __tablename__ = "sealed_note"
    __table_args__ = (Index("ix_sealed_note_patient_id", "patient_id", "written_on"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    written_on: Mapped[date]
    sealed: Mapped[str]
