"""Time: signatures, where an entry comes from, meetings, the timer."""

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
    _create_timer()
    _create_timer_segment()
    _create_timer_start()


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


def _create_timer() -> None:
    op.create_table(
        "timer",
        *_needed(ID, "staff_id", "episode_id"),
        *_needed(sa.String(40), "activity"),
        *_optional(sa.String(40), "gap_cause"),
        *_optional(sa.DateTime(), "gap_began_at"),
        *_optional(sa.BigInteger(), "gap_steady_ms"),
        *_optional(ID, "gap_run_id"),
        *_optional(sa.DateTime(), "ended_at"),
        *_optional(sa.String(40), "ending"),
        *_needed(sa.Text(), "reason"),
        *_recorded("timer"),
        _reference("timer", "staff_id", "staff.id"),
        _reference("timer", "episode_id", "episode.id"),
    )
    is_open = sa.text("ended_at IS NULL")
    op.create_index("ix_timer_episode_id", "timer", ["episode_id"])
    op.create_index(
        "uq_timer_open",
        "timer",
        ["staff_id"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _create_timer_segment() -> None:
    op.create_table(
        "timer_segment",
        *_needed(ID, "timer_id"),
        *_needed(sa.DateTime(), "began_at"),
        *_needed(sa.Integer(), "local_offset"),
        *_needed(sa.BigInteger(), "measured_ms"),
        *_needed(sa.DateTime(), "seen_at"),
        *_needed(sa.BigInteger(), "steady_ms"),
        *_needed(ID, "run_id"),
        *_needed(sa.Boolean(), "has_ended", "is_confirmed"),
        *_recorded("timer_segment"),
        _reference("timer_segment", "timer_id", "timer.id"),
    )
    op.create_index("ix_timer_segment_timer_id", "timer_segment", ["timer_id", "id"])


def _create_timer_start() -> None:
    op.create_table(
        "timer_start",
        *_needed(ID, "staff_id"),
        *_needed(sa.String(40), "choice"),
        *_recorded("timer_start"),
        _reference("timer_start", "staff_id", "staff.id"),
    )
    op.create_index("ix_timer_start_staff_id", "timer_start", ["staff_id", "id"])
