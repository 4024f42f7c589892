"""Printing a PDF on a printer of this computer, page by page as pictures.

The same on every system: Windows has no way to hand a PDF to a printer. The job's name is the
program's, since names of jobs stand in queues that others can read.
"""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from cocm_desktop.paths import PROGRAM

DOTS_PER_INCH = 300
_POINTS_PER_INCH = 72


def print_paper(content: bytes, parent: QWidget) -> None:
    """Ask for a printer and print; nothing is written to a file."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(PROGRAM)
    dialog = QPrintDialog(printer, parent)
    dialog.accepted.connect(lambda: print_on(printer, content))
    dialog.setModal(True)
    dialog.show()


def print_on(printer: QPrinter, content: bytes) -> None:
    """Print every page on the printer, in its own size."""
    painter = QPainter(printer)
    paper = printer.paperRect(QPrinter.Unit.DevicePixel)
    area = QRectF(-printer.pageRect(QPrinter.Unit.DevicePixel).topLeft(), paper.size())
    for number, picture in enumerate(pictures(content, DOTS_PER_INCH)):
        if number:
            printer.newPage()
        painter.drawImage(area, picture)
    painter.end()


def pictures(content: bytes, dots_per_inch: int, *, grey: bool = True) -> Iterator[QImage]:
    """Draw each page of a PDF."""
    document = pypdfium2.PdfDocument(content)
    try:
        for page in document:
            bitmap = page.render(scale=dots_per_inch / _POINTS_PER_INCH, grayscale=grey)
            kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_BGR888
            data = bytes(bitmap.buffer)
            yield QImage(data, bitmap.width, bitmap.height, bitmap.stride, kind).copy()
            bitmap.close()
            page.close()
    finally:
        document.close()
