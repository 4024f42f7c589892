"""Plans for the patient to take home: filled in, or as a form to write on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.patient import Patient
from cocm_desktop.domain.plans import Plan, PlanField, PlanKind
from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.wording import long_date
from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.blocks import Block, Panel, Rule, Space, Stack
from cocm_desktop.printing.forms import RuledLines
from cocm_desktop.printing.page import ROOM, Folio, Press
from cocm_desktop.printing.typesetting import Span, Style

PART_TITLE: Final = Style(fonts.BOLD, 11.0, 14.0, theme.INK)
WORDS: Final = Style(fonts.REGULAR, 11.0, 15.0, theme.INK)
PITCH: Final = 21.0
PADDING: Final = (12.0, 10.0)
GAP: Final = 10.0


@dataclass(frozen=True, slots=True)
class PlanPaper:
    """What is printed. Without a `plan` it is an empty form for the patient.

    `crisis` are the practice's sentences on whom to call in a crisis; a safety plan shows them.
    """

    practice: Practice
    patient: Patient
    kind: PlanKind
    plan: Plan | None = None
    crisis: tuple[str, ...] = ()


def plan_pdf(paper: PlanPaper) -> bytes:
    """Set the plan. No word of it is ever cut: a long one takes further pages."""
    pages = list(_in_pages(_blocks(paper)))
    press = Press(paper.kind.value)
    for number, blocks in enumerate(pages, start=1):
        folio = Folio(
            key=f"page-{number}",
            bookmark=paper.kind.value if number == 1 else "",
            foot=_foot(paper),
            number=number,
            of=len(pages),
            is_sample=paper.practice.is_sample,
        )
        press.print_page(Stack((_head(paper), Space(GAP), *blocks)), folio)
    return press.finish()


def _foot(paper: PlanPaper) -> str:
    parts = [paper.practice.name]
    if paper.practice.phone:
        parts.append(paper.practice.phone)
    return " · ".join(parts)


def _head(paper: PlanPaper) -> Block:
    patient, width = paper.patient, theme.BODY_WIDTH
    written = f"Written {long_date(paper.plan.written_on)}" if paper.plan else "Written ________"
    who = [
        Span(f"{patient.first_name} {patient.last_name}", theme.LEAD_BOLD),
        Span(f"   born {patient.born}   {written}", theme.LEAD_QUIET),
    ]
    return Stack(
        (
            theme.text(paper.kind.value, width, theme.TITLE),
            theme.text(who, width, most_lines=2),
            Space(4.0),
            Rule(width),
        )
    )


def _blocks(paper: PlanPaper) -> Iterator[Block]:
    if paper.kind is PlanKind.SAFETY_PLAN and paper.crisis:
        room = theme.BODY_WIDTH - 2 * PADDING[0]
        words = Stack(tuple(theme.text(line, room, PART_TITLE) for line in paper.crisis))
        yield Panel(words, theme.BODY_WIDTH, PADDING, border=theme.SAFETY)
    for part in paper.kind.fields:
        yield from _part(part, paper.plan)


def _part(part: PlanField, plan: Plan | None) -> Iterator[Block]:
    width = theme.BODY_WIDTH
    title = [Span(part.title, PART_TITLE), Span(f"   {part.hint}", theme.LEAD_QUIET)]
    words = plan.part(part.name) if plan else ""
    if not words:
        lines = RuledLines((width,), part.lines, PITCH)
        yield Stack((theme.text(title, width), lines))
        return
    head, *more = words.split("\n")
    yield Stack((theme.text(title, width), theme.text(head, width, WORDS)))
    for line in more:
        yield theme.text(line or " ", width, WORDS)


def _in_pages(blocks: Iterator[Block]) -> Iterator[Sequence[Block]]:
    page: list[Block] = []
    room = free = ROOM - 70.0
    for block in blocks:
        if page and block.height > free:
            yield page
            page, free = [], room
        page += [block, Space(GAP)]
        free -= block.height + GAP
    yield page
