"""The schema as it is now: one class a table.

Rows are added and voided, never updated or deleted, but for the few with a `version`.
Days are dates of the practice's calendar; instants are UTC; enums are stored by name.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.contact import ContactKind, ContactOutcome, SafetyAsked
from cocm_desktop.domain.diagnosis import DiagnosisSource, DiagnosisStatus
from cocm_desktop.domain.episode import CloseReason, EpisodeStatus
from cocm_desktop.domain.measure import MeasureMode
from cocm_desktop.domain.patient import Sex
from cocm_desktop.domain.staff import Role
from cocm_desktop.storage import (
    tables_background,
    tables_charges,
    tables_claims,
    tables_clinical,
    tables_letter,
    tables_meeting,
    tables_merge,
    tables_month,
    tables_privacy,
    tables_review,
    tables_rules,
    tables_safety,
    tables_time,
    tables_timer,
    tables_trust,
    tables_work,
)
from cocm_desktop.storage.column_types import Answers, Roles
from cocm_desktop.storage.sqlite import append_only, only_moved
from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable
from cocm_desktop.storage.tables_safety import SafetyClosingTable, SafetyTaskTable


class PracticeTable(Recorded, Table):
    __tablename__ = "practice"

    name: Mapped[str]
    time_zone: Mapped[str]
    address: Mapped[str]
    city: Mapped[str]
    state: Mapped[str]
    postal_code: Mapped[str]
    phone: Mapped[str]
    npi: Mapped[str]
    ein: Mapped[str]
    caseload_goal: Mapped[str]
    is_sample: Mapped[bool]
    version: Mapped[int]


class StaffTable(Recorded, Table):
    __tablename__ = "staff"

    sign_in: Mapped[str]
    name: Mapped[str]
    credentials: Mapped[str]
    roles: Mapped[frozenset[Role]] = mapped_column(Roles)
    npi: Mapped[str]
    taxonomy: Mapped[str]
    bills_incident_to: Mapped[bool]
    supervisor_id: Mapped[str | None] = mapped_column(ID, ForeignKey("staff.id"))
    full_time_percent: Mapped[int]
    active: Mapped[bool]
    version: Mapped[int]


class ImportBatchTable(Recorded, Voidable, Table):
    __tablename__ = "import_batch"

    file_name: Mapped[str]
    sha256: Mapped[str]
    rows_added: Mapped[int]
    rows_known: Mapped[int]
    rows_rejected: Mapped[int]


class ImportLayoutTable(Recorded, Table):
    """How the columns of a file were mapped the last time a file of its layout came in."""

    __tablename__ = "import_layout"
    __table_args__ = (Index("ix_import_layout_fingerprint", "fingerprint"),)

    fingerprint: Mapped[str]
    mapping: Mapped[str]


class PatientTable(Recorded, Voidable, Table):
    __tablename__ = "patient"
    __table_args__ = (
        Index(
            "uq_patient_mrn",
            "mrn",
            unique=True,
            sqlite_where=text("voided_at IS NULL AND mrn <> ''"),
            postgresql_where=text("voided_at IS NULL AND mrn <> ''"),
        ),
        Index("ix_patient_last_name", "last_name", "first_name", "born_on"),
        Index("ix_patient_import_batch_id", "import_batch_id"),
    )

    mrn: Mapped[str]
    last_name: Mapped[str]
    first_name: Mapped[str]
    middle_name: Mapped[str]
    preferred_name: Mapped[str]
    born_on: Mapped[date]
    sex: Mapped[Sex]
    phone: Mapped[str]
    email: Mapped[str]
    address: Mapped[str]
    city: Mapped[str]
    state: Mapped[str]
    postal_code: Mapped[str]
    language: Mapped[str]
    payer: Mapped[str]
    member_id: Mapped[str]
    group_number: Mapped[str]
    treating_practitioner: Mapped[str]
    import_batch_id: Mapped[str | None] = mapped_column(ID, ForeignKey("import_batch.id"))
    version: Mapped[int]


class EpisodeTable(Recorded, Voidable, Table):
    __tablename__ = "episode"
    __table_args__ = (
        Index("ix_episode_patient_id", "patient_id", "closed_on", "recorded_at", "id"),
        Index(
            "uq_episode_open",
            "patient_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL AND closed_on IS NULL"),
            postgresql_where=text("voided_at IS NULL AND closed_on IS NULL"),
        ),
    )

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    status: Mapped[EpisodeStatus]
    care_manager_id: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    treating_practitioner_id: Mapped[str | None] = mapped_column(ID, ForeignKey("staff.id"))
    referred_on: Mapped[date | None]
    enrolled_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    close_reason: Mapped[CloseReason | None]
    close_note: Mapped[str]
    primary_instrument_id: Mapped[str]
    target_below: Mapped[int | None]
    interval_weeks: Mapped[int | None]
    version: Mapped[int]


class DiagnosisTable(Recorded, Voidable, Table):
    __tablename__ = "diagnosis"
    __table_args__ = (Index("ix_diagnosis_episode_id", "episode_id"),)

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    code: Mapped[str]
    title: Mapped[str]
    noted_on: Mapped[date]
    status: Mapped[DiagnosisStatus]
    onset: Mapped[str]
    source: Mapped[DiagnosisSource]


class MeasureTable(Recorded, Voidable, Table):
    __tablename__ = "measure"
    __table_args__ = (
        Index(
            "ix_measure_scores",
            "episode_id",
            "instrument_id",
            "voided_at",
            "taken_on",
            "id",
            "total",
            "critical",
            "total_only",
        ),
    )

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    instrument_id: Mapped[str]
    instrument_version: Mapped[int]
    taken_on: Mapped[date]
    answers: Mapped[tuple[int | None, ...]] = mapped_column(Answers)
    total: Mapped[int | None]
    total_only: Mapped[bool]
    is_complete: Mapped[bool]
    critical: Mapped[int | None]
    difficulty: Mapped[int | None]
    mode: Mapped[MeasureMode]
    language: Mapped[str]
    administered_by: Mapped[str | None] = mapped_column(ID, ForeignKey("staff.id"))
    corrects: Mapped[str | None] = mapped_column(ID, ForeignKey("measure.id"))


class ContactTable(Recorded, Voidable, Table):
    __tablename__ = "contact"
    __table_args__ = (
        Index(
            "ix_contact_made",
            "episode_id",
            "voided_at",
            "made_on",
            "id",
            "kind",
            "outcome",
            "next_contact_on",
        ),
    )

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    staff_id: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    made_on: Mapped[date]
    kind: Mapped[ContactKind]
    outcome: Mapped[ContactOutcome]
    note: Mapped[str]
    next_contact_on: Mapped[date | None]
    safety: Mapped[SafetyAsked | None]


class DiscussionFlagTable(Recorded, Voidable, Table):
    """A care manager's question for the next caseload review; voided when it is answered."""

    __tablename__ = "discussion_flag"
    __table_args__ = (Index("ix_discussion_flag_episode_id", "episode_id", "voided_at", "id"),)

    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    question: Mapped[str]


class AuditEntryTable(Table):
    """Who did what to which record. Append-only; the chain's columns are filled later."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_object_id", "object_id"),
        Index("ix_audit_entry_patient_id", "patient_id"),
        Index("ix_audit_entry_staff_id", "staff_id", "code", "at"),
        Index("ix_audit_entry_code", "code", "at"),
        Index("ix_audit_entry_at", "at"),
        Index("ix_audit_entry_not_done", "at", sqlite_where=text("outcome <> 0")),
        Index("ix_audit_entry_is_emergency", "at", sqlite_where=text("is_emergency = 1")),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(ID, unique=True)
    at: Mapped[datetime]
    local_offset: Mapped[int]
    ticks_ms: Mapped[int]
    clock_ok: Mapped[bool]
    staff_id: Mapped[str] = mapped_column(ID)
    staff_name: Mapped[str]
    roles: Mapped[str]
    is_emergency: Mapped[bool]
    device: Mapped[str]
    os_account: Mapped[str]
    app_version: Mapped[str]
    session_id: Mapped[str]
    code: Mapped[str]
    action: Mapped[str]
    outcome: Mapped[int]
    patient_id: Mapped[str | None] = mapped_column(ID)
    object_type: Mapped[str]
    object_id: Mapped[str]
    object_version: Mapped[int | None]
    category: Mapped[str | None]
    before_hash: Mapped[str | None]
    after_hash: Mapped[str | None]
    reason: Mapped[str | None]
    recipient: Mapped[str | None]
    sha256: Mapped[str | None]
    pages: Mapped[int | None]
    bytes: Mapped[int | None]
    prev_mac: Mapped[str | None]
    mac: Mapped[str | None]


class AuditChangeTable(Table):
    """One changed field of one audit entry."""

    __tablename__ = "audit_change"
    __table_args__ = (Index("ix_audit_change_seq", "seq"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    seq: Mapped[int] = mapped_column(ForeignKey("audit_entry.seq"))
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]


PARTS = (
    tables_background,
    tables_charges,
    tables_claims,
    tables_clinical,
    tables_letter,
    tables_meeting,
    tables_merge,
    tables_month,
    tables_privacy,
    tables_review,
    tables_rules,
    tables_safety,
    tables_time,
    tables_timer,
    tables_trust,
    tables_work,
)
"""The modules with the rest of the tables: loaded here, so that the schema holds them all."""

SCHEMA = Table.metadata
"""Every table of the schema."""

APPEND_ONLY = (
    AuditEntryTable,
    AuditChangeTable,
    SafetyTaskTable,
    SafetyClosingTable,
    tables_safety.PractitionerToldTable,
    tables_clinical.InstrumentPackTable,
    tables_clinical.InstrumentRetirementTable,
    tables_review.RecommendationStepTable,
    tables_review.ClinicalSettingTable,
    tables_review.EpisodePhaseTable,
    tables_charges.BillingSettingTable,
    tables_merge.PatientMergeTable,
    tables_merge.MovedRecordTable,
    tables_merge.MergeUndoTable,
    tables_month.MonthClosingTable,
    tables_month.ServiceLineTable,
    tables_claims.ClaimFileTable,
    tables_claims.FiledClaimTable,
    tables_claims.ClaimAnswerTable,
    tables_claims.RemittanceClaimTable,
    tables_meeting.AgendaChoiceTable,
    tables_meeting.AgendaCaseTable,
    tables_meeting.PrintedPacketTable,
    tables_meeting.PrintedPageTable,
    tables_letter.LetterSendingTable,
    tables_letter.LetterTemplateTable,
    tables_trust.AuditReviewTable,
)
"""Tables whose rows the database itself refuses to change or delete."""

for _append_only_class in APPEND_ONLY:
    _append_only_table = _append_only_class.metadata.tables[_append_only_class.__tablename__]
    if _append_only_class is SafetyTaskTable:
        only_moved(_append_only_table)
    else:
        append_only(_append_only_table)
