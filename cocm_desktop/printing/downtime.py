"""The downtime list on paper: the caseload, the safety protocol, and a log to key in later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cocm_desktop.domain.downtime import DowntimeLine, DowntimeList
from cocm_desktop.domain.wording import count_of, long_moment
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import (
    CELL_GAP,
    Block,
    Column,
    Panel,
    Row,
    Rule,
    Space,
    Stack,
    row,
    title_row,
)
from cocm_desktop.printing.forms import RuledLines
from cocm_desktop.printing.page import ROOM, Folio, Press, prepared_words
from cocm_desktop.printing.running import in_pages
from cocm_desktop.printing.typesetting import Style

TITLE: Final = "Downtime list"
LOG: Final = "Log while the computer is down"
WIDTH: Final = theme.BODY_WIDTH
COLUMNS: Final = (
    Column("Patient", 128.0),
    Column("Care", 96.0),
    Column("Last scores", 102.0),
    Column("Medicines", 114.0),
    Column("Next, safety, question", 100.0),
)
LOG_COLUMNS: Final = (
    Column("Date, start", 74.0),
    Column("Patient, year of birth", 132.0),
    Column("How, reached?", 86.0),
    Column("Minutes", 44.0),
    Column("What was said, answers to a form, who did it", 204.0),
)
MOST_LINES: Final = 24
"""In a cell. So many never leave a page; whatever is cut ends with three dots."""
LOG_PITCH: Final = 31.0
LOG_LINES: Final = 20
LEAST_LOG: Final = 8
"""Lines. With less room left the log has a page of its own."""
PADDING: Final = (10.0, 6.0)
HOW: Final = (
    "Call and see patients as planned. Write each contact, form and minute into the log on the "
    "last page. When the computer is back, key every line in with its real day and time."
)
KEEP: Final = "Lock it away; shred it when the next one is printed."


def downtime_pdf(made: DowntimeList) -> tuple[bytes, int]:
    """Set the list; give the file and how many pages it has."""
    heads, front = title_row(COLUMNS), _front(made)
    rows = [(0.0, _row(line)) for line in made.lines]
    first = [(0.0, front), (0.0, heads), *rows]
    pages: list[Block] = [Stack(tuple(page)) for page in _with_heads(first, heads)]
    pages += _last_pages(made)
    press = Press(TITLE)
    for number, page in enumerate(pages, start=1):
        is_log = number == len(pages)
        folio = Folio(
            key=f"downtime-{number}",
            bookmark=LOG if is_log else TITLE if number == 1 else "",
            foot=prepared_words(made.practice, made.as_of, made.prepared_by.title),
            number=number,
            of=len(pages),
            is_sample=made.practice.is_sample,
        )
        press.print_page(page, folio)
    return press.finish(), len(pages)


def _with_heads(blocks: Iterable[tuple[float, Block]], heads: Row) -> Iterator[list[Block]]:
    words = theme.text(f"{TITLE}, continued", WIDTH, theme.LEAD_BOLD)
    again = Stack((words, Space(6.0), heads))
    for number, page in enumerate(in_pages(blocks, ROOM - again.height)):
        yield page if number == 0 else [again, *page]


def _front(made: DowntimeList) -> Block:
    whose = f"Caseload of {made.care_manager.title}" if made.care_manager else "All care managers"
    count = count_of(len(made.lines), "open episode")
    said = f"{made.practice.name} · {whose} · {count} · records as of {long_moment(made.as_of)}"
    return Stack(
        (
            theme.text(TITLE, WIDTH, theme.TITLE),
            theme.text(said, WIDTH, theme.LEAD_QUIET, most_lines=2),
            Space(3.0),
            theme.text(f"{HOW} {KEEP}", WIDTH, theme.LEAD),
            Space(6.0),
            Rule(WIDTH, 0.8),
            Space(3.0),
        )
    )


def _row(line: DowntimeLine) -> Row:
    cells = (
        [_said([line.name, line.phone], 0, theme.ROOMY_BOLD), _said(line.who, 0)],
        [_said(line.care, 1)],
        [_said(line.scores, 2)],
        [_said(line.medicines, 3)],
        [*_safety(line), _said(line.next, 4)],
    )
    return row(COLUMNS, tuple(Stack(tuple(cell)) for cell in cells), padding=3.0)


def _said(lines: Sequence[str], place: int, style: Style = theme.BODY) -> Block:
    """Set each line on lines of its own, as many as have room in a row."""
    width = COLUMNS[place].width - CELL_GAP
    said, left = [], MOST_LINES
    for line in lines:
        if left > 0:
            said.append(theme.text(line, width, style, most_lines=left))
            left -= len(said[-1].lines)
    return Stack(tuple(said))


def _safety(line: DowntimeLine) -> Iterator[Block]:
    """Set an open safety answer white on dark, so that it is found in a pile of paper."""
    if line.safety:
        width = COLUMNS[4].width - CELL_GAP
        words = theme.text(line.safety, width - 8.0, theme.SAFETY_LABEL, most_lines=6)
        yield Panel(words, width, (4.0, 2.0), fill=theme.SAFETY)
        yield Space(2.0)


def _last_pages(made: DowntimeList) -> list[Block]:
    """Give the protocol and the log: on one page, where the log keeps room enough."""
    protocol = list(_protocol(made))
    panel = Panel(Stack(tuple(protocol)), WIDTH, PADDING, border=theme.SAFETY)
    title, heads = theme.text(LOG, WIDTH, theme.TITLE), title_row(LOG_COLUMNS)
    top: list[Block] = [title, Space(4.0), panel, Space(10.0)]
    if ROOM - Stack((*top, heads)).height >= LEAST_LOG * LOG_PITCH:
        return [_log(Stack(tuple(top)), heads)]
    in_full = in_pages(((0.0, block) for block in protocol), ROOM)
    return [*(Stack(tuple(page)) for page in in_full), _log(Stack((title, Space(8.0))), heads)]


def _protocol(made: DowntimeList) -> Iterator[Block]:
    room = WIDTH - 2 * PADDING[0]
    for line in ("If somebody speaks of harm", *made.crisis):
        yield theme.text(line, room, theme.ROOMY_BOLD)
    for line in made.protocol.splitlines():
        if line.strip():
            yield theme.text(line, room, theme.BODY)


def _log(top: Block, heads: Row) -> Block:
    count = min(int((ROOM - top.height - heads.height) // LOG_PITCH), LOG_LINES)
    widths = tuple(column.width for column in LOG_COLUMNS)
    return Stack((top, heads, RuledLines(widths, count, LOG_PITCH)))
