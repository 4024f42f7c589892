"""One patient's page of the review packet. It never grows beyond its page.

Every text has a most number of lines, so that all sections together leave room for the write-in
block; what is left over goes to its lines. It is read from top to bottom in the order of the
talk: who and why, safety, the question, the course, what is taken and was tried, what is known,
what the last advice came to, and what is advised today.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Final

from cocm_desktop.domain.engagement import no_shows
from cocm_desktop.domain.packet_options import NAMED, PacketOptions
from cocm_desktop.domain.review_packet import CaseSheet, Chart
from cocm_desktop.domain.wording import NOTHING, count_of, month_day
from cocm_desktop.printing import theme
from cocm_desktop.printing.background import history_part, part2_part
from cocm_desktop.printing.blocks import Beside, Block, Panel, Space, Stack, heading
from cocm_desktop.printing.case_density import Density, roomiest
from cocm_desktop.printing.case_facts import diagnosis_part, medication_part, therapy_part
from cocm_desktop.printing.case_header import Place, case_header
from cocm_desktop.printing.follow_through import follow_through_part
from cocm_desktop.printing.marked_bar import marked_bar
from cocm_desktop.printing.page import ROOM
from cocm_desktop.printing.recommendation_form import least_height, recommendation_form
from cocm_desktop.printing.scores import COLUMN_GAP, score_section
from cocm_desktop.printing.typesetting import Span

HALF: Final = (theme.BODY_WIDTH - COLUMN_GAP) / 2
NO_QUESTION: Final = "The care manager wrote none."


def case_sheet(sheet: CaseSheet, place: Place, options: PacketOptions = NAMED) -> Block:
    """Set the page as roomy as its texts allow: the write-in block comes first."""

    @cache
    def scores(dates: int, height: float) -> Block:
        return score_section(sheet.chart, most_dates=dates, least_chart=height)

    @cache
    def above(density: Density) -> Block:
        header = case_header(sheet, place, options, reason_lines=density.question_lines)
        set_scores = scores(density.dates, density.chart_height)
        sections = _sections(sheet.chart, density, options, scores=set_scores)
        return Stack((header, *sections), density.gap)

    def room(density: Density) -> float:
        return ROOM - above(density).height - density.gap

    density = roomiest(lambda each: room(each) >= least_height(each.pitch))
    form = recommendation_form(room(density), density.pitch)
    return Stack((above(density), form), density.gap)


def _sections(
    chart: Chart, density: Density, options: PacketOptions, *, scores: Block
) -> Iterator[Block]:
    yield from _safety(chart, density)
    yield _question(chart, density)
    yield scores
    right = Stack(tuple(_right(chart, density, options)))
    yield Beside(((0.0, _left(chart, density)), (HALF + COLUMN_GAP, right)))
    yield from part2_part(chart.facts.part2, most=density.records, lines=density.part2_lines)
    yield from follow_through_part(chart, density.advice)


def _safety(chart: Chart, density: Density) -> Iterator[Block]:
    if words := tuple(_safety_words(chart, density.safety_tasks)):
        lines = partial(_safety_lines, words, chart.facts.safety_words, most=density.safety_lines)
        yield marked_bar("SAFETY OPEN", theme.SAFETY, lines)
    else:
        yield from _closed_since_review(chart, density)


def _safety_lines(words: Sequence[str], beside: str, width: float, *, most: int) -> Iterator[Block]:
    for line in words:
        yield theme.excerpt(line, width, theme.BODY_BOLD, most_lines=most)
    yield theme.excerpt(beside, width, most_lines=most)


def _safety_words(chart: Chart, most: int) -> Iterator[str]:
    tasks = chart.open_safety_tasks
    newest_first = sorted(tasks, key=lambda task: task.answered_on, reverse=True)
    for task in newest_first[:most]:
        yield task.words_on(chart.row.today)
    if len(tasks) > most:
        yield f"{len(tasks) - most} more open in the chart."
    if not tasks and chart.row.safety_answer is not None:
        yield f"{chart.row.safety_words}."


def _closed_since_review(chart: Chart, density: Density) -> Iterator[Block]:
    """Say what closed the tasks that no review has seen closed yet: one review later they go."""
    since = chart.row.safety_unreviewed_on
    closed = [task for task in chart.safety_tasks if since and task.closed_on == since]
    for task in closed[-density.safety_tasks :]:
        spans = [
            Span("Safety task closed  ", theme.BODY_BOLD),
            Span(f"{task.opening_words}. {task.closing_words}", theme.BODY),
        ]
        yield theme.excerpt(spans, theme.BODY_WIDTH, most_lines=density.question_lines)


def _question(chart: Chart, density: Density) -> Block:
    """Set it where the eye falls; without one it takes no more than a line."""
    asked = chart.row.question.strip()
    if not asked:
        nothing = [Span("Question  ", theme.BODY_BOLD), Span(NO_QUESTION, theme.BODY_NOTE)]
        return theme.text(nothing, theme.BODY_WIDTH, most_lines=1)
    spans = [Span("Question  ", theme.LEAD_BOLD), Span(asked, theme.LEAD)]
    asking = theme.excerpt(spans, theme.BODY_WIDTH - 16.0, most_lines=density.question_lines)
    return Panel(asking, theme.BODY_WIDTH, fill=theme.TINT)


def _left(chart: Chart, density: Density) -> Block:
    return Stack(
        (
            medication_part(chart, HALF, density.amounts, gap=density.gap),
            Space(density.gap),
            *therapy_part(chart, HALF, density.amounts),
        )
    )


def _right(chart: Chart, density: Density, options: PacketOptions) -> Iterator[Block]:
    yield from diagnosis_part(chart, HALF, density.amounts)
    yield Space(density.gap)
    yield from history_part(
        chart.facts,
        HALF,
        density.history_lines,
        leaves_out_social=options.leaves_out_social_history,
    )
    yield Space(density.gap)
    yield heading("Contacts", HALF, _contacts_note(chart, density))
    yield from _contacts(chart, density)
    yield Space(1.5)
    yield theme.text(_next_due(chart), HALF, most_lines=1)


def _contacts_note(chart: Chart, density: Density) -> str:
    missed = no_shows((item.contact for item in chart.contacts), chart.row.today)
    older = len(chart.contacts) - density.contacts
    parts = (
        f"{count_of(missed, 'no-show')} in 60 d" if missed else "",
        f"{older} older in the chart" if older > 0 else "",
    )
    return ", ".join(filter(None, parts))


def _contacts(chart: Chart, density: Density) -> Iterator[Block]:
    if not chart.contacts:
        yield theme.text("None recorded in this episode.", HALF, theme.NOTE)
    for number, item in enumerate(chart.contacts[::-1][: density.contacts]):
        contact = item.contact
        what = f"{contact.kind.value}, {contact.outcome.value.lower()}"
        spans = [
            Span(f"{month_day(contact.made_on)} ", theme.BODY_BOLD),
            Span(f"{what}, {item.minutes} min" if item.minutes else what, theme.BODY),
            Span(f"  {contact.note}", theme.BODY_QUIET),
        ]
        lines = density.contact_lines if number else density.newest_lines
        if lines == 1:
            yield theme.text(spans, HALF, most_lines=1)
        else:
            yield theme.excerpt(spans, HALF, most_lines=lines)


def _next_due(chart: Chart) -> list[Span]:
    due, today = chart.row.next_due, chart.row.today
    words = f"{due.title}, {due.words(today)}" if due else NOTHING
    spans = theme.labelled("Next due", words, style=theme.BODY_BOLD)
    spans += theme.labelled("   Minutes this month", str(chart.row.minutes_this_month))
    return spans
