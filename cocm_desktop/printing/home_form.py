"""A questionnaire for the kitchen table: one page, large type, whom to call, where to send it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cocm_desktop.domain.form_words import WORDS, FormWords
from cocm_desktop.domain.home_form import FormWording
from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.patient_language import date_in
from cocm_desktop.domain.practice import Practice
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Beside, Block, Panel, Rule, Space, Stack
from cocm_desktop.printing.forms import FormLine, Part, identity, tick
from cocm_desktop.printing.page import ROOM, Folio, Press
from cocm_desktop.printing.typesetting import Align, Pen, Span, Style, Text

WIDTH: Final = theme.BODY_WIDTH
TITLE: Final = Style(fonts.BOLD, 17.0, 21.0, theme.INK)
ITEM_SIZES: Final = (12.0, 11.0, 10.0, 9.0)
"""The largest that leaves everything on one page is taken."""
LABEL: Final = Style(fonts.REGULAR, 10.5, 14.0, theme.INK)
NOTE: Final = Style(fonts.REGULAR, 10.0, 13.5, theme.INK)
CALL: Final = Style(fonts.BOLD, 11.0, 15.0, theme.INK)
QUIET: Final = Style(fonts.REGULAR, 10.0, 13.5, theme.QUIET)
OPTION: Final = Style(fonts.BOLD, 8.6, 10.6, theme.INK)
CREDIT: Final = Style(fonts.REGULAR, 7.0, 8.8, theme.QUIET)
NUMBER_WIDTH: Final = 26.0
OPTION_WIDTH: Final = {2: 66.0, 3: 62.0, 4: 58.0, 5: 54.0}
CIRCLE: Final = 0.71
"""The radius, as a share of the size of type."""
TIGHT: Final = 1.4
PADDING: Final = (10.0, 7.0)
STILL_ROOMY: Final = 8.0


@dataclass(frozen=True, slots=True)
class FormPaper:
    """`patient` None leaves blanks for who it is."""

    practice: Practice
    patient: Patient | None
    wordings: tuple[FormWording, ...]
    crisis: tuple[str, ...]

    @property
    def language(self) -> Language:
        return self.wordings[0].language

    @property
    def words(self) -> FormWords:
        return WORDS[self.language]


@dataclass(frozen=True, slots=True)
class Circle:
    """An answer to be ringed: its number in a circle."""

    value: int
    width: float
    radius: float

    @property
    def height(self) -> float:
        return 2 * self.radius + 2.0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        x, y = left + self.width / 2, top - self.height / 2
        pen.setStrokeColor(theme.GUIDE)
        pen.setLineWidth(0.9)
        pen.circle(x, y, self.radius)
        style = Style(fonts.REGULAR, self.radius * 1.15, self.radius * 1.5, theme.INK)
        number = theme.text(str(self.value), self.width, style, align=Align.CENTER)
        number.draw(pen, left, y + number.height / 2 + 0.4)


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A question with its circles, on a tint in every other row to lead the eye."""

    number: Text
    words: Text
    circles: tuple[Circle, ...]
    padding: float
    is_tinted: bool

    @property
    def height(self) -> float:
        return max(self.words.height, self.circles[0].height) + 2 * self.padding

    def draw(self, pen: Pen, left: float, top: float) -> None:
        if self.is_tinted:
            pen.setFillColor(theme.TINT)
            pen.rect(left, top - self.height, WIDTH, self.height, stroke=0, fill=1)
        words_top = top - (self.height - self.words.height) / 2
        self.number.draw(pen, left + 4.0, words_top)
        self.words.draw(pen, left + NUMBER_WIDTH, words_top)
        x = left + WIDTH - sum(circle.width for circle in self.circles)
        for circle in self.circles:
            circle.draw(pen, x, top - (self.height - circle.height) / 2)
            x += circle.width


def form_pdf(paper: FormPaper) -> tuple[bytes, int]:
    """Set each form on a page of its own; give the file and how many pages it has."""
    title = ", ".join(wording.instrument for wording in paper.wordings)
    press = Press(title, language=paper.language)
    for number, wording in enumerate(paper.wordings, start=1):
        folio = Folio(
            key=f"form-{number}",
            bookmark=wording.instrument,
            foot=" · ".join(filter(None, (paper.practice.name, paper.practice.phone))),
            number=number,
            of=len(paper.wordings),
            is_sample=paper.practice.is_sample,
        )
        press.print_page(_page(paper, wording), folio)
    return press.finish(), len(paper.wordings)


def _page(paper: FormPaper, wording: FormWording) -> Block:
    """Take the largest type that leaves the form on one page, and share out what is left."""
    foot = Stack(tuple(_foot(paper, wording)))
    for size in ITEM_SIZES:
        body = _body(paper, wording, size=size, padding=TIGHT)
        left = ROOM - body.height - foot.height
        if left >= 0:
            break
    more = min(left / (2 * len(wording.items) + 2), STILL_ROOMY)
    body = _body(paper, wording, size=size, padding=TIGHT + max(more, 0.0))
    return Stack((body, Space(max(ROOM - body.height - foot.height, 0.0)), foot))


def _body(paper: FormPaper, wording: FormWording, *, size: float, padding: float) -> Stack:
    words = paper.words
    style = Style(fonts.REGULAR, size, size * 1.25, theme.INK)
    heading = theme.text(wording.heading, WIDTH, TITLE, most_lines=2)
    rows = tuple(_rows(wording, style, padding))
    return Stack(
        (
            heading,
            Space(8.0),
            *_who(paper),
            Space(10.0),
            theme.text(wording.lead, WIDTH, replace(style, face=fonts.BOLD)),
            theme.text(words.how, WIDTH, QUIET),
            Space(6.0),
            _options(wording),
            Space(3.0),
            Rule(WIDTH, 0.8),
            *rows,
            Rule(WIDTH, 0.8),
            Space(9.0),
            *_difficulty(wording, style),
        )
    )


def _who(paper: FormPaper) -> Iterator[Block]:
    words, patient = paper.words, paper.patient
    if patient is None:
        yield FormLine((Part(words.name, blank=1.0),), WIDTH, height=22.0, style=LABEL)
        parts = (Part(words.born, blank=1.0), Part(words.filled_on, blank=1.0))
        yield FormLine(parts, WIDTH, height=22.0, style=LABEL)
        return
    name = f"{patient.first_name} {patient.last_name}"
    facts = f"{words.born.lower()} {date_in(patient.born_on, paper.language)}"
    number = f"   {words.number} {patient.mrn}" if patient.mrn else ""
    bold = replace(LABEL, face=fonts.BOLD)
    yield identity(Span(name, bold), Span(f"   {facts}{number}", LABEL), WIDTH, most_lines=4)
    yield FormLine((Part(words.filled_on, blank=1.0),), WIDTH / 2, 22.0, LABEL)


def _options(wording: FormWording) -> Block:
    width = OPTION_WIDTH[len(wording.options)]
    x = WIDTH - width * len(wording.options)
    heads = [theme.text(each, width - 4.0, OPTION, align=Align.CENTER) for each in wording.options]
    height = max(head.height for head in heads)
    return Beside(
        tuple(
            (x + place * width + 2.0, Stack((Space(height - head.height), head)))
            for place, head in enumerate(heads)
        )
    )


def _rows(wording: FormWording, style: Style, padding: float) -> Iterator[Block]:
    width = OPTION_WIDTH[len(wording.options)]
    room = WIDTH - NUMBER_WIDTH - width * len(wording.options) - 8.0
    circles = tuple(Circle(value, width, style.size * CIRCLE) for value in wording.values)
    for number, item in enumerate(wording.items, start=1):
        numeral = theme.text(f"{number}", NUMBER_WIDTH, replace(style, face=fonts.BOLD))
        words = theme.text(item, room, style)
        yield ItemRow(numeral, words, circles, padding, is_tinted=number % 2 == 1)


def _difficulty(wording: FormWording, style: Style) -> Iterator[Block]:
    if not wording.difficulty:
        return
    yield theme.text(wording.difficulty, WIDTH, style)
    yield Space(3.0)
    parts = tuple(tick(words) for words in wording.difficulty_options)
    yield FormLine(parts, WIDTH, height=18.0, style=LABEL, gap=22.0)


def _foot(paper: FormPaper, wording: FormWording) -> Iterator[Block]:
    words, practice = paper.words, paper.practice
    room = WIDTH - 2 * PADDING[0]
    lines = [theme.text(words.safety, room, CALL)]
    lines += [theme.text(line, room, NOTE) for line in paper.crisis]
    yield Space(10.0)
    yield Panel(Stack(tuple(lines)), WIDTH, PADDING, border=theme.SAFETY)
    yield Space(7.0)
    where = ", ".join((practice.name, *practice.address_lines))
    call = f" {words.call.format(practice.phone)}" if practice.phone else ""
    yield theme.text(f"{words.back} {where}.{call}", WIDTH, NOTE)
    yield theme.text(words.not_read_at_once, WIDTH, NOTE)
    yield Space(5.0)
    yield theme.text(wording.licence, WIDTH, CREDIT)
