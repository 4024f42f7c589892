"""The consent form: the practice's wording, who it is about, and where to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.patient_language import date_in
from cocm_desktop.domain.practice import Practice
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Block, Panel, Rule, Space, Stack
from cocm_desktop.printing.forms import FormLine, Part, identity, tick
from cocm_desktop.printing.letter import PrintedLetter, letter_foot
from cocm_desktop.printing.letter_text import Typeset, in_pages, largest_that_fits, letterhead
from cocm_desktop.printing.page import ROOM, Folio, Press
from cocm_desktop.printing.typesetting import Span, Style

WIDTH: Final = theme.BODY_WIDTH
TITLE: Final = Style(fonts.BOLD, 18.0, 23.0, theme.INK)
SIZES: Final = (11.0, 10.5, 10.0, 9.5, 9.0)
SIZE_OF_MANY_PAGES: Final = 10.0
PADDING: Final = (10.0, 6.0)
LINE: Final = 25.0
"""The height of a line that somebody signs on."""
BOX_LINE: Final = 19.0
LABEL: Final = Style(fonts.REGULAR, 9.0, 11.5, theme.INK)
LABEL_BOLD: Final = Style(fonts.BOLD, 9.0, 11.5, theme.INK)
# In both languages: a patient signs the upper part, the staff fill in the lower one.
PATIENT_WORDS: Final = {
    Language.ENGLISH: ("Patient", "born", "MRN"),
    Language.SPANISH: ("Paciente", "fecha de nacimiento", "n.º de expediente"),
}
SIGNED_WORDS: Final = {
    Language.ENGLISH: (
        "I have read this page or had it read to me, my questions were answered, and I agree.",
        "Signature",
        "Date",
        "Name in print",
        "If somebody signs for the patient: relationship (parent, guardian, other)",
    ),
    Language.SPANISH: (
        "He leído esta hoja o me la han leído, respondieron a mis preguntas y estoy de acuerdo.",
        "Firma",
        "Fecha",
        "Nombre en letra de molde",
        "Si firma otra persona: relación con el paciente (madre, padre, tutor legal, otra)",
    ),
}
STAFF_WORDS: Final = {
    Language.ENGLISH: (
        "For the practice",
        "The patient agreed by word instead of signing:",
        ("by phone", "by video", "in person"),
        "Language or interpreter",
        "Obtained by",
        "Date and time",
        "A copy was given",
    ),
    Language.SPANISH: (
        "Para la clínica / For the practice",
        "Consentimiento verbal, sin firma / Agreed by word:",
        ("por teléfono / phone", "por video", "en persona"),
        "Idioma o intérprete / Language",
        "Obtenido por / Obtained by",
        "Fecha y hora / Date, time",
        "Se entregó copia / Copy given",
    ),
}


@dataclass(frozen=True, slots=True)
class ConsentForm:
    """The words with their values in place. Without a patient the form is blank."""

    practice: Practice
    language: Language
    title: str
    body: str
    patient: Patient | None = None


def consent_pdf(form: ConsentForm) -> PrintedLetter:
    """Set the form on one page where it fits; no word of it is ever cut."""
    head, foot = _head(form), _signatures(form.language)
    pages = _pages(form, room=ROOM - head.height, foot=foot)
    press = Press("Consent form", language=form.language)
    for number, blocks in enumerate(pages, start=1):
        folio = Folio(
            key=f"page-{number}",
            bookmark=form.title if number == 1 else "",
            foot=letter_foot(form.practice),
            number=number,
            of=len(pages),
            is_sample=form.practice.is_sample,
        )
        press.print_page(Stack((head, *blocks)), folio)
    return PrintedLetter(press.finish(), len(pages))


def _pages(form: ConsentForm, *, room: float, foot: Block) -> list[tuple[Block, ...]]:
    def made(size: float) -> tuple[Block, ...]:
        return (*Typeset(size, WIDTH).blocks(form.body), Space(8.0), foot)

    fitting = largest_that_fits(SIZES, room, made)
    if fitting is not None:
        return [fitting]
    return list(in_pages(made(SIZE_OF_MANY_PAGES), first=room, then=room))


def _head(form: ConsentForm) -> Block:
    """Name practice and patient on every page: a page of a form may be found alone."""
    return Stack(
        (
            letterhead(form.practice, WIDTH),
            Space(6.0),
            Rule(WIDTH, 0.6, theme.HAIRLINE),
            Space(8.0),
            theme.text(form.title, WIDTH, TITLE),
            Space(3.0),
            _who(form),
            Space(9.0),
        )
    )


def _who(form: ConsentForm) -> Block:
    patient, born, mrn = PATIENT_WORDS[form.language]
    if form.patient is None:
        parts = (Part(patient, blank=5.0), Part(born, blank=2.4), Part(mrn, blank=2.0))
        return FormLine(parts, WIDTH, height=LINE, style=LABEL)
    who = form.patient
    number = f"   {mrn} {who.mrn}" if who.mrn else ""
    facts = f"   {born} {date_in(who.born_on, form.language)}{number}"
    name = Span(f"{who.first_name} {who.last_name}", theme.LEAD_BOLD)
    return identity(name, Span(facts, theme.LEAD_QUIET), WIDTH, most_lines=3)


def _signatures(language: Language) -> Block:
    agreed, signature, day, name, other = SIGNED_WORDS[language]
    parts = (Part(signature, blank=3.0), Part(day, blank=1.0))
    return Stack(
        (
            theme.text(agreed, WIDTH, theme.LEAD_BOLD),
            FormLine(parts, WIDTH, height=LINE + 5.0, style=LABEL),
            FormLine((Part(name, blank=1.0),), WIDTH, height=LINE, style=LABEL),
            FormLine((Part(other, blank=1.0),), WIDTH, height=LINE, style=LABEL),
            Space(9.0),
            Panel(_for_the_practice(language), WIDTH, PADDING, border=theme.GUIDE),
        )
    )


def _for_the_practice(language: Language) -> Block:
    title, by_word, ways, spoken, by, when, copy = STAFF_WORDS[language]
    width = WIDTH - 2 * PADDING[0]
    boxes = (Part(by_word), *(tick(way) for way in ways))
    last = (Part(by, blank=3.0), Part(when, blank=2.0))
    return Stack(
        (
            theme.text(title, width, LABEL_BOLD),
            FormLine(boxes, width, height=BOX_LINE, style=LABEL),
            FormLine((Part(spoken, blank=1.0), tick(copy)), width, height=LINE - 3.0, style=LABEL),
            FormLine(last, width, height=LINE - 3.0, style=LABEL),
        )
    )
