"""Letters with their templates, a patient's history, and records of a Part 2 program."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0004_meeting"
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


def upgrade() -> None:
    _create_letter()
    _create_letter_sending()
    _create_letter_template()
    _create_history_note()
    _create_part2_record()


def _create_letter() -> None:
    table = "letter"
    op.create_table(
        table,
        *_needed(ID, "patient_id"),
        *_optional(ID, "episode_id", "review_id"),
        *_needed(sa.String(40), "kind", "language"),
        *_needed(sa.Date(), "written_on"),
        *_needed(sa.Text(), "recipient", "title", "body"),
        *_recorded(table),
        *_voidable(),
        _reference(table, "patient_id", "patient.id"),
        _reference(table, "episode_id", "episode.id"),
        _reference(table, "review_id", "case_review.id"),
    )
    op.create_index("ix_letter_patient_id", table, ["patient_id", "written_on"])
    op.create_index("ix_letter_review_id", table, ["review_id", "voided_at"])


def _create_letter_sending() -> None:
    table = "letter_sending"
    op.create_table(
        table,
        *_needed(ID, "letter_id"),
        *_needed(sa.Date(), "sent_on"),
        *_needed(sa.String(40), "way"),
        *_needed(sa.Text(), "recipient", "note"),
        *_recorded(table),
        _reference(table, "letter_id", "letter.id"),
    )
    op.create_index("ix_letter_sending_letter_id", table, ["letter_id", "sent_on"])
    _append_only(table)


def _create_letter_template() -> None:
    table = "letter_template"
    op.create_table(
        table,
        *_needed(sa.String(40), "kind", "language"),
        *_needed(sa.Text(), "title", "body"),
        *_recorded(table),
    )
    op.create_index("ix_letter_template_kind", table, ["kind", "language", "recorded_at"])
    _append_only(table)


def _create_history_note() -> None:
    table = "history_note"
    op.create_table(
        table,
        *_needed(ID, "patient_id"),
        *_needed(sa.String(40), "kind"),
        *_needed(sa.Text(), "words"),
        *_needed(sa.Date(), "noted_on"),
        *_recorded(table),
        *_voidable(),
        _reference(table, "patient_id", "patient.id"),
    )
    op.create_index("ix_history_note_patient_id", table, ["patient_id", "kind", "noted_on"])


def _create_part2_record() -> None:
    table = "part2_record"
    op.create_table(
        table,
        *_needed(ID, "patient_id"),
        *_needed(sa.Text(), "program", "words"),
        *_needed(sa.Date(), "received_on"),
        *_optional(sa.Date(), "consent_on", "consent_ends_on", "revoked_on"),
        *_needed(sa.Integer(), "version"),
        *_recorded(table),
        *_voidable(),
        _reference(table, "patient_id", "patient.id"),
    )
    op.create_index("ix_part2_record_patient_id", table, ["patient_id", "received_on"])
