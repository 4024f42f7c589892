"""The weekly review packet: the agenda, one page for each patient on it, then the caseload."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.review_packet import ReviewPacket
from cocm_desktop.printing.agenda import agenda_pages, sheet_key
from cocm_desktop.printing.blocks import Block
from cocm_desktop.printing.case_header import Place
from cocm_desktop.printing.case_sheet import case_sheet
from cocm_desktop.printing.caseload_pages import caseload_pages
from cocm_desktop.printing.page import Folio, Press, prepared_words

AGENDA: Final = "agenda-0"


@dataclass(frozen=True, slots=True)
class _Page:
    """A page before it is numbered."""

    key: str
    bookmark: str
    block: Block
    section: str = ""
    is_case: bool = False


@dataclass(frozen=True, slots=True)
class PressedPacket:
    """A packet as a file. `first_case` is the page of the first patient; `pages` counts all."""

    content: bytes
    pages: int
    first_case: int


def packet_pdf(packet: ReviewPacket) -> bytes:
    return press_packet(packet).content


def press_packet(packet: ReviewPacket, *, anchor: str = "") -> PressedPacket:
    """Set the whole packet."""
    press = Press("Review packet", anchor=anchor)
    pages = list(_pages(packet))
    foot = prepared_words(packet.practice, packet.as_of, packet.prepared_by.title)
    for number, page in enumerate(pages, start=1):
        folio = Folio(
            key=page.key,
            bookmark=page.bookmark,
            foot=foot,
            number=number,
            of=len(pages),
            is_sample=packet.practice.is_sample,
            section=page.section,
            is_in_section=page.is_case,
            back=("agenda p. 1", AGENDA) if number > 1 else None,
        )
        press.print_page(page.block, folio)
    first = next((n for n, page in enumerate(pages, start=1) if page.is_case), len(pages) + 1)
    return PressedPacket(press.finish(), len(pages), first)


def _pages(packet: ReviewPacket) -> Iterator[_Page]:
    front = agenda_pages(packet)
    for number, page in enumerate(front):
        yield _Page(f"agenda-{number}", "" if number else "Agenda", page)
    section = None
    for number, sheet in enumerate(packet.sheets, start=1):
        now = sheet.entry.section
        title = f"{now.letter} {now.value}" if now is not section else ""
        section = now
        place = Place(number, len(packet.sheets))
        page = case_sheet(sheet, place, packet.options)
        name = f"{number}. {packet.options.named(sheet.chart.patient)}"
        yield _Page(sheet_key(number), name, page, section=title, is_case=True)
    places = {
        sheet.chart.patient.id: (len(front) + number, sheet_key(number))
        for number, sheet in enumerate(packet.sheets, start=1)
    }
    for number, page in enumerate(caseload_pages(packet, places)):
        yield _Page(f"caseload-{number}", "" if number else "Caseload", page)
