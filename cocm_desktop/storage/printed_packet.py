"""The packets that were printed, each with a digest of every patient's page."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cocm_desktop.domain.ids import EpisodeId, ReviewMeetingId, new_id
from cocm_desktop.domain.printed_packet import PrintedPacket, PrintedPage
from cocm_desktop.domain.stamp import Stamp
from cocm_desktop.storage.records import found, grouped, recorded
from cocm_desktop.storage.tables_meeting import PrintedPacketTable, PrintedPageTable


def add(session: Session, packet: PrintedPacket, stamp: Stamp) -> None:
    session.add(
        PrintedPacketTable(
            id=packet.id,
            meeting_id=packet.meeting_id,
            review_on=packet.review_on,
            as_of=packet.as_of,
            sha256=packet.sha256,
            pages=packet.pages,
            **recorded(stamp),
        )
    )
    session.flush()
    session.add_all(
        PrintedPageTable(
            id=new_id(),
            packet_id=packet.id,
            episode_id=page.episode_id,
            number=page.number,
            digest=page.digest,
        )
        for page in packet.cases
    )


def get(session: Session, packet_id: str) -> PrintedPacket:
    [packet] = _packets(session, [found(session, PrintedPacketTable, packet_id, words="packet")])
    return packet


def latest(session: Session, *, most: int) -> list[PrintedPacket]:
    """Give the packets that were printed last, the newest first."""
    table = PrintedPacketTable
    query = select(table).order_by(table.as_of.desc(), table.id.desc()).limit(most)
    return _packets(session, session.scalars(query).all())


def _packets(session: Session, rows: Sequence[PrintedPacketTable]) -> list[PrintedPacket]:
    table, ids = PrintedPageTable, [row.id for row in rows]
    query = select(table).where(table.packet_id.in_(ids)).order_by(table.number)
    pages = grouped((page.packet_id, _page(page)) for page in session.scalars(query))
    return [
        PrintedPacket(
            id=row.id,
            review_on=row.review_on,
            as_of=row.as_of,
            sha256=row.sha256,
            pages=row.pages,
            cases=pages.get(row.id, ()),
            meeting_id=ReviewMeetingId(row.meeting_id) if row.meeting_id else None,
        )
        for row in rows
    ]


def _page(row: PrintedPageTable) -> PrintedPage:
    return PrintedPage(EpisodeId(row.episode_id), row.number, row.digest)
