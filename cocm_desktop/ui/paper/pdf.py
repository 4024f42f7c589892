"""A PDF in memory: its pages as pictures, its bookmarks. Nothing stays open in between."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

POINTS_PER_INCH = 72


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A place in the document; `page` counts from 0, `level` from the outermost."""

    title: str
    page: int
    level: int = 0


@dataclass(frozen=True, slots=True)
class Pdf:
    """`sizes` are those of the pages, in points. Opening is quick: each picture opens anew."""

    content: bytes
    sizes: tuple[QSizeF, ...]
    bookmarks: tuple[Bookmark, ...]

    @classmethod
    def of(cls, content: bytes) -> Pdf:
        with _opened(content) as document:
            count = len(document)
            return cls(
                content,
                sizes=tuple(QSizeF(*document.get_page_size(number)) for number in range(count)),
                bookmarks=tuple(_bookmarks(document)),
            )

    @property
    def page_count(self) -> int:
        return len(self.sizes)

    def picture(self, number: int, dots_per_inch: float, *, grey: bool = False) -> QImage:
        """Draw one page on white, in colour or in shades of grey."""
        with _opened(self.content) as document:
            page = document[number]
            scale = dots_per_inch / POINTS_PER_INCH
            bitmap = page.render(scale=scale, grayscale=grey, prefer_bgrx=not grey)
            form = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB32
            data = bytes(bitmap.buffer)
            drawn = QImage(data, bitmap.width, bitmap.height, bitmap.stride, form).copy()
            bitmap.close()
            page.close()
        return drawn


@contextmanager
def _opened(content: bytes) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(content)
    try:
        yield document
    finally:
        document.close()


def _bookmarks(document: Any) -> Iterator[Bookmark]:
    for mark in document.get_toc():
        target = mark.get_dest()
        if target is not None:
            yield Bookmark(mark.get_title(), target.get_index(), mark.level)
