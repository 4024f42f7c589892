"""Several diagnoses with their states, how medicines are taken, allergies."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002_chart"
down_revision = "0002_clinical"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    _rebuild_diagnosis()
    _create_diagnosis_state()
    _create_primary_diagnosis()
    _create_intake()
    _create_allergies()


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


def _rebuild_diagnosis() -> None:
    """Take a diagnosis of before for the one that is treated: a working diagnosis, typed."""
    same = (
        "id, episode_id, code, title, noted_on, recorded_at, recorded_by, device, voided_at, "
        "voided_by, void_reason"
    )
    op.execute("CREATE TABLE diagnosis_before AS SELECT * FROM diagnosis")
    op.drop_table("diagnosis")
    op.create_table(
        "diagnosis",
        *_needed(ID, "episode_id"),
        *_needed(sa.Text(), "code", "title"),
        *_needed(sa.Date(), "noted_on"),
        *_needed(sa.String(40), "status"),
        *_needed(sa.Text(), "onset"),
        *_needed(sa.String(40), "source"),
        *_recorded("diagnosis"),
        sa.Column("voided_at", sa.DateTime()),
        sa.Column("voided_by", ID),
        sa.Column("void_reason", sa.Text()),
        _reference("diagnosis", "episode_id", "episode.id"),
    )
    op.create_index("ix_diagnosis_episode_id", "diagnosis", ["episode_id"])
    op.execute(
        f"INSERT INTO diagnosis ({same}, status, onset, source) "  # noqa: S608  our own names
        f"SELECT {same}, 'WORKING', '', 'TYPED' FROM diagnosis_before"
    )
    op.drop_table("diagnosis_before")


def _create_diagnosis_state() -> None:
    op.create_table(
        "diagnosis_state",
        *_needed(ID, "diagnosis_id"),
        *_needed(sa.String(40), "status"),
        *_needed(sa.Date(), "noted_on"),
        *_recorded("diagnosis_state"),
        _reference("diagnosis_state", "diagnosis_id", "diagnosis.id"),
    )
    op.create_index(
        "ix_diagnosis_state_diagnosis_id", "diagnosis_state", ["diagnosis_id", "noted_on", "id"]
    )


def _create_primary_diagnosis() -> None:
    op.create_table(
        "primary_diagnosis",
        *_needed(ID, "episode_id", "diagnosis_id"),
        *_recorded("primary_diagnosis"),
        _reference("primary_diagnosis", "episode_id", "episode.id"),
        _reference("primary_diagnosis", "diagnosis_id", "diagnosis.id"),
    )
    op.create_index("ix_primary_diagnosis_episode_id", "primary_diagnosis", ["episode_id", "id"])


def _create_intake() -> None:
    op.create_table(
        "intake",
        *_needed(ID, "medication_id"),
        *_needed(sa.String(40), "adherence"),
        *_needed(sa.Text(), "side_effects"),
        *_needed(sa.Date(), "noted_on"),
        *_recorded("intake"),
        _reference("intake", "medication_id", "medication.id"),
    )
    op.create_index("ix_intake_medication_id", "intake", ["medication_id", "noted_on", "id"])


def _create_allergies() -> None:
    op.create_table(
        "allergies",
        *_needed(ID, "patient_id"),
        *_needed(sa.Text(), "words"),
        *_recorded("allergies"),
        _reference("allergies", "patient_id", "patient.id"),
    )
    op.create_index("ix_allergies_patient_id", "allergies", ["patient_id", "id"])
