"""The paper on screen: what is in sight, the keys, the size."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.papers import Paper
from cocm_desktop.domain.review_priority import agenda
from cocm_desktop.printing.review_packet import packet_pdf
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.page import PaperPage, ShownPaper
from cocm_desktop.ui.paper.pdf import Pdf
from cocm_desktop.ui.paper.view import KEPT_PIXELS
from cocm_desktop.ui.paper.zoom import Fit, Percent, next_step, percent_of
from cocm_desktop.ui.theme import Scheme, apply_theme
from tests.builders import a_caseload, a_packet
from tests.ui.keys import press

MORNING = datetime(2026, 11, 24, 8, 4, tzinfo=ZoneInfo("America/New_York"))
LETTER = QSizeF(612, 792)


@pytest.fixture(scope="module")
def content() -> bytes:
    """A packet: the agenda and a page for each patient on it."""
    return packet_pdf(a_packet())


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, content: bytes) -> PaperPage:
    page = PaperPage(desk, "Agenda")
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.show_paper(shown(content))
    return page


def shown(content: bytes) -> ShownPaper:
    return ShownPaper(Paper(content, "digest", MORNING), "Review packet", "Today", "review-packet")


def test_a_paper_is_read_once_and_nothing_stays_open(content: bytes) -> None:
    pdf = Pdf.of(content)

    names = [entry.row.name for entry in agenda(a_caseload())]

    inner = [mark.title.partition(" ")[2] for mark in pdf.bookmarks if mark.level]
    assert inner == names
    assert pdf.bookmarks[1].title == "A Safety"
    assert pdf.page_count == pdf.bookmarks[-1].page + 1
    assert pdf.sizes == (LETTER,) * pdf.page_count


def test_a_page_is_drawn_in_the_size_asked_for(content: bytes) -> None:
    pdf = Pdf.of(content)

    drawn, grey = pdf.picture(0, 96), pdf.picture(0, 300, grey=True)

    assert (drawn.width(), drawn.height()) == (816, 1056)
    assert grey.isGrayscale()
    assert drawn.pixelColor(2, 2).name() == "#ffffff"
    dark = sum(drawn.pixelColor(x, y).lightness() < 100 for x in range(816) for y in range(60, 200))
    assert dark > 500  # the heading is on it


def test_the_first_page_is_in_sight_and_said(page: PaperPage) -> None:
    count = Pdf.of(page.shown.paper.content).page_count if page.shown else 0

    assert page.view.page == 1
    assert page.facts.text() == f"Today · {count} pages"
    assert page.strip.count.text() == f"of {count}"
    assert page.view.accessibleDescription() == f"Page 1 of {count}"
    assert not page.strip.back.isEnabled()


def test_keys_turn_the_pages(qtbot: QtBot, page: PaperPage) -> None:
    last = page.strip.number.maximum()
    pages = []

    for keys in ("PgDown", "PgDown", "PgUp", "End", "PgDown", "Home", "PgUp"):
        press(page.view, keys)
        pages.append(page.view.page)

    assert pages == [2, 3, 2, last, last, 1, 1]


def test_space_goes_on_a_screen_at_a_time(qtbot: QtBot, page: PaperPage) -> None:
    press(page.view, "Space")
    low = page.view.verticalScrollBar().value()
    press(page.view, "Shift+Space")

    assert low > 300
    assert page.view.verticalScrollBar().value() == 0


def test_the_contents_follow_the_page_and_lead_to_it(qtbot: QtBot, page: PaperPage) -> None:
    press(page.view, "End")

    assert page.contents.currentRow() == page.contents.count() - 1

    page.contents.setFocus()
    press(page.contents, "Home")

    assert page.view.page == 1


def test_a_number_typed_goes_to_its_page(qtbot: QtBot, page: PaperPage) -> None:
    page.strip.number.selectAll()
    qtbot.keyClicks(page.strip.number, "3")
    press(page.strip.number, "Return")

    assert page.view.page == 3


def test_keys_change_the_size_here_and_the_same_line_stays_on_top(
    qtbot: QtBot, page: PaperPage
) -> None:
    press(page.view, "PgDown")
    sizes = []

    for keys in ("Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+0"):
        press(page.view, keys)
        sizes.append(page.view.zoom)

    assert sizes == [Percent(100), Percent(125), Percent(100), Fit.WIDTH]
    assert page.view.page == 2
    assert page.strip.zoom.choice() is Fit.WIDTH


def test_the_largest_and_the_smallest_size_are_the_end(page: PaperPage) -> None:
    for _ in range(10):
        page.view.step_zoom(1)
    largest = page.view.zoom, page.strip.larger.isEnabled()
    for _ in range(10):
        page.view.step_zoom(-1)

    assert largest == (Percent(300), False)
    assert (page.view.zoom, page.strip.smaller.isEnabled()) == (Percent(50), False)


@pytest.mark.parametrize(
    ("zoom", "room", "percent"),
    [
        pytest.param(Fit.WIDTH, QSize(816, 300), 100, id="as wide as the window"),
        pytest.param(Fit.PAGE, QSize(816, 528), 50, id="whole"),
        pytest.param(Fit.PAGE, QSize(408, 2000), 50, id="whole in a narrow window"),
        pytest.param(Fit.WIDTH, QSize(9000, 300), 300, id="never larger than the largest"),
        pytest.param(Fit.WIDTH, QSize(1, 1), 25, id="never nothing"),
        pytest.param(Percent(150), QSize(10, 10), 150, id="as chosen"),
    ],
)
def test_the_size_follows_from_the_room(zoom: Fit | Percent, room: QSize, percent: float) -> None:
    assert percent_of(zoom, LETTER, room) == pytest.approx(percent)


def test_steps_go_on_from_a_size_between_two() -> None:
    assert (next_step(110, 1), next_step(110, -1)) == (Percent(125), Percent(100))


def test_pictures_are_kept_only_as_far_as_memory_is_meant_for_them(
    qtbot: QtBot, page: PaperPage
) -> None:
    page.view.set_zoom(Percent(300))
    for _ in range(4):
        press(page.view, "PgDown")
        page.view.viewport().repaint()

    pixels = sum(each.width() * each.height() for each in page.view._pictures.values())
    assert 0 < pixels <= KEPT_PIXELS


def test_a_paper_put_away_is_forgotten(page: PaperPage) -> None:
    page.put_away()

    assert page.shown is None
    assert page.view.page == 0
    assert not page.view._pictures
    assert not any(action.isEnabled() for action in page.actions_of_paper)
    page.mark_stale()
    assert page.stale.isHidden()


def test_a_paper_older_than_the_records_says_so(qtbot: QtBot, page: PaperPage) -> None:
    page.mark_stale()

    assert page.stale.isVisible()
    with qtbot.waitSignal(page.new_wanted):
        page.again.click()


def test_a_single_page_needs_no_contents(qtbot: QtBot, page: PaperPage) -> None:
    page.show_paper(shown(packet_pdf(a_packet(rows=()))))

    assert page.facts.text() == "Today · 1 page"
    assert page.contents.isHidden()


def test_larger_text_makes_the_contents_wider(qapp: QApplication, page: PaperPage) -> None:
    before = page.contents.maximumWidth()

    apply_theme(qapp, Scheme.LIGHT, percent=150)

    try:
        assert page.contents.maximumWidth() == before * 3 / 2
    finally:
        apply_theme(qapp, Scheme.LIGHT)


def test_on_a_paper_the_size_keys_are_not_those_of_the_window(
    qtbot: QtBot, desk: Desk, content: bytes
) -> None:
    window, page = QMainWindow(), PaperPage(desk, "Agenda")
    qtbot.addWidget(window)
    window.setCentralWidget(page)
    text_size = QAction("Larger text", window)
    text_size.setShortcut(QKeySequence("Ctrl++"))
    window.menuBar().addMenu("View").addAction(text_size)
    pressed: list[str] = []
    text_size.triggered.connect(lambda: pressed.append("larger text"))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page.show_paper(shown(content))
    page.view.set_zoom(Percent(100))

    press(page.view, "Ctrl++")

    assert (page.view.zoom, pressed) == (Percent(125), [])
