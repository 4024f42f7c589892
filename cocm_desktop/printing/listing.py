"""A table in sections that runs over several pages, each of which begins with its headings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cocm_desktop.printing import theme
from cocm_desktop.printing.blocks import Block, Panel
from cocm_desktop.printing.typesetting import Span

SECTION_PADDING = (4.0, 2.0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list, with its section: one of an agenda, or a care manager's name."""

    section: object
    block: Block


def section_heading(name: str, note: str, *, is_urgent: bool = False) -> Block:
    """Name a section on a tint, or on the dark of safety."""
    bold, plain = theme.BODY_BOLD, theme.BODY_QUIET
    if is_urgent:
        bold = plain = theme.SAFETY_LABEL
    spans = [Span(name, bold), Span(f"   {note}", plain)]
    words = theme.text(spans, theme.BODY_WIDTH - 2 * SECTION_PADDING[0], most_lines=1)
    fill = theme.SAFETY if is_urgent else theme.TINT
    return Panel(words, theme.BODY_WIDTH, padding=SECTION_PADDING, fill=fill)


@dataclass(frozen=True, slots=True)
class Headings:
    """How a section is headed where it begins, and where a page goes on with it."""

    first: Callable[[Any], Block]
    again: Callable[[Any], Block]


def in_pages(
    entries: Sequence[Entry], headings: Headings, *, first_room: float, room: float
) -> Iterator[list[Block]]:
    """Share the entries out. A heading is never the last thing on a page."""
    page: list[Block] = []
    free = first_room
    section: object = None
    for entry in entries:
        is_new = entry.section != section
        added = [headings.first(entry.section), entry.block] if is_new else [entry.block]
        if page and _height(added) > free:
            yield page
            page, free = [], room
            if not is_new:
                added.insert(0, headings.again(entry.section))
        page += added
        free -= _height(added)
        section = entry.section
    yield page


def _height(blocks: Sequence[Block]) -> float:
    return sum(block.height for block in blocks)
