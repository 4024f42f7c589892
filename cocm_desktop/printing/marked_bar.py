"""A frame with a dark end that names it: seen at once, on a grey printer too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from reportlab.lib.colors import Color

from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Block, Stack
from cocm_desktop.printing.typesetting import Pen

SIDE: Final = 8.0
TOP: Final = 4.5


@dataclass(frozen=True, slots=True)
class MarkedBar:
    """The label stands white on the dark end, the lines beside it."""

    label: Block
    lines: Block
    label_width: float
    color: Color

    @property
    def height(self) -> float:
        return self.lines.height + 2 * TOP

    def draw(self, pen: Pen, left: float, top: float) -> None:
        pen.setFillColor(self.color)
        pen.setStrokeColor(self.color)
        pen.setLineWidth(1.0)
        foot = top - self.height
        pen.rect(left, foot, self.label_width, self.height, stroke=1, fill=1)
        pen.rect(left, foot, theme.BODY_WIDTH, self.height, stroke=1, fill=0)
        middle = foot + (self.height + self.label.height) / 2
        self.label.draw(pen, left + SIDE, middle)
        self.lines.draw(pen, left + self.label_width + SIDE, top - TOP)


def marked_bar(words: str, color: Color, lines: Callable[[float], Iterator[Block]]) -> Block:
    """Set what `lines` gives for the width that the words on the dark end leave."""
    label = theme.text(words, theme.BODY_WIDTH / 3, theme.SAFETY_LABEL)
    end = label.words_width + 2 * SIDE
    inside = Stack(tuple(lines(theme.BODY_WIDTH - end - 2 * SIDE)), 1.0)
    return MarkedBar(label, inside, end, color)
