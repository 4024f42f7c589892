"""The audit packet of a patient's month: what is in it, the billing sheet, every record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.billing.audit_packet import AuditPacket, PacketSection
from cocm_desktop.domain.wording import NOTHING, count_of, long_moment
from cocm_desktop.printing import theme
from cocm_desktop.printing.bill_parts import field_rows
from cocm_desktop.printing.billing_sheet import billing_sheet
from cocm_desktop.printing.blocks import (
    Block,
    Column,
    Link,
    Rule,
    Space,
    Stack,
    heading,
    row,
    title_row,
)
from cocm_desktop.printing.flowing_table import Anchor, Group, flowing_row, in_pages
from cocm_desktop.printing.page import ROOM, Folio, Press
from cocm_desktop.printing.typesetting import Align, Span

TITLE: Final = "Audit packet"
ABOUT_DIGEST: Final = (
    "The digest is the SHA-256 of the bill and of every record in this packet. The same records "
    "give the same digest on any day and any computer; another digest means that a record has "
    "changed. The program writes the records out with it by cocm audit-packet --json."
)
CONTENTS: Final = (
    Column("", 24.0),
    Column("Section", 380.0),
    Column("Records", 76.0, Align.RIGHT),
    Column("Page", 60.0, Align.RIGHT),
)
BEFORE: Final = 2  # the page of contents and the billing sheet
# How wide the columns of each section are; the longest words have the widest.
WIDTHS: Final = {
    "Given": (54.0, 48.0, 96.0, 96.0, 188.0, 58.0),
    "Date|What": (60.0, 110.0, 120.0, 250.0),
    "Date and time|Length|Counted": (118.0, 40.0, 42.0, 78.0, 64.0, 60.0, 138.0),
    "Date|How": (54.0, 50.0, 66.0, 80.0, 290.0),
    "Date|Measure": (60.0, 140.0, 140.0, 80.0, 120.0),
    "Written": (60.0, 100.0, 380.0),
    "From": (60.0, 180.0, 300.0),
    "Date|Consultant": (54.0, 84.0, 186.0, 66.0, 150.0),
    "Date and time|Length|This patient": (118.0, 44.0, 62.0, 166.0, 150.0),
    "Check": (180.0, 50.0, 310.0),
    "When": (110.0, 130.0, 130.0, 170.0),
    "Written|File": (80.0, 170.0, 66.0, 74.0, 150.0),
    "Paid on": (70.0, 160.0, 70.0, 240.0),
}


@dataclass(frozen=True, slots=True)
class PrintedPacket:
    pdf: bytes
    pages: int


def audit_packet_pdf(packet: AuditPacket, *, anchor: str = "") -> PrintedPacket:
    """Set the packet; no word of a record is cut."""
    groups = [_group(number, each) for number, each in enumerate(packet.sections, start=1)]
    again = _whose(packet)
    room = ROOM - again.height
    tables = [Stack((again, *page.blocks)) for page in in_pages(groups, room)]
    pages = [_front(packet, _pages_of(groups, tables)), billing_sheet(packet.paper), *tables]
    bookmarks = {0: TITLE, 1: "Billing sheet"}
    bill = packet.paper.bill
    press = Press(TITLE, anchor=anchor)
    for number, page in enumerate(pages):
        folio = Folio(
            key=f"page-{number + 1}",
            bookmark=bookmarks.get(number, ""),
            foot=(
                f"Contains protected health information · {bill.practice.name} · {bill.month} · "
                f"digest {packet.digest[:16]}"
            ),
            number=number + 1,
            of=len(pages),
            is_sample=bill.practice.is_sample,
        )
        press.print_page(page, folio)
    return PrintedPacket(press.finish(), len(pages))


def _pages_of(groups: Sequence[Group], tables: Sequence[Stack]) -> list[int]:
    """Tell on which page each section begins."""
    return [
        next(number for number, page in enumerate(tables, BEFORE + 1) if group.head in page.blocks)
        for group in groups
    ]


def _whose(packet: AuditPacket) -> Block:
    """Name the patient on every page of records: one may be found alone."""
    patient = packet.paper.bill.patient
    spans = [
        Span(patient.name, theme.BODY_BOLD),
        Span(f"   born {patient.born} · MRN {patient.mrn_or_words}", theme.BODY_QUIET),
    ]
    return Stack((theme.text(spans, theme.BODY_WIDTH, most_lines=1), Space(8.0)))


def _front(packet: AuditPacket, pages: Sequence[int]) -> Block:
    bill = packet.paper.bill
    prepared = f"Prepared {long_moment(packet.as_of)} by {packet.prepared_by}"
    return Stack(
        (
            theme.text(f"{TITLE} · {bill.month}", theme.BODY_WIDTH, theme.TITLE),
            theme.text(bill.practice.name, theme.BODY_WIDTH, theme.SUBTITLE, most_lines=1),
            theme.text(prepared, theme.BODY_WIDTH, theme.BODY_QUIET, most_lines=1),
            Space(4.0),
            Rule(theme.BODY_WIDTH, 0.8),
            Space(12.0),
            theme.text(bill.patient.name, theme.BODY_WIDTH, theme.LETTERHEAD, most_lines=2),
            Space(4.0),
            field_rows(_identity(packet), theme.BODY_WIDTH),
            Space(16.0),
            heading("In this packet", theme.BODY_WIDTH),
            title_row(CONTENTS),
            *_contents(packet, pages),
            Space(16.0),
            heading("Digest of the records", theme.BODY_WIDTH, "SHA-256"),
            theme.text(packet.digest, theme.BODY_WIDTH, theme.BODY_BOLD),
            Space(4.0),
            theme.text(ABOUT_DIGEST, theme.BODY_WIDTH, theme.BODY_QUIET),
        )
    )


def _identity(packet: AuditPacket) -> Iterator[tuple[str, str]]:
    bill = packet.paper.bill
    practitioner = bill.treating_practitioner
    yield "Born", bill.patient.born
    yield "MRN", bill.patient.mrn
    yield "Bill", f"{bill.number or 'draft'} · {packet.paper.state.value}"
    yield "Account no.", bill.account_number
    yield "Codes", bill.code_words or "None"
    yield "Minutes", f"{bill.minutes:,}"
    yield "Payer", bill.payer.name if bill.payer else bill.patient.coverage.payer
    yield "Practitioner", practitioner.title if practitioner else ""
    yield "Care manager", bill.care_manager.title


def _contents(packet: AuditPacket, pages: Sequence[int]) -> Iterator[Block]:
    yield _line("", "Billing sheet", "", page=BEFORE, key=f"page-{BEFORE}")
    for number, (section, page) in enumerate(zip(packet.sections, pages, strict=True), start=1):
        count = f"{len(section.rows):,}" if section.rows else NOTHING
        yield _line(str(number), section.title, count, page=page, key=_key(number))


def _line(number: str, title: str, count: str, *, page: int, key: str) -> Block:
    cells = (number, [Span(title, theme.BODY_BOLD)], count, str(page))
    return Link(row(CONTENTS, cells, padding=2.2), theme.BODY_WIDTH, key)


def _key(number: int) -> str:
    return f"section-{number}"


def _group(number: int, section: PacketSection) -> Group:
    widths = _widths(section)
    columns = tuple(
        Column(title, width) for title, width in zip(section.columns, widths, strict=True)
    )
    title = f"{number}  {section.title}"
    count = count_of(len(section.rows), "record") if section.rows else ""
    head: list[Block] = [Anchor(_key(number), section.title)]
    head.append(heading(title, theme.BODY_WIDTH, count))
    if section.rows:
        head.append(title_row(columns))
    else:
        head.append(theme.text(section.nothing, theme.BODY_WIDTH, theme.NOTE))
    again = Stack((heading(title, theme.BODY_WIDTH, "continued"), title_row(columns)))
    rows = tuple(flowing_row(each, columns) for each in section.rows)
    return Group(Stack(tuple(head)), again, rows)


def _widths(section: PacketSection) -> tuple[float, ...]:
    """Find the widths by the first columns of the section."""
    begins = ("|".join(section.columns[:count]) for count in range(1, len(section.columns)))
    known = (WIDTHS.get(each, ()) for each in begins)
    return next(widths for widths in known if len(widths) == len(section.columns))
