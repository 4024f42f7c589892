"""Asking for a printer, printing, and saying how far it is."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from cocm_desktop.ui.computer import Computer
from cocm_desktop.ui.paper.pdf import Pdf
from cocm_desktop.ui.paper.print_job import PrintJob, printer_for


class PaperPrinting(QObject):
    """Prints one paper at a time. The printer is remembered on this computer."""

    progressed = Signal(int, int)
    """How many pages are out, and of how many."""
    finished = Signal()
    failed = Signal()

    def __init__(self, computer: Computer, window: QWidget) -> None:
        super().__init__(window)
        self._computer = computer
        self._window = window
        self._job: PrintJob | None = None

    @property
    def is_running(self) -> bool:
        return self._job is not None

    def ask(self, pdf: Pdf, *, shown: int) -> None:
        """Ask for the printer and the pages; `shown` is the page in sight."""
        printer = printer_for(pdf, self._computer.settings.printer)
        start = partial(self.start, pdf, printer, shown=shown)
        ask_printer(printer, self._window, page_count=pdf.page_count, accepted=start)

    def start(self, pdf: Pdf, printer: QPrinter, *, shown: int = 1) -> None:
        """Print what the dialog was answered with."""
        self._computer.change(printer=printer.printerName())
        self._job = PrintJob(pdf, printer, shown=shown, parent=self)
        self._job.printed.connect(self.progressed)
        self._job.finished.connect(self._finish)
        self._job.failed.connect(self._fail)
        self._job.start()

    @Slot()
    def cancel(self) -> None:
        """Print no further page; what is out is out."""
        if self._job is not None:
            self._job.cancel()
            self._finish()

    @Slot()
    def _finish(self) -> None:
        self._forget_job()
        self.finished.emit()

    @Slot()
    def _fail(self) -> None:
        self._forget_job()
        self.failed.emit()

    def _forget_job(self) -> None:
        if self._job is not None:
            self._job.deleteLater()
            self._job = None


def ask_printer(
    printer: QPrinter, parent: QWidget, *, page_count: int, accepted: Callable[[], object]
) -> QPrintDialog:
    """Show the system's print dialog. Its own open() wants the name of a slot."""
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    option = QAbstractPrintDialog.PrintDialogOption
    dialog.setOption(option.PrintPageRange, on=page_count > 1)
    dialog.setOption(option.PrintCurrentPage, on=page_count > 1)
    dialog.setMinMax(1, page_count)
    dialog.accepted.connect(accepted)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
    return dialog


def print_paper(
    content: bytes, parent: QWidget, *, failed: Callable[[], object] | None = None
) -> None:
    """Ask for a printer and print; nothing is written to a file."""
    pdf = Pdf.of(content)
    printer = printer_for(pdf)
    job = PrintJob(pdf, printer, parent=parent)
    if failed is not None:
        job.failed.connect(failed)
    job.finished.connect(job.deleteLater)
    ask_printer(printer, parent, page_count=pdf.page_count, accepted=job.start)
