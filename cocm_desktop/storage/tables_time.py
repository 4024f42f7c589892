"""Tables of time: the timer and its stretches, meetings."""

from __future__ import annotations

from datetime import date, time

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable


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
        ),
        Index("ix_time_entry_episode_id", "episode_id", "worked_on"),
        Index("ix_time_entry_staff_id", "staff_id", "worked_on"),
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
