"""A PDF read back before it leaves memory: a torn one never reaches a disk or a printer."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from cocm_desktop.errors import Unavailable

_BEGINS = b"%PDF-"
_ENDS = b"%%EOF"


def proof(content: bytes, *, pages: int) -> bytes:
    """Give the file back, or raise Unavailable where it is not whole or lacks pages."""
    if not content.startswith(_BEGINS) or not content.rstrip().endswith(_ENDS):
        raise Unavailable(_words("it is cut short"))
    try:
        found = len(PdfReader(BytesIO(content), strict=True).pages)
    except (PyPdfError, ValueError, KeyError) as error:
        raise Unavailable(_words("it cannot be read back")) from error
    if found != pages:
        raise Unavailable(_words(f"it has {found} pages and should have {pages}"))
    return content


def _words(why: str) -> str:
    return f"The PDF did not come out whole: {why}. No file was changed. Make it again."
