"""Pieces of a page that know their height before they are drawn: stacks, columns, tables, lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from reportlab.lib.colors import Color

from cocm_desktop.printing import theme
from cocm_desktop.printing.typesetting import Align, Pen, Span, Style


class Block(Protocol):
    """Anything with a height that can be drawn with its top left corner at a place."""

    @property
    def height(self) -> float: ...

    def draw(self, pen: Pen, left: float, top: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Space:
    height: float

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Leave it white."""


@dataclass(frozen=True, slots=True)
class Rule:
    width: float
    thickness: float = 0.5
    color: Color = theme.INK
    height: float = 0.0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        pen.setStrokeColor(self.color)
        pen.setLineWidth(self.thickness)
        pen.line(left, top, left + self.width, top)


@dataclass(frozen=True, slots=True)
class Stack:
    """Blocks below each other."""

    blocks: tuple[Block, ...]
    gap: float = 0.0

    @property
    def height(self) -> float:
        return sum(block.height for block in self.blocks) + self.gap * max(0, len(self.blocks) - 1)

    def draw(self, pen: Pen, left: float, top: float) -> None:
        for block in self.blocks:
            block.draw(pen, left, top)
            top -= block.height + self.gap


@dataclass(frozen=True, slots=True)
class Beside:
    """Blocks next to each other, each with its distance from the left."""

    blocks: tuple[tuple[float, Block], ...]

    @property
    def height(self) -> float:
        return max(block.height for _, block in self.blocks)

    def draw(self, pen: Pen, left: float, top: float) -> None:
        for x, block in self.blocks:
            block.draw(pen, left + x, top)


@dataclass(frozen=True, slots=True)
class Panel:
    """A block on a tint or in a frame."""

    block: Block
    width: float
    padding: tuple[float, float] = (8.0, 5.0)
    fill: Color | None = None
    border: Color | None = None

    @property
    def height(self) -> float:
        return self.block.height + 2 * self.padding[1]

    def draw(self, pen: Pen, left: float, top: float) -> None:
        if self.fill:
            pen.setFillColor(self.fill)
        if self.border:
            pen.setStrokeColor(self.border)
            pen.setLineWidth(0.8)
        pen.rect(
            left,
            top - self.height,
            self.width,
            self.height,
            stroke=int(self.border is not None),
            fill=int(self.fill is not None),
        )
        self.block.draw(pen, left + self.padding[0], top - self.padding[1])


@dataclass(frozen=True, slots=True)
class Link:
    """A block that leads to another page of the same file."""

    block: Block
    width: float
    target: str

    @property
    def height(self) -> float:
        return self.block.height

    def draw(self, pen: Pen, left: float, top: float) -> None:
        self.block.draw(pen, left, top)
        area = (left, top - self.height, left + self.width, top)
        pen.linkRect("", self.target, area, relative=0)


@lru_cache(maxsize=128)
def heading(words: str, width: float, note: str = "") -> Block:
    """Name a section in capitals over a rule, with a quiet note at the right end of it."""
    name = theme.text(words.upper(), width, theme.HEADING, most_lines=1)
    parts: list[tuple[float, Block]] = [(0.0, name)]
    if note:
        room = width - name.words_width - theme.GAP
        quiet = theme.SMALL_QUIET
        parts.append((width - room, theme.text(note, room, quiet, most_lines=1, align=Align.RIGHT)))
    return Stack((Beside(tuple(parts)), Space(2.0), Rule(width), Space(3.5)))


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    width: float
    align: Align = Align.LEFT
    most_lines: int = 1


Cell = str | Sequence[Span] | Block
CELL_GAP = 6.0


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, with a hairline under it."""

    cells: tuple[tuple[float, Block], ...]
    width: float
    padding: float
    line: Color | None

    @property
    def height(self) -> float:
        return max(cell.height for _, cell in self.cells) + 2 * self.padding

    def draw(self, pen: Pen, left: float, top: float) -> None:
        for x, cell in self.cells:
            cell.draw(pen, left + x, top - self.padding)
        if self.line:
            Rule(self.width, 0.4, self.line).draw(pen, left, top - self.height)


def row(
    columns: Sequence[Column],
    cells: Sequence[Cell],
    *,
    style: Style = theme.BODY,
    padding: float = 1.6,
    line: Color | None = theme.HAIRLINE,
) -> Row:
    placed: list[tuple[float, Block]] = []
    x = 0.0
    for column, cell in zip(columns, cells, strict=True):
        placed.append((x, _cell(column, cell, style)))
        x += column.width
    return Row(tuple(placed), x, padding, line)


@lru_cache(maxsize=32)
def title_row(columns: tuple[Column, ...], *, line: Color | None = theme.INK) -> Row:
    return row(columns, [c.title for c in columns], style=theme.SMALL_QUIET, line=line)


def _cell(column: Column, cell: Cell, style: Style) -> Block:
    if not isinstance(cell, str | Sequence):
        return cell
    width = column.width - (CELL_GAP if column.align is Align.LEFT else 0.0)
    lines = max(column.most_lines, 1)
    return theme.text(cell, width, style, most_lines=lines, align=column.align)
