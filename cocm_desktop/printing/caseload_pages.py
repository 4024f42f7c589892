"""The back of a packet: everybody in care in one table, and how the caseload stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from cocm_desktop.domain.episode import EpisodeStatus
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.instrument import PHQ9
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.packet_options import PacketOptions
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import ReviewPacket
from cocm_desktop.domain.wording import NOTHING, count_of, long_date, signed
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Block, Column, Link, Row, Space, Stack, row, title_row
from cocm_desktop.printing.caseload_figures import caseload_figures
from cocm_desktop.printing.cover import sign_off
from cocm_desktop.printing.listing import Entry, Headings, in_pages, section_heading
from cocm_desktop.printing.page import ROOM
from cocm_desktop.printing.typesetting import Align, Span

COLUMNS: Final = (
    Column("", 9.0),
    Column("Patient", 119.0, most_lines=3),
    Column("MRN", 54.0),
    Column("Status", 61.0),
    Column("Week", 22.0, Align.RIGHT),
    Column("", 8.0),
    Column("Primary scale", 84.0, most_lines=2),
    Column("GAD-7", 64.0),
    Column("Score", 25.0, Align.RIGHT),
    Column("Contact", 32.0, Align.RIGHT),
    Column("Review", 31.0, Align.RIGHT),
    Column("Page", 31.0, Align.RIGHT),
)
SHORT_STATUS: Final = {
    EpisodeStatus.RELAPSE_PREVENTION: "Relapse prev.",
    EpisodeStatus.CONSENTED: "Not enrolled",
}
RECENT_DAYS: Final = 30
LEGEND: Final = (
    "Score, contact, review: days since the last, bold after 30. First → last score, change in % "
    "of the first. ! = safety open."
)


def caseload_pages(
    packet: ReviewPacket, places: Mapping[PatientId, tuple[int, str]]
) -> list[Block]:
    """Set the table over as many pages as it takes, then the figures and the signatures.

    `places` has the page and its key for each patient on the agenda. Without statistics there are
    no such pages.
    """
    if packet.statistics is None:
        return []
    head, again = _head(packet), _again(packet)
    figures = Entry("figures", Stack((caseload_figures(packet.statistics), sign_off())))
    entries = [*_entries(packet, places), figures]
    headings = Headings(first=_heading, again=lambda name: _heading(name, "continued"))
    pages = in_pages(entries, headings, first_room=ROOM - head.height, room=ROOM - again.height)
    return [Stack((again if number else head, *page)) for number, page in enumerate(pages)]


def _heading(name: str, note: str = "") -> Block:
    if name in {"", "figures"}:
        return Space(0.0)
    return section_heading(name, note)


def _head(packet: ReviewPacket) -> Block:
    words = f"Caseload on {long_date(packet.as_of.date())}"
    kept = f" {count_of(packet.restricted, 'restricted record')} not listed." * (
        packet.restricted > 0
    )
    note = f"{count_of(len(packet.caseload), 'open episode')}.{kept} {LEGEND}"
    return Stack(
        (
            theme.text(words, theme.BODY_WIDTH, theme.TITLE),
            theme.text(note, theme.BODY_WIDTH, theme.SMALL_QUIET, most_lines=2),
            Space(5.0),
            title_row(COLUMNS),
        )
    )


def _again(packet: ReviewPacket) -> Block:
    words = f"Caseload on {long_date(packet.as_of.date())}, continued"
    return Stack(
        (theme.text(words, theme.BODY_WIDTH, theme.LEAD_BOLD), Space(6.0), title_row(COLUMNS))
    )


def _entries(packet: ReviewPacket, places: Mapping[PatientId, tuple[int, str]]) -> Iterator[Entry]:
    """Give a line for each, under the care managers where there are several."""
    managers = {line.care_manager for line in packet.caseload}
    by_name = sorted(packet.caseload, key=lambda line: (line.care_manager, line.sort_name))
    for line in by_name:
        page, key = places.get(line.patient_id, (0, ""))
        set_line: Block = _line(line, page, packet.options)
        if key:
            set_line = Link(set_line, theme.BODY_WIDTH, key)
        yield Entry(line.care_manager if len(managers) > 1 else "", set_line)


def _line(line: RegistryRow, page: int, options: PacketOptions) -> Row:
    status = SHORT_STATUS.get(line.status) if line.status else None
    last = line.primary.last
    cells = (
        [Span("!" if line.has_safety_open else "", theme.SMALL_BOLD)],
        [Span(options.named(line), theme.SMALL_BOLD if page else theme.SMALL)],
        options.mrn_of(line).removeprefix("MRN "),
        status or line.status_words,
        NOTHING if line.weeks is None else str(line.weeks),
        "",
        list(_scores(line.primary, line.primary_instrument.id)),
        list(_scores(line.gad7)) if line.primary is not line.gad7 else NOTHING,
        _age(line, last.taken_on if last else None),
        _age(line, line.last_contact_on),
        _age(line, line.last_review_on),
        str(page) if page else NOTHING,
    )
    return row(COLUMNS, cells, style=theme.SMALL, padding=1.5)


def _scores(course: Course, name: str = "") -> Iterator[Span]:
    """Write the first and the last total with the change; the scale only where it is not usual."""
    if name and name != PHQ9:
        yield Span(f"{name} ", theme.SMALL_QUIET)
    if course.last is None:
        yield Span(NOTHING, theme.SMALL)
        return
    if course.baseline and course.change is not None:
        yield Span(f"{course.baseline.marked} → ", theme.SMALL)
    yield Span(course.last.marked, theme.SMALL_BOLD)
    if course.change_percent is not None:
        yield Span(f"  {signed(course.change_percent)} %", theme.SMALL)


def _age(line: RegistryRow, day: date | None) -> list[Span]:
    """Count the days since; long ago stands out in bold."""
    if day is None:
        return [Span(NOTHING, theme.SMALL)]
    days = (line.today - day).days
    return [Span(str(days), theme.SMALL_BOLD if days > RECENT_DAYS else theme.SMALL)]
