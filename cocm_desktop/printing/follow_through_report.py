"""The follow-through report on paper: a table of a period's advice, and what it counts."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from cocm_desktop.domain.follow_through_report import HEADS, FollowThroughReport, ReportLine
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.staff import StaffMember
from cocm_desktop.domain.wording import count_of, long_moment
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Block, Column, Rule, Space, Stack, row, title_row
from cocm_desktop.printing.page import ROOM, Folio, Press, prepared_words
from cocm_desktop.printing.typesetting import Align

TITLE: Final = "Follow-through of recommendations"
_GAP: Final = Column("", 8.0)
_COLUMNS: Final = (
    Column(HEADS[0], 106.0, most_lines=2),
    Column(HEADS[1], 30.0, Align.RIGHT),
    _GAP,
    Column(HEADS[2], 68.0),
    Column(HEADS[3], 72.0),
    Column(HEADS[4], 38.0, Align.RIGHT),
    Column("Changed", 38.0, Align.RIGHT),
    Column(HEADS[6], 36.0, Align.RIGHT),
    _GAP,
    Column(HEADS[7], 72.0),
    Column("Lower, 6 weeks", 64.0),
)
_BLANKS: Final = (2, 8)
"""Where a narrow gap stands between two columns."""


def report_pdf(
    report: FollowThroughReport, practice: Practice, *, prepared_by: StaffMember, as_of: datetime
) -> tuple[bytes, int]:
    """Set the report; give its bytes and how many pages it takes."""
    press = Press(TITLE)
    pages = _pages(report, practice, as_of)
    foot = prepared_words(practice, as_of, prepared_by.title)
    for number, page in enumerate(pages, start=1):
        folio = Folio(
            key=f"report-{number}",
            bookmark=TITLE if number == 1 else "",
            foot=foot,
            number=number,
            of=len(pages),
            is_sample=practice.is_sample,
        )
        press.print_page(page, folio)
    return press.finish(), len(pages)


def _pages(report: FollowThroughReport, practice: Practice, as_of: datetime) -> list[Block]:
    head = _front(report, practice, as_of)
    titles = title_row(_COLUMNS)
    rows = [_row(line) for line in report.lines] + [_row(report.total, is_total=True)]
    notes = _notes(report)
    pages: list[Block] = []
    page: list[Block] = [head, titles]
    free = ROOM - head.height - titles.height
    for block in (*rows, notes):
        if block.height > free:
            pages.append(Stack(tuple(page)))
            page, free = [titles], ROOM - titles.height
        page.append(block)
        free -= block.height
    return [*pages, Stack(tuple(page))]


def _row(line: ReportLine, *, is_total: bool = False) -> Block:
    found = list(line.cells)
    for place in _BLANKS:
        found.insert(place, "")
    style = theme.SMALL_BOLD if is_total else theme.SMALL
    return row(_COLUMNS, found, style=style, padding=3.4)


def _front(report: FollowThroughReport, practice: Practice, as_of: datetime) -> Block:
    width = theme.BODY_WIDTH
    facts = (
        ("Reviews of", report.period_words),
        ("Records as of", long_moment(as_of)),
        ("Split up", report.grouping.value.lower()),
        ("Issued", count_of(report.total.issued, "recommendation")),
    )
    return Stack(
        (
            theme.text(TITLE, width, theme.TITLE),
            theme.text(practice.name, width, theme.SUBTITLE, most_lines=1),
            Space(3.0),
            *(theme.text(theme.labelled(*fact), width) for fact in facts),
            Space(6.0),
            Rule(width, 0.8),
            Space(2.0),
        )
    )


def _notes(report: FollowThroughReport) -> Block:
    lines = [theme.text(note, theme.BODY_WIDTH, theme.SMALL_QUIET) for note in report.notes]
    return Stack((Space(10.0), *lines), gap=1.5)
