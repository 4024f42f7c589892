"""Tables of emergency access, of reviews of the audit, of drafts and of where backups also go."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable


class EmergencyAccessTable(Recorded, Table):
    """Recorded by whoever took it; ended early by the same, looked at by an administrator."""

    __tablename__ = "emergency_access"
    __table_args__ = (Index("ix_emergency_access_recorded_by", "recorded_by", "ends_at"),)

    reason: Mapped[str]
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    reviewed_at: Mapped[datetime | None]
    reviewed_by: Mapped[str | None] = mapped_column(ID)
    review_words: Mapped[str]
    version: Mapped[int]


class AuditReviewTable(Recorded, Table):
    """A month's audit that somebody has looked through and signed, up to an entry and its seal."""

    __tablename__ = "audit_review"
    __table_args__ = (Index("ix_audit_review_month", "month"),)

    month: Mapped[str]
    last_seq: Mapped[int]
    last_mac: Mapped[str]
    entries: Mapped[int]
    words: Mapped[str]


class DraftTable(Table):
    """What somebody typed and has not saved: replaced while they type, gone when they save."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("staff_id", "kind", "subject_id"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    staff_id: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    kind: Mapped[str]
    subject_id: Mapped[str]
    content: Mapped[str]
    kept_at: Mapped[datetime]
    device: Mapped[str]


class BackupPlaceTable(Recorded, Voidable, Table):
    """A second folder for backups, as one computer names it."""

    __tablename__ = "backup_place"
    __table_args__ = (CheckConstraint("remind_days > 0", name="remind_days"),)

    folder: Mapped[str]
    remind_days: Mapped[int]


class RetentionHoldTable(Recorded, Voidable, Table):
    """A reason to keep a patient's record whatever its age: a suit, a complaint, an audit."""

    __tablename__ = "retention_hold"
    __table_args__ = (Index("ix_retention_hold_patient_id", "patient_id"),)

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    reason: Mapped[str]
    begins_on: Mapped[date]
    ends_on: Mapped[date | None]
