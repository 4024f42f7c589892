"""A paper that the records have overtaken: the same pages, each with a mark that says so."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from pypdf import PdfReader, PdfWriter

from cocm_desktop.printing import fonts, theme
from cocm_desktop.printing.proof import proof
from cocm_desktop.printing.typesetting import Align, Pen, Style

_STYLE: Final = Style(fonts.BOLD, 9.0, 11.0, theme.WHITE)
# As near to the edge as printers print.
_LEFT: Final = 18.5
_WIDTH: Final = 13.0
_LENGTH: Final = theme.PAGE_HEIGHT - 2 * theme.MARGIN
_UPWARDS: Final = 90
_ROOM_ABOVE: Final = 1.0


def stamped(content: bytes, words: str) -> bytes:
    """Put a dark band with the words down the left margin of every page, where nothing stands.

    Links and bookmarks stay as they are.
    """
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
    pen.rect(_LEFT, theme.MARGIN, _WIDTH, _LENGTH, stroke=0, fill=1)
    text = theme.text(words, _LENGTH - 16.0, _STYLE, most_lines=1, align=Align.CENTER)
    pen.translate(_LEFT, theme.MARGIN)
    pen.rotate(_UPWARDS)
    text.draw(pen, 8.0, -_ROOM_ABOVE)
    pen.showPage()
    pen.save()
    return file.getvalue()
