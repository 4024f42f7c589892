"""Files of claims and remittances."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003_claims"
down_revision = "0003_rules"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    _create_claim_file()
    _create_filed_claim()
    _create_claim_answer()
    _create_remittance()
    _create_remittance_claim()
    for table in ("claim_file", "filed_claim", "claim_answer", "remittance_claim"):
        _append_only(table)


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


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _append_only(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER tr_{table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _create_claim_file() -> None:
    op.create_table(
        "claim_file",
        *_needed(sa.String(40), "kind"),
        *_optional(sa.Integer(), "control_number"),
        *_needed(sa.Text(), "file_name", "sha256"),
        *_needed(sa.Boolean(), "is_test"),
        *_needed(sa.Text(), "content"),
        *_recorded("claim_file"),
        sa.CheckConstraint("control_number >= 1", name=op.f("ck_claim_file_control_number")),
    )
    op.create_index("uq_claim_file_control_number", "claim_file", ["control_number"], unique=True)


def _create_filed_claim() -> None:
    op.create_table(
        "filed_claim",
        *_needed(ID, "id", "claim_file_id", "superbill_id"),
        *_needed(sa.Text(), "account_number"),
        *_needed(sa.String(40), "frequency"),
        *_needed(sa.Integer(), "payer_rank"),
        _key("filed_claim"),
        _reference("filed_claim", "claim_file_id", "claim_file.id"),
        _reference("filed_claim", "superbill_id", "superbill.id"),
    )
    op.create_index("ix_filed_claim_claim_file_id", "filed_claim", ["claim_file_id"])
    op.create_index("ix_filed_claim_superbill_id", "filed_claim", ["superbill_id"])


def _create_claim_answer() -> None:
    op.create_table(
        "claim_answer",
        *_needed(sa.String(40), "kind"),
        *_needed(sa.Text(), "file_name", "sha256"),
        *_optional(ID, "claim_file_id", "superbill_id"),
        *_needed(sa.Text(), "named"),
        *_needed(sa.Boolean(), "is_accepted"),
        *_needed(sa.Text(), "words"),
        *_recorded("claim_answer"),
        _reference("claim_answer", "claim_file_id", "claim_file.id"),
        _reference("claim_answer", "superbill_id", "superbill.id"),
    )
    op.create_index("ix_claim_answer_claim_file_id", "claim_answer", ["claim_file_id"])
    op.create_index("ix_claim_answer_sha256", "claim_answer", ["sha256"])


def _create_remittance() -> None:
    op.create_table(
        "remittance",
        *_needed(sa.Text(), "file_name", "sha256", "payer_name", "trace_number"),
        *_optional(sa.Date(), "paid_on"),
        *_needed(sa.Integer(), "paid_cents"),
        *_needed(sa.Text(), "content"),
        *_recorded("remittance"),
        *_optional(sa.DateTime(), "voided_at"),
        *_optional(ID, "voided_by"),
        *_optional(sa.Text(), "void_reason"),
    )
    op.create_index(
        "uq_remittance_sha256",
        "remittance",
        ["sha256"],
        unique=True,
        sqlite_where=sa.text("voided_at IS NULL"),
    )


def _create_remittance_claim() -> None:
    op.create_table(
        "remittance_claim",
        *_needed(ID, "id", "remittance_id"),
        *_optional(ID, "superbill_id"),
        *_needed(sa.Text(), "account_number", "payer_name"),
        *_optional(sa.Date(), "paid_on"),
        *_needed(sa.Integer(), "paid_cents"),
        *_needed(sa.Text(), "content"),
        _key("remittance_claim"),
        _reference("remittance_claim", "remittance_id", "remittance.id"),
        _reference("remittance_claim", "superbill_id", "superbill.id"),
    )
    op.create_index("ix_remittance_claim_remittance_id", "remittance_claim", ["remittance_id"])
    op.create_index("ix_remittance_claim_superbill_id", "remittance_claim", ["superbill_id"])
