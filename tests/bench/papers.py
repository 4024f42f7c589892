"""What the weekly packet and a month's superbills cost for a caseload of 60."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
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
from tests.bench.figures import Figure, median_of, seconds_of

PATIENTS = 60
RUNS = 3
MS = 1_000
WORDS = re.compile(rb"\bT[jJ*]\b")
LINES = re.compile(rb"\b(?:l|re|c)\b")


def measure(folder: Path) -> Iterator[Figure]:
    begun: list[Paper] = []
    workspace = make_caseload(folder / "sixty", PATIENTS)
    first = seconds_of(lambda: begun.append(print_packet(workspace, PacketChoice())))
    packet = median_of(RUNS, partial(print_packet, workspace, PacketChoice()))
    drawn = [_drawn(page) for page in _pages(begun[0].content)]
    pages = len(drawn)
    bare = median_of(RUNS, partial(_bare, drawn))
    yield Figure("packet of 60 patients", packet, "s", 1.25, f"{pages} pages, read from the file")
    yield Figure("  the first one after a start", first, "s", note="loads fonts and libraries")
    yield Figure("  for each page", packet / pages * MS, "ms")
    yield Figure(
        "  as a multiple of a bare canvas",
        packet / bare,
        "×",
        note="ReportLab drawing as many words and lines, nothing measured or wrapped",
    )
    yield from _superbills(workspace)
    lock(workspace)


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
