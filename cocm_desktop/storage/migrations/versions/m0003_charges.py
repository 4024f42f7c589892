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
    _keep_settings_of_practice()
    _rebuild_practice()
    _rebuild_staff()


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
        *_optional(sa.Date(), "authorized_last_on"),
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


def _keep_settings_of_practice() -> None:
    """Two details of the practice hold from a day on now: from the first that can be billed."""
    for name, which in (
        ("place_of_service", "place_of_service GLOB '[0-9][0-9]'"),
        ("g2214_first_minute", "g2214_first_minute IN (16, 30)"),
    ):
        op.execute(
            "INSERT INTO billing_setting "  # noqa: S608  our own names
            "(name, value, valid_from, id, recorded_at, recorded_by, device) "
            f"SELECT '{name}', {name}, '2000-01-01', {_NEW_ID}, recorded_at, recorded_by, device "
            f"FROM practice WHERE {which}"
        )


_NEW_ID = (
    "lower(substr(hex(randomblob(4)), 1, 8) || '-' || substr(hex(randomblob(2)), 1, 4) || '-4' || "
    "substr(hex(randomblob(2)), 1, 3) || '-8' || substr(hex(randomblob(2)), 1, 3) || '-' || "
    "hex(randomblob(6)))"
)


def _rebuild_practice() -> None:
    _set_aside("practice")
    op.create_table(
        "practice",
        *_needed(sa.Text(), "name", "time_zone", "address", "city", "state", "postal_code"),
        *_needed(sa.Text(), "phone", "npi", "ein", "caseload_goal"),
        *_needed(sa.Boolean(), "is_sample"),
        *_needed(sa.Integer(), "version"),
        *_recorded("practice"),
    )
    same = (
        "id, name, time_zone, address, city, state, postal_code, phone, npi, ein, caseload_goal, "
        "is_sample, version, recorded_at, recorded_by, device"
    )
    _take_back("practice", same, {})


def _rebuild_staff() -> None:
    _set_aside("staff")
    op.create_table(
        "staff",
        *_needed(sa.Text(), "sign_in", "name", "credentials", "roles", "npi", "taxonomy"),
        *_needed(sa.Boolean(), "bills_incident_to"),
        *_optional(ID, "supervisor_id"),
        *_needed(sa.Boolean(), "active"),
        *_needed(sa.Integer(), "version"),
        *_recorded("staff"),
        _reference("staff", "supervisor_id", "staff.id"),
    )
    same = (
        "id, sign_in, name, credentials, roles, npi, active, version, recorded_at, recorded_by, "
        "device"
    )
    _take_back("staff", same, {"taxonomy": "''", "bills_incident_to": "0"})
