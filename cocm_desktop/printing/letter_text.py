"""The words of a letter as blocks: paragraphs, points, headings, boxes to tick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.practice import Practice
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Beside, Block, Space, Stack
from cocm_desktop.printing.forms import BOX
from cocm_desktop.printing.typesetting import Pen, Style

HEADING_MARK, POINT_MARK, BOX_MARK = "# ", "- ", "[ ] "
BULLET: Final = "•"
INDENT: Final = 14.0
LEADING: Final = 1.32
EMPTY_LINE: Final = 0.62
"""The height of an empty line, as a share of one with words."""
POINT_GAP: Final = 1.5
BEFORE_HEADING: Final = 2.0
AFTER_HEADING: Final = 2.0
LETTERHEAD_STYLES: Final = theme.larger_to_smaller(theme.LETTERHEAD, 12.0, 10.0)


@dataclass(frozen=True, slots=True)
class TickBox:
    height: float

    def draw(self, pen: Pen, left: float, top: float) -> None:
        pen.setStrokeColor(theme.INK)
        pen.setLineWidth(0.7)
        pen.rect(left, top - (self.height + BOX) / 2, BOX, BOX)


@dataclass(frozen=True, slots=True)
class Typeset:
    """The words in one size, as wide as their page."""

    size: float
    width: float

    def blocks(self, body: str) -> Iterator[Block]:
        for line in body.splitlines():
            yield self._block(line.strip())

    @property
    def _plain(self) -> Style:
        return Style(fonts.REGULAR, self.size, self.size * LEADING, theme.INK)

    @property
    def _bold(self) -> Style:
        return Style(fonts.BOLD, self.size + 0.5, (self.size + 0.5) * LEADING, theme.INK)

    def _block(self, line: str) -> Block:
        if not line:
            return Space(self.size * LEADING * EMPTY_LINE)
        if line.startswith(HEADING_MARK):
            words = theme.text(line.removeprefix(HEADING_MARK), self.width, self._bold)
            return Stack((Space(BEFORE_HEADING), words, Space(AFTER_HEADING)))
        if line.startswith(POINT_MARK):
            return self._point(
                theme.text(BULLET, INDENT, self._plain), line.removeprefix(POINT_MARK)
            )
        if line.startswith(BOX_MARK):
            return self._point(TickBox(self.size * LEADING), line.removeprefix(BOX_MARK))
        return theme.text(line, self.width, self._plain)

    def _point(self, mark: Block, words: str) -> Block:
        set_words = theme.text(words, self.width - INDENT - 2.0, self._plain)
        return Stack((Beside(((2.0, mark), (INDENT + 2.0, set_words))), Space(POINT_GAP)))


def largest_that_fits(
    sizes: Sequence[float], room: float, make: Callable[[float], tuple[Block, ...]]
) -> tuple[Block, ...] | None:
    """Give the blocks in the largest size that the room holds; None where none does."""
    for size in sizes:
        blocks = make(size)
        if sum(block.height for block in blocks) <= room:
            return blocks
    return None


def in_pages(blocks: Sequence[Block], *, first: float, then: float) -> Iterator[tuple[Block, ...]]:
    """Share blocks out among pages with the given room. No word is cut: more pages are taken."""
    page: list[Block] = []
    free = first
    for block in blocks:
        if page and block.height > free:
            yield tuple(page)
            page, free = [], then
        page.append(block)
        free -= block.height
    yield tuple(page)


def letterhead(practice: Practice, width: float) -> Block:
    """Name the practice with its address and phone."""
    ways = " · ".join(filter(None, (*practice.address_lines, practice.phone)))
    parts: list[Block] = [theme.fitted(practice.name, width, LETTERHEAD_STYLES, most_lines=2)]
    if ways:
        parts.append(theme.text(ways, width, theme.LEAD_QUIET, most_lines=2))
    return Stack(tuple(parts))
