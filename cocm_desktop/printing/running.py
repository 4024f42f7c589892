"""Blocks shared out over pages in their order, each kept whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cocm_desktop.printing.blocks import Block, Space


def in_pages(blocks: Iterable[tuple[float, Block]], room: float) -> Iterator[list[Block]]:
    """Fill pages with blocks, each with the gap above it, which a page does not begin with."""
    page: list[Block] = []
    free = room
    for gap, block in blocks:
        if page and block.height + gap > free:
            yield page
            page, free = [], room
        if page:
            page.append(Space(gap))
            free -= gap
        page.append(block)
        free -= block.height
    yield page
