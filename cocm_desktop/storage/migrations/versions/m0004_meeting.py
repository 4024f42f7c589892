"""Weekly meetings, their agendas and packets; what a review says besides; parts of full time."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004_meeting"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.String(36)


def _needed(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False) for name in names]


def _optional(kind: sa.types.TypeEngine[Any], *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name, kind) for name in names]


def _key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def _recorded(table: str) -> list[sa.schema.SchemaItem]:
    return [
        *_needed(ID, "id"),
        *_needed(sa.DateTime(), "recorded_at"),
        *_needed(ID, "recorded_by"),
        *_needed(sa.Text(), "device"),
        _key(table),
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


def upgrade() -> None:
    _rebuild_staff()
    _create_review_meeting()
    _create_agenda_choice()
    _create_agenda_case()
    _create_case_time()
    _create_printed_packet()
    _create_printed_page()
    _rebuild_case_review()
    _rebuild_recommendation()


def _rebuild_staff() -> None:
    """Everybody worked on the program full time, as far as the file knew."""
    _set_aside("staff")
    op.create_table(
        "staff",
        *_needed(sa.Text(), "sign_in", "name", "credentials", "roles", "npi", "taxonomy"),
        *_needed(sa.Boolean(), "bills_incident_to"),
        *_optional(ID, "supervisor_id"),
        *_needed(sa.Integer(), "full_time_percent"),
        *_needed(sa.Boolean(), "active"),
        *_needed(sa.Integer(), "version"),
        *_recorded("staff"),
        _reference("staff", "supervisor_id", "staff.id"),
    )
    same = (
        "id, sign_in, name, credentials, roles, npi, taxonomy, bills_incident_to, supervisor_id, "
        "active, version, recorded_at, recorded_by, device"
    )
    _take_back("staff", same, {"full_time_percent": "100"})


def _create_review_meeting() -> None:
    table = "review_meeting"
    op.create_table(
        table,
        *_needed(sa.Date(), "meets_on"),
        *_optional(sa.Time(), "starts_at"),
        *_needed(sa.Integer(), "minutes", "tenths_a_case"),
        *_needed(sa.Text(), "care_manager_ids"),
        *_optional(ID, "consultant_id"),
        *_needed(sa.Text(), "note"),
        *_optional(sa.DateTime(), "ended_at"),
        *_optional(ID, "ended_by", "time_meeting_id"),
        *_needed(sa.Integer(), "version"),
        *_recorded(table),
        *_voidable(),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_review_meeting_minutes")),
        _reference(table, "consultant_id", "staff.id"),
        _reference(table, "time_meeting_id", "meeting.id"),
    )
    op.create_index("ix_review_meeting_meets_on", table, ["meets_on", "voided_at"])


def _create_agenda_choice() -> None:
    table = "agenda_choice"
    op.create_table(
        table,
        *_needed(ID, "meeting_id", "episode_id"),
        *_needed(sa.String(40), "kind"),
        *_needed(sa.Text(), "reason"),
        *_optional(sa.Integer(), "place"),
        *_recorded(table),
        _reference(table, "meeting_id", "review_meeting.id"),
        _reference(table, "episode_id", "episode.id"),
    )
    op.create_index("ix_agenda_choice_meeting_id", table, ["meeting_id", "recorded_at", "id"])
    _append_only(table)


def _create_agenda_case() -> None:
    table = "agenda_case"
    op.create_table(
        table,
        *_needed(ID, "meeting_id", "episode_id"),
        *_needed(sa.Text(), "held"),
        *_recorded(table),
        _reference(table, "meeting_id", "review_meeting.id"),
        _reference(table, "episode_id", "episode.id"),
    )
    op.create_index("uq_agenda_case_meeting_id", table, ["meeting_id", "episode_id"], unique=True)
    _append_only(table)


def _create_case_time() -> None:
    table = "case_time"
    op.create_table(
        table,
        *_needed(ID, "meeting_id", "episode_id"),
        *_needed(sa.Integer(), "seconds"),
        *_recorded(table),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_case_time_seconds")),
        _reference(table, "meeting_id", "review_meeting.id"),
        _reference(table, "episode_id", "episode.id"),
    )
    op.create_index("uq_case_time_meeting_id", table, ["meeting_id", "episode_id"], unique=True)


def _create_printed_packet() -> None:
    table = "printed_packet"
    op.create_table(
        table,
        *_optional(ID, "meeting_id"),
        *_needed(sa.Date(), "review_on"),
        *_needed(sa.DateTime(), "as_of"),
        *_needed(sa.Text(), "sha256"),
        *_needed(sa.Integer(), "pages"),
        *_recorded(table),
        _reference(table, "meeting_id", "review_meeting.id"),
    )
    op.create_index("ix_printed_packet_meeting_id", table, ["meeting_id", "as_of"])
    _append_only(table)


def _create_printed_page() -> None:
    table = "printed_page"
    op.create_table(
        table,
        *_needed(ID, "id", "packet_id", "episode_id"),
        *_needed(sa.Integer(), "number"),
        *_needed(sa.Text(), "digest"),
        _key(table),
        _reference(table, "packet_id", "printed_packet.id"),
        _reference(table, "episode_id", "episode.id"),
    )
    op.create_index("ix_printed_page_packet_id", table, ["packet_id", "number"])
    _append_only(table)


def _rebuild_case_review() -> None:
    table = "case_review"
    _set_aside(table)
    op.create_table(
        table,
        *_needed(ID, "episode_id", "consultant_id"),
        *_needed(sa.Date(), "reviewed_on"),
        *_needed(sa.Boolean(), "discussed"),
        *_needed(sa.Integer(), "seconds"),
        *_needed(sa.Text(), "impression"),
        *_needed(sa.String(40), "mode"),
        *_optional(ID, "meeting_id"),
        *_needed(sa.Text(), "documents"),
        *_optional(sa.Date(), "next_review_on"),
        *_recorded(table),
        *_voidable(),
        sa.CheckConstraint("seconds >= 0", name=op.f("ck_case_review_seconds")),
        _reference(table, "episode_id", "episode.id"),
        _reference(table, "consultant_id", "staff.id"),
        _reference(table, "meeting_id", "review_meeting.id"),
    )
    columns = ["episode_id", "voided_at", "reviewed_on", "id"]
    op.create_index("ix_case_review_episode_id", table, columns)
    same = (
        "id, episode_id, consultant_id, reviewed_on, discussed, seconds, impression, mode, "
        "recorded_at, recorded_by, device, voided_at, voided_by, void_reason"
    )
    _take_back(table, same, {"documents": "''"})


def _rebuild_recommendation() -> None:
    table = "recommendation"
    _set_aside(table)
    op.create_table(
        table,
        *_needed(ID, "review_id", "episode_id"),
        *_needed(sa.Date(), "made_on"),
        *_needed(sa.Integer(), "number"),
        *_needed(sa.String(40), "kind"),
        *_needed(sa.Text(), "words"),
        *_needed(sa.String(40), "owner", "urgency"),
        *_optional(sa.Date(), "due_on", "recheck_on"),
        *_needed(sa.String(40), "status"),
        *_optional(sa.Date(), "agreed_on"),
        *_recorded(table),
        *_voidable(),
        _reference(table, "review_id", "case_review.id"),
        _reference(table, "episode_id", "episode.id"),
    )
    for name, columns in (
        ("review_id", ["review_id", "number"]),
        ("made", ["episode_id", "voided_at", "made_on", "recheck_on"]),
        ("status", ["episode_id", "voided_at", "status", "kind", "made_on", "due_on"]),
        ("agreed", ["episode_id", "voided_at", "agreed_on", "kind"]),
    ):
        op.create_index(f"ix_recommendation_{name}", table, columns)
    same = (
        "id, review_id, episode_id, made_on, number, kind, words, owner, urgency, due_on, status, "
        "agreed_on, recorded_at, recorded_by, device, voided_at, voided_by, void_reason"
    )
    _take_back(table, same, {})
