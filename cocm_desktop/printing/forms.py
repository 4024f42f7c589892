"""What is left for a pen: ruled lines, tick boxes, blanks with a label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Block, Rule, Stack
from cocm_desktop.printing.typesetting import Pen, Span, Style, Text

BOX = 7.0
BOX_GAP = 4.0
BLANK_GAP = 3.0
PART_GAP = 14.0
COLUMN_GAP = 5.0


@dataclass(frozen=True, slots=True)
class RuledLines:
    """Lines to write on, `pitch` apart; several widths make columns to write in."""

    widths: Sequence[float]
    count: int
    pitch: float

    @property
    def height(self) -> float:
        return self.count * self.pitch

    def draw(self, pen: Pen, left: float, top: float) -> None:
        for number in range(1, self.count + 1):
            x = left
            for width in self.widths:
                end = 0.0 if width == self.widths[-1] else COLUMN_GAP
                _guide(width - end).draw(pen, x, top - number * self.pitch)
                x += width


@dataclass(frozen=True, slots=True)
class Part:
    """A label, with a box before it to tick, and a blank after it to fill in.

    `blank` is the share of the room left in the line, 0 for none.
    """

    label: str
    has_box: bool = False
    blank: float = 0.0


def tick(label: str, blank: float = 0.0) -> Part:
    return Part(label, has_box=True, blank=blank)


@dataclass(frozen=True, slots=True)
class FormLine:
    """Parts next to each other; their blanks share what room the labels leave."""

    parts: tuple[Part, ...]
    width: float
    height: float = 17.0
    style: Style = theme.BODY
    gap: float = PART_GAP

    def draw(self, pen: Pen, left: float, top: float) -> None:
        x = left
        for laid in _laid(self):
            laid.draw(pen, x, top - self.height + 4.0)
            x += laid.width + self.gap


@dataclass(frozen=True, slots=True)
class _LaidPart:
    label: Text
    has_box: bool
    blank: float

    @property
    def width(self) -> float:
        box = BOX + BOX_GAP if self.has_box else 0.0
        return box + self.label.words_width + (self.blank + BLANK_GAP if self.blank else 0.0)

    def draw(self, pen: Pen, left: float, foot: float) -> None:
        x = left
        if self.has_box:
            pen.setStrokeColor(theme.INK)
            pen.setLineWidth(0.7)
            pen.rect(x, foot - 0.6, BOX, BOX)
            x += BOX + BOX_GAP
        self.label.draw(pen, x, foot + self.label.leading * 0.8)
        if self.blank:
            x += self.label.words_width + BLANK_GAP
            _guide(self.blank).draw(pen, x, foot - 1.6)


@lru_cache(maxsize=32)
def _laid(line: FormLine) -> tuple[_LaidPart, ...]:
    """Measure once what stands on every page: it is the form's wording, never a patient's."""
    bare = [
        _LaidPart(theme.text(part.label, line.width, line.style), part.has_box, 0.0)
        for part in line.parts
    ]
    before_blanks = BLANK_GAP * sum(part.blank > 0 for part in line.parts)
    taken = sum(laid.width for laid in bare) + line.gap * (len(bare) - 1) + before_blanks
    shares = sum(part.blank for part in line.parts) or 1.0
    return tuple(
        replace(laid, blank=(line.width - taken) * part.blank / shares)
        for laid, part in zip(bare, line.parts, strict=True)
    )


def _guide(width: float) -> Rule:
    return Rule(width, 0.6, theme.GUIDE)


def identity(name: Span, facts: Span, width: float, *, most_lines: int) -> Block:
    """Set whom a paper is about: of a name too long the end is cut, never the birth after it."""
    whole = theme.text([name, facts], width, most_lines=most_lines)
    if not whole.is_cut:
        return whole
    short = theme.text([name], width, most_lines=most_lines - 1)
    below = theme.text(facts.words.strip(), width, facts.style, most_lines=2)
    return Stack((short, below))
