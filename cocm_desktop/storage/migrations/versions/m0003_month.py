"""The billing month: consents, visits, approvals, closing, what became of a bill."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0003_claims"
branch_labels = None
depends_on = None

ID = sa.String(36)
NOT_VOIDED = "voided_at IS NULL"
_ROW = "id, recorded_at, recorded_by, device, voided_at, voided_by, void_reason"


def upgrade() -> None:
    _rebuild_consent()
    _rebuild_superbill()
    _create_later_consent()
    _create_visit()
    _create_other_service()
    _create_stay()
    _create_death()
    _create_month_approval()
    _create_month_closing()
    _create_bill_step()
    _create_month_payer()
    _create_service_line()


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


def _unique_where(name: str, table: str, columns: list[str], *, where: str) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=sa.text(where))


def _set_aside(table: str) -> None:
    """Keep the rows beside, so that the table can be made anew under its own name."""
    op.execute(f"CREATE TABLE {table}_before AS SELECT * FROM {table}")  # noqa: S608  our names
    op.drop_table(table)


def _consent_columns(table: str) -> list[Any]:
    return [
        *_needed(ID, "episode_id"),
        *_needed(sa.Date(), "given_on"),
        *_needed(sa.String(40), "method"),
        *_needed(ID, "obtained_by"),
        *_optional(ID, "practitioner_id"),
        *_needed(sa.Boolean(), "to_specialists", "to_cost_share", "may_stop"),
        *_optional(sa.Date(), "withdrawn_on"),
        *_recorded(table),
        *_voidable(),
        _reference(table, "episode_id", "episode.id"),
        _reference(table, "obtained_by", "staff.id"),
        _reference(table, "practitioner_id", "staff.id"),
    ]


def _rebuild_consent() -> None:
    """Take a consent of before for a whole one to whoever treats the patient: it was asked so."""
    same = f"episode_id, given_on, method, obtained_by, {_ROW}"
    _set_aside("consent")
    op.create_table("consent", *_consent_columns("consent"))
    _unique_where("uq_consent_episode_id", "consent", ["episode_id"], where=NOT_VOIDED)
    op.execute(
        f"INSERT INTO consent ({same}, practitioner_id, "  # noqa: S608  our own names
        "to_specialists, to_cost_share, may_stop) "
        f"SELECT {same}, (SELECT treating_practitioner_id FROM episode WHERE episode.id = "
        "consent_before.episode_id), 1, 1, 1 FROM consent_before"
    )
    op.drop_table("consent_before")


def _rebuild_superbill() -> None:
    """Repeat the codes of each superbill beside its document; it had no account number."""
    same = f"patient_id, episode_id, month, number, content, {_ROW}"
    _set_aside("superbill")
    op.create_table(
        "superbill",
        *_needed(ID, "patient_id", "episode_id"),
        *_needed(sa.Text(), "month", "number", "account_number", "codes", "content"),
        *_recorded("superbill"),
        *_voidable(),
        _reference("superbill", "patient_id", "patient.id"),
        _reference("superbill", "episode_id", "episode.id"),
    )
    op.execute(
        f"INSERT INTO superbill ({same}, account_number, codes) "  # noqa: S608  our own names
        f"SELECT {same}, '', '' FROM superbill_before"
    )
    op.drop_table("superbill_before")
    has_account = "account_number <> ''"
    _unique_where("uq_superbill_account_number", "superbill", ["account_number"], where=has_account)
    _unique_where(
        "uq_superbill_patient_month", "superbill", ["patient_id", "month"], where=NOT_VOIDED
    )
    op.create_index("ix_superbill_month", "superbill", ["month", "voided_at"])
    op.create_index("uq_superbill_number", "superbill", ["number"], unique=True)
    _repeat_codes()


def _repeat_codes() -> None:
    connection = op.get_bind()
    for bill_id, content in connection.execute(sa.text("SELECT id, content FROM superbill")).all():
        lines = json.loads(content)["superbill"]["lines"]
        codes = " ".join(f"{line['code']}*{line['units']}" for line in lines)
        connection.execute(
            sa.text("UPDATE superbill SET codes = :codes WHERE id = :id"),
            {"codes": codes, "id": bill_id},
        )


def _create_later_consent() -> None:
    op.create_table("later_consent", *_consent_columns("later_consent"))
    op.create_index("ix_later_consent_episode_id", "later_consent", ["episode_id", "voided_at"])


def _create_visit() -> None:
    op.create_table(
        "visit",
        *_needed(ID, "patient_id"),
        *_needed(sa.Date(), "made_on"),
        *_needed(sa.Text(), "code"),
        *_optional(ID, "practitioner_id"),
        *_needed(sa.Boolean(), "is_face_to_face", "is_about_cocm"),
        *_recorded("visit"),
        *_voidable(),
        _reference("visit", "patient_id", "patient.id"),
        _reference("visit", "practitioner_id", "staff.id"),
    )
    op.create_index("ix_visit_patient_id", "visit", ["patient_id", "voided_at"])


def _create_other_service() -> None:
    op.create_table(
        "other_service",
        *_needed(ID, "patient_id"),
        *_needed(sa.Text(), "code"),
        *_needed(sa.Date(), "served_on"),
        *_optional(ID, "practitioner_id"),
        *_recorded("other_service"),
        *_voidable(),
        _reference("other_service", "patient_id", "patient.id"),
        _reference("other_service", "practitioner_id", "staff.id"),
    )
    op.create_index(
        "ix_other_service_patient_id", "other_service", ["patient_id", "voided_at", "served_on"]
    )


def _create_stay() -> None:
    op.create_table(
        "stay",
        *_needed(ID, "patient_id"),
        *_needed(sa.Date(), "first_on"),
        *_optional(sa.Date(), "last_on"),
        *_needed(sa.Text(), "place"),
        *_recorded("stay"),
        *_voidable(),
        _reference("stay", "patient_id", "patient.id"),
    )
    op.create_index("ix_stay_patient_id", "stay", ["patient_id", "voided_at"])


def _create_death() -> None:
    op.create_table(
        "death",
        *_needed(ID, "patient_id"),
        *_needed(sa.Date(), "died_on"),
        *_recorded("death"),
        *_voidable(),
        _reference("death", "patient_id", "patient.id"),
    )
    op.create_index("ix_death_patient_id", "death", ["patient_id", "voided_at"])


def _create_month_approval() -> None:
    op.create_table(
        "month_approval",
        *_needed(ID, "patient_id"),
        *_needed(sa.Text(), "month"),
        *_needed(ID, "practitioner_id"),
        *_needed(sa.Text(), "outcome"),
        *_optional(sa.Date(), "signed_on"),
        *_recorded("month_approval"),
        *_voidable(),
        _reference("month_approval", "patient_id", "patient.id"),
        _reference("month_approval", "practitioner_id", "staff.id"),
    )
    op.create_index(
        "ix_month_approval_month", "month_approval", ["month", "voided_at", "patient_id"]
    )


def _create_month_closing() -> None:
    op.create_table(
        "month_closing",
        *_needed(sa.Text(), "month"),
        *_needed(sa.String(40), "step"),
        *_needed(sa.Text(), "reason"),
        *_recorded("month_closing"),
    )
    op.create_index("ix_month_closing_month", "month_closing", ["month", "id"])
    _refuse_changes("month_closing")


def _refuse_changes(table: str) -> None:
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER tr_{table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )


def _create_month_payer() -> None:
    op.create_table(
        "month_payer",
        *_needed(ID, "patient_id"),
        *_needed(sa.Text(), "month"),
        *_needed(ID, "payer_id"),
        *_recorded("month_payer"),
        *_voidable(),
        _reference("month_payer", "patient_id", "patient.id"),
        _reference("month_payer", "payer_id", "payer.id"),
    )
    op.create_index("ix_month_payer_month", "month_payer", ["month", "voided_at", "patient_id"])


def _create_service_line() -> None:
    op.create_table(
        "service_line",
        *_needed(ID, "episode_id"),
        *_needed(sa.Text(), "month"),
        *_needed(sa.String(40), "line"),
        *_recorded("service_line"),
        _reference("service_line", "episode_id", "episode.id"),
    )
    op.create_index("ix_service_line_episode_id", "service_line", ["episode_id", "month", "id"])
    _refuse_changes("service_line")


def _create_bill_step() -> None:
    op.create_table(
        "bill_step",
        *_needed(ID, "superbill_id"),
        *_needed(sa.String(40), "state"),
        *_needed(sa.Date(), "made_on"),
        *_needed(sa.Text(), "reason", "source_id"),
        *_optional(sa.Integer(), "paid_cents"),
        *_recorded("bill_step"),
        *_voidable(),
        sa.CheckConstraint(
            "paid_cents >= 0 OR source_id != ''", name=op.f("ck_bill_step_paid_cents")
        ),
        _reference("bill_step", "superbill_id", "superbill.id"),
    )
    op.create_index("ix_bill_step_superbill_id", "bill_step", ["superbill_id", "voided_at", "id"])
    op.create_index("ix_bill_step_source_id", "bill_step", ["source_id"])
