"""What a charge needs: payers, coverage, dated settings of billing."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003_charges"
down_revision = "0003_time"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    _create_payer()
    _create_patient_coverage()
    _create_eligibility_check()
    _create_billing_setting()


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


def _create_payer() -> None:
    op.create_table(
        "payer",
        *_needed(sa.Text(), "name", "rule_set"),
        *_needed(sa.String(40), "filing"),
        *_needed(sa.Text(), "payer_number", "phone"),
        *_optional(sa.Integer(), "days_to_file"),
        *_optional(sa.Date(), "confirmed_on"),
        *_needed(sa.Text(), "confirmed_note"),
        *_optional(sa.Date(), "registered_on"),
        *_needed(sa.Boolean(), "active"),
        *_needed(sa.Integer(), "version"),
        *_recorded("payer"),
    )


def _create_patient_coverage() -> None:
    op.create_table(
        "patient_coverage",
        *_needed(ID, "patient_id", "payer_id"),
        *_needed(sa.Text(), "member_id", "group_number"),
        *_optional(sa.Date(), "first_on", "last_on"),
        *_needed(sa.Integer(), "rank"),
        *_needed(sa.String(40), "relation"),
        *_needed(sa.Text(), "insured_last_name", "insured_first_name"),
        *_optional(sa.Date(), "insured_born_on"),
        *_needed(sa.String(40), "insured_sex"),
        *_needed(sa.Text(), "insured_address", "insured_city", "insured_state"),
        *_needed(sa.Text(), "insured_postal_code", "authorization"),
        *_optional(sa.Date(), "authorized_to"),
        *_needed(sa.Integer(), "version"),
        *_recorded("patient_coverage"),
        *_voidable(),
        sa.CheckConstraint("rank >= 1", name=op.f("ck_patient_coverage_rank")),
        _reference("patient_coverage", "patient_id", "patient.id"),
        _reference("patient_coverage", "payer_id", "payer.id"),
    )
    op.create_index(
        "ix_patient_coverage_patient_id", "patient_coverage", ["patient_id", "voided_at", "rank"]
    )


def _create_eligibility_check() -> None:
    op.create_table(
        "eligibility_check",
        *_needed(ID, "coverage_id"),
        *_needed(sa.Date(), "checked_on"),
        *_needed(sa.Boolean(), "is_active"),
        *_needed(sa.Text(), "plan"),
        *_optional(sa.Integer(), "copay_cents"),
        *_optional(sa.Boolean(), "covers_cocm"),
        *_needed(sa.Text(), "reference_number"),
        *_recorded("eligibility_check"),
        *_voidable(),
        _reference("eligibility_check", "coverage_id", "patient_coverage.id"),
    )
    op.create_index(
        "ix_eligibility_check_coverage_id",
        "eligibility_check",
        ["coverage_id", "voided_at", "checked_on"],
    )


def _create_billing_setting() -> None:
    op.create_table(
        "billing_setting",
        *_needed(sa.Text(), "name", "value"),
        *_needed(sa.Date(), "valid_from"),
        *_recorded("billing_setting"),
    )
    op.create_index("ix_billing_setting_name", "billing_setting", ["name", "valid_from", "id"])
    _append_only("billing_setting")
