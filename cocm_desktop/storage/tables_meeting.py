"""Tables of the weekly meetings, their agendas and the packets printed for them."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cocm_desktop.domain.review_meeting import AgendaChoiceKind
from cocm_desktop.storage.table_base import ID, Recorded, Table, Voidable


class ReviewMeetingTable(Recorded, Voidable, Table):
    """`care_manager_ids` are ids with commas between them; empty means every caseload."""

    __tablename__ = "review_meeting"
    __table_args__ = (
        CheckConstraint("minutes > 0", name="minutes"),
        Index("ix_review_meeting_meets_on", "meets_on", "voided_at"),
    )

    meets_on: Mapped[date]
    starts_at: Mapped[time | None]
    minutes: Mapped[int]
    tenths_a_case: Mapped[int]
    care_manager_ids: Mapped[str]
    consultant_id: Mapped[str | None] = mapped_column(ID, ForeignKey("staff.id"))
    note: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(ID)
    time_meeting_id: Mapped[str | None] = mapped_column(ID, ForeignKey("meeting.id"))
    version: Mapped[int]


class AgendaChoiceTable(Recorded, Table):
    """A change of an agenda; the latest row of a meeting and episode holds."""

    __tablename__ = "agenda_choice"
    __table_args__ = (Index("ix_agenda_choice_meeting_id", "meeting_id", "recorded_at", "id"),)

    meeting_id: Mapped[str] = mapped_column(ID, ForeignKey("review_meeting.id"))
    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    kind: Mapped[AgendaChoiceKind]
    reason: Mapped[str]
    place: Mapped[int | None]


class AgendaCaseTable(Recorded, Table):
    """A patient on an agenda as it stood when the meeting began; `held` is a HeldCase as text."""

    __tablename__ = "agenda_case"
    __table_args__ = (Index("uq_agenda_case_meeting_id", "meeting_id", "episode_id", unique=True),)

    meeting_id: Mapped[str] = mapped_column(ID, ForeignKey("review_meeting.id"))
    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    held: Mapped[str]


class CaseTimeTable(Recorded, Table):
    """How long a case was talked about; counted on while the meeting runs."""

    __tablename__ = "case_time"
    __table_args__ = (
        CheckConstraint("seconds >= 0", name="seconds"),
        Index("uq_case_time_meeting_id", "meeting_id", "episode_id", unique=True),
    )

    meeting_id: Mapped[str] = mapped_column(ID, ForeignKey("review_meeting.id"))
    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    seconds: Mapped[int]


class PrintedPacketTable(Recorded, Table):
    """That a packet was printed, from the records as of a moment. Its pages are printed_page."""

    __tablename__ = "printed_packet"
    __table_args__ = (Index("ix_printed_packet_meeting_id", "meeting_id", "as_of"),)

    meeting_id: Mapped[str | None] = mapped_column(ID, ForeignKey("review_meeting.id"))
    review_on: Mapped[date]
    as_of: Mapped[datetime]
    sha256: Mapped[str]
    pages: Mapped[int]


class PrintedPageTable(Table):
    """One patient's page of a printed packet, with a digest of what it said."""

    __tablename__ = "printed_page"
    __table_args__ = (Index("ix_printed_page_packet_id", "packet_id", "number"),)

    id: Mapped[str] = mapped_column(ID, primary_key=True)
    packet_id: Mapped[str] = mapped_column(ID, ForeignKey("printed_packet.id"))
    episode_id: Mapped[str] = mapped_column(ID, ForeignKey("episode.id"))
    number: Mapped[int]
    digest: Mapped[str]
