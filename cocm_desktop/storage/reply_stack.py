"""The pages of printed packets, in the order in which they were printed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId
from cocm_desktop.storage.tables_meeting import PrintedPacketTable, PrintedPageTable
from cocm_desktop.storage.tables_review import CaseReviewTable


@dataclass(frozen=True, slots=True)
class PrintedStack:
    """The patients of a printed packet, the first page first."""

    id: str
    meeting_id: ReviewMeetingId | None
    review_on: date
    as_of: datetime
    episode_ids: tuple[EpisodeId, ...]


def printed_since(session: Session, first: date) -> list[PrintedStack]:
    """Give the packets for reviews from a day on, the one printed last first."""
    packet, page = PrintedPacketTable, PrintedPageTable
    rows = session.scalars(
        select(packet).where(packet.review_on >= first).order_by(packet.as_of.desc())
    ).all()
    pages: defaultdict[str, list[EpisodeId]] = defaultdict(list)
    for packet_id, episode_id in session.execute(
        select(page.packet_id, page.episode_id)
        .where(page.packet_id.in_([row.id for row in rows]))
        .order_by(page.packet_id, page.number)
    ):
        pages[packet_id].append(EpisodeId(episode_id))
    return [
        PrintedStack(
            row.id,
            ReviewMeetingId(row.meeting_id) if row.meeting_id else None,
            row.review_on,
            row.as_of,
            tuple(pages[row.id]),
        )
        for row in rows
    ]


def reviewed_since(
    session: Session, first: date
) -> list[tuple[EpisodeId, ReviewMeetingId | None, date]]:
    """Give whom a review discussed from a day on, with its meeting."""
    table = CaseReviewTable
    rows = session.execute(
        select(table.episode_id, table.meeting_id, table.reviewed_on).where(
            table.reviewed_on >= first, table.voided_at.is_(None), table.discussed
        )
    )
    return [(EpisodeId(e), ReviewMeetingId(m) if m else None, day) for e, m, day in rows]
