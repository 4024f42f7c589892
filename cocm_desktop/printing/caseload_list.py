"""The caseload list on paper: the registry's table, with what it was filtered by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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

WIDEST, NARROWEST = 118.0, 22.0
MEASURED_ROWS = 200
MOST_LINES = 2
_UNSET = 1_000.0


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


def fitting(made: CaseloadList) -> tuple[list[tuple[TableColumn, Column]], list[str]]:
    """Give the columns for which the page has room, and the titles of those it has not."""
    found: list[tuple[TableColumn, Column]] = []
    left_out: list[str] = []
    room = theme.BODY_WIDTH
    for column in made.columns:
        width = _width(column, made.rows)
        if width > room or left_out:
            left_out.append(column.title)
            continue
        align = Align.RIGHT if column.is_number else Align.LEFT
        found.append((column, Column(column.title, width, align, most_lines=MOST_LINES)))
        room -= width
    return _spread(found, room), left_out


def _spread(
    columns: list[tuple[TableColumn, Column]], room: float
) -> list[tuple[TableColumn, Column]]:
    """Share out what is left of the width, so that numbers do not touch what follows."""
    more = room / max(len(columns), 1)
    return [
        (column, Column(paper.title, paper.width + more, paper.align, paper.most_lines))
        for column, paper in columns
    ]


def _width(column: TableColumn, rows: Sequence[RegistryRow]) -> float:
    words = [column.title, *(_words(column, each) for each in rows[:MEASURED_ROWS])]
    widest = max(theme.text(each, _UNSET, theme.SMALL).words_width for each in words)
    return min(max(widest, NARROWEST), WIDEST) + 2 * CELL_GAP


def _words(column: TableColumn, line: RegistryRow) -> str:
    """Say on paper what the screen draws: a trend is its last scores."""
    if column.look is Look.TREND:
        totals = [str(score.total) for score in line.phq9.scores[-6:]]
        return " ".join(totals) or NOTHING
    return column.text(line)


def _line(columns: Sequence[tuple[TableColumn, Column]], line: RegistryRow) -> Row:
    cells = [_cell(column, paper, line) for column, paper in columns]
    return row([paper for _, paper in columns], cells, style=theme.SMALL, padding=2.2)


def _cell(column: TableColumn, paper: Column, line: RegistryRow) -> Block:
    is_number = paper.align is Align.RIGHT
    gap = 2 * CELL_GAP if is_number else CELL_GAP
    is_bold = column.look is Look.NAME or (column.look is Look.FLAGS and line.has_safety_open)
    style = theme.SMALL_BOLD if is_bold else theme.SMALL
    words = [Span(_words(column, line), style)]
    return theme.text(words, paper.width - gap, most_lines=MOST_LINES, align=paper.align)


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
