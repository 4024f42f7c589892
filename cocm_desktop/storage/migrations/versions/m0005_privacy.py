"""Disclosures, amendments, restrictions and sealed notes."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0005_trust"
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


def upgrade() -> None:
    _create_disclosure()
    _create_amendment()
    _create_restriction()
    _create_sealed_note()


def _create_disclosure() -> None:
    table = "disclosure"
    op.create_table(
        table,
        *_needed(ID, "patient_id"),
        *_needed(sa.Date(), "disclosed_on"),
        *_needed(sa.Text(), "recipient", "address", "what"),
        *_needed(sa.String(40), "purpose"),
        *_needed(sa.Text(), "authority"),
        *_needed(sa.Boolean(), "has_part2"),
        *_needed(sa.Text(), "sha256"),
        *_recorded(table),
        *_voidable(),
        _reference(table, "patient_id", "patient.id"),
    )
    op.create_index("ix_disclosure_patient_id", table, ["patient_id", "disclosed_on"])


def _create_amendment() -> None:
    table = "amendment"
    op.create_table(
        table,
        *_needed(ID, "patient_id"),
        *_needed(sa.Date(), "asked_on"),
        *_needed(sa.Text(), "words"),
        *_needed(sa.String(40), "decision"),
        *_optional(sa.Date(), "decided_on"),
        *_needed(sa.Text(), "decision_words", "disagreement"),
        *_needed(sa.Integer(), "version"),
        *_recorded(table),
        *_voidable(),
        _reference(table, "patient_id", "patient.id"),
    )
    op.create_index("ix_amendment_patient_id", table, ["patient_id", "asked_on"])


def _create_restriction() -> None:
    table = "restriction"
    op.create_table(
        table,
        *_needed(ID, "patient_id"),
        *_needed(sa.Date(), "asked_on"),
        *_needed(sa.Text(), "words"),
        *_needed(sa.String(40), "decision"),
        *_optional(sa.Date(), "decided_on", "ended_on"),
        *_needed(sa.Boolean(), "is_paid_in_full"),
        *_needed(sa.Integer(), "version"),
        *_recorded(table),
        *_voidable(),
        _reference(table, "patient_id", "patient.id"),
    )
    op.create_index("ix_restriction_patient_id", table, ["patient_id", "asked_on"])


def _create_sealed_note() -> None:
    table = "sealed_note"
    op.create_table(
        table,
        *_needed(ID, "patient_id"),
        *_needed(sa.Date(), "written_on"),
        *_needed(sa.Text(), "sealed"),
        *_recorded(table),
        *_voidable(),
        _reference(table, "patient_id", "patient.id"),
    )
    op.create_index("ix_sealed_note_patient_id", table, ["patient_id", "written_on"])
