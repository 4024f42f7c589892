"""What a reader finds in a PDF that this program made."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from typing import Any

import pypdfium2
from pypdf import PdfReader


def reader(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=True)


def texts(content: bytes) -> list[str]:
    """Give the words of each page as a reader would copy them, with single spaces."""
    with closing(pypdfium2.PdfDocument(content)) as document:
        return [_words(page) for page in document]


def titles(content: bytes) -> list[str]:
    """Give the bookmarks, in order."""
    return [str(entry["/Title"]) for entry in reader(content).outline if isinstance(entry, dict)]


def _words(page: Any) -> str:
    with closing(page), closing(page.get_textpage()) as text:
        return " ".join(text.get_text_range().split())
