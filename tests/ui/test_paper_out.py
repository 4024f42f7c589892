"""A paper leaves the program: saved, saved under a password, printed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.papers import Paper
from cocm_desktop.paths import PROGRAM
from cocm_desktop.printing.superbill import superbills_pdf
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.lock_dialog import LockPaperDialog
from cocm_desktop.ui.paper.page import PaperPage, ShownPaper
from cocm_desktop.ui.paper.pdf import Pdf
from cocm_desktop.ui.paper.print_job import PrintJob, pages_wanted, printer_for
from tests.builders import a_bill_paper

EVENING = datetime(2026, 11, 30, 20, 0, tzinfo=ZoneInfo("America/Denver"))
PASSWORD = "seven teal lanterns"
PAGES = 3


@pytest.fixture(scope="module")
def content() -> bytes:
    return superbills_pdf([a_bill_paper()] * PAGES)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, content: bytes) -> PaperPage:
    page = PaperPage(desk, "Billing")
    qtbot.addWidget(page)
    page.show()
    page.show_paper(
        ShownPaper(Paper(content, "digest", EVENING), "Superbills", "", "superbills-2026-11")
    )
    return page


def opened(page: PaperPage, kind: type[QFileDialog]) -> QFileDialog:
    [dialog] = [each for each in page.findChildren(kind) if each.isVisible()]
    return dialog


def test_the_file_is_offered_without_a_patients_name(page: PaperPage, tmp_path: Path) -> None:
    page._desk.computer.change(paper_folder=str(tmp_path))

    page.save_action.trigger()

    dialog = opened(page, QFileDialog)
    assert dialog.directory().absolutePath() == str(tmp_path)
    assert [Path(name).name for name in dialog.selectedFiles()] == ["superbills-2026-11.pdf"]
    dialog.reject()


def test_a_file_saved_is_whole_and_its_folder_is_remembered(
    page: PaperPage, content: bytes, tmp_path: Path
) -> None:
    told: list[str] = []
    page._desk.told.connect(told.append)
    page.save_action.trigger()

    opened(page, QFileDialog).fileSelected.emit(str(tmp_path / "november.pdf"))

    assert (tmp_path / "november.pdf").read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["november.pdf"]
    assert told == [f"Saved: {tmp_path / 'november.pdf'}"]
    assert page._desk.computer.settings.paper_folder == str(tmp_path)


def test_a_folder_that_cannot_be_written_is_said_kindly_and_nothing_is_lost(
    page: PaperPage, tmp_path: Path
) -> None:
    older = tmp_path / "november.pdf"
    older.write_bytes(b"older")
    older.with_name("november.pdf.part").mkdir()

    page.saving.write(page.shown.paper, older) if page.shown else None

    assert page.problems.isVisible()
    assert "An older file of that name is as it was." in page.problems.text()
    assert older.read_bytes() == b"older"
    assert page.shown is not None
    assert page._desk.computer.settings.paper_folder == ""


def test_the_trouble_is_gone_when_it_is_tried_again(page: PaperPage, tmp_path: Path) -> None:
    page.saving.write(page.shown.paper, tmp_path / "nowhere" / "a.pdf") if page.shown else None

    page.save_action.trigger()

    assert page.problems.isHidden()
    opened(page, QFileDialog).reject()


def locking(page: PaperPage, password: str, repeat: str) -> LockPaperDialog:
    page.lock_action.trigger()
    [dialog] = page.findChildren(LockPaperDialog)
    dialog.password.entry.setText(password)
    dialog.repeat.entry.setText(repeat)
    dialog.go_on.click()
    return dialog


def test_an_encrypted_file_opens_with_the_password_only(page: PaperPage, tmp_path: Path) -> None:
    locking(page, PASSWORD, PASSWORD)
    dialog = opened(page, QFileDialog)
    offered = [Path(name).name for name in dialog.selectedFiles()]
    target = tmp_path / "locked.pdf"

    dialog.fileSelected.emit(str(target))

    assert offered == ["superbills-2026-11-encrypted.pdf"]
    reader = PdfReader(target)
    assert reader.is_encrypted
    assert not reader.decrypt("seven teal lantern")
    assert reader.decrypt(PASSWORD)
    assert len(reader.pages) == PAGES


@pytest.mark.parametrize(
    ("password", "repeat", "words"),
    [
        (PASSWORD, "seven teal lantern", "The two passwords differ"),
        ("short", "short", "at least 8 characters"),
        ("", "", "at least 8 characters"),
    ],
)
def test_a_password_that_will_not_do_is_refused_and_no_file_is_asked_for(
    page: PaperPage, password: str, repeat: str, words: str
) -> None:
    dialog = locking(page, password, repeat)

    assert dialog.isVisible()
    assert words in dialog.problems.text()
    assert not [each for each in page.findChildren(QFileDialog) if each.isVisible()]
    dialog.reject()


def printer_to(file: Path, content: bytes) -> QPrinter:
    """Stand in for a printer: what it prints is a file that can be looked at."""
    printer = printer_for(Pdf.of(content))
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def test_every_page_is_printed_and_the_job_names_nobody(
    qtbot: QtBot, page: PaperPage, content: bytes, tmp_path: Path
) -> None:
    printed: list[tuple[int, int]] = []
    page.printing.progressed.connect(lambda done, count: printed.append((done, count)))

    with qtbot.waitSignal(page.printing.finished):
        page.printing.start(Pdf.of(content), printer_to(tmp_path / "out.pdf", content))
        assert page.printing.is_running

    reader = PdfReader(tmp_path / "out.pdf")
    assert printed == [(1, PAGES), (2, PAGES), (3, PAGES)]
    assert len(reader.pages) == PAGES
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creator) == (PROGRAM, PROGRAM)
    assert (reader.pages[0].mediabox.width, reader.pages[0].mediabox.height) == (612, 792)
    assert page.print_action.isEnabled()
    assert page.progress.isHidden()


def test_a_page_is_printed_where_it_stands_on_the_sheet(qtbot: QtBot, tmp_path: Path) -> None:
    content, file = superbills_pdf([a_bill_paper()]), tmp_path / "out.pdf"
    job = PrintJob(Pdf.of(content), printer_to(file, content))

    with qtbot.waitSignal(job.finished):
        job.start()

    expected, printed = shades(content), shades(file.read_bytes())
    assert max(abs(a - b) for a, b in zip(expected, printed, strict=True)) < 30
    assert max(abs(a - b) for a, b in zip(expected, printed[1:], strict=False)) > 100


def shades(content: bytes) -> list[int]:
    """Give how light each tenth of an inch of the first page is, row by row."""
    drawn = Pdf.of(content).picture(0, 150, grey=True)
    small = drawn.scaled(85, 110, mode=Qt.TransformationMode.SmoothTransformation)
    return [small.pixelColor(x, y).lightness() for y in range(110) for x in range(85)]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_does_not_answer_leaves_the_paper_open_and_says_so(
    page: PaperPage, content: bytes, tmp_path: Path
) -> None:
    page.printing.start(Pdf.of(content), printer_to(tmp_path / "nowhere" / "out.pdf", content))

    assert page.shown is not None
    assert "The paper is still here" in page.problems.text()
    assert page.print_action.isEnabled()
    assert not page.printing.is_running


def test_printing_can_be_stopped(qtbot: QtBot, page: PaperPage, content: bytes) -> None:
    with qtbot.waitSignal(page.printing.progressed):
        page.printing.start(Pdf.of(content), printer_to(Path("/dev/null"), content))

    assert page.progress.isVisible()
    page.progress.stop.click()

    assert not page.printing.is_running
    assert page.progress.isHidden()


def test_print_asks_for_a_printer_and_prints_nothing_yet(page: PaperPage) -> None:
    page.print_action.trigger()

    [dialog] = page.findChildren(QPrintDialog)
    assert dialog.isVisible()
    assert (dialog.minPage(), dialog.maxPage()) == (1, PAGES)
    assert not page.printing.is_running
    dialog.reject()


def test_the_pages_chosen_are_the_pages_printed(content: bytes) -> None:
    pdf = Pdf.of(content)
    printer = printer_for(pdf)

    assert pages_wanted(printer, PAGES, shown=2) == [0, 1, 2]

    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert pages_wanted(printer, PAGES, shown=2) == [1]

    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert pages_wanted(printer, PAGES, shown=1) == [1, 2]

    printer.setPrintRange(QPrinter.PrintRange.AllPages)
    printer.setCopyCount(2)
    assert pages_wanted(printer, PAGES, shown=1) == [0, 1, 2, 0, 1, 2]


def test_a_printer_that_is_gone_is_not_asked_for(content: bytes) -> None:
    assert printer_for(Pdf.of(content), "Printer of another office").printerName() == ""
