"""What the weekly packet costs for caseloads of 12, 60 and 300, and a month's billing sheets."""

from __future__ import annotations

import io
import re
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from pypdf import PdfReader
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

from cocm_desktop.actions.bill_papers import print_billing_sheets
from cocm_desktop.actions.papers import Paper
from cocm_desktop.actions.review import PacketChoice, print_packet
from cocm_desktop.actions.session import lock
from cocm_desktop.actions.superbill import read_billing_month
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.service_month import ServiceMonth
from tests.bench.caseload import TODAY, make_caseload
from tests.bench.figures import Figure, median_of, ratio_of, seconds_of

SIZES = {12: None, 60: 1.25, 300: None}
"""Caseloads, each with the most seconds that its packet may take."""
RUNS = 3
MS = 1_000
MIB = 1 << 20
WORDS = re.compile(rb"\bT[jJ*]\b")
LINES = re.compile(rb"\b(?:l|re|c)\b")


def measure(folder: Path) -> Iterator[Figure]:
    for patients, budget in SIZES.items():
        workspace = make_caseload(folder / str(patients), patients)
        yield from _packet(workspace, f"packet of {patients} patients", budget)
        if budget:
            yield from _superbills(workspace)
        lock(workspace)


def _packet(workspace: Workspace, name: str, budget: float | None) -> Iterator[Figure]:
    begun: list[Paper] = []
    printing = partial(print_packet, workspace, PacketChoice())
    first = seconds_of(lambda: begun.append(printing()))
    taken = median_of(RUNS, printing)
    drawn = [_drawn(page) for page in _pages(begun[0].content)]
    pages = len(drawn)
    yield Figure(name, taken, "s", budget, f"{pages} pages, read from the file")
    yield Figure("  the first one after a start", first, "s", note="loads fonts and libraries")
    yield Figure("  for each page", taken / pages * MS, "ms")
    yield Figure("  memory at its peak", _peak(printing) / MIB, "MiB", note="while it is made")
    yield Figure(
        "  as a multiple of a bare canvas",
        ratio_of(RUNS, printing, partial(_bare, drawn)),
        "×",
        note="ReportLab drawing as many words and lines, nothing measured or wrapped",
    )


def _peak(task: Callable[[], object]) -> int:
    """Give how much a task holds at most beside what was held before."""
    tracemalloc.start()
    task()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def _superbills(workspace: Workspace) -> Iterator[Figure]:
    month = ServiceMonth.of(TODAY).plus(-1)

    def everything() -> Paper:
        return print_billing_sheets(workspace, read_billing_month(workspace, month).superbills)

    count = len(read_billing_month(workspace, month).superbills)
    taken = median_of(RUNS, everything)
    yield Figure(
        "billing sheets of a month", taken, "s", note=f"{count} patients, drafted and printed"
    )
    yield Figure("  for each", taken / count * MS, "ms", 100)


def _pages(content: bytes) -> list[bytes]:
    contents = [page.get_contents() for page in PdfReader(io.BytesIO(content)).pages]
    return [each.get_data() for each in contents if each is not None]


def _drawn(page: bytes) -> tuple[int, int]:
    """Count the pieces of text and the strokes of a page."""
    return len(WORDS.findall(page)), len(LINES.findall(page))


def _bare(drawn: Sequence[tuple[int, int]]) -> None:
    canvas = Canvas(io.BytesIO(), pagesize=letter)
    for texts, strokes in drawn:
        canvas.setFont("Helvetica", 9)
        for number in range(texts):
            canvas.drawString(40, 750 - number % 70 * 10, "Reached by phone. Mood better.")
        for number in range(strokes):
            canvas.line(40, 750 - number % 70 * 10, 300, 750 - number % 70 * 10)
        canvas.showPage()
    canvas.save()
