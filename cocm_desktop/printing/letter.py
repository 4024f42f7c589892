"""A letter to a patient: one page, folded in three, its address in the window of an envelope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from reportlab.lib.units import inch

from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.patient_language import date_in
from cocm_desktop.domain.practice import Practice
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Block, Rule, Space, Stack
from cocm_desktop.printing.letter_text import Typeset, in_pages, largest_that_fits, letterhead
from cocm_desktop.printing.page import ROOM, Folio, Press
from cocm_desktop.printing.typesetting import Align, Pen, Style

# Source: USPS Publication 28 and the common #10 window envelope: 4 1/8 by 9 1/2 in, window
# 1 1/8 by 4 1/2 in, 7/8 in from the left, 1/2 in from the foot. A letter folded in three slides
# by 0.46 in up and down and by 1 in sideways; this is what the window shows wherever it lies.
ADDRESS_TOP: Final = 2.5 * inch
ADDRESS_HEIGHT: Final = 0.66 * inch
ADDRESS_LEFT: Final = 0.95 * inch
ADDRESS_WIDTH: Final = 3.4 * inch
FOLDS: Final = (theme.PAGE_HEIGHT / 3, theme.PAGE_HEIGHT * 2 / 3)
FOLD_MARK: Final = (18.0, 26.0)
"""Where the mark of a fold begins and ends: not nearer to the edge than printers reach."""
BODY_TOP: Final = 3.72 * inch
INDENT: Final = ADDRESS_LEFT - theme.MARGIN
WIDTH: Final = theme.BODY_WIDTH - 2 * INDENT
HEAD_HEIGHT: Final = BODY_TOP - theme.MARGIN
TITLE: Final = Style(fonts.BOLD, 15.0, 19.0, theme.INK)
DATE: Final = Style(fonts.REGULAR, 11.0, 13.0, theme.INK)
SIZES: Final = (11.0, 10.5, 10.0, 9.5, 9.0)
SIZE_OF_MANY_PAGES: Final = 10.5
ADDRESS_SIZES: Final = (11.0, 10.0, 9.0, 8.0, 7.0)
ADDRESS_LEADING: Final = 1.18


@dataclass(frozen=True, slots=True)
class LetterPaper:
    """The words as they were kept, and to whom they go. `kind` becomes the file's title."""

    practice: Practice
    patient: Patient
    kind: str
    language: Language
    written_on: date
    title: str
    body: str

    @property
    def date_words(self) -> str:
        return date_in(self.written_on, self.language)


@dataclass(frozen=True, slots=True)
class PrintedLetter:
    pdf: bytes
    pages: int


def letter_pdf(paper: LetterPaper) -> PrintedLetter:
    """Set the letter in the largest type that one page holds. No word of it is ever cut."""
    press = Press(paper.kind, language=paper.language)
    pages = _pages(paper)
    for number, blocks in enumerate(pages, start=1):
        head: Block = LetterHead(paper) if number == 1 else _running_head(paper)
        folio = Folio(
            key=f"page-{number}",
            bookmark=paper.title if number == 1 else "",
            foot=letter_foot(paper.practice),
            number=number,
            of=len(pages),
            is_sample=paper.practice.is_sample,
        )
        press.print_page(Stack((head, Indented(Stack(blocks)))), folio)
    return PrintedLetter(press.finish(), len(pages))


def letter_foot(practice: Practice) -> str:
    return " · ".join(filter(None, (practice.name, practice.phone)))


def _pages(paper: LetterPaper) -> list[tuple[Block, ...]]:
    room = ROOM - HEAD_HEIGHT

    def made(size: float) -> tuple[Block, ...]:
        title = theme.text(paper.title, WIDTH, TITLE)
        return (title, Space(size), *Typeset(size, WIDTH).blocks(paper.body))

    fitting = largest_that_fits(SIZES, room, made)
    if fitting is not None:
        return [fitting]
    then = ROOM - _running_head(paper).height
    return list(in_pages(made(SIZE_OF_MANY_PAGES), first=room, then=then))


@dataclass(frozen=True, slots=True)
class Indented:
    """A block as far from the edge as the address is."""

    block: Block

    @property
    def height(self) -> float:
        return self.block.height

    def draw(self, pen: Pen, left: float, top: float) -> None:
        self.block.draw(pen, left + INDENT, top)


@dataclass(frozen=True, slots=True)
class LetterHead:
    """Letterhead, address and date, each where the folded page needs it; marks of the folds."""

    paper: LetterPaper
    height: float = HEAD_HEIGHT

    def draw(self, pen: Pen, left: float, top: float) -> None:
        x = left + INDENT
        head = letterhead(self.paper.practice, WIDTH)
        head.draw(pen, x, top)
        Rule(WIDTH, 0.6, theme.HAIRLINE).draw(pen, x, top - head.height - 5.0)
        place = theme.PAGE_HEIGHT - ADDRESS_TOP
        address(self.paper.patient).draw(pen, x, place)
        day = theme.text(self.paper.date_words, WIDTH, DATE, align=Align.RIGHT)
        day.draw(pen, x, place)
        for fold in FOLDS:
            mark = Rule(FOLD_MARK[1] - FOLD_MARK[0], 0.5, theme.GUIDE)
            mark.draw(pen, FOLD_MARK[0], fold)


def address(
    patient: Patient, width: float = ADDRESS_WIDTH, height: float = ADDRESS_HEIGHT
) -> Block:
    """Set name and address in the largest type that the place has room for."""
    lines = (f"{patient.first_name} {patient.last_name}", *patient.reach.address_lines)
    for size in ADDRESS_SIZES:
        style = Style(fonts.REGULAR, size, size * ADDRESS_LEADING, theme.INK)
        texts = [theme.text(line, width, style) for line in lines]
        if sum(each.height for each in texts) <= height:
            return Stack(tuple(texts))
    most = max(1, int(height / texts[0].leading) // len(lines))
    return Stack(tuple(theme.text(line, width, style, most_lines=most) for line in lines))


def _running_head(paper: LetterPaper) -> Block:
    words = f"{paper.patient.first_name} {paper.patient.last_name} · {paper.date_words}"
    line = theme.text(words, WIDTH, theme.LEAD_QUIET, most_lines=2)
    return Indented(Stack((line, Space(4.0), Rule(WIDTH, 0.6, theme.HAIRLINE), Space(12.0))))
