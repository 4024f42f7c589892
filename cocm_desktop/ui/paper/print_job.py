"""One print job: a PDF on a printer of this computer, page by page as pictures.

The same on every system: Windows has no way to hand a PDF to a printer. The job's name is the
program's, since names of jobs stand in queues that others can read.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from cocm_desktop.paths import PROGRAM
from cocm_desktop.ui.paper.pdf import POINTS_PER_INCH, Pdf

DOTS_PER_INCH = 300


class PrintJob(QObject):
    """Prints one page between two events, so that the window goes on answering."""

    printed = Signal(int, int)
    """How many pages are out, and of how many."""
    finished = Signal()
    failed = Signal()

    def __init__(
        self, pdf: Pdf, printer: QPrinter, *, shown: int = 1, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._pdf = pdf
        self._printer = printer
        self._left = pages_wanted(printer, pdf.page_count, shown=shown)
        self._count = len(self._left)
        self._painter = QPainter()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._print_next)

    def start(self) -> None:
        self._printer.setFullPage(True)
        self._printer.setResolution(DOTS_PER_INCH)
        if self._painter.begin(self._printer):
            self._timer.start(0)
        else:
            self.failed.emit()

    def cancel(self) -> None:
        """Print no further page; what is out is out."""
        self._timer.stop()
        self._printer.abort()
        self._end()

    @Slot()
    def _print_next(self) -> None:
        if not self._left:
            self._end()
            self.finished.emit()
            return
        done = self._count - len(self._left)
        if (done and not self._printer.newPage()) or self._has_failed():
            self._end()
            self.failed.emit()
            return
        self._draw(self._left.pop(0))
        self.printed.emit(done + 1, self._count)

    def _draw(self, number: int) -> None:
        """Draw a page in its own size, smaller only where the sheet is."""
        sheet = QRectF(self._painter.viewport())
        size = self._pdf.sizes[number] * (self._printer.resolution() / POINTS_PER_INCH)
        if size.width() > sheet.width() + 1 or size.height() > sheet.height() + 1:
            size = size.scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF((sheet.width() - size.width()) / 2, 0, size.width(), size.height())
        self._painter.drawImage(place, self._pdf.picture(number, DOTS_PER_INCH, grey=True))

    def _has_failed(self) -> bool:
        return self._printer.printerState() in {
            QPrinter.PrinterState.Error,
            QPrinter.PrinterState.Aborted,
        }

    def _end(self) -> None:
        self._timer.stop()
        if self._painter.isActive():
            self._painter.end()


def pages_wanted(printer: QPrinter, count: int, *, shown: int) -> list[int]:
    """Give the pages to print, from 0, as the print dialog was answered; every copy in order."""
    wanted = list(range(count))
    if printer.printRange() is QPrinter.PrintRange.CurrentPage:
        wanted = [shown - 1]
    elif printer.printRange() is QPrinter.PrintRange.PageRange:
        chosen = printer.pageRanges()
        wanted = [number for number in wanted if chosen.contains(number + 1)]
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    return wanted * copies


def printer_for(pdf: Pdf, name: str = "") -> QPrinter:
    """Give a printer, or the usual one, set to the size of the paper."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if name in QPrinterInfo.availablePrinterNames():
        printer.setPrinterName(name)
    printer.setDocName(PROGRAM)
    printer.setCreator(PROGRAM)
    size = pdf.sizes[0]
    is_wide = size.width() > size.height()  # an envelope: printers know it upright, and turned
    printer.setPageSize(QPageSize(size.transposed() if is_wide else size, QPageSize.Unit.Point))
    orientations = QPageLayout.Orientation
    printer.setPageOrientation(orientations.Landscape if is_wide else orientations.Portrait)
    return printer
