"""The lanes under a printed score chart: medicines, contacts, reviews, item 9, phases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Final

from cocm_desktop.domain.trend import Clock
from cocm_desktop.domain.trend_lanes import Lane, Mark, MarkKind, PhaseSpan
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.typesetting import Pen, Style, Text

LANE: Final = 9.5
HALF: Final = 2.8
LEAST_WORDS: Final = 14.0

_WORDS = Style(fonts.REGULAR, 6.8, 8.0, theme.QUIET)
_ANSWER = Style(fonts.BOLD, 6.8, 8.0, theme.QUIET)


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """One lane below its `corner`, its name to the right of it."""

    lane: Lane
    clock: Clock
    corner: tuple[float, float]
    width: float

    @property
    def _left(self) -> float:
        return self.corner[0]

    @property
    def _top(self) -> float:
        return self.corner[1]

    @property
    def _middle(self) -> float:
        return self._top - LANE / 2

    @property
    def _right(self) -> float:
        return self._left + self.width

    def _x(self, day: date) -> float:
        return self._left + self.clock.x_of(day) * self.width

    def draw(self, pen: Pen) -> None:
        name = theme.text(self.lane.words, 50.0, _WORDS, most_lines=1)
        name.draw(pen, self._right + 4.0, self._top - 1.0)
        if not self.lane.has_words:
            pen.setStrokeColor(theme.HAIRLINE)
            pen.setLineWidth(0.4)
            pen.line(self._left, self._middle, self._right, self._middle)
        for span in self.lane.spans:
            self._draw_span(pen, span)
        for mark, following in zip_longest(self.lane.marks, self.lane.marks[1:]):
            if mark.kind is not MarkKind.PHASE:
                until = self._x(following.day) - 4.0 if following else self._right
                self._draw_mark(pen, mark, until=until)

    def _told(self, mark: Mark) -> str:
        """Say everything of a day, for marks of one day lie over each other."""
        return ", ".join(each.short for each in self.lane.marks if each.day == mark.day)

    def _draw_span(self, pen: Pen, span: PhaseSpan) -> None:
        first, last = self._x(span.first_day), self._x(span.last_day)
        pen.setFillColor(theme.TINT)
        pen.rect(first, self._top - LANE + 1.0, last - first - 1.0, LANE - 1.5, stroke=0, fill=1)
        self._write(pen, span.name, between=(first + 3.0, last - 2.0))

    def _write(self, pen: Pen, words: str, *, between: tuple[float, float]) -> None:
        left, right = between
        if right - left >= LEAST_WORDS:
            for text in _fitting(words, right - left):
                text.draw(pen, left, self._middle + 4.0)

    def _draw_mark(self, pen: Pen, mark: Mark, *, until: float) -> None:
        x, middle = self._x(mark.day), self._middle
        if mark.kind is MarkKind.ITEM9:
            pen.setFillColor(theme.SAFETY)
            _polygon(pen, _triangle(x, middle, HALF), is_filled=True)
            theme.text(mark.short, 8.0, _ANSWER).draw(pen, x + 3.6, middle + 4.0)
            return
        pen.setStrokeColor(theme.INK)
        pen.setFillColor(theme.INK)
        pen.setLineWidth(0.7)
        if mark.kind is MarkKind.REACHED:
            pen.rect(x - 0.9, middle - 3.2, 1.8, 6.4, stroke=0, fill=1)
        elif mark.kind is MarkKind.ATTEMPTED:
            pen.setFillColor(theme.WHITE)
            pen.circle(x, middle, 1.6, stroke=1, fill=1)
        elif mark.kind in {MarkKind.REVIEW, MarkKind.NO_REVIEW}:
            corners = ((x - 3.2, middle), (x, middle + 3.2), (x + 3.2, middle), (x, middle - 3.2))
            _polygon(pen, corners, is_filled=mark.kind is MarkKind.REVIEW)
        else:
            is_stop = mark.kind is MarkKind.STOPPED
            half = -HALF if is_stop else HALF
            _polygon(pen, _triangle(x, middle, half), is_filled=not is_stop)
            self._write(pen, self._told(mark), between=(x + 4.6, until))


def _fitting(words: str, width: float) -> Iterator[Text]:
    """Set as many whole words as there is room for; a dose without its unit is left out."""
    parts = words.split()
    fitting: Text | None = None
    for count in range(1, len(parts) + 1):
        text = theme.text(" ".join(parts[:count]).rstrip(","), width, _WORDS, most_lines=1)
        if text.is_cut:
            break
        if count == len(parts) or not parts[count - 1][-1].isdigit():
            fitting = text
    if fitting is None and not words[:1].isdigit():
        fitting = theme.text(words, width, _WORDS, most_lines=1)
    if fitting is not None:
        yield fitting


def _triangle(x: float, middle: float, half: float) -> Sequence[tuple[float, float]]:
    """Point up; with a negative half, down."""
    return ((x - 3.0, middle - half), (x + 3.0, middle - half), (x, middle + half))


def _polygon(pen: Pen, corners: Sequence[tuple[float, float]], *, is_filled: bool) -> None:
    path = pen.beginPath()
    path.moveTo(*corners[0])
    for corner in corners[1:]:
        path.lineTo(*corner)
    path.close()
    pen.drawPath(path, stroke=int(not is_filled), fill=int(is_filled))
