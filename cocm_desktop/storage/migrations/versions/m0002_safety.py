"""Safety: tasks opened by hand, assessments, telling the practitioner, asking at each contact."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002_safety"
down_revision = "0002_chart"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    _rebuild_safety_task()
    _rebuild_safety_closing()
    _create_practitioner_told()
    _rebuild_contact()


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


def _rebuild_safety_task() -> None:
    _set_aside("safety_task")
    op.create_table(
        "safety_task",
        *_needed(ID, "patient_id", "episode_id"),
        *_optional(ID, "measure_id"),
        *_needed(sa.Text(), "instrument"),
        *_needed(sa.Integer(), "item", "answer"),
        *_needed(sa.Date(), "answered_on"),
        *_needed(sa.Text(), "reason"),
        *_recorded("safety_task"),
        _reference("safety_task", "patient_id", "patient.id"),
        _reference("safety_task", "episode_id", "episode.id"),
        _reference("safety_task", "measure_id", "measure.id"),
    )
    covering = ["patient_id", "id", "answer", "item", "answered_on", "instrument"]
    op.create_index("ix_safety_task_patient_id", "safety_task", covering)
    same = (
        "id, patient_id, episode_id, measure_id, instrument, item, answer, answered_on, "
        "recorded_at, recorded_by, device"
    )
    _take_back("safety_task", same, {"reason": "''"})
    _append_only("safety_task")


def _rebuild_safety_closing() -> None:
    """Take the moment of recording for that of the assessment, which was not kept before."""
    _set_aside("safety_closing")
    op.create_table(
        "safety_closing",
        *_needed(ID, "task_id", "closed_by"),
        *_needed(sa.Date(), "closed_on"),
        *_needed(sa.DateTime(), "assessed_at"),
        *_optional(ID, "assessment_id"),
        *_needed(sa.Text(), "assessed", "steps", "action", "told"),
        *_optional(sa.DateTime(), "told_at"),
        *_recorded("safety_closing"),
        _reference("safety_closing", "task_id", "safety_task.id"),
        _reference("safety_closing", "closed_by", "staff.id"),
        _reference("safety_closing", "assessment_id", "measure.id"),
    )
    op.create_index("uq_safety_closing_task_id", "safety_closing", ["task_id"], unique=True)
    op.create_index("ix_safety_closing_closed_on", "safety_closing", ["closed_on"])
    same = "id, task_id, closed_by, assessed, action, told, recorded_at, recorded_by, device"
    new = {"closed_on": "date(recorded_at)", "assessed_at": "recorded_at", "steps": "''"}
    _take_back("safety_closing", same, new)
    _append_only("safety_closing")


def _create_practitioner_told() -> None:
    op.create_table(
        "practitioner_told",
        *_needed(ID, "task_id"),
        *_needed(sa.Text(), "who"),
        *_needed(sa.DateTime(), "told_at"),
        *_recorded("practitioner_told"),
        _reference("practitioner_told", "task_id", "safety_task.id"),
    )
    op.create_index("ix_practitioner_told_task_id", "practitioner_told", ["task_id", "told_at"])
    _append_only("practitioner_told")


def _rebuild_contact() -> None:
    _set_aside("contact")
    op.create_table(
        "contact",
        *_needed(ID, "episode_id", "staff_id"),
        *_needed(sa.Date(), "made_on"),
        *_needed(sa.String(40), "kind", "outcome"),
        *_needed(sa.Text(), "note"),
        *_optional(sa.Date(), "next_contact_on"),
        *_optional(sa.String(40), "safety"),
        *_recorded("contact"),
        *_optional(sa.DateTime(), "voided_at"),
        *_optional(ID, "voided_by"),
        *_optional(sa.Text(), "void_reason"),
        _reference("contact", "episode_id", "episode.id"),
        _reference("contact", "staff_id", "staff.id"),
    )
    op.create_index(
        "ix_contact_made",
        "contact",
        ["episode_id", "voided_at", "made_on", "id", "kind", "outcome", "next_contact_on"],
    )
    same = (
        "id, episode_id, staff_id, made_on, kind, outcome, note, next_contact_on, recorded_at, "
        "recorded_by, device, voided_at, voided_by, void_reason"
    )
    _take_back("contact", same, {})
