"""Tables whose words are never cut: a row that is too high goes on over the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import CELL_GAP, Block, Column, Rule, Space, Stack
from cocm_desktop.printing.typesetting import Align, Pen, Text

PADDING: Final = 2.0
LEAST: Final = 60.0
"""A row lower than this goes to the next page whole."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that a bookmark and links lead to. It takes no room."""

    key: str
    title: str
    height: float = 0.0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        pen.bookmarkHorizontal(self.key, left, top + 4.0)
        pen.addOutlineEntry(self.title, self.key)


@dataclass(frozen=True, slots=True)
class FlowingRow:
    """Cells whose lines may be shared between two pages."""

    cells: tuple[tuple[float, Text], ...]
    width: float

    @property
    def height(self) -> float:
        return max(text.height for _, text in self.cells) + 2 * PADDING

    @property
    def lines(self) -> int:
        return max(len(text.lines) for _, text in self.cells)

    def draw(self, pen: Pen, left: float, top: float) -> None:
        for x, text in self.cells:
            text.draw(pen, left + x, top - PADDING)
        Rule(self.width, 0.4, theme.HAIRLINE).draw(pen, left, top - self.height)

    def split(self, room: float) -> tuple[FlowingRow, FlowingRow] | None:
        """Give what fits into the room and the rest; None where not one line fits."""
        leading = max(text.leading for _, text in self.cells)
        count = int((room - 2 * PADDING) // leading)
        if count < 1:
            return None
        return self._part(0, count), self._part(count, self.lines)

    def _part(self, first: int, end: int) -> FlowingRow:
        return FlowingRow(
            tuple((x, replace(text, lines=text.lines[first:end])) for x, text in self.cells),
            self.width,
        )


def flowing_row(words: Sequence[str], columns: Sequence[Column]) -> FlowingRow:
    """Set the words of a row under the titles of its columns, in as many lines as they need."""
    cells, x = [], 0.0
    for cell, column in zip(words, columns, strict=True):
        room = column.width - (CELL_GAP if column.align is Align.LEFT else 0.0)
        cells.append((x, theme.text(cell, room, theme.SMALL, align=column.align)))
        x += column.width
    return FlowingRow(tuple(cells), x)


@dataclass(frozen=True, slots=True)
class Group:
    """A table: what stands above it, what stands above it again on a further page, its rows."""

    head: Block
    again: Block
    rows: tuple[FlowingRow, ...]
    gap: float = 16.0


def in_pages(groups: Sequence[Group], room: float) -> Iterator[Stack]:
    """Share groups out over pages. A head is never the last thing on one."""
    page: list[Block] = []
    free = room
    for group in groups:
        first = min((row.height for row in group.rows[:1]), default=0.0)
        if page and group.head.height + min(first, LEAST) + group.gap > free:
            yield Stack(tuple(page))
            page, free = [], room
        if page:
            page.append(Space(group.gap))
            free -= group.gap
        page.append(group.head)
        free -= group.head.height
        for part in _parts(group, free, room - group.again.height):
            if part.height > free:
                yield Stack(tuple(page))
                page, free = [group.again], room - group.again.height
            page.append(part)
            free -= part.height
    yield Stack(tuple(page))


def _parts(group: Group, free: float, whole: float) -> Iterator[FlowingRow]:
    """Give the rows, those too high in parts: of what is free on this page, then of whole ones.

    A low row goes to the next page as it is; one line at least goes onto each page.
    """
    for row in group.rows:
        rest = row
        while rest.height > free:
            can_go_on = rest.height > LEAST or rest.height > whole
            parts = rest.split(free) if can_go_on else None
            if parts:
                yield parts[0]
                rest = parts[1]
            free = whole
            if parts is None and rest.height > whole and rest.split(whole) is None:
                break
        yield rest
        free -= rest.height
