"""The figures of a caseload on paper: its size beside the goal, and shares with a bar each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cocm_desktop.domain.caseload_statistics import (
    CONTACT_MINUTES,
    NYS_CASELOAD,
    SAFETY_MINUTES,
    CaseloadStatistics,
    Share,
)
from cocm_desktop.domain.percentage import FEWEST
from cocm_desktop.domain.wording import count_of
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Block, Column, Row, Space, Stack, heading, row
from cocm_desktop.printing.typesetting import Align, Pen, Span

BAR_WIDTH: Final = 84.0
COLUMNS: Final = (
    Column("", 112.0),
    Column("", 46.0, Align.RIGHT),
    Column("", 90.0, Align.RIGHT),
    Column("", 12.0),
    Column("", BAR_WIDTH + 12.0),
    Column("", 184.0, most_lines=2),
)


def caseload_figures(statistics: CaseloadStatistics) -> Block:
    """Set how the caseload stands as a whole."""
    return Stack(
        (
            Space(14.0),
            heading("The caseload as a whole", theme.BODY_WIDTH),
            theme.text(_size_words(statistics), theme.BODY_WIDTH, most_lines=3),
            Space(5.0),
            *(_share(each) for each in statistics.shares),
        )
    )


def _size_words(statistics: CaseloadStatistics) -> list[Span]:
    patients = count_of(statistics.in_treatment, "patient")
    words = (
        ("—" if statistics.size is None else f"{statistics.size:,}", theme.BODY_BOLD),
        (f" in treatment for each full-time care manager, {statistics.stands}", theme.BODY),
        (f" ({patients}, {statistics.full_time_words}; ", theme.BODY),
        (f"{statistics.band_words}; NYS: more than {NYS_CASELOAD}).   ", theme.BODY),
        (f"{statistics.contact_hours:,} h", theme.BODY_BOLD),
        (f" of contacts a month by the patients’ intervals, {CONTACT_MINUTES} min each and ", None),
        (f"{SAFETY_MINUTES} min more with an open safety answer: an estimate.", None),
    )
    return [Span(each, style or theme.BODY) for each, style in words]


def _share(share: Share) -> Row:
    cells = (
        [Span(share.title, theme.BODY_BOLD)],
        share.count_words,
        [Span(share.percent_words, theme.BODY_BOLD if share.of >= FEWEST else theme.BODY_QUIET)],
        "",
        Bar(share.counted / share.of if share.of >= FEWEST else None),
        [Span(share.meaning, theme.SMALL_QUIET)],
    )
    return row(COLUMNS, cells, padding=2.2)


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of a whole; only the frame where there are not enough patients."""

    part: float | None
    height: float = 10.8

    def draw(self, pen: Pen, left: float, top: float) -> None:
        foot = top - 8.6
        if self.part:
            pen.setFillColor(theme.QUIET)
            pen.rect(left, foot, BAR_WIDTH * self.part, 6.0, stroke=0, fill=1)
        pen.setStrokeColor(theme.GUIDE)
        pen.setLineWidth(0.6)
        pen.rect(left, foot, BAR_WIDTH, 6.0, stroke=1, fill=0)
