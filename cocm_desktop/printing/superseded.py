"""A paper that the records have overtaken: the same pages, each with a mark that says so."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from pypdf import PdfReader, PdfWriter

from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.proof import proof
from cocm_desktop.printing.typesetting import Align, Pen, Style

_STYLE: Final = Style(fonts.BOLD, 9.0, 11.0, theme.WHITE)
_TOP: Final = theme.PAGE_HEIGHT - 8.0
_HEIGHT: Final = 16.0


def stamped(content: bytes, words: str) -> bytes:
    """Put a dark line with the words over the head of every page; links and bookmarks stay."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    mark = PdfReader(BytesIO(_mark(words))).pages[0]
    for page in writer.pages:
        page.merge_page(mark)
    file = BytesIO()
    writer.write(file)
    return proof(file.getvalue(), pages=len(writer.pages))


def _mark(words: str) -> bytes:
    fonts.face(fonts.REGULAR)
    file = BytesIO()
    pen = Pen(file, pagesize=(theme.PAGE_WIDTH, theme.PAGE_HEIGHT), invariant=1)
    pen.setFillColor(theme.INK)
    pen.rect(theme.MARGIN, _TOP - _HEIGHT, theme.BODY_WIDTH, _HEIGHT, stroke=0, fill=1)
    text = theme.text(words, theme.BODY_WIDTH - 16.0, _STYLE, most_lines=1, align=Align.CENTER)
    text.draw(pen, theme.MARGIN + 8.0, _TOP - 2.2)
    pen.showPage()
    pen.save()
    return file.getvalue()
