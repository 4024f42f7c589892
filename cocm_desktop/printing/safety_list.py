"""The open safety tasks on paper, for the treating practitioner to read and sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cocm_desktop.domain.practice import Practice
from cocm_desktop.domain.safety import FOLLOW_WORDS, NO_RISK_WORDS
from cocm_desktop.domain.safety_age import age_words
from cocm_desktop.domain.safety_list import SafetyLine
from cocm_desktop.domain.wording import count_of
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Block, Column, Row, Rule, Space, Stack, row, title_row
from cocm_desktop.printing.page import ROOM, Folio, Press, prepared_words
from cocm_desktop.printing.typesetting import Span

TITLE: Final = "Open safety tasks"
COLUMNS: Final = (
    Column("Patient", 150.0, most_lines=3),
    Column("What opened it", 170.0, most_lines=6),
    Column("Practitioner, told", 120.0, most_lines=4),
    Column("Seen by, at", 100.0),
)


@dataclass(frozen=True, slots=True)
class SafetyListPaper:
    """`escalation_days` None prints every open task, else those that are open so long."""

    practice: Practice
    lines: tuple[SafetyLine, ...]
    as_of: datetime
    prepared_by: str
    escalation_days: int | None


def safety_list_pdf(paper: SafetyListPaper) -> tuple[bytes, int]:
    """Set the list; give the file and how many pages it has."""
    pages = list(_in_pages([_line(line, paper) for line in paper.lines]))
    press = Press(TITLE)
    for number, rows in enumerate(pages, start=1):
        folio = Folio(
            key=f"page-{number}",
            bookmark=TITLE if number == 1 else "",
            foot=prepared_words(paper.practice, paper.as_of, paper.prepared_by),
            number=number,
            of=len(pages),
            is_sample=paper.practice.is_sample,
        )
        press.print_page(Stack((_head(paper), title_row(COLUMNS), *rows)), folio)
    return press.finish(), len(pages)


def _head(paper: SafetyListPaper) -> Block:
    which = ""
    if paper.escalation_days is not None:
        which = f", open for {count_of(paper.escalation_days, 'day')} or longer"
    said = f"{count_of(len(paper.lines), 'task')}{which}. {FOLLOW_WORDS} {NO_RISK_WORDS}"
    width = theme.BODY_WIDTH
    return Stack(
        (
            theme.text(TITLE, width, theme.TITLE),
            theme.text(said, width, theme.LEAD_QUIET, most_lines=2),
            Space(6.0),
            Rule(width),
            Space(6.0),
        )
    )


def _line(line: SafetyLine, paper: SafetyListPaper) -> Row:
    today, task = paper.as_of.date(), line.task
    who = [
        Span(line.patient_name, theme.ROOMY_BOLD),
        Span(f"  born {line.patient.born}, MRN {line.patient.mrn_or_words}", theme.ROOMY_QUIET),
    ]
    named = [] if task.practitioner_told else [line.practitioner_words]
    told = ". ".join(filter(None, [*named, line.told_words]))
    what = f"{task.opening_words}, {age_words(task.answered_on, today)}."
    return row(COLUMNS, (who, what, told, ""), style=theme.ROOMY, padding=7.0)


def _in_pages(rows: Sequence[Row]) -> Iterator[list[Row]]:
    page: list[Row] = []
    room = free = ROOM - 90.0
    for each in rows:
        if page and each.height > free:
            yield page
            page, free = [], room
        page.append(each)
        free -= each.height
    yield page
