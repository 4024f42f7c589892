"""The audit on screen: sentences, filters, columns that sort, one patient, a month to sign."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.audit import read_audit
from cocm_desktop.actions.audit_export import SEAL, AuditFormat
from cocm_desktop.actions.registry import read_registry
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.audit_event import EventKind
from cocm_desktop.domain.audit_query import PAGE, AuditOrder, AuditQuery
from cocm_desktop.domain.ids import EpisodeId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.storage import audit
from cocm_desktop.storage.audit_chain import Head
from cocm_desktop.storage.audit_verify import ChainReport
from cocm_desktop.ui.audit.filters import Which
from cocm_desktop.ui.audit.patient_dialog import PatientAuditDialog
from cocm_desktop.ui.audit.review_dialog import AuditReviewDialog
from cocm_desktop.ui.audit.screen import AuditScreen
from cocm_desktop.ui.audit.view import ORDERS
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.main_window import MainWindow
from cocm_desktop.ui.paper.dialog import PaperDialog
from cocm_desktop.ui.patient.subject import Subject
from cocm_desktop.ui.screens import PLACES
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import at, phq9
from tests.conftest import EVENING
from tests.ui.hands import dialog_of


@pytest.fixture
def screen(qtbot: QtBot, workspace: Workspace, maria: EpisodeId) -> AuditScreen:
    phq9(workspace, maria, date(2026, 11, 12), 9)
    shown = AuditScreen(Desk(workspace, InlineWork()))
    qtbot.addWidget(shown)
    shown.show()
    return shown


def sentences(screen: AuditScreen) -> list[str]:
    return [entry.sentence for entry in screen.view.model.rows]


def test_the_newest_stands_first_and_is_told_in_full_below(screen: AuditScreen) -> None:
    assert sentences(screen) == [
        "Looked at the audit",
        "Recorded a measure of ALVAREZ, María",
        "Enrolled ALVAREZ, María",
        "Added ALVAREZ, María",
    ]
    screen.view.table.select_row(1)
    assert screen.view.title.text().startswith("M. Bell, Nov 30, 2026, 8:00 PM: Recorded a meas")
    assert "entry 3 · seal " in screen.view.circumstances.text()
    assert screen.view.counted.text() == "1–4 of 4"
    assert screen.integrity.text().startswith("The last entries are whole, up to A:4-")


def test_filters_narrow_and_widen(screen: AuditScreen) -> None:
    filters = screen.view.filters
    filters.kind.choose(EventKind.CHANGE)
    filters.kind.activated.emit(0)
    changes = len(sentences(screen))
    filters.which.buttons[Which.EMERGENCY].click()
    emergency = sentences(screen)
    filters.which.buttons[Which.EVERYTHING].click()
    filters.since.set_day(date(2026, 12, 1))
    filters.until.set_day(date(2026, 11, 1))
    filters.since.entry.editingFinished.emit()

    assert (changes, emergency) == (3, [])
    assert "ends before it begins" in screen.view.problems.text()


def test_one_patient_and_one_person_are_shown_alone(screen: AuditScreen) -> None:
    screen.view.table.select_row(2)
    screen.view.of_patient.click()
    alone = sentences(screen)
    screen.view.filters.patient.click()
    screen.view.of_person.click()

    assert alone[0] == "Looked at who had seen the record of ALVAREZ, María"
    assert len(alone) == 4
    assert screen.view.filters.person.currentText() == "M. Bell"


@pytest.mark.parametrize("order", list(AuditOrder))
def test_a_click_on_a_title_sorts_by_it(screen: AuditScreen, order: AuditOrder) -> None:
    header = screen.view.table.horizontalHeader()
    header.sectionClicked.emit(ORDERS.index(order))

    assert screen.view.page.query.order is order
    assert header.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder


def test_pages_are_turned(screen: AuditScreen, workspace: Workspace) -> None:
    with workspace.database.write() as session:
        for number in range(PAGE):
            audit.write(session, workspace.stamp(), audit.created("task.added", str(number)))
    screen.read_again()
    first = screen.view.counted.text()
    screen.view.later.click()

    assert first == "1–500 of 504"
    assert screen.view.counted.text() == "501–504 of 504"
    assert not screen.view.later.isEnabled()
    screen.view.earlier.click()
    assert not screen.view.earlier.isEnabled()


def test_an_export_has_its_seal_beside_it(
    screen: AuditScreen, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "audit.csv"

    with qtbot.waitSignal(screen.desk.told) as told:
        screen.write(file, AuditFormat.CSV)

    assert file.with_name(file.name + SEAL).exists()
    assert told.args == [
        "4 entries written to audit.csv, with the seal audit.csv.seal.json beside it."
    ]


def test_the_last_month_is_looked_through_and_signed(
    qtbot: QtBot, workspace: Workspace, maria: EpisodeId
) -> None:
    december = at(workspace, EVENING + timedelta(days=2))
    screen = AuditScreen(Desk(december, InlineWork()))
    qtbot.addWidget(screen)
    screen.show()
    waiting = screen.waiting.text()
    screen.review.trigger()
    dialog = dialog_of(AuditReviewDialog)
    dialog.save.click()
    refused = dialog.problems.text()
    dialog.said.setPlainText("The evening was a late clinic.")
    dialog.save.click()
    screen.read_again()

    assert waiting == "November 2026 waits to be reviewed"
    assert "Write what you found" in refused
    assert screen.waiting.text() == ""
    screen.review.trigger()
    again = dialog_of(AuditReviewDialog)
    assert again.is_touched is False
    signed = again.signed.text()
    again.month.choose(ServiceMonth(2026, 10))
    again.month.activated.emit(1)
    assert signed == "Signed Dec 2, 2026 by M. Bell, LCSW: The evening was a late clinic."
    assert again.windowTitle() == "Audit of October 2026"
    assert again.told.text() == "There is no entry in this month."
    assert again.signed.isHidden()
    again.reject()


def test_what_is_shown_is_printed(screen: AuditScreen, qtbot: QtBot) -> None:
    screen.paper_out.trigger()

    dialog = dialog_of(PaperDialog)
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "Audit"
    dialog.reject()


def test_who_looked_at_one_record(qtbot: QtBot, workspace: Workspace, maria: EpisodeId) -> None:
    [row] = read_registry(workspace).rows
    dialog = PatientAuditDialog(Desk(workspace, InlineWork()), Subject.of_row(row))
    qtbot.addWidget(dialog)

    dialog.open()

    shown = [entry.sentence for entry in dialog.view.model.rows]
    assert shown[0] == "Looked at who had seen the record of ALVAREZ, María"
    assert AuditOrder.PATIENT not in dialog.view.orders
    dialog.view.table.horizontalHeader().sectionClicked.emit(3)
    assert dialog.view.page.query.order is AuditOrder.OUTCOME


def test_a_search_in_the_find_box_is_told_once_nobody_types_on(
    qtbot: QtBot, workspace: Workspace, maria: EpisodeId
) -> None:
    window = MainWindow(Desk(workspace, InlineWork()), PLACES)
    qtbot.addWidget(window)
    window.show()
    for words in ("a", "al", "alv"):
        window.top.find_box.setText(words)
        window.top.find_box.textEdited.emit(words)
    waits = window.search_note.pause.isActive()
    window.search_note.pause.timeout.emit()

    told = read_audit(workspace, AuditQuery(code="patient.searched")).entries
    assert waits
    assert [entry.details[1] for entry in told] == ["Found: 1"]


def test_a_break_is_told_in_full_however_small_the_window(screen: AuditScreen) -> None:
    words = "Entry 2 was changed. " + "Make no further entries. " * 12

    screen._tell(ChainReport(2, words, 4, Head(4, "")), "")

    assert screen.integrity.wordWrap()
    assert screen.minimumSizeHint().width() < 900


def test_no_place_is_marked_while_the_audit_is_shown(qtbot: QtBot, workspace: Workspace) -> None:
    window = MainWindow(Desk(workspace, InlineWork()), PLACES)
    qtbot.addWidget(window)
    window.go("settings")

    window.go("audit")
    marked = [item.text() for item in window.rail._items.values() if item.isChecked()]
    window.rail.take_focus()
    reached = window.rail.isAncestorOf(window.focusWidget())
    window.go("settings")

    assert marked == []
    assert reached
    assert window.rail._items["settings"].isChecked()
