"""Words set in lines of a width: measured, wrapped, cut where there is no room, drawn.

Nothing here reads markup: what people type is letters and nothing else. A line end that they
typed is a gap like any other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice, pairwise
from typing import Final

from reportlab.lib.colors import Color

from cocm_desktop.printing import fonts
from cocm_desktop.printing.fonts import Run
from cocm_desktop.printing.quick_canvas import QuickCanvas

MORE: Final = "… (more in the chart)"
CUT: Final = "…"

_WIDEST_GAP: Final = 3
_ASCENT: Final = 0.8
_BOLDER: Final = 0.03
_FILL_AND_STROKE: Final = 2

_TOKENS = re.compile(r"(?P<gap>\s*)(?P<word>\S*)")
_AFTER_HYPHEN = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])")


class Align(Enum):
    LEFT = 0.0
    CENTER = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """How words look. Size and leading (the height of a line) are in points.

    Each is itself and equals no other: styles are compared and looked up thousands of times.
    """

    face: str
    size: float
    leading: float
    color: Color


@dataclass(frozen=True, slots=True)
class Span:
    """Words in one style, within a line that has several."""

    words: str
    style: Style


class Pen(QuickCanvas):
    """A canvas that remembers whether a letter had to be printed as an empty box."""

    lacks_letters = False


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or part of one, with the gap before it; a line may break there or may not."""

    runs: tuple[Run, ...]
    style: Style
    width: float
    gap: float = 0.0
    blanks: int = 0
    may_break: bool = False

    @classmethod
    def of(cls, word: str, style: Style, *, blanks: int = 0, may_break: bool = False) -> Token:
        runs = fonts.runs_of(word, style.face)
        width = runs[0].width if len(runs) == 1 else sum(run.width for run in runs)
        gap = blanks * fonts.blank_of(style.face).width * style.size if blanks else 0.0
        return cls(runs, style, width * style.size, gap, blanks, may_break)

    @property
    def is_plain(self) -> bool:
        """Whether it is drawn as it stands, in one piece."""
        return len(self.runs) == 1 and self.runs[0].is_plain


@dataclass(frozen=True, slots=True)
class Text:
    """Words laid out in lines.

    `is_cut` where some of them found no room, `is_broken` where a line ends within a word.
    """

    lines: tuple[tuple[Token, ...], ...]
    width: float
    leading: float
    align: Align
    is_cut: bool

    @property
    def is_broken(self) -> bool:
        return any(not line[0].may_break for line in self.lines[1:])

    @property
    def height(self) -> float:
        return self.leading * len(self.lines)

    @property
    def words_width(self) -> float:
        """The width that the longest line really takes."""
        return max(map(_width, self.lines), default=0.0)

    def draw(self, pen: Pen, left: float, top: float) -> None:
        for number, line in enumerate(self.lines):
            free = 0.0 if self.align is Align.LEFT else self.width - _width(line)
            corner = (left + free * self.align.value, top - number * self.leading)
            _draw_line(pen, line, corner)


def set_words(
    spans: Sequence[Span],
    width: float,
    *,
    most_lines: int | None = None,
    more: str = CUT,
    align: Align = Align.LEFT,
) -> Text:
    """Lay the words out in lines no wider than `width`, and at most `most_lines` of them.

    Words that find no room are left out, and `more` says so at the end of the last line.
    """
    enough = None if most_lines is None else most_lines + 1
    lines = list(islice(_lines(_tokens(spans), width), enough))
    is_cut = len(lines) == enough
    if is_cut:
        del lines[-1]
        lines[-1] = _with_room_for(more, lines[-1], width)
    leading = max(span.style.leading for span in spans)
    return Text(tuple(lines), width, leading, align, is_cut)


def _tokens(spans: Iterable[Span]) -> Iterator[Token]:
    gap = 0
    for span in spans:
        style = span.style
        for blank, word in _TOKENS.findall(fonts.clean(span.words)):
            gap += len(blank)
            if not word:
                continue
            blanks = min(gap, _WIDEST_GAP)
            if "-" not in word:
                yield Token.of(word, style, blanks=blanks, may_break=gap > 0)
            else:
                first, *others = _AFTER_HYPHEN.split(word)
                yield Token.of(first, style, blanks=blanks, may_break=gap > 0)
                yield from (Token.of(part, style, may_break=True) for part in others)
            gap = 0


def _lines(tokens: Iterable[Token], width: float) -> Iterator[tuple[Token, ...]]:
    line: list[Token] = []
    used = 0.0
    for word in _words(tokens):
        for part in [word] if _width(word) <= width else _parts(word, width):
            taken = _width(part)
            if line and used + part[0].gap + taken > width:
                yield tuple(line)
                line, used = [], 0.0
            used += part[0].gap + taken if line else taken
            line += part
    yield tuple(line)


def _words(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Keep tokens together that have nothing between them."""
    word: list[Token] = []
    for token in tokens:
        if word and token.may_break:
            yield word
            word = []
        word.append(token)
    if word:
        yield word


def _parts(word: Iterable[Token], width: float) -> Iterator[list[Token]]:
    return ([piece] for token in word for piece in _pieces(token, width))


def _pieces(token: Token, width: float) -> Iterator[Token]:
    """Break a word that is wider than a whole line; leave any other as it is."""
    if token.width <= width:
        yield token
        return
    size, gap, may_break = token.style.size, (token.gap, token.blanks), token.may_break
    letters = [letter for run in token.runs for letter in _letters(run, token.style.face)]
    while letters:
        used, taken = 0.0, 0
        while taken < len(letters) and (taken == 0 or used + letters[taken].width * size <= width):
            used += letters[taken].width * size
            taken += 1
        yield Token(tuple(letters[:taken]), token.style, used, *gap, may_break=may_break)
        letters, gap, may_break = letters[taken:], (0.0, 0), False


def _letters(run: Run, main: str) -> Iterator[Run]:
    if run.spelled:
        yield run  # shaped letters belong together
    elif run.is_missing:
        box = replace(run, letters=fonts.PLACEHOLDER, width=run.width / len(run.letters))
        yield from [box] * len(run.letters)
    else:
        for letter in run.letters:
            yield from fonts.runs_of(letter, main)


def _with_room_for(more: str, line: tuple[Token, ...], width: float) -> tuple[Token, ...]:
    """Leave out as many words at the end of the line as the ending needs room."""
    style = line[-1].style
    ending = Token.of(more, style)
    kept = list(line)
    while len(kept) > 1 and _width((*kept, ending)) > width:
        kept.pop()
    if _width((*kept, ending)) > width:
        kept = [next(_pieces(kept[0], max(0.0, width - ending.width)))]
    return (*kept, ending)


def _width(line: Sequence[Token]) -> float:
    width = line[0].width if line else 0.0
    for token in line[1:]:
        width += token.gap + token.width
    return width


@dataclass(frozen=True, slots=True)
class _Placed:
    run: Run
    style: Style

    @property
    def width(self) -> float:
        return self.run.width * self.style.size


def _draw_line(pen: Pen, line: Sequence[Token], corner: tuple[float, float]) -> None:
    x, top = corner
    if all(token.is_plain for token in line):
        pieces = _joined(_plainly_placed(line))
    else:
        pieces = _joined(_in_visual_order(list(_placed(line))))
    for placed in pieces:
        style = placed.style
        baseline = top - (style.leading - style.size) / 2 - _ASCENT * style.size
        pen.lacks_letters = pen.lacks_letters or placed.run.is_missing
        _draw_run(pen, placed, (x, baseline))
        x += placed.width


def _draw_run(pen: Pen, placed: _Placed, at: tuple[float, float]) -> None:
    run, style = placed.run, placed.style
    is_made_bold = (
        style.face == fonts.BOLD != run.face
    )  # the faces of other scripts have one weight
    if not run.spelled and not is_made_bold:
        face = fonts.face(run.face)
        pen.write(run.letters, at, font=face, size=style.size, color=style.color)
        return
    pen.setFillColor(style.color)
    pen.setFont(run.face, style.size)
    if is_made_bold:
        pen.setStrokeColor(style.color)
        pen.setLineWidth(style.size * _BOLDER)
    if run.spelled:
        spelled = run.spelled.encode("utf-16-be").hex().upper()
        pen.addLiteral(f"/Span <</ActualText <FEFF{spelled}>>> BDC")
    pen.drawString(*at, run.letters, mode=_FILL_AND_STROKE if is_made_bold else None)
    if run.spelled:
        pen.addLiteral("EMC")


def _plainly_placed(line: Sequence[Token]) -> Iterator[_Placed]:
    """Give the words of a line with the blanks before them, where nothing needs reordering."""
    for number, token in enumerate(line):
        [run] = token.runs
        if number and token.blanks:
            blank = fonts.blank_of(token.style.face)
            letters = blank.letters * token.blanks
            if run.face == blank.face:
                run = Run(run.face, letters + run.letters, blank.width * token.blanks + run.width)
            else:
                yield _Placed(Run(blank.face, letters, blank.width * token.blanks), token.style)
        yield _Placed(run, token.style)


def _placed(line: Sequence[Token]) -> Iterator[_Placed]:
    for number, token in enumerate(line):
        if number and token.blanks:
            blank = fonts.blank_of(token.style.face)
            letters = blank.letters * token.blanks
            yield _Placed(Run(blank.face, letters, blank.width * token.blanks), token.style)
        for run in token.runs:
            yield _Placed(run, token.style)


def _in_visual_order(placed: list[_Placed]) -> list[_Placed]:
    """Turn each stretch of right-to-left runs around, with the numbers and gaps inside it.

    The base direction is always left to right, and what follows the last right-to-left word stays
    behind it: it is another field, as a rule. Source: Unicode Standard Annex 9, simplified.
    """
    rtl = [place for place, item in enumerate(placed) if item.run.is_rtl]
    stretches: list[list[int]] = []
    for before, here in pairwise([-1, *rtl]):
        between = placed[before + 1 : here]
        if stretches and not any(_is_ltr(item.run) for item in between):
            stretches[-1][1] = here + 1
        else:
            stretches.append([here, here + 1])
    ordered = list(placed)
    for first, end in stretches:
        ordered[first:end] = placed[first:end][::-1]
    return ordered


def _is_ltr(run: Run) -> bool:
    return not run.is_rtl and any(letter.isalpha() for letter in run.letters)


def _joined(placed: Iterable[_Placed]) -> Iterator[_Placed]:
    """Put neighbors of one style into one string: a smaller file, and whole words to read back."""
    waiting: list[_Placed] = []
    for item in placed:
        if waiting and not _may_join(waiting[-1], item):
            yield _as_one(waiting)
            waiting = []
        waiting.append(item)
    if waiting:
        yield _as_one(waiting)


def _as_one(pieces: Sequence[_Placed]) -> _Placed:
    if len(pieces) == 1:
        return pieces[0]
    face, style = pieces[0].run.face, pieces[0].style
    letters = "".join([piece.run.letters for piece in pieces])
    return _Placed(Run(face, letters, sum([piece.run.width for piece in pieces])), style)


def _may_join(first: _Placed, second: _Placed) -> bool:
    run, other = first.run, second.run
    if run.spelled or other.spelled or run.is_missing or other.is_missing:
        return False
    return run.face == other.face and first.style is second.style
