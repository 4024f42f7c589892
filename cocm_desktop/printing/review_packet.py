"""The weekly review packet: the agenda, then one page for each patient on it."""

from __future__ import annotations

from collections.abc import Iterator

from cocm_desktop.domain.review_packet import ReviewPacket
from cocm_desktop.printing.agenda import agenda_pages, sheet_key
from cocm_desktop.printing.blocks import Block
from cocm_desktop.printing.case_sheet import Place, case_sheet
from cocm_desktop.printing.page import Folio, Press, prepared_words


def packet_pdf(packet: ReviewPacket) -> bytes:
    """Set the whole packet. Its pages are the agenda's and one for each sheet."""
    press = Press("Review packet")
    pages = list(_pages(packet))
    foot = prepared_words(packet.practice, packet.as_of, packet.prepared_by.title)
    for number, (key, bookmark, page) in enumerate(pages, start=1):
        folio = Folio(
            key=key,
            bookmark=bookmark,
            foot=foot,
            number=number,
            of=len(pages),
            is_sample=packet.practice.is_sample,
        )
        press.print_page(page, folio)
    return press.finish()


def _pages(packet: ReviewPacket) -> Iterator[tuple[str, str, Block]]:
    """Give each page with its key and its bookmark."""
    for number, page in enumerate(agenda_pages(packet)):
        yield f"agenda-{number}", "" if number else "Agenda", page
    for number, sheet in enumerate(packet.sheets, start=1):
        page = case_sheet(sheet, Place(number, len(packet.sheets)))
        yield sheet_key(number), f"{number}. {sheet.chart.patient.name}", page
