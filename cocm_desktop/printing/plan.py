"""Plans for the patient to take home: filled in, or as a form to write on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.letter import Language
from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.patient_language import date_in
from cocm_desktop.domain.plan_words import plan_title, words_of_field
from cocm_desktop.domain.plans import Plan, PlanField, PlanKind
from cocm_desktop.domain.practice import Practice
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Beside, Block, Panel, Rule, Space, Stack
from cocm_desktop.printing.forms import RuledLines, identity
from cocm_desktop.printing.page import ROOM, Folio, Press
from cocm_desktop.printing.running import in_pages
from cocm_desktop.printing.typesetting import Align, Span, Style

TITLE: Final = Style(fonts.BOLD, 20.0, 25.0, theme.INK)
WHO: Final = Style(fonts.BOLD, 12.0, 16.0, theme.INK)
WHO_QUIET: Final = Style(fonts.REGULAR, 11.0, 16.0, theme.QUIET)
PART_TITLE: Final = Style(fonts.BOLD, 12.5, 17.0, theme.INK)
HINT: Final = Style(fonts.REGULAR, 10.0, 17.0, theme.QUIET)
WORDS: Final = Style(fonts.REGULAR, 12.0, 17.0, theme.INK)
CRISIS: Final = Style(fonts.BOLD, 12.5, 16.5, theme.INK)
BULLET: Final = "•"
INDENT: Final = 14.0
PITCH: Final = 21.0
LEAST_PITCH: Final = 15.5
ROOMIEST_PITCH: Final = 30.0
PADDING: Final = (12.0, 9.0)
GAP: Final = 11.0
BLANK: Final = "____________"
LABELS: Final = {
    Language.ENGLISH: ("Written", "born", "MRN"),
    Language.SPANISH: ("Fecha:", "fecha de nacimiento:", "n.º de expediente:"),
}
"""What stands before the day of writing, the day of birth and the number."""
NO_NUMBER: Final = {Language.ENGLISH: "Not recorded", Language.SPANISH: "no registrado"}


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """What is printed. Without a `plan` it is an empty form for the patient.

    `crisis` are the practice's sentences on whom to call in a crisis; plans that a patient keeps
    show them. The titles are in the `language`; what was written stays as it was written.
    """

    practice: Practice
    patient: Patient
    kind: PlanKind
    plan: Plan | None = None
    crisis: tuple[str, ...] = ()
    language: Language = Language.ENGLISH

    @property
    def title(self) -> str:
        return plan_title(self.kind, self.language)


@dataclass(frozen=True, slots=True)
class PrintedPlan:
    pdf: bytes
    pages: int


def plan_pdf(paper: PlanPaper) -> PrintedPlan:
    """Set the plan. No word of it is ever cut: a long one takes further pages."""
    head = _head(paper)
    room = ROOM - head.height - GAP
    placed = [(_gap(block), block) for block in _blocks(paper, _pitch(paper, room))]
    pages = list(in_pages(placed, room))
    press = Press(paper.title, language=paper.language)
    for number, blocks in enumerate(pages, start=1):
        folio = Folio(
            key=f"page-{number}",
            bookmark=paper.title if number == 1 else "",
            foot=_foot(paper),
            number=number,
            of=len(pages),
            is_sample=paper.practice.is_sample,
        )
        press.print_page(Stack((head, Space(GAP), *blocks)), folio)
    return PrintedPlan(press.finish(), len(pages))


def _foot(paper: PlanPaper) -> str:
    parts = [paper.practice.name]
    if paper.practice.phone:
        parts.append(paper.practice.phone)
    return " · ".join(parts)


def _head(paper: PlanPaper) -> Block:
    """Name, birth and number on every page: a page of a plan may be found alone."""
    patient, width = paper.patient, theme.BODY_WIDTH
    label, born, number = LABELS[paper.language]
    day = date_in(paper.plan.written_on, paper.language) if paper.plan else BLANK
    written = f"{label} {day}"
    birth = date_in(patient.born_on, paper.language)
    mrn = patient.mrn or NO_NUMBER[paper.language]
    when = theme.text(written, width, WHO_QUIET, align=Align.RIGHT)
    name = Span(f"{patient.first_name} {patient.last_name}", WHO)
    facts = Span(f"   {born} {birth}   {number} {mrn}", WHO_QUIET)
    return Stack(
        (
            Beside(
                (
                    (0.0, theme.text(paper.title, width, TITLE)),
                    (0.0, Stack((Space(7.0), when))),
                )
            ),
            Space(2.0),
            identity(name, facts, width, most_lines=3),
            Space(5.0),
            Rule(width, 1.0),
        )
    )


def _pitch(paper: PlanPaper, room: float) -> float:
    """Give what is left for a pen as much room as its page has."""
    if paper.plan is not None:
        return PITCH
    lines = sum(part.lines for part in paper.kind.fields)
    used = sum(block.height + GAP for block in _blocks(paper, PITCH))
    return max(LEAST_PITCH, min(ROOMIEST_PITCH, PITCH + (room - used) / lines))


def _blocks(paper: PlanPaper, pitch: float) -> Iterator[Block]:
    for number, part in enumerate(paper.kind.fields, start=1):
        yield from _part(number, part, paper, pitch=pitch)
    if paper.kind.shows_crisis_lines and paper.crisis:
        yield _crisis(paper)


def _crisis(paper: PlanPaper) -> Block:
    room = theme.BODY_WIDTH - 2 * PADDING[0]
    lines = [theme.text(line, room, CRISIS) for line in paper.crisis]
    if paper.practice.phone:
        lines.append(theme.text(f"{paper.practice.phone}: {paper.practice.name}", room, WORDS))
    return Panel(Stack(tuple(lines)), theme.BODY_WIDTH, PADDING, border=theme.SAFETY)


def _part(number: int, part: PlanField, paper: PlanPaper, *, pitch: float) -> Iterator[Block]:
    """Set a part with its first line, so that no title stands alone at the foot of a page."""
    width = theme.BODY_WIDTH
    said = words_of_field(paper.kind, part, paper.language)
    title = f"{number}  {said.title}"
    words = paper.plan.part(part.name) if paper.plan else ""
    if not words:
        spans = [Span(title, PART_TITLE), Span(f"    {said.hint}", HINT)]
        lines = RuledLines((width,), part.lines, pitch)
        yield Stack((theme.text(spans, width), lines))
        return
    first, *more = [_item(line) for line in words.splitlines() if line.strip()]
    yield Stack((theme.text(title, width, PART_TITLE), Space(2.0), first))
    yield from more


def _item(line: str) -> Block:
    words = theme.text(line.strip(), theme.BODY_WIDTH - INDENT, WORDS)
    return Beside(((2.0, theme.text(BULLET, INDENT, WORDS)), (INDENT, words)))


def _gap(block: Block) -> float:
    """Set a further line of a part close to the line above it."""
    return 2.0 if isinstance(block, Beside) else GAP
