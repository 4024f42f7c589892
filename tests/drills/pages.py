"""Thousands of patients with texts that nobody types: one page each, and no mandatory line lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cocm_desktop.domain.review_packet import CaseSheet
from cocm_desktop.printing.case_header import Place
from cocm_desktop.printing.case_sheet import case_sheet
from cocm_desktop.printing.page import ROOM, Folio, Press
from tests.printing.random_sheets import random_sheet
from tests.printing.read_back import texts
from tests.printing.test_case_sheet import lost_on

IN_A_FILE = 50
A_LITTLE = 0.01


def drill(count: int, *, first: int = 0) -> list[str]:
    """Set and read back so many patients; give what was wrong, a line for each page."""
    wrong: list[str] = []
    for start in range(first, first + count, IN_A_FILE):
        seeds = range(start, min(start + IN_A_FILE, first + count))
        wrong += _wrong_with(seeds, [random_sheet(seed) for seed in seeds])
    return wrong


def _wrong_with(seeds: Sequence[int], sheets: Sequence[CaseSheet]) -> Iterator[str]:
    press = Press("Review packet")
    for seed, sheet in zip(seeds, sheets, strict=True):
        block = case_sheet(sheet, Place(2, 22))
        if block.height > ROOM + A_LITTLE:
            yield f"patient {seed}: {block.height - ROOM:.1f} points too high"
        press.print_page(block, Folio(f"case-{seed}", "", "Confidential", 3, 31, is_sample=False))
    pages = texts(press.finish())
    if len(pages) != len(sheets):
        yield f"patients {seeds}: {len(pages)} pages"
    for seed, sheet, page in zip(seeds, sheets, pages, strict=False):
        if lost := lost_on(page, sheet):
            yield f"patient {seed}: lost {lost}"
