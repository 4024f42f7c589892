"""The part of a case sheet about the last review: what was recommended, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from cocm_desktop.domain.follow_through import Followed, FollowThrough, follow_through
from cocm_desktop.domain.review_packet import Chart
from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Block, Column, Stack, heading, row
from cocm_desktop.printing.forms import RuledLines
from cocm_desktop.printing.typesetting import Span

TITLE: Final = "Last recommendation and what came of it"
WORDS_WIDTH: Final = 306.0
LATE: Final = "!  "
PITCH: Final = 13.5
PADDING: Final = 0.9


@dataclass(frozen=True, slots=True)
class Advice:
    """How much of the last review a sheet shows, or whether it leaves a line to write it on.

    `measured` is how many rows say what stood six weeks after earlier advice.
    """

    rows: int
    lines: int
    has_write_in: bool
    measured: int = 1


def follow_through_part(chart: Chart, advice: Advice) -> Iterator[Block]:
    """Set what is recorded in at most so many rows; a line to write on where nothing is."""
    found = follow_through(chart)
    if found is not None:
        yield _recorded(found, advice)
    elif advice.has_write_in:
        yield _write_in()


def _recorded(found: FollowThrough, advice: Advice) -> Block:
    more = len(found.followed) - advice.rows
    shown = (*found.followed[: advice.rows], *found.measured[: advice.measured])
    note = f"{found.about}; {more} more in the chart" if more > 0 else found.about
    outcome_width = theme.BODY_WIDTH - WORDS_WIDTH
    columns = (
        Column("", WORDS_WIDTH, most_lines=advice.lines),
        Column("", outcome_width, most_lines=advice.lines),
    )
    return Stack(
        (
            heading(TITLE, theme.BODY_WIDTH, note),
            *(row(columns, _cells(each), padding=PADDING) for each in shown),
        )
    )


def _cells(each: Followed) -> tuple[list[Span], list[Span]]:
    """Mark what is late by a sign and by weight, for a grey printer too."""
    mark, style = (LATE, theme.BODY_BOLD) if each.is_late else ("", theme.BODY)
    words = [Span(mark, theme.BODY_BOLD), Span(each.words, theme.BODY)]
    return words, [Span(each.outcome, style)]


@cache
def _write_in() -> Block:
    return Stack(
        (
            heading(TITLE, theme.BODY_WIDTH, "write in"),
            RuledLines((theme.BODY_WIDTH,), 1, PITCH),
        )
    )
