"""Reviews, settings and phases; an episode's primary scale, target and interval."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0002_merge"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    _rebuild_episode()
    _create_case_review()
    _create_recommendation()
    _create_recommendation_step()
    _create_clinical_setting()
    _create_episode_phase()


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


def _rebuild_episode() -> None:
    _set_aside("episode")
    op.create_table(
        "episode",
        *_needed(ID, "patient_id"),
        *_needed(sa.String(40), "status"),
        *_needed(ID, "care_manager_id"),
        *_optional(ID, "treating_practitioner_id"),
        *_optional(sa.Date(), "referred_on", "enrolled_on", "closed_on"),
        *_optional(sa.String(40), "close_reason"),
        *_needed(sa.Text(), "close_note", "primary_instrument_id"),
        *_optional(sa.Integer(), "target_below", "interval_weeks"),
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
    condition = sa.text("voided_at IS NULL AND closed_on IS NULL")
    op.create_index(
        "uq_episode_open",
        "episode",
        ["patient_id"],
        unique=True,
        sqlite_where=condition,
        postgresql_where=condition,
    )
    same = (
        "id, patient_id, status, care_manager_id, treating_practitioner_id, referred_on, "
        "enrolled_on, closed_on, close_reason, close_note, version, recorded_at, recorded_by, "
        "device, voided_at, voided_by, void_reason"
    )
    _take_back("episode", same, {"primary_instrument_id": _judged_by()})


def _judged_by() -> str:
    """Name the scale by which the last release judged an episode: the one that began high."""
    phq9, gad7 = _baseline("PHQ-9"), _baseline("GAD-7")
    began_high = f"{gad7} >= 10 AND coalesce({phq9}, 0) < 10"
    only_one = f"{gad7} IS NOT NULL AND {phq9} IS NULL"
    return f"CASE WHEN ({began_high}) OR ({only_one}) THEN 'GAD-7' ELSE 'PHQ-9' END"


def _baseline(instrument_id: str) -> str:
    return (
        "(SELECT m.total FROM measure m WHERE m.episode_id = episode_before.id "  # noqa: S608
        f"AND m.instrument_id = '{instrument_id}' AND m.voided_at IS NULL "
        "AND m.total IS NOT NULL AND m.taken_on >= episode_before.enrolled_on "
        "ORDER BY m.taken_on, m.id LIMIT 1)"
    )


def _create_case_review() -> None:
    op.create_table(
        "case_review",
        *_needed(ID, "episode_id", "consultant_id"),
        *_needed(sa.Date(), "reviewed_on"),
        *_needed(sa.Boolean(), "discussed"),
        *_needed(sa.Integer(), "seconds"),
        *_needed(sa.Text(), "impression"),
        *_needed(sa.String(40), "mode"),
        *_recorded("case_review"),
        *_voidable(),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_case_review_seconds")),
        _reference("case_review", "episode_id", "episode.id"),
        _reference("case_review", "consultant_id", "staff.id"),
    )
    op.create_index(
        "ix_case_review_episode_id",
        "case_review",
        ["episode_id", "voided_at", "reviewed_on", "id"],
    )


def _create_recommendation() -> None:
    op.create_table(
        "recommendation",
        *_needed(ID, "review_id", "episode_id"),
        *_needed(sa.Date(), "made_on"),
        *_needed(sa.Integer(), "number"),
        *_needed(sa.String(40), "kind"),
        *_needed(sa.Text(), "words"),
        *_needed(sa.String(40), "owner", "urgency"),
        *_optional(sa.Date(), "due_on"),
        *_needed(sa.String(40), "status"),
        *_optional(sa.Date(), "agreed_on"),
        *_recorded("recommendation"),
        *_voidable(),
        _reference("recommendation", "review_id", "case_review.id"),
        _reference("recommendation", "episode_id", "episode.id"),
    )
    for name, columns in (
        ("review_id", ["review_id", "number"]),
        ("made", ["episode_id", "voided_at", "made_on"]),
        ("status", ["episode_id", "voided_at", "status", "kind", "made_on", "due_on"]),
        ("agreed", ["episode_id", "voided_at", "agreed_on", "kind"]),
    ):
        op.create_index(f"ix_recommendation_{name}", "recommendation", columns)


def _create_recommendation_step() -> None:
    op.create_table(
        "recommendation_step",
        *_needed(ID, "recommendation_id"),
        *_needed(sa.String(40), "status"),
        *_needed(sa.Date(), "noted_on"),
        *_needed(sa.Text(), "reason"),
        *_recorded("recommendation_step"),
        _reference("recommendation_step", "recommendation_id", "recommendation.id"),
    )
    op.create_index(
        "ix_recommendation_step_recommendation_id",
        "recommendation_step",
        ["recommendation_id", "noted_on"],
    )
    _append_only("recommendation_step")


def _create_clinical_setting() -> None:
    op.create_table(
        "clinical_setting",
        *_needed(sa.Text(), "name", "value"),
        *_needed(sa.Date(), "valid_from"),
        *_recorded("clinical_setting"),
    )
    op.create_index("ix_clinical_setting_name", "clinical_setting", ["name", "valid_from", "id"])
    _append_only("clinical_setting")


def _create_episode_phase() -> None:
    op.create_table(
        "episode_phase",
        *_needed(ID, "episode_id"),
        *_optional(sa.String(40), "from_status"),
        *_needed(sa.String(40), "to_status"),
        *_needed(sa.Date(), "changed_on"),
        *_needed(sa.Text(), "reason"),
        *_recorded("episode_phase"),
        _reference("episode_phase", "episode_id", "episode.id"),
    )
    op.create_index(
        "ix_episode_phase_episode_id", "episode_phase", ["episode_id", "changed_on", "id"]
    )
    _append_only("episode_phase")
