"""The clinical half: what the chart holds besides measures and contacts, and the work lists."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002_clinical"
down_revision = "0001"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    _rebuild_measure()
    _create_instrument_pack()
    _create_instrument_retirement()
    _create_medication()
    _create_dose()
    _create_medication_stop()
    _create_past_trial()
    _create_intervention()
    _create_goal()
    _create_goal_state()
    _create_referral_out()
    _create_referral_result()
    _create_plan()
    _create_task()
    _create_task_delay()
    _create_task_done()
    _create_due_delay()
    _create_flag()
    _create_saved_view()


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


def _rebuild_measure() -> None:
    _set_aside("measure")
    op.create_table(
        "measure",
        *_needed(ID, "episode_id"),
        *_needed(sa.Text(), "instrument_id"),
        *_needed(sa.Integer(), "instrument_version"),
        *_needed(sa.Date(), "taken_on"),
        *_needed(sa.Text(), "answers"),
        *_optional(sa.Integer(), "total"),
        *_needed(sa.Boolean(), "total_only", "is_complete"),
        *_optional(sa.Integer(), "critical", "difficulty"),
        *_needed(sa.String(40), "mode"),
        *_needed(sa.Text(), "language"),
        *_optional(ID, "administered_by", "corrects"),
        *_recorded("measure"),
        *_voidable(),
        _reference("measure", "episode_id", "episode.id"),
        _reference("measure", "administered_by", "staff.id"),
        _reference("measure", "corrects", "measure.id"),
    )
    op.create_index(
        "ix_measure_scores",
        "measure",
        [
            *("episode_id", "instrument_id", "voided_at", "taken_on"),
            *("id", "total", "critical", "total_only"),
        ],
    )
    same = (
        "id, episode_id, instrument_id, instrument_version, taken_on, answers, total, critical, "
        "difficulty, mode, administered_by, recorded_at, recorded_by, device, voided_at, "
        "voided_by, void_reason"
    )
    new = {"total_only": "0", "is_complete": "total IS NOT NULL", "language": "''"}
    _take_back("measure", same, new)


def _create_instrument_pack() -> None:
    op.create_table(
        "instrument_pack",
        *_needed(sa.Text(), "instrument_id"),
        *_needed(sa.Integer(), "version"),
        *_needed(sa.String(40), "kind"),
        *_needed(sa.Text(), "file_name", "sha256", "content"),
        *_recorded("instrument_pack"),
    )
    op.create_index(
        "uq_instrument_pack_version", "instrument_pack", ["instrument_id", "version"], unique=True
    )
    _append_only("instrument_pack")


def _create_instrument_retirement() -> None:
    op.create_table(
        "instrument_retirement",
        *_needed(ID, "pack_id"),
        *_needed(sa.Text(), "reason"),
        *_recorded("instrument_retirement"),
        _reference("instrument_retirement", "pack_id", "instrument_pack.id"),
    )
    op.create_index(
        "uq_instrument_retirement_pack_id", "instrument_retirement", ["pack_id"], unique=True
    )
    _append_only("instrument_retirement")


def _create_medication() -> None:
    op.create_table(
        "medication",
        *_needed(ID, "patient_id"),
        *_needed(sa.Text(), "name"),
        *_needed(sa.Boolean(), "is_psychotropic"),
        *_needed(sa.Text(), "prescriber", "note"),
        *_recorded("medication"),
        *_voidable(),
        _reference("medication", "patient_id", "patient.id"),
    )
    op.create_index(
        "ix_medication_patient_id",
        "medication",
        ["patient_id", "voided_at", "is_psychotropic", "id"],
    )


def _create_dose() -> None:
    op.create_table(
        "dose",
        *_needed(ID, "medication_id"),
        *_needed(sa.Text(), "dose", "route", "frequency"),
        *_needed(sa.Date(), "since"),
        *_recorded("dose"),
        *_voidable(),
        _reference("dose", "medication_id", "medication.id"),
    )
    op.create_index("ix_dose_medication_id", "dose", ["medication_id", "voided_at", "since"])


def _create_medication_stop() -> None:
    op.create_table(
        "medication_stop",
        *_needed(ID, "medication_id"),
        *_needed(sa.Date(), "stopped_on"),
        *_needed(sa.Text(), "reason", "response"),
        *_recorded("medication_stop"),
        *_voidable(),
        _reference("medication_stop", "medication_id", "medication.id"),
    )
    op.create_index("ix_medication_stop_medication_id", "medication_stop", ["medication_id"])


def _create_past_trial() -> None:
    op.create_table(
        "past_trial",
        *_needed(ID, "patient_id"),
        *_needed(sa.Text(), "name", "highest_dose", "taken", "response", "stop_reason"),
        *_recorded("past_trial"),
        *_voidable(),
        _reference("past_trial", "patient_id", "patient.id"),
    )
    op.create_index("ix_past_trial_patient_id", "past_trial", ["patient_id"])


def _create_intervention() -> None:
    op.create_table(
        "intervention",
        *_needed(ID, "episode_id", "staff_id"),
        *_needed(sa.Date(), "given_on"),
        *_needed(sa.String(40), "kind"),
        sa.Column("seconds", sa.Integer()),
        *_needed(sa.Text(), "note", "homework"),
        *_recorded("intervention"),
        *_voidable(),
        _reference("intervention", "episode_id", "episode.id"),
        _reference("intervention", "staff_id", "staff.id"),
    )
    op.create_index(
        "ix_intervention_episode_id",
        "intervention",
        ["episode_id", "voided_at", "kind", "given_on"],
    )


def _create_goal() -> None:
    op.create_table(
        "goal",
        *_needed(ID, "episode_id"),
        *_needed(sa.Text(), "words", "measured_by"),
        *_needed(sa.Date(), "set_on"),
        *_recorded("goal"),
        *_voidable(),
        _reference("goal", "episode_id", "episode.id"),
    )
    op.create_index("ix_goal_episode_id", "goal", ["episode_id"])


def _create_goal_state() -> None:
    op.create_table(
        "goal_state",
        *_needed(ID, "goal_id"),
        *_needed(sa.String(40), "state"),
        *_needed(sa.Date(), "noted_on"),
        *_recorded("goal_state"),
        _reference("goal_state", "goal_id", "goal.id"),
    )
    op.create_index("ix_goal_state_goal_id", "goal_state", ["goal_id", "noted_on", "id"])


def _create_referral_out() -> None:
    op.create_table(
        "referral_out",
        *_needed(ID, "episode_id"),
        *_needed(sa.Text(), "to", "reason"),
        *_needed(sa.Date(), "made_on"),
        *_recorded("referral_out"),
        *_voidable(),
        _reference("referral_out", "episode_id", "episode.id"),
    )
    op.create_index("ix_referral_out_episode_id", "referral_out", ["episode_id"])


def _create_referral_result() -> None:
    op.create_table(
        "referral_result",
        *_needed(ID, "referral_id"),
        *_needed(sa.String(40), "result"),
        *_needed(sa.Date(), "noted_on"),
        *_recorded("referral_result"),
        _reference("referral_result", "referral_id", "referral_out.id"),
    )
    op.create_index(
        "ix_referral_result_referral_id", "referral_result", ["referral_id", "noted_on", "id"]
    )


def _create_plan() -> None:
    op.create_table(
        "plan",
        *_needed(ID, "episode_id"),
        *_needed(sa.String(40), "kind"),
        *_needed(sa.Date(), "written_on"),
        *_needed(sa.JSON(), "parts"),
        *_recorded("plan"),
        *_voidable(),
        _reference("plan", "episode_id", "episode.id"),
    )
    op.create_index(
        "ix_plan_episode_id",
        "plan",
        ["episode_id", "kind", "written_on", "id"],
    )


def _create_task() -> None:
    op.create_table(
        "task",
        *_optional(ID, "patient_id", "assigned_to"),
        *_optional(sa.String(40), "team"),
        *_needed(sa.Text(), "words"),
        *_needed(sa.Date(), "due_on"),
        *_needed(sa.Integer(), "repeat_weeks"),
        *_recorded("task"),
        *_voidable(),
        _reference("task", "patient_id", "patient.id"),
        _reference("task", "assigned_to", "staff.id"),
    )
    op.create_index("ix_task_due_on", "task", ["due_on"])
    op.create_index("ix_task_patient_id", "task", ["patient_id", "voided_at", "id"])


def _create_task_delay() -> None:
    op.create_table(
        "task_delay",
        *_needed(ID, "task_id"),
        *_needed(sa.Date(), "due_on"),
        *_needed(sa.Text(), "reason"),
        *_recorded("task_delay"),
        _reference("task_delay", "task_id", "task.id"),
    )
    op.create_index("ix_task_delay_task_id", "task_delay", ["task_id", "id"])


def _create_task_done() -> None:
    op.create_table(
        "task_done",
        *_needed(ID, "task_id"),
        *_needed(sa.Date(), "done_on"),
        *_needed(sa.Text(), "outcome"),
        *_recorded("task_done"),
        *_voidable(),
        _reference("task_done", "task_id", "task.id"),
    )
    op.create_index("ix_task_done_task_id", "task_done", ["task_id", "voided_at", "id"])


def _create_due_delay() -> None:
    op.create_table(
        "due_delay",
        *_needed(ID, "patient_id"),
        *_needed(sa.Date(), "made_on", "until_on"),
        *_needed(sa.Text(), "reason"),
        *_recorded("due_delay"),
        _reference("due_delay", "patient_id", "patient.id"),
    )
    op.create_index("ix_due_delay_made_on", "due_delay", ["made_on"])
    op.create_index("ix_due_delay_patient_id", "due_delay", ["patient_id"])


def _create_flag() -> None:
    op.create_table(
        "flag",
        *_needed(ID, "patient_id"),
        *_needed(sa.String(40), "kind"),
        *_needed(sa.Text(), "words", "reason"),
        *_optional(sa.Date(), "expires_on"),
        *_recorded("flag"),
        *_voidable(),
        _reference("flag", "patient_id", "patient.id"),
    )
    op.create_index(
        "ix_flag_patient_id",
        "flag",
        ["patient_id", "voided_at", "id", "expires_on", "kind", "words"],
    )


def _create_saved_view() -> None:
    op.create_table(
        "saved_view",
        *_needed(ID, "staff_id"),
        *_needed(sa.Text(), "screen", "name", "content"),
        *_needed(sa.Boolean(), "is_shared"),
        *_recorded("saved_view"),
        *_voidable(),
        _reference("saved_view", "staff_id", "staff.id"),
    )
    op.create_index("ix_saved_view_staff_id", "saved_view", ["staff_id", "screen"])
