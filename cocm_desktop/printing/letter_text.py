"""The words of a letter as blocks: paragraphs, points, headings, boxes to tick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cocm_desktop.domain.practice import Practice
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Beside, Block, Space, Stack
from cocm_desktop.printing.forms import BOX
from cocm_desktop.printing.typesetting import Pen, Style, Text

HEADING_MARK, POINT_MARK, BOX_MARK = "# ", "- ", "[ ] "
BULLET: Final = "•"
INDENT: Final = 16.0
LEADING: Final = 1.32
EMPTY_LINE: Final = 0.62
"""The height of an empty line, as a share of one with words."""
POINT_GAP: Final = 1.5
AROUND_HEADING: Final = 2.0
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
        """Give a block for each line of the page, so that pages can end between any two."""
        for line in body.splitlines():
            yield from self._blocks(line.strip())

    @property
    def _plain(self) -> Style:
        return Style(fonts.REGULAR, self.size, self.size * LEADING, theme.INK)

    @property
    def _bold(self) -> Style:
        return Style(fonts.BOLD, self.size + 0.5, (self.size + 0.5) * LEADING, theme.INK)

    def _blocks(self, line: str) -> Iterator[Block]:
        if not line:
            yield Space(self.size * LEADING * EMPTY_LINE)
        elif line.startswith(HEADING_MARK):
            words = theme.text(line.removeprefix(HEADING_MARK), self.width, self._bold)
            yield Stack((Space(AROUND_HEADING), words, Space(AROUND_HEADING)))
        elif line.startswith(POINT_MARK):
            bullet = theme.text(BULLET, INDENT, self._plain)
            yield from self._point(bullet, line.removeprefix(POINT_MARK))
        elif line.startswith(BOX_MARK):
            box = TickBox(self.size * LEADING)
            yield from self._point(box, line.removeprefix(BOX_MARK))
        else:
            yield from _each_line(theme.text(line, self.width, self._plain))

    def _point(self, mark: Block, words: str) -> Iterator[Block]:
        text = theme.text(words, self.width - INDENT, self._plain)
        for number, line in enumerate(_each_line(text)):
            indented = (INDENT, line)
            yield Beside((indented,)) if number else Beside(((2.0, mark), indented))
        yield Space(POINT_GAP)


def _each_line(text: Text) -> Iterator[Text]:
    return (replace(text, lines=(line,)) for line in text.lines)


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
