"""The letter about a review on one page: the advice, and boxes for the practitioner's answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.case_review import Recommendation
from cocm_desktop.domain.letter import Letter
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.recommendation_letter import (
    CAVEAT,
    Heading,
    Passage,
    one_line,
    passages_of,
)
from cocm_desktop.domain.wording import long_date
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Beside, Block, Panel, Rule, Space, Stack
from cocm_desktop.printing.forms import FormLine, Part, tick
from cocm_desktop.printing.letter import PrintedLetter
from cocm_desktop.printing.letter_text import letterhead
from cocm_desktop.printing.page import ROOM, Folio, Press
from cocm_desktop.printing.typesetting import Align, Span, Style

TITLE: Final = "Letter to the practitioner"
SIZES: Final = (10.6, 10.0, 9.2, 8.3)
SHORTENED: Final = (8, 4)
"""Lines of one text on a page that is too full even in the smallest size."""
LEADING: Final = 1.32
NUMBER: Final = 18.0
PADDING: Final = (9.0, 6.0)
TITLES: Final = {
    Heading.STANDING: "Where treatment stands",
    Heading.IMPRESSION: "Impression of the consultant",
    Heading.ADVICE: "Recommendations",
    Heading.ADDITION: "From the care manager",
    Heading.PART2: "Protected records, 42 CFR part 2",
    Heading.READING: "How to read this",
}


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """What is printed: the letter's words as they were kept, and what was recommended."""

    practice: Practice
    patient: Patient
    letter: Letter
    asked: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """How large the words are, and how many lines one text may take; None is all it needs."""

    size: float
    most_lines: int | None = None

    @property
    def plain(self) -> Style:
        return Style(fonts.REGULAR, self.size, self.size * LEADING, theme.INK)

    @property
    def bold(self) -> Style:
        return Style(fonts.BOLD, self.size, self.size * LEADING, theme.INK)

    @property
    def quiet(self) -> Style:
        return Style(fonts.REGULAR, self.size * 0.88, self.size * 1.18, theme.QUIET)

    @property
    def gap(self) -> float:
        return self.size * 0.9

    def text(self, words: str, width: float, style: Style) -> Block:
        if self.most_lines is None:
            return theme.text(words, width, style)
        return theme.excerpt(words, width, style, most_lines=self.most_lines)


LOOKS: Final = (
    *(_Look(size) for size in SIZES),
    *(_Look(SIZES[-1], most_lines) for most_lines in SHORTENED),
)


def letter_pdf(paper: LetterPaper) -> PrintedLetter:
    """Set the letter: on one page, in smaller type if need be, and then in shortened words.

    A further page is taken only where four lines of each recommendation do not fit. No
    recommendation, box, caveat or notice is ever left out.
    """
    return letters_pdf((paper,))


def letters_pdf(papers: Sequence[LetterPaper]) -> PrintedLetter:
    """Set several letters as one file, each with its own count of pages and its bookmark."""
    press, printed = Press(TITLE), 0
    for paper in papers:
        pages = _pages(paper)
        name = TITLE if len(papers) == 1 else f"{paper.patient.name}, {paper.letter.recipient}"
        for number, page in enumerate(pages, start=1):
            printed += 1
            folio = Folio(
                key=f"letter-{printed}",
                bookmark=name if number == 1 else "",
                foot=_foot(paper),
                number=number,
                of=len(pages),
                is_sample=paper.practice.is_sample,
            )
            press.print_page(page, folio)
    return PrintedLetter(press.finish(), printed)


def _pages(paper: LetterPaper) -> list[Block]:
    for look in LOOKS:
        page = _page(paper, look, paper.asked)
        if page.height <= ROOM:
            return [page]
    look = LOOKS[-1]
    around = _page(paper, look, ()).height
    each = max(_advice_line(look, 1, asked).height for asked in paper.asked) + look.gap
    count = max(1, int((ROOM - around) / each))
    shares = [paper.asked[at : at + count] for at in range(0, len(paper.asked), count)]
    return [
        _page(paper, look, share, first=1 + number * count) for number, share in enumerate(shares)
    ]


def _page(
    paper: LetterPaper, look: _Look, asked: Sequence[Recommendation], *, first: int = 1
) -> Block:
    parts: list[Block] = [_head(paper.practice), _who(paper, look)]
    for passage in passages_of(paper.letter.body):
        if passage.heading is Heading.ADVICE:
            parts.append(_advice(look, asked, first=first))
        elif passage.heading is not Heading.READING:
            parts.append(_passage(look, passage))
    parts.append(_reply(paper, look))
    return Stack(tuple(parts), gap=look.gap)


def _head(practice: Practice) -> Block:
    width = theme.BODY_WIDTH
    return Stack((letterhead(practice, width), Space(5.0), Rule(width, 1.0)))


def _who(paper: LetterPaper, look: _Look) -> Block:
    """Say to whom it goes, about whom, and of which day it is."""
    width, patient = theme.BODY_WIDTH, paper.patient
    day = theme.text(long_date(paper.letter.written_on), width, look.plain, align=Align.RIGHT)
    to = theme.text(f"To {paper.letter.recipient}", width * 0.7, look.bold, most_lines=2)
    room = width - 2 * PADDING[0]
    facts = Span(f"born {patient.born}   MRN {patient.mrn_or_words}", look.plain)
    name = Span(patient.name, look.bold)
    who: tuple[Block, ...] = (theme.text([name, Span("   ", look.plain), facts], room),)
    if who[0].height > look.plain.leading:  # a long name has its own lines, and loses no facts
        who = (theme.text([name], room, most_lines=2), theme.text([facts], room, most_lines=2))
    title = theme.text(paper.letter.title, room, look.plain, most_lines=2)
    about = Stack((*who, title))
    panel = Panel(about, width, PADDING, fill=theme.TINT)
    return Stack((Beside(((0.0, to), (0.0, day))), Space(look.gap * 0.7), panel))


def _passage(look: _Look, passage: Passage) -> Block:
    width = theme.BODY_WIDTH
    lines = [look.text(line, width, look.plain) for line in passage.lines]
    if passage.heading is Heading.PART2:  # its last line is the notice, which is never cut
        lines[-1] = theme.text(passage.lines[-1], width, look.bold)
    return Stack((*_titled(look, passage.heading), *lines))


def _titled(look: _Look, heading: Heading | None) -> Iterator[Block]:
    if heading is not None:
        yield theme.text(TITLES[heading], theme.BODY_WIDTH, look.bold)
        yield Space(1.5)


def _advice(look: _Look, asked: Sequence[Recommendation], *, first: int) -> Block:
    lines = [_advice_line(look, number, each) for number, each in enumerate(asked, start=first)]
    ruled = (part for line in lines for part in (line, Rule(theme.BODY_WIDTH, 0.4, theme.HAIRLINE)))
    return Stack((*_titled(look, Heading.ADVICE), *_spaced(ruled, look.gap * 0.5)))


def _spaced(blocks: Iterator[Block], gap: float) -> Iterator[Block]:
    for block in blocks:
        yield block
        yield Space(gap)


def _advice_line(look: _Look, number: int, asked: Recommendation) -> Block:
    width = theme.BODY_WIDTH - NUMBER
    answer = (
        tick("agree"),
        tick("agree with changes"),
        tick("decline"),
        Part("changes or reason", blank=1.0),
    )
    inside = Stack(
        (
            look.text(one_line(asked.words), width, look.plain),
            theme.text(asked.about, width, look.quiet, most_lines=1),
            FormLine(answer, width, height=look.size * 1.9, style=_answer_style(look), gap=12.0),
        )
    )
    mark = theme.text(f"{number}.", NUMBER, look.bold)
    return Beside(((0.0, mark), (NUMBER, inside)))


def _answer_style(look: _Look) -> Style:
    return Style(fonts.REGULAR, min(look.size, 9.2), min(look.size, 9.2) * LEADING, theme.INK)


def _reply(paper: LetterPaper, look: _Look) -> Block:
    """Give the caveat and where the practitioner signs; neither is ever shortened."""
    width = theme.BODY_WIDTH - 2 * PADDING[0]
    found = passages_of(paper.letter.body)
    read = next((each.lines for each in found if each.heading is Heading.READING), (CAVEAT,))
    signed = (
        Part("Practitioner", blank=2.4),
        Part("Signature", blank=2.4),
        Part("Date", blank=1.0),
    )
    back = f"Please tick, sign and return to {paper.practice.name}."
    inside = Stack(
        (
            theme.text(back, width, look.bold, most_lines=2),
            FormLine(signed, width, height=26.0, style=_answer_style(look)),
        )
    )
    note = Style(fonts.ITALIC, look.size * 0.88, look.size * 1.16, theme.QUIET)
    words = [theme.text(line, theme.BODY_WIDTH, note) for line in read]
    return Stack(
        (*words, Space(look.gap), Panel(inside, theme.BODY_WIDTH, PADDING, border=theme.INK))
    )


def _foot(paper: LetterPaper) -> str:
    return f"Confidential · {paper.practice.name}"
