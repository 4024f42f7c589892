"""The audit in full, emergency access, reviews of the audit, drafts, places for backups."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005_trust"
down_revision = "0004"
branch_labels = None
depends_on = None

ID = sa.String(36)


def _needed(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _optional(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind) for name in names]


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _recorded(table: str) -> list[sa.schema.SchemaItem]:
    return [
        *_needed(ID, "id"),
        *_needed(sa.DateTime(), "recorded_at"),
        *_needed(ID, "recorded_by"),
        *_needed(sa.Text(), "device"),
        _key(table),
    ]


def _voidable() -> list[sa.schema.SchemaItem]:
    return [
        *_optional(sa.DateTime(), "voided_at"),
        *_optional(ID, "voided_by"),
        *_optional(sa.Text(), "void_reason"),
    ]


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _append_only(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER tr_{table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _set_aside(table: str) -> None:
    """Keep the rows beside, so that the table can be made anew under its own name."""
    op.execute(f"CREATE TABLE {table}_before AS SELECT * FROM {table}")  # noqa: S608  our names
    op.drop_table(table)


def _take_back(table: str, same: str, new: dict[str, str]) -> None:
    """Copy the rows back: the columns that are the `same`, and an expression for each new one."""
    columns, values = ", ".join([same, *new]), ", ".join([same, *new.values()])
    rows = f"SELECT {values} FROM {table}_before"  # noqa: S608  our own names
    op.execute(f"INSERT INTO {table} ({columns}) {rows}")
    op.drop_table(f"{table}_before")


def upgrade() -> None:
    _rebuild_audit_entry()
    _create_emergency_access()
    _create_audit_review()
    _create_draft()
    _create_backup_place()
    _create_retention_hold()


def _rebuild_audit_entry() -> None:
    """Keep what was noted before as it was: the chain begins behind it and seals it whole."""
    _set_aside("audit_entry")
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        *_needed(ID, "id"),
        *_needed(sa.DateTime(), "at"),
        *_needed(sa.Integer(), "local_offset", "ticks_ms"),
        *_needed(sa.Boolean(), "clock_ok"),
        *_needed(ID, "staff_id"),
        *_needed(sa.Text(), "staff_name", "roles"),
        *_needed(sa.Boolean(), "is_emergency"),
        *_needed(sa.Text(), "device", "os_account", "app_version", "session_id", "code", "action"),
        *_needed(sa.Integer(), "outcome"),
        *_optional(ID, "patient_id"),
        *_needed(sa.Text(), "object_type", "object_id"),
        *_optional(sa.Integer(), "object_version"),
        *_optional(sa.Text(), "category", "before_hash", "after_hash"),
        *_optional(sa.Text(), "reason", "recipient", "sha256"),
        *_optional(sa.Integer(), "pages", "bytes"),
        *_optional(sa.Text(), "prev_mac", "mac"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("id", name=op.f("uq_audit_entry_id")),
    )
    same = (
        "seq, id, at, local_offset, staff_id, staff_name, roles, device, app_version, session_id, "
        "code, action, outcome, patient_id, object_type, object_id, object_version, reason, "
        "recipient, sha256, pages, prev_mac, mac"
    )
    new = {"ticks_ms": "0", "clock_ok": "1", "is_emergency": "0", "os_account": "''"}
    _take_back("audit_entry", same, new)
    op.create_index("ix_audit_entry_object_id", "audit_entry", ["object_id"])
    op.create_index("ix_audit_entry_patient_id", "audit_entry", ["patient_id"])
    op.create_index("ix_audit_entry_staff_id", "audit_entry", ["staff_id", "code", "at"])
    op.create_index("ix_audit_entry_code", "audit_entry", ["code", "at"])
    op.create_index("ix_audit_entry_at", "audit_entry", ["at"])
    for name, rare in (("not_done", "outcome <> 0"), ("is_emergency", "is_emergency = 1")):
        where = sa.text(rare)
        op.create_index(f"ix_audit_entry_{name}", "audit_entry", ["at"], sqlite_where=where)
    _append_only("audit_entry")


def _create_emergency_access() -> None:
    table = "emergency_access"
    op.create_table(
        table,
        *_needed(sa.Text(), "reason"),
        *_needed(sa.DateTime(), "ends_at"),
        *_optional(sa.DateTime(), "ended_at", "reviewed_at"),
        *_optional(ID, "reviewed_by"),
        *_needed(sa.Text(), "review_words"),
        *_needed(sa.Integer(), "version"),
        *_recorded(table),
    )
    op.create_index("ix_emergency_access_recorded_by", table, ["recorded_by", "ends_at"])


def _create_audit_review() -> None:
    table = "audit_review"
    op.create_table(
        table,
        *_needed(sa.Text(), "month"),
        *_needed(sa.Integer(), "last_seq"),
        *_needed(sa.Text(), "last_mac"),
        *_needed(sa.Integer(), "entries"),
        *_needed(sa.Text(), "words"),
        *_recorded(table),
    )
    op.create_index("ix_audit_review_month", table, ["month"])
    _append_only(table)


def _create_draft() -> None:
    table = "draft"
    op.create_table(
        table,
        *_needed(ID, "id", "staff_id"),
        *_needed(sa.Text(), "kind", "subject_id", "content"),
        *_needed(sa.DateTime(), "kept_at"),
        *_needed(sa.Text(), "device"),
        _key(table),
        sa.UniqueConstraint(
            "staff_id", "kind", "subject_id", name=op.f("uq_draft_staff_id_kind_subject_id")
        ),
        _reference(table, "staff_id", "staff.id"),
    )


def _create_backup_place() -> None:
    table = "backup_place"
    op.create_table(
        table,
        *_needed(sa.Text(), "folder"),
        *_needed(sa.Integer(), "remind_days"),
        *_recorded(table),
        *_voidable(),
        sa.CheckConstraint("remind_days > 0", name=op.f("ck_backup_place_remind_days")),
    )


def _create_retention_hold() -> None:
    table = "retention_hold"
    op.create_table(
        table,
        *_needed(ID, "patient_id"),
        *_needed(sa.Text(), "reason"),
        *_needed(sa.Date(), "begins_on"),
        *_optional(sa.Date(), "ends_on"),
        *_recorded(table),
        *_voidable(),
        _reference(table, "patient_id", "patient.id"),
    )
    op.create_index("ix_retention_hold_patient_id", table, ["patient_id"])
