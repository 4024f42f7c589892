"""The list of a day on paper, with a box to tick and room to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.day_list import DayLine, DayList, Expected
from cocm_desktop.domain.wording import (
    NOT_RECORDED,
    NOTHING,
    count_of,
    long_date,
    long_moment,
    short_date,
    weekday,
)
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import (
    CELL_GAP,
    Block,
    Column,
    Row,
    Rule,
    Space,
    Stack,
    row,
    title_row,
)
from cocm_desktop.printing.forms import BOX
from cocm_desktop.printing.listing import Entry, Headings, in_pages, section_heading
from cocm_desktop.printing.page import ROOM, Folio, Press, prepared_words
from cocm_desktop.printing.typesetting import Pen, Style

TITLE: Final = "Day list"
FRONT_DESK: Final = (
    Column("", 20.0),
    Column("Patient", 178.0),
    Column("Phone", 96.0),
    Column("Due since", 76.0),
    Column("Form", 50.0),
    Column("Done, by whom, notes", 120.0),
)
CLINICAL: Final = (
    Column("", 20.0),
    Column("Patient", 134.0),
    Column("Phone, due since", 100.0),
    Column("Last score, form", 104.0),
    Column("Safety, tasks", 106.0),
    Column("Done, notes", 76.0),
)
MOST_TASKS: Final = 5
MOST_LINES: Final = 8
"""Of one part of a cell: with them a row never leaves its page."""
LEAST: Final = 26.0
"""The height of a row in which somebody can write."""


@dataclass(frozen=True, slots=True)
class Box:
    """A box to tick, as high as a row in which somebody can write."""

    height: float = LEAST

    def draw(self, pen: Pen, left: float, top: float) -> None:
        pen.setStrokeColor(theme.INK)
        pen.setLineWidth(0.7)
        pen.rect(left + 2.0, top - BOX - 2.5, BOX, BOX)


def day_list_pdf(made: DayList) -> tuple[bytes, int]:
    """Set the list; give the file and how many pages it has."""
    columns = FRONT_DESK if made.is_for_front_desk else CLINICAL
    heads = title_row(columns)
    front = _front(made)
    headings = Headings(
        lambda section: _heading(section, made),
        lambda section: section_heading(section.value, "continued"),
    )
    again = Stack((_continued(made), heads))
    first_room = ROOM - front.height - heads.height
    entries = [Entry(line.expected, _row(columns, line, made)) for line in made.lines]
    pages = list(in_pages(entries, headings, first_room=first_room, room=ROOM - again.height))
    press = Press(TITLE)
    for number, page in enumerate(pages, start=1):
        top: tuple[Block, ...] = (front, heads) if number == 1 else (again,)
        folio = Folio(
            key=f"day-{number}",
            bookmark=TITLE if number == 1 else "",
            foot=prepared_words(made.practice, made.as_of, made.prepared_by.title),
            number=number,
            of=len(pages),
            is_sample=made.practice.is_sample,
        )
        press.print_page(Stack((*top, *page)), folio)
    return press.finish(), len(pages)


def _heading(section: Expected, made: DayList) -> Block:
    return section_heading(section.value, count_of(made.counted[section], "patient"))


def _front(made: DayList) -> Block:
    width = theme.BODY_WIDTH
    whose = f"Caseload of {made.care_manager.title}" if made.care_manager else "All care managers"
    facts = [whose, f"records as of {long_moment(made.as_of)}"]
    if made.is_for_front_desk:
        facts.append("front desk")
    said = " · ".join((made.practice.name, *facts))
    lines: list[Block] = [
        theme.text(f"{weekday(made.day)}, {long_date(made.day)}", width, theme.TITLE),
        theme.text(said, width, theme.LEAD_QUIET, most_lines=2),
        Space(6.0),
        Rule(width, 0.8),
        Space(4.0),
    ]
    if not made.lines:
        lines.append(theme.text("Nobody is expected on this day.", width, theme.SUBTITLE))
    return Stack(tuple(lines))


def _continued(made: DayList) -> Block:
    words = f"{weekday(made.day)}, {long_date(made.day)}, continued"
    return Stack((theme.text(words, theme.BODY_WIDTH, theme.LEAD_BOLD), Space(6.0)))


def _row(columns: Sequence[Column], line: DayLine, made: DayList) -> Row:
    cells = _desk_cells(line, made) if made.is_for_front_desk else _clinical_cells(line, made)
    set_cells = [
        _stacked(cell, column.width - CELL_GAP)
        for cell, column in zip(cells, columns[1:], strict=True)
    ]
    return row(columns, (Box(), *set_cells), padding=3.5)


Said = tuple[str, Style]


def _stacked(lines: Sequence[Said], width: float) -> Block:
    """Set each part of a cell on lines of its own; what is empty takes no room."""
    said = [
        theme.text(words, width, style, most_lines=MOST_LINES) for words, style in lines if words
    ]
    return Stack(tuple(said))


def _desk_cells(line: DayLine, made: DayList) -> Iterator[Sequence[Said]]:
    yield _who(line)
    yield [(line.phone or NOT_RECORDED, theme.ROOMY), (_with_whom(line, made), theme.BODY_QUIET)]
    yield _since(line, made)
    yield [(line.form or NOTHING, theme.ROOMY)]
    yield []


def _clinical_cells(line: DayLine, made: DayList) -> Iterator[Sequence[Said]]:
    yield _who(line)
    days = line.days_over(made.day)
    since = f"since {short_date(line.since)} ({days} d)" if days > 0 else ""
    yield [
        (line.phone or NOT_RECORDED, theme.ROOMY),
        (since, theme.BODY_QUIET),
        (_with_whom(line, made), theme.BODY_QUIET),
    ]
    form = f"{line.form} form due" if line.form else ""
    yield [
        (line.score or "No score", theme.ROOMY),
        (line.scored, theme.BODY_QUIET),
        (form, theme.ROOMY_BOLD),
    ]
    nothing = "" if line.safety or line.tasks else NOTHING
    tasks = ((task, theme.ROOMY) for task in line.tasks[:MOST_TASKS])
    left = len(line.tasks) - MOST_TASKS
    more = f"and {left} more" if left > 0 else nothing
    yield [(line.safety, theme.ROOMY_BOLD), *tasks, (more, theme.ROOMY)]
    yield []


def _with_whom(line: DayLine, made: DayList) -> str:
    """Name the care manager, where the list is of several."""
    return "" if made.care_manager or not line.care_manager else f"with {line.care_manager}"


def _since(line: DayLine, made: DayList) -> Sequence[Said]:
    words = _since_words(line, made)
    styles = (theme.ROOMY, theme.BODY_QUIET)
    return list(zip(words, styles, strict=True)) if words else [(NOTHING, theme.ROOMY)]


def _since_words(line: DayLine, made: DayList) -> tuple[str, ...]:
    days = line.days_over(made.day)
    return (short_date(line.since), count_of(days, "day")) if days > 0 else ()


def _who(line: DayLine) -> Sequence[Said]:
    number = f" · MRN {line.mrn}" if line.mrn else ""
    return [
        (line.name, theme.ROOMY_BOLD),
        (f"born {short_date(line.born_on)}{number}", theme.BODY_QUIET),
        (", ".join(line.marks), theme.BODY_BOLD),
    ]
