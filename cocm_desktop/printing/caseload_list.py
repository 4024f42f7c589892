"""The caseload list on paper: the registry's table, with what it was filtered by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cocm_desktop.domain.caseload_list import CaseloadList
from cocm_desktop.domain.registry import RegistryRow
from cocm_desktop.domain.registry_column import Column as TableColumn
from cocm_desktop.domain.registry_column import Look
from cocm_desktop.domain.wording import NOTHING, count_of, long_moment
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import (
    CELL_GAP,
    Block,
    Column,
    Row,
    Rule,
    Space,
    Stack,
    row,
    title_row,
)
from cocm_desktop.printing.page import ROOM, Folio, Press, prepared_words
from cocm_desktop.printing.typesetting import Align, Span

WIDEST, NARROWEST = 92.0, 22.0
CAPS = {"flags": 42.0, "why": 78.0, "target": 70.0}
"""Columns whose words may go on in a second line."""
LAST_SCORES = 3
AFTER_NUMBERS = Column("", 2 * CELL_GAP)
MEASURED_ROWS = 200
MOST_LINES = 2
_UNSET = 1_000.0
Placed = tuple[TableColumn | None, Column]


def list_pdf(made: CaseloadList) -> tuple[bytes, int]:
    """Set the list; give its bytes and how many pages it takes."""
    columns, left_out = fitting(made)
    front = _front(made, left_out)
    heads = title_row(tuple(column for _, column in columns))
    press = Press("Caseload list")
    lines = [_line(columns, each) for each in made.rows]
    pages = list(_in_pages(lines, first_room=ROOM - front.height - heads.height, heads=heads))
    foot = prepared_words(made.practice, made.as_of, made.prepared_by.title)
    for number, page in enumerate(pages, start=1):
        top: tuple[Block, ...] = (front, heads) if number == 1 else (heads,)
        folio = Folio(
            key=f"list-{number}",
            bookmark="" if number > 1 else "Caseload list",
            foot=foot,
            number=number,
            of=len(pages),
            is_sample=made.practice.is_sample,
        )
        press.print_page(Stack((*top, *page)), folio)
    return press.finish(), len(pages)


def fitting(made: CaseloadList) -> tuple[list[Placed], list[str]]:
    """Give the columns for which the page has room, and the titles of those it has not."""
    found: list[Placed] = []
    left_out: list[str] = []
    room = theme.BODY_WIDTH
    for column in made.columns:
        placed = _placed(column, _width(column, made.rows))
        width = sum(paper.width for _, paper in placed)
        if width > room or left_out:
            left_out.append(column.title)
            continue
        found += placed
        room -= width
    return _spread(found, room), left_out


def _placed(column: TableColumn, width: float) -> list[Placed]:
    if column.is_number:
        return [(column, Column(column.title, width, Align.RIGHT)), (None, AFTER_NUMBERS)]
    return [(column, Column(column.title, width + CELL_GAP, most_lines=MOST_LINES))]


def _spread(columns: list[Placed], room: float) -> list[Placed]:
    """Share out what is left of the width among the columns of words."""
    count = sum(paper.align is Align.LEFT and bool(paper.title) for _, paper in columns)
    more = room / max(count, 1)
    return [
        (column, replace(paper, width=paper.width + more))
        if paper.align is Align.LEFT and paper.title
        else (column, paper)
        for column, paper in columns
    ]


def _width(column: TableColumn, rows: Sequence[RegistryRow]) -> float:
    words = [_words(column, each) for each in rows[:MEASURED_ROWS]]
    bold = theme.SMALL_BOLD if column.look is Look.NAME else theme.SMALL
    widest = max((theme.text(each, _UNSET, bold).words_width for each in words), default=0.0)
    title = theme.text(column.title, _UNSET, theme.SMALL_QUIET).words_width
    return max(min(max(widest, NARROWEST), CAPS.get(column.key, WIDEST)), title) + 1.0


def _words(column: TableColumn, line: RegistryRow) -> str:
    """Say on paper what the screen draws: a trend is its last scores."""
    if column.look is Look.TREND:
        totals = [str(score.total) for score in line.phq9.scores[-LAST_SCORES:]]
        return " ".join(totals) or NOTHING
    return column.text(line)


def _line(columns: Sequence[Placed], line: RegistryRow) -> Row:
    cells = [_spans(column, line) if column else "" for column, _ in columns]
    return row([paper for _, paper in columns], cells, style=theme.SMALL, padding=2.2)


def _spans(column: TableColumn, line: RegistryRow) -> list[Span]:
    is_bold = column.look is Look.NAME or (column.look is Look.FLAGS and line.has_safety_open)
    return [Span(_words(column, line), theme.SMALL_BOLD if is_bold else theme.SMALL)]


def _front(made: CaseloadList, left_out: Sequence[str]) -> Block:
    about: list[Block] = [
        theme.text("Caseload list", theme.BODY_WIDTH, theme.TITLE),
        theme.text(made.practice.name, theme.BODY_WIDTH, theme.SUBTITLE, most_lines=1),
        Space(3.0),
        _fact("Filtered by", made.filter_words),
        _fact("Order", f"{made.order_words}; open safety answers first"),
        _fact("Records as of", long_moment(made.as_of)),
        _fact("On this list", count_of(len(made.rows), "patient")),
    ]
    if left_out:
        about.append(_fact("Not on paper for want of room", ", ".join(left_out)))
    return Stack((*about, Space(6.0), Rule(theme.BODY_WIDTH, 0.8), Space(2.0)))


def _fact(label: str, words: str) -> Block:
    spans = theme.labelled(label, words)
    return theme.text(spans, theme.BODY_WIDTH, most_lines=4)


def _in_pages(lines: Sequence[Row], *, first_room: float, heads: Row) -> Iterator[list[Row]]:
    page: list[Row] = []
    free = first_room
    for line in lines:
        if page and line.height > free:
            yield page
            page, free = [], ROOM - heads.height
        page.append(line)
        free -= line.height
    yield page
