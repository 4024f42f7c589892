"""A paper of tables: a patient's copy, an accounting of disclosures, an attestation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from cocm_desktop.domain.record_paper import PaperTable, RecordPaper
from cocm_desktop.domain.wording import count_of
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import (
    Beside,
    Block,
    Column,
    Rule,
    Space,
    Stack,
    heading,
    title_row,
)
from cocm_desktop.printing.flowing_table import Anchor, FlowingRow, Group, flowing_row, in_pages
from cocm_desktop.printing.page import ROOM, Folio, Press, prepared_words
from cocm_desktop.printing.typesetting import Span

LABEL: Final = 116.0
WIDTH: Final = theme.BODY_WIDTH


def record_pdf(paper: RecordPaper, *, anchor: str = "") -> tuple[bytes, int]:
    """Set the paper; give the file and how many pages it has. No word of it is cut.

    `anchor` is the head of the audit, for the foot of each page.
    """
    head = _head(paper)
    front = Group(_front(paper), Space(0.0), ())
    groups = [front, *(_group(number, each) for number, each in enumerate(paper.tables))]
    pages = [Stack((head, *page.blocks)) for page in in_pages(groups, ROOM - head.height)]
    press = Press(paper.title, anchor=anchor)
    for number, page in enumerate(pages, start=1):
        folio = Folio(
            key=f"page-{number}",
            bookmark=paper.title if number == 1 else "",
            foot=prepared_words(paper.practice, paper.as_of, paper.prepared_by),
            number=number,
            of=len(pages),
            is_sample=paper.practice.is_sample,
        )
        press.print_page(page, folio)
    return press.finish(), len(pages)


def _head(paper: RecordPaper) -> Block:
    """Say on every page whose it is, and what the law wants to be said."""
    blocks: list[Block] = []
    name, rest = paper.whose
    if name:
        spans = [Span(name, theme.BODY_BOLD), Span(f"   {rest}", theme.BODY_QUIET)]
        blocks.append(theme.text(spans, WIDTH, most_lines=1))
    if paper.notice:
        blocks.append(theme.text(paper.notice, WIDTH, theme.BODY_BOLD))
    return Stack((*blocks, Space(8.0))) if blocks else Space(0.0)


def _front(paper: RecordPaper) -> Block:
    return Stack(
        (
            theme.text(paper.title, WIDTH, theme.TITLE),
            theme.text(paper.practice.name, WIDTH, theme.SUBTITLE, most_lines=1),
            Space(4.0),
            Rule(WIDTH, 0.8),
            Space(8.0),
            *(_fact(label, words) for label, words in paper.about),
            *_paragraphs(paper.words),
        )
    )


def _fact(label: str, words: str) -> Block:
    name = theme.text(label, LABEL - 6.0, theme.BODY_QUIET)
    return Beside(((0.0, name), (LABEL, theme.text(words, WIDTH - LABEL, theme.BODY))))


def _paragraphs(words: tuple[str, ...]) -> Iterator[Block]:
    for paragraph in words:
        yield Space(6.0)
        yield theme.text(paragraph, WIDTH, theme.ROOMY)


def _group(number: int, table: PaperTable) -> Group:
    columns = tuple(
        Column(title, width * WIDTH)
        for title, width in zip(table.columns, table.widths, strict=True)
    )
    has_titles = any(table.columns)
    count = count_of(len(table.rows), "entry", "entries") if table.rows and has_titles else ""
    head: list[Block] = [
        Anchor(f"table-{number}", table.title),
        heading(table.title, WIDTH, count),
    ]
    if table.note:
        head += [theme.text(table.note, WIDTH, theme.BODY_QUIET), Space(4.0)]
    titles: tuple[Block, ...] = (title_row(columns),) if table.rows and has_titles else ()
    if not table.rows:
        head.append(theme.text(table.nothing, WIDTH, theme.NOTE))
    rows: tuple[FlowingRow, ...] = tuple(_row(each, columns) for each in table.rows)
    again = Stack((heading(table.title, WIDTH, "continued"), *titles))
    return Group(Stack((*head, *titles)), again, rows)


def _row(words: Sequence[str], columns: Sequence[Column]) -> FlowingRow:
    """Set a row in which a cell may begin new lines of its own."""
    parts = [cell.split("\n") for cell in words]
    rows = [flowing_row(line, columns) for line in zip_longest(*parts, fillvalue="")]
    cells = (
        (x, replace(text, lines=tuple(line for row in rows for line in row.cells[n][1].lines)))
        for n, (x, text) in enumerate(rows[0].cells)
    )
    return FlowingRow(tuple(cells), rows[0].width)
