"""Tables of time: the timer and its stretches, meetings."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity, ManualReason, TimeSource
from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable

_UNSIGNED = text("signed_at IS NULL AND voided_at IS NULL")


class MeetingTable(Recorded, Voidable, Table):
    """Several people over several patients at once; who and whom is told by the time entries."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("seconds > 0", name="seconds"),
        Index("ix_meeting_held_on", "held_on"),
    )

    held_on: Mapped[date]
    started_at: Mapped[time | None]
    began_at: Mapped[datetime | None]
    seconds: Mapped[int]
    note: Mapped[str]


class TimeEntryTable(Recorded, Voidable, Table):
    __tablename__ = "time_entry"
    __table_args__ = (
        CheckConstraint("seconds > 0", name="seconds"),
        Index(
            "ix_time_entry_month",
            "patient_id",
            "voided_at",
            "worked_on",
            "activity",
            "role",
            "seconds",
            "episode_id",
            "signed_at",
            "billed_as",
        ),
        Index("ix_time_entry_episode_id", "episode_id", "worked_on"),
        Index("ix_time_entry_meeting_id", "meeting_id"),
        Index("ix_time_entry_staff_id", "staff_id", "worked_on"),
        Index(
            "ix_time_entry_unsigned",
            "staff_id",
            sqlite_where=_UNSIGNED,
            postgresql_where=_UNSIGNED,
        ),
        Index("ix_time_entry_worked_on", "worked_on"),
    )

    patient_id: Mapped[str] = mapped_column(ID, ForeignKey("patient.id"))
    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    staff_id: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    contact_id: Mapped[str | None] = mapped_column(ID, ForeignKey("contact.id"))
    worked_on: Mapped[date]
    started_at: Mapped[time | None]
    seconds: Mapped[int]
    activity: Mapped[Activity]
    role: Mapped[Role]
    note: Mapped[str]
    source: Mapped[TimeSource]
    manual_reason: Mapped[ManualReason | None]
    began_at: Mapped[datetime | None]
    meeting_id: Mapped[str | None] = mapped_column(ID, ForeignKey("meeting.id"))
    billed_as: Mapped[str]
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[str | None] = mapped_column(ID)
    corrects: Mapped[str | None] = mapped_column(ID, ForeignKey("time_entry.id"))
