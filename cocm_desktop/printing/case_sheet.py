"""One patient's page of the review packet. It never grows beyond its page.

Every text has a most number of lines, so that all sections together leave room for the write-in
block; what is left over goes to its lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from cocm_desktop.domain.review_packet import CaseSheet, Chart
from cocm_desktop.domain.wording import NOTHING, long_date, month_day
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import (
    Beside,
    Block,
    Panel,
    Rule,
    Space,
    Stack,
    heading,
)
from cocm_desktop.printing.case_facts import (
    Amounts,
    diagnosis_part,
    medication_part,
    therapy_part,
)
from cocm_desktop.printing.follow_through import follow_through_part
from cocm_desktop.printing.page import ROOM
from cocm_desktop.printing.recommendation_form import least_height, recommendation_form
from cocm_desktop.printing.scores import CHART_HEIGHT, COLUMN_GAP, LEAST_CHART, MOST_DATES, score_section
from cocm_desktop.printing.typesetting import CUT, Align, Pen, Span

HALF: Final = (theme.BODY_WIDTH - COLUMN_GAP) / 2
NO_QUESTION: Final = "The care manager wrote none."
MOST_SAFETY_TASKS: Final = 2
NAME_STYLES: Final = theme.larger_to_smaller(theme.TITLE, 15.0, 12.0, 9.5, 7.0)
LONGEST_MRN: Final = 40
LONGEST_TITLE: Final = 45


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sheet stands in its packet: case number of all cases."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Advice:
    """How much of the last review a sheet shows, or whether it leaves a line to write it on."""

    rows: int
    lines: int
    has_write_in: bool


@dataclass(frozen=True, slots=True)
class Density:
    """How much of what may be shortened a sheet shows."""

    contact_lines: int
    amounts: Amounts
    advice: Advice
    pitch: float
    gap: float
    contacts: int = 3
    question_lines: int = 3
    dates: int = MOST_DATES
    chart_height: float = CHART_HEIGHT


ROOMY: Final = Amounts(
    medications=5,
    has_intake=True,
    trials=4,
    screen_lines=3,
    goals=3,
    has_homework=True,
    has_labs=True,
)
USUAL: Final = replace(ROOMY, medications=4, trials=3, screen_lines=2, goals=2)
CLOSE: Final = replace(USUAL, medications=3, trials=2, goals=1, has_labs=False)
CLOSEST: Final = replace(
    CLOSE, medications=2, has_intake=False, trials=1, screen_lines=1, has_homework=False
)
FULL_ADVICE: Final = Advice(rows=4, lines=2, has_write_in=True)
SOME_ADVICE: Final = Advice(rows=3, lines=2, has_write_in=False)
LEAST_ADVICE: Final = Advice(rows=2, lines=1, has_write_in=False)
LAST: Final = Density(
    contact_lines=1,
    amounts=CLOSEST,
    advice=LEAST_ADVICE,
    pitch=13.0,
    gap=2.5,
    contacts=2,
    question_lines=2,
    dates=4,
    chart_height=LEAST_CHART,
)
DENSITIES: Final = (
    Density(2, ROOMY, FULL_ADVICE, pitch=16.5, gap=6.5),
    Density(1, ROOMY, FULL_ADVICE, pitch=16.5, gap=6.5),
    Density(2, USUAL, FULL_ADVICE, pitch=15.5, gap=6.0),
    Density(2, USUAL, SOME_ADVICE, pitch=15.0, gap=6.0),
    Density(1, USUAL, SOME_ADVICE, pitch=15.0, gap=6.0),
    Density(1, CLOSE, SOME_ADVICE, pitch=14.0, gap=5.0),
    Density(1, CLOSEST, LEAST_ADVICE, pitch=13.0, gap=4.0, dates=7, chart_height=130.0),
    LAST,
)


def case_sheet(sheet: CaseSheet, place: Place) -> Block:
    """Set the page as roomy as its texts allow: the write-in block comes first."""
    for density in DENSITIES:
        above = Stack(tuple(_sections(sheet, place, density)), density.gap)
        room = ROOM - above.height - density.gap
        if room >= least_height(density.pitch):
            break
    return Stack((above, recommendation_form(room, density.pitch)), density.gap)


def _sections(sheet: CaseSheet, place: Place, density: Density) -> Iterator[Block]:
    chart = sheet.chart
    yield _header(sheet, place)
    yield from _safety(chart, density)
    yield _question(chart, density)
    yield score_section(chart, most_dates=density.dates, least_chart=density.chart_height)
    yield Beside(((0.0, _left(chart, density)), (HALF + COLUMN_GAP, _right(chart, density))))
    advice = density.advice
    yield from follow_through_part(
        chart, rows=advice.rows, lines=advice.lines, has_write_in=advice.has_write_in
    )


def _header(sheet: CaseSheet, place: Place) -> Block:
    chart = sheet.chart
    case = theme.text(
        f"Case {place.number} of {place.of}", theme.BODY_WIDTH, theme.BODY_QUIET, align=Align.RIGHT
    )
    room = theme.BODY_WIDTH - case.words_width - 2 * theme.GAP
    name = theme.fitted(chart.patient.name, room, NAME_STYLES, most_lines=2)
    return Stack(
        (
            Beside(((0.0, name), (0.0, Stack((Space(6.0), case))))),
            theme.text(list(_identity(chart)), theme.BODY_WIDTH, most_lines=2),
            theme.text(list(_team(chart)), theme.BODY_WIDTH, most_lines=2),
            Space(3.0),
            Rule(theme.BODY_WIDTH, 0.8),
            Space(3.5),
            theme.excerpt(list(_reasons(sheet)), theme.BODY_WIDTH, most_lines=2),
        )
    )


def _identity(chart: Chart) -> Iterator[Span]:
    patient = chart.patient
    yield from theme.labelled(
        "MRN", _short(patient.mrn_or_words, LONGEST_MRN), style=theme.BODY_BOLD
    )
    born = f"{patient.born} ({chart.row.age} y)"
    yield from theme.labelled("   Born", born)
    yield from theme.labelled("   Sex", patient.sex.value)
    if patient.preferred_name:
        yield from theme.labelled("   Preferred name", patient.preferred_name)


def _team(chart: Chart) -> Iterator[Span]:
    row_ = chart.row
    yield Span(row_.status_words, theme.BODY_BOLD)
    if row_.enrolled_on:
        yield Span(f", week {row_.weeks}", theme.BODY_BOLD)
        yield from theme.labelled("   Enrolled", long_date(row_.enrolled_on))
    else:
        yield from theme.labelled("   Enrolled", "not yet")
    practitioner = chart.practitioner_words or NOTHING
    yield from theme.labelled("   Treating practitioner", _short(practitioner, LONGEST_TITLE))
    manager = (chart.care_manager.title if chart.care_manager else row_.care_manager) or NOTHING
    yield from theme.labelled("   Care manager", _short(manager, LONGEST_TITLE))


def _short(words: str, longest: int) -> str:
    """Keep a number or a name, which is short, from taking the place of what follows it."""
    return words if len(words) <= longest else f"{words[:longest]}{CUT}"


def _reasons(sheet: CaseSheet) -> Iterator[Span]:
    yield Span("On the agenda  ", theme.BODY_QUIET)
    for number, reason in enumerate(sheet.entry.reasons):
        yield Span(f"{'   ' if number else ''}{reason.rule} ", theme.BODY_BOLD)
        yield Span(reason.words, theme.BODY)


def _safety(chart: Chart, density: Density) -> Iterator[Block]:
    words = list(_safety_words(chart))
    if not words:
        yield from _closed_since_review(chart, density)
        return
    label = theme.text("SAFETY OPEN", 80.0, theme.SAFETY_LABEL)
    width = label.words_width + 16.0
    lines = Stack(
        tuple(
            theme.text(line, theme.BODY_WIDTH - width - 16.0, theme.BODY_BOLD, most_lines=2)
            for line in words
        ),
        1.0,
    )
    yield SafetyBar(label, lines, width)


def _safety_words(chart: Chart) -> Iterator[str]:
    tasks = chart.open_safety_tasks
    newest_first = sorted(tasks, key=lambda task: task.answered_on, reverse=True)
    for task in newest_first[:MOST_SAFETY_TASKS]:
        yield task.words_on(chart.row.today)
    if len(tasks) > MOST_SAFETY_TASKS:
        yield f"{len(tasks) - MOST_SAFETY_TASKS} more open in the chart."
    if not tasks and chart.row.safety_answer is not None:
        yield f"{chart.row.safety_words}."


def _closed_since_review(chart: Chart, density: Density) -> Iterator[Block]:
    """Say what closed the tasks that no review has seen closed yet: one review later they go."""
    since = chart.row.safety_unreviewed_on
    closed = [task for task in chart.safety_tasks if since and task.closed_on == since]
    for task in closed[-MOST_SAFETY_TASKS:]:
        spans = [
            Span("Safety task closed  ", theme.BODY_BOLD),
            Span(f"{task.opening_words}. {task.closing_words}", theme.BODY),
        ]
        yield theme.excerpt(spans, theme.BODY_WIDTH, most_lines=density.question_lines)


@dataclass(frozen=True, slots=True)
class SafetyBar:
    """A frame with a dark end: seen at once, on a grey printer too."""

    label: Block
    lines: Block
    label_width: float

    @property
    def height(self) -> float:
        return self.lines.height + 9.0

    def draw(self, pen: Pen, left: float, top: float) -> None:
        pen.setFillColor(theme.SAFETY)
        pen.setStrokeColor(theme.SAFETY)
        pen.setLineWidth(1.0)
        foot = top - self.height
        pen.rect(left, foot, self.label_width, self.height, stroke=1, fill=1)
        pen.rect(left, foot, theme.BODY_WIDTH, self.height, stroke=1, fill=0)
        middle = foot + (self.height + self.label.height) / 2
        self.label.draw(pen, left + 8.0, middle)
        self.lines.draw(pen, left + self.label_width + 8.0, top - 4.5)


def _question(chart: Chart, density: Density) -> Block:
    width = theme.BODY_WIDTH - 16.0
    asked = chart.row.question.strip()
    spans = [
        Span("Question  ", theme.LEAD_BOLD),
        Span(asked, theme.LEAD) if asked else Span(NO_QUESTION, theme.LEAD_NOTE),
    ]
    asking = theme.excerpt(spans, width, most_lines=density.question_lines)
    return Panel(asking, theme.BODY_WIDTH, fill=theme.TINT)


def _left(chart: Chart, density: Density) -> Block:
    return Stack(
        (
            medication_part(chart, HALF, density.amounts, gap=density.gap),
            Space(density.gap),
            *therapy_part(chart, HALF, density.amounts),
        )
    )


def _right(chart: Chart, density: Density) -> Block:
    older = len(chart.contacts) - density.contacts
    return Stack(
        (
            *diagnosis_part(chart, HALF, density.amounts),
            Space(density.gap),
            heading("Contacts", HALF, f"{older} older in the chart" if older > 0 else ""),
            *_contacts(chart, density),
            *_next_due(chart),
        )
    )


def _contacts(chart: Chart, density: Density) -> Iterator[Block]:
    if not chart.contacts:
        yield theme.text("None recorded in this episode.", HALF, theme.NOTE)
    for item in chart.contacts[::-1][: density.contacts]:
        contact = item.contact
        what = f"{contact.kind.value}, {contact.outcome.value.lower()}"
        spans = [
            Span(f"{month_day(contact.made_on)} ", theme.BODY_BOLD),
            Span(f"{what}, {item.minutes} min" if item.minutes else what, theme.BODY),
            Span(f"  {contact.note}", theme.BODY_QUIET),
        ]
        if density.contact_lines == 1:
            yield theme.text(spans, HALF, most_lines=1)
        else:
            yield theme.excerpt(spans, HALF, most_lines=density.contact_lines)


def _next_due(chart: Chart) -> Iterator[Block]:
    due, today = chart.row.next_due, chart.row.today
    words = f"{due.title}, {due.words(today)}" if due else NOTHING
    spans = theme.labelled("Next due", words, style=theme.BODY_BOLD)
    spans += theme.labelled("   Minutes this month", str(chart.row.minutes_this_month))
    yield Space(1.5)
    yield theme.text(spans, HALF, most_lines=1)
