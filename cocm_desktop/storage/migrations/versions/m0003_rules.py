"""The practice's own billing rules, rates and code releases."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003_rules"
down_revision = "0003_charges"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    _create_own_rule_set()
    _create_billing_table()


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


def _create_own_rule_set() -> None:
    op.create_table(
        "own_rule_set",
        *_needed(sa.Text(), "name"),
        *_needed(sa.Date(), "valid_from"),
        *_needed(sa.Text(), "content"),
        *_optional(sa.Date(), "confirmed_on"),
        *_needed(sa.Text(), "confirmed_note"),
        *_recorded("own_rule_set"),
        *_voidable(),
    )
    op.create_index(
        "uq_own_rule_set_name",
        "own_rule_set",
        ["name", "valid_from"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
    )


def _create_billing_table() -> None:
    op.create_table(
        "billing_table",
        *_needed(sa.String(40), "kind"),
        *_needed(sa.Text(), "name"),
        *_needed(sa.Date(), "valid_from"),
        *_optional(sa.Date(), "ends_on"),
        *_optional(sa.Boolean(), "is_qualifying"),
        *_needed(sa.Text(), "file_name", "sha256"),
        *_needed(sa.Integer(), "row_count"),
        *_needed(sa.LargeBinary(), "content"),
        *_recorded("billing_table"),
        *_voidable(),
        sa.CheckConstraint("row_count > 0", name=op.f("ck_billing_table_row_count")),
    )
    op.create_index("ix_billing_table_kind", "billing_table", ["kind", "voided_at", "valid_from"])
