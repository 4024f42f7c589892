"""Tables of the timer: one open timer a person, its stretches, when it starts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.domain.timer import GapCause, TimerEnding
from cocm_desktop.domain.timer_choice import TimerStart
from cocm_desktop.storage.table_base import ID, Recorded, Table

_OPEN = text("ended_at IS NULL")


class TimerTable(Recorded, Table):
    """Open until its time is saved or discarded. A gap waits here for the person's answer."""

    __tablename__ = "timer"
    __table_args__ = (
        Index("uq_timer_open", "staff_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_timer_episode_id", "episode_id"),
    )

    staff_id: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    activity: Mapped[Activity]
    gap_cause: Mapped[GapCause | None]
    gap_began_at: Mapped[datetime | None]
    gap_steady_ms: Mapped[int | None] = mapped_column(BigInteger)
    gap_run_id: Mapped[str | None] = mapped_column(ID)
    ended_at: Mapped[datetime | None]
    ending: Mapped[TimerEnding | None]
    reason: Mapped[str]


class TimerSegmentTable(Recorded, Table):
    """A stretch without a break; `seen_at` and what is measured grow with every heartbeat."""

    __tablename__ = "timer_segment"
    __table_args__ = (Index("ix_timer_segment_timer_id", "timer_id", "id"),)

    timer_id: Mapped[str] = mapped_column(ID, ForeignKey("timer.id"))
    began_at: Mapped[datetime]
    local_offset: Mapped[int]
    measured_ms: Mapped[int] = mapped_column(BigInteger)
    seen_at: Mapped[datetime]
    steady_ms: Mapped[int] = mapped_column(BigInteger)
    run_id: Mapped[str] = mapped_column(ID)
    has_ended: Mapped[bool]
    is_confirmed: Mapped[bool]


class TimerStartTable(Recorded, Table):
    """When a person's timer starts; the latest row of a person holds."""

    __tablename__ = "timer_start"
    __table_args__ = (Index("ix_timer_start_staff_id", "staff_id", "id"),)

    staff_id: Mapped[str] = mapped_column(ID, ForeignKey("staff.id"))
    choice: Mapped[TimerStart]
