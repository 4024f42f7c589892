"""The front pages of a review packet: counts, then each patient with the reason, in order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.due_item import R_FOLLOW_THROUGH, R_QUESTION
from cocm_desktop.domain.follow_through import overdue_words
from cocm_desktop.domain.measure import ALONE_MARK, ALONE_WORDS, Score
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.review_packet import CaseSheet, Chart, ReviewPacket
from cocm_desktop.domain.review_priority import Reason, Section
from cocm_desktop.domain.wording import NOTHING, long_date, long_moment, month_day, signed
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
from cocm_desktop.printing.forms import FormLine, Part
from cocm_desktop.printing.listing import Entry, Headings, in_pages, section_heading
from cocm_desktop.printing.page import ROOM
from cocm_desktop.printing.scores import NOT_ASKED
from cocm_desktop.printing.typesetting import Align, Pen, Span

COLUMNS: Final = (
    Column("No.", 20.0),
    Column("Patient", 108.0),
    Column("Status", 54.0),
    Column("First → last score", 84.0),
    Column("GAD-7", 28.0, Align.RIGHT),
    Column("Item 9", 34.0, Align.RIGHT, most_lines=2),
    Column("", 10.0),
    Column("Why", 178.0),
    Column("Page", 24.0, Align.RIGHT),
)
REASON_LINES: Final = 3
DAY_NAMES: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip


def sheet_key(number: int) -> str:
    return f"case-{number}"


def agenda_pages(packet: ReviewPacket) -> list[Block]:
    """Set the agenda; the page of each sheet follows from how many pages the agenda takes."""
    count = len(_set(packet, pages_before=0))
    return _set(packet, pages_before=count)


def _set(packet: ReviewPacket, *, pages_before: int) -> list[Block]:
    front, continued = _front(packet), _continued(packet)
    if not packet.sheets:
        return [Stack((front, _nobody(), _sign_off()))]
    entries = list(_entries(packet, pages_before))
    last = entries[-1]
    entries[-1] = Entry(last.section, Stack((last.block, _sign_off())))
    headings = Headings(
        first=lambda section: _heading(section, str(_count(packet, section))),
        again=lambda section: _heading(section, "continued"),
    )
    pages = in_pages(
        entries, headings, first_room=ROOM - front.height, room=ROOM - continued.height
    )
    return [Stack((continued if number else front, *page)) for number, page in enumerate(pages)]


def _count(packet: ReviewPacket, section: Section) -> int:
    return sum(sheet.entry.section is section for sheet in packet.sheets)


def _heading(section: Section, note: str) -> Block:
    name = f"{section.letter}   {section.value}"
    return section_heading(name, note, is_urgent=section is Section.SAFETY)


def _front(packet: ReviewPacket) -> Block:
    return Stack(
        (
            _title(packet),
            Space(9.0),
            _figures(packet),
            Space(9.0),
            title_row(COLUMNS) if packet.sheets else Rule(theme.BODY_WIDTH),
        )
    )


def _title(packet: ReviewPacket) -> Block:
    day = f"{DAY_NAMES[packet.review_on.weekday()]}, {long_date(packet.review_on)}"
    manager = packet.care_manager.title if packet.care_manager else "all care managers"
    practice = theme.text(
        packet.practice.name, 250.0, theme.SUBTITLE, most_lines=2, align=Align.RIGHT
    )
    facts = (
        ("Care manager", manager),
        ("   Meeting", f"{packet.meeting_minutes} min"),
        ("   Records as of", long_moment(packet.as_of)),
    )
    about = [
        span
        for label, words in facts
        for span in theme.labelled(label, words, style=theme.LEAD, quiet=theme.LEAD_QUIET)
    ]
    return Stack(
        (
            Beside(
                (
                    (0.0, theme.text("Caseload review", 280.0, theme.TITLE)),
                    (theme.BODY_WIDTH - 250.0, Stack((Space(5.0), practice))),
                )
            ),
            theme.text(day, theme.BODY_WIDTH, theme.SUBTITLE),
            Space(2.0),
            theme.text(about, theme.BODY_WIDTH, most_lines=2),
            Space(6.0),
            Rule(theme.BODY_WIDTH, 0.8),
        )
    )


def _figures(packet: ReviewPacket) -> Block:
    counts = packet.counts
    figures = (
        (len(packet.sheets), "on the agenda"),
        (packet.agenda.fit, f"fit in {packet.meeting_minutes} min"),
        (counts.active, "active"),
        (counts.relapse_prevention, "relapse prevention"),
        (counts.on_hold, "on hold"),
        (counts.consented, "not yet enrolled"),
    )
    width = theme.BODY_WIDTH / len(figures)
    return Beside(
        tuple(
            (number * width, _figure(value, words, width - theme.GAP))
            for number, (value, words) in enumerate(figures)
        )
    )


def _figure(value: int, words: str, width: float) -> Block:
    return Stack(
        (
            theme.text(f"{value:,}", width, theme.FIGURE),
            theme.text(words, width, theme.SMALL_QUIET, most_lines=2),
        )
    )


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
        line: Block = _row(sheet, number, pages_before + number)
        line = Link(line, theme.BODY_WIDTH, sheet_key(number))
        if agenda.is_cut and number == agenda.fit:
            line = Stack((line, CutLine(agenda.cut_words)))
        yield Entry(sheet.entry.section, line)


def _row(sheet: CaseSheet, number: int, page: int) -> Block:
    line = sheet.entry.row
    cells = (
        str(number),
        _patient(line),
        _status(line),
        _primary(line),
        line.gad7.last.marked if line.gad7.last else NOTHING,
        list(_item9(line)),
        "",
        _why(sheet),
        str(page),
    )
    return row(COLUMNS, cells, padding=2.4)


def _patient(line: RegistryRow) -> Block:
    width = COLUMNS[1].width - CELL_GAP
    under = f"{line.age} y, MRN {line.mrn or NOTHING}"
    return Stack(
        (
            theme.text(line.name, width, theme.BODY_BOLD, most_lines=2),
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
    """Each reason with its rule. The first decides the section and is never left out."""
    width = COLUMNS[7].width - CELL_GAP
    reasons = [
        theme.text(
            [
                Span(f"{reason.rule} ", theme.BODY_BOLD),
                Span(_reason_words(sheet.chart, reason), theme.BODY),
            ],
            width,
            most_lines=REASON_LINES,
        )
        for reason in sheet.entry.reasons
    ]
    return Stack(tuple(reasons))


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


def _sign_off() -> Block:
    parts = (
        Part("Consultant", blank=2.4),
        Part("Care manager", blank=2.4),
        Part("From", blank=0.7),
        Part("to", blank=0.7),
    )
    return Stack((Space(14.0), FormLine(parts, theme.BODY_WIDTH, height=24.0, gap=12.0)))
