"""Time: signatures, where an entry comes from, meetings."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003_time"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    """Make the tables; the work of two names in one becomes work on the care plan."""
    _create_meeting()
    _rebuild_time_entry()


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


def _create_meeting() -> None:
    op.create_table(
        "meeting",
        *_needed(sa.Date(), "held_on"),
        *_optional(sa.Time(), "started_at"),
        *_optional(sa.DateTime(), "began_at"),
        *_needed(sa.Integer(), "seconds"),
        *_needed(sa.Text(), "note"),
        *_recorded("meeting"),
        *_voidable(),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_meeting_seconds")),
    )
    op.create_index("ix_meeting_held_on", "meeting", ["held_on"])


def _rebuild_time_entry() -> None:
    op.execute("CREATE TABLE time_entry_before AS SELECT * FROM time_entry")
    op.drop_table("time_entry")
    op.create_table(
        "time_entry",
        *_needed(ID, "patient_id", "episode_id", "staff_id"),
        *_optional(ID, "contact_id"),
        *_needed(sa.Date(), "worked_on"),
        *_optional(sa.Time(), "started_at"),
        *_needed(sa.Integer(), "seconds"),
        *_needed(sa.String(40), "activity", "role"),
        *_needed(sa.Text(), "note"),
        *_needed(sa.String(40), "source"),
        *_optional(sa.String(40), "manual_reason"),
        *_optional(sa.DateTime(), "began_at"),
        *_optional(ID, "meeting_id"),
        *_needed(sa.Text(), "billed_as"),
        *_optional(sa.DateTime(), "signed_at"),
        *_optional(ID, "signed_by", "corrects"),
        *_recorded("time_entry"),
        *_voidable(),
        sa.CheckConstraint("seconds > 0", name=op.f("ck_time_entry_seconds")),
        _reference("time_entry", "patient_id", "patient.id"),
        _reference("time_entry", "episode_id", "episode.id"),
        _reference("time_entry", "staff_id", "staff.id"),
        _reference("time_entry", "contact_id", "contact.id"),
        _reference("time_entry", "meeting_id", "meeting.id"),
        _reference("time_entry", "corrects", "time_entry.id"),
    )
    _create_indexes()
    _take_back()


def _create_indexes() -> None:
    unsigned = sa.text("signed_at IS NULL AND voided_at IS NULL")
    op.create_index("ix_time_entry_episode_id", "time_entry", ["episode_id", "worked_on"])
    op.create_index(
        "ix_time_entry_month",
        "time_entry",
        [
            *("patient_id", "voided_at", "worked_on", "activity", "role", "seconds"),
            *("episode_id", "signed_at", "billed_as"),
        ],
    )
    op.create_index("ix_time_entry_meeting_id", "time_entry", ["meeting_id"])
    op.create_index("ix_time_entry_staff_id", "time_entry", ["staff_id", "worked_on"])
    op.create_index(
        "ix_time_entry_unsigned",
        "time_entry",
        ["staff_id"],
        sqlite_where=unsigned,
        postgresql_where=unsigned,
    )
    op.create_index("ix_time_entry_worked_on", "time_entry", ["worked_on"])


def _take_back() -> None:
    """Bring the entries of before back, as signed by whoever recorded them."""
    same = (
        "id, patient_id, episode_id, staff_id, contact_id, worked_on, started_at, seconds, role, "
        "note, recorded_at, recorded_by, device, voided_at, voided_by, void_reason"
    )
    op.execute(
        f"INSERT INTO time_entry ({same}, activity, source, billed_as, signed_at, signed_by) "  # noqa: S608  our own names
        f"SELECT {same}, "
        "CASE activity WHEN 'REGISTRY_AND_CARE_PLAN' THEN 'CARE_PLAN' ELSE activity END, "
        "CASE WHEN contact_id IS NULL THEN 'MANUAL' ELSE 'CONTACT' END, "
        "'', recorded_at, recorded_by FROM time_entry_before"
    )
    op.drop_table("time_entry_before")
