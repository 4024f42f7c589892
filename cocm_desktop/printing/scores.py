"""The scores of a case sheet: the chart, the last eight dates, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest
from typing import Final

from cocm_desktop.domain.instrument import Instrument
from cocm_desktop.domain.measure import Measure
from cocm_desktop.domain.outcome import BAO_NYS, Course
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.score_picture import score_picture
from cocm_desktop.domain.wording import NOTHING, days_ago, month_day, short_date
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import (
    Beside,
    Block,
    Column,
    Space,
    Stack,
    heading,
    row,
    title_row,
)
from cocm_desktop.printing.trend import TrendChart
from cocm_desktop.printing.typesetting import Align, Span

COLUMN_GAP: Final = 18.0
CHART_WIDTH: Final = 318.0
LEAST_CHART: Final = 150.0
TABLE_WIDTH: Final = theme.BODY_WIDTH - CHART_WIDTH - COLUMN_GAP
MOST_DATES: Final = 8
NOT_ASKED: Final = "not asked"

_COLUMNS: Final = (
    Column("Date", TABLE_WIDTH - 116.0),
    Column("PHQ-9", 36.0, Align.RIGHT),
    Column("Item 9", 42.0, Align.RIGHT),
    Column("GAD-7", 38.0, Align.RIGHT),
)
Dated = tuple[date, Measure | None, Measure | None]


def score_section(chart: Chart) -> Block:
    """Chart on the left, the newest eight dates on the right, what they come to below."""
    right = Stack(
        (
            heading("Scores", TABLE_WIDTH, _older_words(chart)),
            title_row(_COLUMNS),
            *_score_rows(chart),
            Space(3.0),
            *_summary(chart),
        )
    )
    title = heading("Trajectory", CHART_WIDTH, _chart_note(chart))
    height = max(LEAST_CHART, right.height - title.height)
    left = Stack((title, TrendChart(score_picture(chart), CHART_WIDTH, height)))
    both = Beside(((0.0, left), (CHART_WIDTH + COLUMN_GAP, right)))
    return Stack((both, Space(3.0), _verdict(chart)))


def _chart_note(chart: Chart) -> str:
    [first, *_] = score_picture(chart).plots
    return f"dashed: {first.target_words}" if first.target_words else ""


def _older_words(chart: Chart) -> str:
    older = len(list(_by_date(chart))) - MOST_DATES
    return f"{older} older in the chart" if older > 0 else "newest first"


def _score_rows(chart: Chart) -> Iterator[Block]:
    dated = list(_by_date(chart))[:MOST_DATES]
    if not dated:
        yield Space(3.0)
        yield theme.text("No measure recorded in this episode.", TABLE_WIDTH, theme.NOTE)
    for number, (day, phq9, gad7) in enumerate(dated):
        style = theme.BODY if number else theme.BODY_BOLD
        cells = (
            _date_cell(chart, day),
            [Span(_total(phq9), style)],
            _item9_cell(phq9),
            [Span(_total(gad7), style)],
        )
        yield row(_COLUMNS, cells, padding=0.7)


def _by_date(chart: Chart) -> Iterator[Dated]:
    """Newest first. Two forms of one instrument on one day are two lines; none is left out."""
    days = sorted({m.taken_on for m in chart.measures}, reverse=True)
    for day in days:
        phq9 = _of_day(chart, chart.row.phq9_instrument, day)
        gad7 = _of_day(chart, chart.row.gad7_instrument, day)
        for first, second in zip_longest(phq9, gad7):
            yield day, first, second


def _of_day(chart: Chart, instrument: Instrument, day: date) -> list[Measure]:
    return [m for m in reversed(chart.measures_of(instrument)) if m.taken_on == day]


def _date_cell(chart: Chart, day: date) -> list[Span]:
    baseline = chart.row.phq9.baseline
    spans = [Span(short_date(day), theme.BODY)]
    if baseline and day == baseline.taken_on:
        spans.append(Span(" baseline", theme.SMALL_QUIET))
    return spans


def _total(measure: Measure | None) -> str:
    if measure is None:
        return NOTHING
    if measure.total is None:
        return f"{measure.answered} of {len(measure.answers)}"
    return str(measure.total)


def _item9_cell(phq9: Measure | None) -> list[Span]:
    if phq9 is None:
        return [Span(NOTHING, theme.BODY)]
    if phq9.critical is None:
        return [Span(NOT_ASKED, theme.SMALL_QUIET)]
    style = theme.BODY_BOLD if phq9.critical > 0 else theme.BODY
    return [Span(str(phq9.critical), style)]


def _summary(chart: Chart) -> Iterator[Block]:
    course, today = chart.row.phq9, chart.row.today
    for spans in (_first_and_best(course), _last(course, today), _change(course)):
        yield theme.text(list(spans), TABLE_WIDTH, theme.BODY, most_lines=1)


def _first_and_best(course: Course) -> Iterator[Span]:
    baseline, best = course.baseline, course.best
    words = f"{baseline.total} on {month_day(baseline.taken_on)}" if baseline else NOTHING
    yield from theme.labelled("Baseline", words)
    yield from theme.labelled("  best", str(best.total) if best else NOTHING)


def _last(course: Course, today: date) -> Iterator[Span]:
    last = course.last
    if last is None:
        yield from theme.labelled("Last", NOTHING)
        return
    age = days_ago(last.taken_on, today)
    yield from theme.labelled("Last", f"{last.total}, {age}")
    if course.is_stale_on(today):
        yield Span(" – over 30 days old", theme.BODY_BOLD)


def _change(course: Course) -> Iterator[Span]:
    yield from theme.labelled("Change", course.change_words, style=theme.BODY_BOLD)
    yield Span("   ", theme.BODY)
    yield Span(course.trajectory.value, theme.BODY_BOLD)


def _verdict(chart: Chart) -> Block:
    """Name the definition with its verdict, and what the newest form says beside its total."""
    instrument = chart.row.phq9_instrument
    verdict = {None: NOTHING, True: "reached", False: "not reached"}[chart.row.phq9.is_at_target]
    spans = theme.labelled("Target", f"{verdict} ({BAO_NYS})")
    rated = ", ".join(chart.rated_high(instrument))
    spans += theme.labelled("    Rated 2–3", rated or NOTHING)
    measures = chart.measures_of(instrument)
    difficulty = measures[-1].difficulty if measures else None
    words = {option.value: option.words for option in instrument.difficulty_options}
    if difficulty is not None:
        spans += theme.labelled("    Difficulty", words.get(difficulty, NOTHING).lower())
    return theme.text(spans, theme.BODY_WIDTH, most_lines=2)
