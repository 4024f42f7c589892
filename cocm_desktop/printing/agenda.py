"""The front pages of a review packet: counts, then each patient with the reason, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.due_item import R_FOLLOW_THROUGH, R_QUESTION
from cocm_desktop.domain.follow_through import overdue_words
from cocm_desktop.domain.measure import ALONE_MARK, ALONE_WORDS, Score
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.packet_options import PacketOptions
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import CaseSheet, Chart, ReviewPacket
from cocm_desktop.domain.review_priority import Reason, Section
from cocm_desktop.domain.wording import NOTHING, long_date, month_day, signed
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import (
    CELL_GAP,
    Beside,
    Block,
    Column,
    Link,
    Rule,
    Space,
    Stack,
    row,
    title_row,
)
from cocm_desktop.printing.cover import cover, sign_off
from cocm_desktop.printing.listing import Entry, Headings, in_pages, section_heading
from cocm_desktop.printing.page import ROOM
from cocm_desktop.printing.scores import NOT_ASKED
from cocm_desktop.printing.typesetting import Align, Pen, Span

COLUMNS: Final = (
    Column("No.", 20.0),
    Column("Patient", 108.0),
    Column("Status", 52.0),
    Column("First → last score", 78.0),
    Column("GAD-7", 28.0, Align.RIGHT),
    Column("Item 9", 34.0, Align.RIGHT, most_lines=2),
    Column("", 10.0),
    Column("Why", 186.0),
    Column("Page", 24.0, Align.RIGHT),
)
REASON_LINES: Final = 3
WRITTEN: Final = {R_QUESTION.id, R_FOLLOW_THROUGH.id}
"""Rules whose reasons have words of a person."""


def sheet_key(number: int) -> str:
    return f"case-{number}"


def agenda_pages(packet: ReviewPacket) -> list[Block]:
    """Set the agenda; the page of each sheet follows from how many pages the agenda takes."""
    count = len(_set(packet, pages_before=0))
    return _set(packet, pages_before=count)


def _set(packet: ReviewPacket, *, pages_before: int) -> list[Block]:
    front, continued = _front(packet), _continued(packet)
    if not packet.sheets:
        return [Stack((front, _nobody(), *_end(packet)))]
    entries = list(_entries(packet, pages_before))
    last = entries[-1]
    entries[-1] = Entry(last.section, Stack((last.block, *_end(packet))))
    headings = Headings(
        first=lambda section: _heading(section, str(_count(packet, section))),
        again=lambda section: _heading(section, "continued"),
    )
    pages = in_pages(
        entries, headings, first_room=ROOM - front.height, room=ROOM - continued.height
    )
    return [Stack((continued if number else front, *page)) for number, page in enumerate(pages)]


def _end(packet: ReviewPacket) -> tuple[Block, ...]:
    """Leave the signatures to the last page, where there are pages about the whole caseload."""
    return () if packet.statistics else (sign_off(),)


def _count(packet: ReviewPacket, section: Section) -> int:
    return sum(sheet.entry.section is section for sheet in packet.sheets)


def _heading(section: Section, note: str) -> Block:
    name = f"{section.letter}   {section.value}"
    return section_heading(name, note, is_urgent=section is Section.SAFETY)


def _front(packet: ReviewPacket) -> Block:
    table = title_row(COLUMNS) if packet.sheets else Rule(theme.BODY_WIDTH)
    return Stack((cover(packet), Space(7.0), table))


def _continued(packet: ReviewPacket) -> Block:
    words = f"Caseload review, {long_date(packet.review_on)}, continued"
    return Stack(
        (theme.text(words, theme.BODY_WIDTH, theme.LEAD_BOLD), Space(6.0), title_row(COLUMNS))
    )


def _nobody() -> Block:
    words = "Nobody is on the agenda."
    why = (
        "No open episode has a reason to be discussed at this review: no open safety task, no "
        "response to wait for, nobody new, no question of the care manager."
    )
    reasons = theme.text(why, theme.BODY_WIDTH - 180.0, theme.LEAD, align=Align.CENTER)
    return Stack(
        (
            Space(28.0),
            theme.text(words, theme.BODY_WIDTH, theme.TITLE, align=Align.CENTER),
            Space(4.0),
            Beside(((90.0, reasons),)),
            Space(28.0),
        )
    )


def _entries(packet: ReviewPacket, pages_before: int) -> Iterator[Entry]:
    agenda = packet.agenda
    for number, sheet in enumerate(packet.sheets, start=1):
        line: Block = _row(sheet, number, page=pages_before + number, options=packet.options)
        line = Link(line, theme.BODY_WIDTH, sheet_key(number))
        if agenda.is_cut and number == agenda.fit:
            line = Stack((line, CutLine(agenda.cut_words)))
        yield Entry(sheet.entry.section, line)


def _row(sheet: CaseSheet, number: int, *, page: int, options: PacketOptions) -> Block:
    line = sheet.entry.row
    cells = (
        str(number),
        _patient(line, options),
        _status(line),
        _primary(line),
        line.gad7.last.marked if line.gad7.last else NOTHING,
        list(_item9(line)),
        "",
        _why(sheet),
        str(page),
    )
    return row(COLUMNS, cells, padding=2.4)


def _patient(line: RegistryRow, options: PacketOptions) -> Block:
    width = COLUMNS[1].width - CELL_GAP
    under = ", ".join(filter(None, (f"{line.age} y", options.mrn_of(line))))
    return Stack(
        (
            theme.text(options.named(line), width, theme.BODY_BOLD, most_lines=2),
            theme.text(under, width, theme.SMALL_QUIET, most_lines=1),
        )
    )


def _status(line: RegistryRow) -> Block:
    width = COLUMNS[2].width - CELL_GAP
    week = "" if line.weeks is None else f"week {line.weeks}"
    return Stack(
        (
            theme.text(line.status_words, width, most_lines=2),
            theme.text(week, width, theme.SMALL_QUIET, most_lines=1),
        )
    )


def _primary(line: RegistryRow) -> Block:
    """Set the scale by which the episode is judged, with its name, and how old the score is."""
    width = COLUMNS[3].width - CELL_GAP
    course, name = line.primary, line.primary_instrument.id
    if course.last is None:
        return theme.text(f"no {name}", width, theme.BODY_QUIET)
    age = (line.today - course.last.taken_on).days
    notes = (
        f"{name}, {month_day(course.last.taken_on)}",
        f"{age} d old" if course.is_stale_on(line.today) else "",
        f"{ALONE_MARK} {ALONE_WORDS}" if course.last.is_total_alone else "",
    )
    small = theme.SMALL_QUIET
    return Stack(
        (
            theme.text(list(_totals(course, course.last)), width, most_lines=1),
            *(theme.text(note, width, small, most_lines=1) for note in notes if note),
        )
    )


def _totals(course: Course, last: Score) -> Iterator[Span]:
    if course.baseline and course.change is not None:
        yield Span(f"{course.baseline.marked} → ", theme.BODY)
    yield Span(last.marked, theme.BODY_BOLD)
    if course.change_percent is not None:
        yield Span(f"  {signed(course.change_percent)} %", theme.BODY)


def _item9(line: RegistryRow) -> Iterator[Span]:
    last = line.phq9.last
    if last is None:
        yield Span(NOTHING, theme.BODY)
    elif last.critical is None:
        yield Span(NOT_ASKED, theme.SMALL_QUIET)
    else:
        yield Span(str(last.critical), theme.BODY_BOLD if last.critical else theme.BODY)


def _why(sheet: CaseSheet) -> Block:
    """Each reason with its rule. The first decides the section and is never left out.

    What a person wrote stands in full as well; the rest in short, for the patient's page has it.
    """
    width = COLUMNS[7].width - CELL_GAP
    first, *others = sheet.entry.reasons
    full = [first, *(each for each in others if each.rule in WRITTEN)]
    lines: list[Block] = [_reason(sheet.chart, each, width) for each in full]
    if carried := sheet.entry.carried_words:
        lines.insert(1, theme.text(carried, width, theme.BODY_BOLD, most_lines=1))
    short = [span for each in others if each.rule not in WRITTEN for span in _short(each)]
    if short:
        lines.append(theme.text(short, width, most_lines=2))
    return Stack(tuple(lines))


def _reason(chart: Chart, reason: Reason, width: float) -> Block:
    words = Span(_reason_words(chart, reason), theme.BODY)
    return theme.text(
        [Span(f"{reason.rule} ", theme.BODY_BOLD), words], width, most_lines=REASON_LINES
    )


def _short(reason: Reason) -> tuple[Span, Span]:
    return (
        Span(f"{reason.rule} ", theme.BODY_BOLD),
        Span(f"{reason.short or reason.words}   ", theme.BODY_QUIET),
    )


def _reason_words(chart: Chart, reason: Reason) -> str:
    """Say what is asked and what was not done, which the rule alone only counts."""
    if reason.rule == R_QUESTION.id:
        return f"{reason.words}: {chart.row.question.strip()}"
    if reason.rule == R_FOLLOW_THROUGH.id and (late := overdue_words(chart)):
        return f"{reason.words}: {'; '.join(late)}"
    return reason.words


@dataclass(frozen=True, slots=True)
class CutLine:
    """Where the time of the meeting ends."""

    words: str
    height: float = 15.0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        words = theme.text(self.words, theme.BODY_WIDTH, theme.SMALL_BOLD, align=Align.CENTER)
        side = (theme.BODY_WIDTH - words.words_width) / 2 - theme.GAP
        middle = top - self.height / 2
        pen.setStrokeColor(theme.INK)
        pen.setLineWidth(0.9)
        pen.setDash(4, 2.5)
        for x in (left, left + theme.BODY_WIDTH - side):
            pen.line(x, middle, x + side, middle)
        pen.setDash()
        words.draw(pen, left, middle + words.height / 2)
