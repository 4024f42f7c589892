"""Merging patients: what became one, which records moved, what was undone."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002_merge"
down_revision = "0002_safety"
branch_labels = None
depends_on = None

ID = sa.String(36)
OF_SAFETY_TASK = (
    "episode_id",
    "measure_id",
    "instrument",
    "item",
    "answer",
    "answered_on",
    "reason",
    "id",
    "recorded_at",
    "recorded_by",
    "device",
)


def upgrade() -> None:
    _create_patient_merge()
    _create_moved_record()
    _create_merge_undo()
    _let_safety_tasks_move()


def _needed(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _recorded(table: str) -> list[sa.schema.SchemaItem]:
    return [
        *_needed(ID, "id"),
        *_needed(sa.DateTime(), "recorded_at"),
        *_needed(ID, "recorded_by"),
        *_needed(sa.Text(), "device"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _append_only(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER tr_{table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _create_patient_merge() -> None:
    op.create_table(
        "patient_merge",
        *_needed(ID, "survivor_id", "other_id"),
        *_needed(sa.Text(), "survivor"),
        *_needed(sa.JSON(), "before", "after"),
        *_recorded("patient_merge"),
        _reference("patient_merge", "survivor_id", "patient.id"),
        _reference("patient_merge", "other_id", "patient.id"),
    )
    op.create_index("ix_patient_merge_survivor_id", "patient_merge", ["survivor_id"])
    op.create_index("ix_patient_merge_other_id", "patient_merge", ["other_id"])
    _append_only("patient_merge")


def _create_moved_record() -> None:
    op.create_table(
        "moved_record",
        *_needed(ID, "merge_id"),
        *_needed(sa.Text(), "table_name"),
        *_needed(ID, "record_id"),
        *_recorded("moved_record"),
        _reference("moved_record", "merge_id", "patient_merge.id"),
    )
    op.create_index("ix_moved_record_merge_id", "moved_record", ["merge_id"])
    op.create_index("ix_moved_record_record_id", "moved_record", ["record_id"])
    _append_only("moved_record")


def _create_merge_undo() -> None:
    op.create_table(
        "merge_undo",
        *_needed(ID, "merge_id"),
        *_needed(sa.Text(), "reason"),
        *_recorded("merge_undo"),
        _reference("merge_undo", "merge_id", "patient_merge.id"),
    )
    op.create_index("uq_merge_undo_merge_id", "merge_undo", ["merge_id"], unique=True)
    _append_only("merge_undo")


def _let_safety_tasks_move() -> None:
    """Let a safety task go over to the surviving patient, once the move is kept."""
    new, old = (", ".join(f"{row}.{name}" for name in OF_SAFETY_TASK) for row in ("NEW", "OLD"))
    is_moved = "EXISTS (SELECT 1 FROM moved_record WHERE record_id = OLD.id)"
    op.execute("DROP TRIGGER tr_safety_task_no_update")
    op.execute(
        "CREATE TRIGGER tr_safety_task_no_update BEFORE UPDATE ON safety_task "
        f"WHEN ({new}) IS NOT ({old}) OR NOT {is_moved} "
        "BEGIN SELECT RAISE(ABORT, 'safety_task is append-only'); END"
    )
