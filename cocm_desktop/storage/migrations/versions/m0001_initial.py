"""The tables of the first release."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    _create_audit_entry()
    _create_fee()
    _create_import_batch()
    _create_import_layout()
    _create_practice()
    _create_staff()
    _create_audit_change()
    _create_patient()
    _create_episode()
    _create_consent()
    _create_contact()
    _create_diagnosis()
    _create_discussion_flag()
    _create_measure()
    _create_superbill()
    _create_safety_task()
    _create_time_entry()
    _create_safety_closing()


def _needed(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _optional(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind) for name in names]


def _recorded(table: str) -> list[sa.schema.SchemaItem]:
    return [
        *_needed(ID, "id"),
        *_needed(sa.DateTime(), "recorded_at"),
        *_needed(ID, "recorded_by"),
        *_needed(sa.Text(), "device"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _voidable() -> list[sa.schema.SchemaItem]:
    return [
        *_optional(sa.DateTime(), "voided_at"),
        *_optional(ID, "voided_by"),
        *_optional(sa.Text(), "void_reason"),
    ]


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _unique_where(name: str, table: str, columns: list[str], *, where: str) -> None:
    condition = sa.text(where)
    op.create_index(
        name, table, columns, unique=True, sqlite_where=condition, postgresql_where=condition
    )


def _append_only(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER tr_{table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _create_audit_entry() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        *_needed(ID, "id"),
        *_needed(sa.DateTime(), "at"),
        *_needed(sa.Integer(), "local_offset"),
        *_needed(ID, "staff_id"),
        *_needed(sa.Text(), "staff_name", "roles", "device", "app_version", "session_id", "code"),
        *_needed(sa.Text(), "action"),
        *_needed(sa.Integer(), "outcome"),
        *_optional(ID, "patient_id"),
        *_needed(sa.Text(), "object_type", "object_id"),
        *_optional(sa.Integer(), "object_version"),
        *_optional(sa.Text(), "reason", "recipient", "sha256"),
        *_optional(sa.Integer(), "pages"),
        *_optional(sa.Text(), "prev_mac", "mac"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("id", name=op.f("uq_audit_entry_id")),
    )
    op.create_index("ix_audit_entry_object_id", "audit_entry", ["object_id"])
    _append_only("audit_entry")


def _create_fee() -> None:
    op.create_table(
        "fee",
        *_needed(sa.Text(), "code"),
        *_needed(sa.Integer(), "cents"),
        *_needed(sa.Date(), "valid_from"),
        *_recorded("fee"),
        *_voidable(),
        sa.CheckConstraint("cents >= 0", name=op.f("ck_fee_cents")),
    )


def _create_import_batch() -> None:
    op.create_table(
        "import_batch",
        *_needed(sa.Text(), "file_name", "sha256"),
        *_needed(sa.Integer(), "rows_added", "rows_known", "rows_rejected"),
        *_recorded("import_batch"),
        *_voidable(),
    )


def _create_import_layout() -> None:
    op.create_table(
        "import_layout",
        *_needed(sa.Text(), "fingerprint", "mapping"),
        *_recorded("import_layout"),
    )
    op.create_index("ix_import_layout_fingerprint", "import_layout", ["fingerprint"])


def _create_practice() -> None:
    op.create_table(
        "practice",
        *_needed(sa.Text(), "name", "time_zone", "address", "city", "state", "postal_code"),
        *_needed(sa.Text(), "phone", "npi", "ein", "place_of_service"),
        *_needed(sa.Integer(), "g2214_first_minute"),
        *_needed(sa.Text(), "caseload_goal"),
        *_needed(sa.Boolean(), "is_sample"),
        *_needed(sa.Integer(), "version"),
        *_recorded("practice"),
    )


def _create_staff() -> None:
    op.create_table(
        "staff",
        *_needed(sa.Text(), "sign_in", "name", "credentials", "roles", "npi"),
        *_needed(sa.Boolean(), "active"),
        *_needed(sa.Integer(), "version"),
        *_recorded("staff"),
    )


def _create_audit_change() -> None:
    op.create_table(
        "audit_change",
        *_needed(ID, "id"),
        *_needed(sa.Integer(), "seq"),
        *_needed(sa.Text(), "field"),
        *_optional(sa.Text(), "before", "after"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_change")),
        _reference("audit_change", "seq", "audit_entry.seq"),
    )
    op.create_index("ix_audit_change_seq", "audit_change", ["seq"])
    _append_only("audit_change")


def _create_patient() -> None:
    op.create_table(
        "patient",
        *_needed(sa.Text(), "mrn", "last_name", "first_name", "middle_name", "preferred_name"),
        *_needed(sa.Date(), "born_on"),
        *_needed(sa.String(40), "sex"),
        *_needed(sa.Text(), "phone", "email", "address", "city", "state", "postal_code"),
        *_needed(sa.Text(), "language", "payer", "member_id", "group_number"),
        *_needed(sa.Text(), "treating_practitioner"),
        *_optional(ID, "import_batch_id"),
        *_needed(sa.Integer(), "version"),
        *_recorded("patient"),
        *_voidable(),
        _reference("patient", "import_batch_id", "import_batch.id"),
    )
    op.create_index("ix_patient_import_batch_id", "patient", ["import_batch_id"])
    op.create_index("ix_patient_last_name", "patient", ["last_name", "first_name", "born_on"])
    _unique_where("uq_patient_mrn", "patient", ["mrn"], where="voided_at IS NULL AND mrn <> ''")


def _create_episode() -> None:
    op.create_table(
        "episode",
        *_needed(ID, "patient_id"),
        *_needed(sa.String(40), "status"),
        *_needed(ID, "care_manager_id"),
        *_optional(ID, "treating_practitioner_id"),
        *_optional(sa.Date(), "referred_on", "enrolled_on", "closed_on"),
        *_optional(sa.String(40), "close_reason"),
        *_needed(sa.Text(), "close_note"),
        *_needed(sa.Integer(), "version"),
        *_recorded("episode"),
        *_voidable(),
        _reference("episode", "patient_id", "patient.id"),
        _reference("episode", "care_manager_id", "staff.id"),
        _reference("episode", "treating_practitioner_id", "staff.id"),
    )
    op.create_index(
        "ix_episode_patient_id", "episode", ["patient_id", "closed_on", "recorded_at", "id"]
    )
    _unique_where(
        "uq_episode_open",
        "episode",
        ["patient_id"],
        where="voided_at IS NULL AND closed_on IS NULL",
    )


def _create_consent() -> None:
    op.create_table(
        "consent",
        *_needed(ID, "episode_id"),
        *_needed(sa.Date(), "given_on"),
        *_needed(sa.String(40), "method"),
        *_needed(ID, "obtained_by"),
        *_recorded("consent"),
        *_voidable(),
        _reference("consent", "episode_id", "episode.id"),
        _reference("consent", "obtained_by", "staff.id"),
    )
    _unique_where("uq_consent_episode_id", "consent", ["episode_id"], where="voided_at IS NULL")


def _create_contact() -> None:
    op.create_table(
        "contact",
        *_needed(ID, "episode_id", "staff_id"),
        *_needed(sa.Date(), "made_on"),
        *_needed(sa.String(40), "kind", "outcome"),
        *_needed(sa.Text(), "note"),
        *_optional(sa.Date(), "next_contact_on"),
        *_recorded("contact"),
        *_voidable(),
        _reference("contact", "episode_id", "episode.id"),
        _reference("contact", "staff_id", "staff.id"),
    )
    op.create_index(
        "ix_contact_made",
        "contact",
        ["episode_id", "voided_at", "made_on", "id", "kind", "outcome", "next_contact_on"],
    )


def _create_diagnosis() -> None:
    op.create_table(
        "diagnosis",
        *_needed(ID, "episode_id"),
        *_needed(sa.Text(), "code", "title"),
        *_needed(sa.Date(), "noted_on"),
        *_recorded("diagnosis"),
        *_voidable(),
        _reference("diagnosis", "episode_id", "episode.id"),
    )
    op.create_index("ix_diagnosis_episode_id", "diagnosis", ["episode_id"])


def _create_discussion_flag() -> None:
    op.create_table(
        "discussion_flag",
        *_needed(ID, "episode_id"),
        *_needed(sa.Text(), "question"),
        *_recorded("discussion_flag"),
        *_voidable(),
        _reference("discussion_flag", "episode_id", "episode.id"),
    )
    op.create_index(
        "ix_discussion_flag_episode_id", "discussion_flag", ["episode_id", "voided_at", "id"]
    )


def _create_measure() -> None:
    op.create_table(
        "measure",
        *_needed(ID, "episode_id"),
        *_needed(sa.Text(), "instrument_id"),
        *_needed(sa.Integer(), "instrument_version"),
        *_needed(sa.Date(), "taken_on"),
        *_needed(sa.Text(), "answers"),
        *_optional(sa.Integer(), "total", "critical", "difficulty"),
        *_needed(sa.String(40), "mode"),
        *_needed(ID, "administered_by"),
        *_recorded("measure"),
        *_voidable(),
        _reference("measure", "episode_id", "episode.id"),
        _reference("measure", "administered_by", "staff.id"),
    )
    op.create_index(
        "ix_measure_scores",
        "measure",
        ["episode_id", "instrument_id", "voided_at", "taken_on", "id", "total", "critical"],
    )


def _create_superbill() -> None:
    op.create_table(
        "superbill",
        *_needed(ID, "patient_id", "episode_id"),
        *_needed(sa.Text(), "month", "number", "content"),
        *_recorded("superbill"),
        *_voidable(),
        _reference("superbill", "patient_id", "patient.id"),
        _reference("superbill", "episode_id", "episode.id"),
    )
    op.create_index("uq_superbill_number", "superbill", ["number"], unique=True)
    _unique_where(
        "uq_superbill_patient_month",
        "superbill",
        ["patient_id", "month"],
        where="voided_at IS NULL",
    )


def _create_safety_task() -> None:
    op.create_table(
        "safety_task",
        *_needed(ID, "patient_id", "episode_id", "measure_id"),
        *_needed(sa.Text(), "instrument"),
        *_needed(sa.Integer(), "item", "answer"),
        *_needed(sa.Date(), "answered_on"),
        *_recorded("safety_task"),
        _reference("safety_task", "patient_id", "patient.id"),
        _reference("safety_task", "episode_id", "episode.id"),
        _reference("safety_task", "measure_id", "measure.id"),
    )
    op.create_index("ix_safety_task_patient_id", "safety_task", ["patient_id", "id", "answer"])
    _append_only("safety_task")


def _create_time_entry() -> None:
    op.create_table(
        "time_entry",
        *_needed(ID, "patient_id", "episode_id", "staff_id"),
        *_optional(ID, "contact_id"),
        *_needed(sa.Date(), "worked_on"),
        *_optional(sa.Time(), "started_at"),
        *_needed(sa.Integer(), "seconds"),
        *_needed(sa.String(40), "activity", "role"),
        *_needed(sa.Text(), "note"),
        *_recorded("time_entry"),
        *_voidable(),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_time_entry_seconds")),
        _reference("time_entry", "patient_id", "patient.id"),
        _reference("time_entry", "episode_id", "episode.id"),
        _reference("time_entry", "staff_id", "staff.id"),
        _reference("time_entry", "contact_id", "contact.id"),
    )
    op.create_index("ix_time_entry_episode_id", "time_entry", ["episode_id", "worked_on"])
    op.create_index(
        "ix_time_entry_month",
        "time_entry",
        ["patient_id", "voided_at", "worked_on", "activity", "role", "seconds", "episode_id"],
    )
    op.create_index("ix_time_entry_staff_id", "time_entry", ["staff_id", "worked_on"])
    op.create_index("ix_time_entry_worked_on", "time_entry", ["worked_on"])


def _create_safety_closing() -> None:
    op.create_table(
        "safety_closing",
        *_needed(ID, "task_id", "closed_by"),
        *_needed(sa.Text(), "assessed", "action", "told"),
        *_recorded("safety_closing"),
        _reference("safety_closing", "task_id", "safety_task.id"),
        _reference("safety_closing", "closed_by", "staff.id"),
    )
    op.create_index("uq_safety_closing_task_id", "safety_closing", ["task_id"], unique=True)
    _append_only("safety_closing")
