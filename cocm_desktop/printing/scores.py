"""The scores of a case sheet: the chart, the last eight dates, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Final

from cocm_desktop.domain.instrument import GAD7, PHQ9, Instrument
from cocm_desktop.domain.measure import ALONE_MARK, ALONE_WORDS, Measure
from cocm_desktop.domain.outcome import Course
from cocm_desktop.domain.outcome_sets import STANDS, verdicts
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.domain.score_picture import ScorePicture, score_picture
from cocm_desktop.domain.wording import NOTHING, days_ago, month_day, short_date
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import (
    Beside,
    Block,
    Cell,
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
CHART_HEIGHT, LEAST_CHART = 150.0, 98.0
TABLE_WIDTH: Final = theme.BODY_WIDTH - CHART_WIDTH - COLUMN_GAP
MOST_DATES: Final = 8
NOT_ASKED: Final = "not asked"
ITEM_9: Final = "Item 9"
USUAL_SCALES: Final = 2
SCALE_WIDTH: Final = 38.0
# Beside a third scale, whose name may be long, the others stand closer.
THIRD_WIDTH, CLOSE_WIDTH = 43.0, 32.0
ITEM_9_WIDTH: Final = 38.0
Dated = tuple[date, tuple[Measure | None, ...]]


@dataclass(frozen=True, slots=True)
class Scales:
    """What the table shows, the primary scale before the others; item 9 beside the PHQ-9."""

    chart: Chart

    @property
    def shown(self) -> tuple[Instrument, ...]:
        row_ = self.chart.row
        others = (row_.phq9_instrument, row_.gad7_instrument)
        primary = row_.primary_instrument
        return (primary, *(each for each in others if each.id != primary.id))

    @property
    def are_usual(self) -> bool:
        return len(self.shown) == USUAL_SCALES

    @property
    def columns(self) -> tuple[Column, ...]:
        usual = SCALE_WIDTH if self.are_usual else CLOSE_WIDTH
        scales: list[Column] = []
        for instrument in self.shown:
            width = usual if instrument.id in (PHQ9, GAD7) else THIRD_WIDTH
            scales.append(Column(instrument.id, width, Align.RIGHT))
            if instrument.id == PHQ9:
                scales.append(Column(ITEM_9, ITEM_9_WIDTH, Align.RIGHT))
        rest = TABLE_WIDTH - sum(column.width for column in scales)
        return (Column("Date", rest), *scales)

    def cells(self, measures: Sequence[Measure | None], *, is_newest: bool) -> Iterator[Cell]:
        style = theme.BODY_BOLD if is_newest else theme.BODY
        for instrument, measure in zip(self.shown, measures, strict=True):
            yield [Span(_total(measure), style)]
            if instrument.id == PHQ9:
                yield _item9_cell(measure)

    def by_date(self) -> Iterator[Dated]:
        """Newest first. Two forms of one instrument on one day are two lines; none is left out."""
        of_scale = [self.chart.measures_of(instrument) for instrument in self.shown]
        days = sorted({m.taken_on for measures in of_scale for m in measures}, reverse=True)
        for day in days:
            of_day = ([m for m in reversed(ms) if m.taken_on == day] for ms in of_scale)
            for measures in zip_longest(*of_day):
                yield day, measures


def score_section(
    chart: Chart, *, most_dates: int = MOST_DATES, least_chart: float = CHART_HEIGHT
) -> Block:
    """Chart on the left, the newest dates on the right, what they come to below."""
    scales = Scales(chart)
    dated = list(scales.by_date())
    right = Stack(
        (
            heading("Scores", TABLE_WIDTH, _note(dated, most_dates)),
            title_row(scales.columns),
            *_score_rows(scales, dated[:most_dates]),
            Space(3.0),
            *_summary(chart),
        )
    )
    picture = score_picture(chart)
    title = heading("Trajectory", CHART_WIDTH, _chart_note(picture))
    height = max(least_chart, right.height - title.height)
    left = Stack((title, TrendChart(picture, CHART_WIDTH, height)))
    both = Beside(((0.0, left), (CHART_WIDTH + COLUMN_GAP, right)))
    return Stack((both, Space(3.0), _outcome(chart), _newest_form(chart)))


def _chart_note(picture: ScorePicture) -> str:
    [first, *_] = picture.plots
    return f"dashed: {first.target_words}" if first.target_words else ""


def _note(dated: Sequence[Dated], most_dates: int) -> str:
    older = len(dated) - most_dates
    order = f"{older} older in the chart" if older > 0 else "newest first"
    shown = [m for _, measures in dated[:most_dates] for m in measures if m]
    alone = f"{ALONE_MARK} {ALONE_WORDS}" if any(m.total_only for m in shown) else ""
    return ", ".join(filter(None, (alone, order)))


def _score_rows(scales: Scales, dated: Sequence[Dated]) -> Iterator[Block]:
    if not dated:
        yield Space(3.0)
        yield theme.text("No measure recorded in this episode.", TABLE_WIDTH, theme.NOTE)
    for number, (day, measures) in enumerate(dated):
        cells = (
            _date_cell(scales, day),
            *scales.cells(measures, is_newest=number == 0),
        )
        yield row(scales.columns, cells, padding=0.7)


def _date_cell(scales: Scales, day: date) -> list[Span]:
    baseline = scales.chart.row.primary.baseline
    spans = [Span(short_date(day), theme.BODY)]
    if baseline and day == baseline.taken_on and scales.are_usual:
        spans.append(Span(" baseline", theme.SMALL_QUIET))
    return spans


def _total(measure: Measure | None) -> str:
    if measure is None:
        return NOTHING
    if measure.total is None:
        return f"{measure.answered} of {len(measure.answers)}"
    return f"{measure.total}{ALONE_MARK if measure.total_only else ''}"


def _item9_cell(phq9: Measure | None) -> list[Span]:
    if phq9 is None:
        return [Span(NOTHING, theme.BODY)]
    if phq9.critical is None:
        return [Span(NOT_ASKED, theme.SMALL_QUIET)]
    style = theme.BODY_BOLD if phq9.critical > 0 else theme.BODY
    return [Span(str(phq9.critical), style)]


def _summary(chart: Chart) -> Iterator[Block]:
    course, today = chart.row.primary, chart.row.today
    scale = chart.row.primary_instrument.id
    name = "Baseline" if scale == PHQ9 else f"{scale} baseline"
    for spans in (_first_and_best(course, name), _last(course, today), _change(course)):
        yield theme.text(list(spans), TABLE_WIDTH, theme.BODY, most_lines=1)


def _first_and_best(course: Course, name: str) -> Iterator[Span]:
    baseline, best = course.baseline, course.best
    words = f"{baseline.marked} on {month_day(baseline.taken_on)}" if baseline else NOTHING
    yield from theme.labelled(name, words)
    yield from theme.labelled("  best", best.marked if best else NOTHING)


def _last(course: Course, today: date) -> Iterator[Span]:
    last = course.last
    if last is None:
        yield from theme.labelled("Last", NOTHING)
        return
    age = days_ago(last.taken_on, today)
    yield from theme.labelled("Last", f"{last.marked}, {age}")
    if course.is_stale_on(today):
        yield Span(" – over 30 days old", theme.BODY_BOLD)


def _change(course: Course) -> Iterator[Span]:
    yield from theme.labelled("Change", course.change_words, style=theme.BODY_BOLD)
    yield Span("   ", theme.BODY)
    yield Span(course.trajectory.value, theme.BODY_BOLD)


def _outcome(chart: Chart) -> Block:
    """Name each definition, with its version, beside its verdict; the patient's target first."""
    row_ = chart.row
    found = verdicts(row_.primary, row_.primary_instrument.id)
    spans: list[Span] = []
    if row_.own_target is not None:
        spans += theme.labelled(f"Target {row_.target_words}", STANDS[row_.is_at_target])
    if row_.primary.change is None:
        spans += theme.labelled("  Outcome", STANDS[None])
        found = found[:1]
    for verdict in found:
        said = STANDS[verdict.is_met] if row_.primary.change is not None else ""
        spans += theme.labelled(f"  {verdict.of.title}", said)
    return theme.text(spans, theme.BODY_WIDTH, most_lines=1)


def _newest_form(chart: Chart) -> Block:
    """Say what the newest PHQ-9 says beside its total."""
    instrument = chart.row.phq9_instrument
    rated = ", ".join(chart.rated_high(instrument))
    label = "Rated 2–3" if chart.row.primary_instrument.id == PHQ9 else "PHQ-9 rated 2–3"
    measures = chart.measures_of(instrument)
    spans = theme.labelled(label, rated or ("none" if measures else NOTHING))
    difficulty = measures[-1].difficulty if measures else None
    words = {option.value: option.words for option in instrument.difficulty_options}
    if difficulty is not None:
        spans += theme.labelled("    Difficulty", words.get(difficulty, NOTHING).lower())
    return theme.text(spans, theme.BODY_WIDTH, most_lines=1)
