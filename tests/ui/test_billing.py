"""The billing month: reading, issuing, voiding and printing, by keyboard."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from cocm_desktop.actions.practice import record_fee
from cocm_desktop.actions.superbill import issue_superbill, read_billing_month, read_superbill
from cocm_desktop.actions.workspace import Workspace
from cocm_desktop.domain.billing.month_list import MonthFilter
from cocm_desktop.domain.change import Change, Topic
from cocm_desktop.domain.ids import PatientId
from cocm_desktop.domain.service_month import ServiceMonth
from cocm_desktop.domain.staff import Role
from cocm_desktop.domain.time_entry import Activity
from cocm_desktop.ui.billing.issue_dialog import IssueDialog
from cocm_desktop.ui.billing.screen import BillingScreen
from cocm_desktop.ui.desk import Desk
from cocm_desktop.ui.paper.pdf import Pdf
from cocm_desktop.ui.patient.void_dialog import VoidDialog
from cocm_desktop.ui.widgets.labels import Label
from cocm_desktop.ui.work import InlineWork
from tests.actions.work import as_role, rows_stored, worked
from tests.ui.clinic import enrolled
from tests.ui.keys import press

NOVEMBER = ServiceMonth(2026, 11)
OCTOBER = ServiceMonth(2026, 10)


@pytest.fixture
def patients(workspace: Workspace) -> dict[str, PatientId]:
    """Three patients: two reach a code in November, one does not; one worked in October too."""
    found: dict[str, PatientId] = {}
    minutes = {"Abel": 40, "Bolt": 75, "Cruz": 9}
    record_fee(workspace, "99492", cents=210_00, valid_from=date(2026, 1, 1))
    record_fee(workspace, "99493", cents=185_00, valid_from=date(2026, 1, 1))
    for number, (name, spent) in enumerate(minutes.items()):
        found[name], episode = enrolled(workspace, name, date(2026, 10, 1))
        worked(workspace, episode, date(2026, 11, 3) + timedelta(days=number), minutes=spent)
        if name == "Bolt":
            worked(workspace, episode, date(2026, 10, 6), minutes=20)
            worked(workspace, episode, date(2026, 11, 9), minutes=7, activity=Activity.CLERICAL)
    return found


def shown(qtbot: QtBot, workspace: Workspace) -> BillingScreen:
    screen = BillingScreen(Desk(workspace, InlineWork()))
    qtbot.addWidget(screen)
    screen.resize(1178, 640)
    screen.show()
    screen.activateWindow()
    screen.take_focus()
    qtbot.waitUntil(screen.isActiveWindow)
    return screen


@pytest.fixture
def screen(qtbot: QtBot, workspace: Workspace, patients: dict[str, PatientId]) -> BillingScreen:
    return shown(qtbot, workspace)


def names(screen: BillingScreen) -> list[str]:
    return [row.bill.patient.last_name for row in screen.view.table.bills.rows]


def chosen(screen: BillingScreen) -> list[str]:
    return [row.bill.patient.last_name for row in screen.view.table.chosen]


def said(screen: BillingScreen) -> list[str]:
    """Give every word of the panel."""
    panel = screen.view.panel.shown
    assert panel is not None
    return [label.text() for label in panel.findChildren(Label) if label.text()]


def test_the_month_is_the_actions(screen: BillingScreen, workspace: Workspace) -> None:
    month = read_billing_month(workspace, NOVEMBER)

    assert names(screen) == ["Abel", "Bolt", "Cruz"]
    assert [row.bill for row in screen.view.rows] != []
    assert [row.bill.minutes for row in screen.view.rows] == [
        bill.minutes for bill in month.superbills
    ]
    assert screen.view.totals.text() == (
        "3 patients · 2 billable · 124 minutes · $0.00 issued · $395.00 to issue"
    )
    assert screen.status_words == "Showing 3 of 3 patients · by name"
    assert screen.view.head.until.text() == "Open until Nov 30: minutes may still be added"


def test_the_panel_says_what_is_on_the_superbill_and_what_is_not(screen: BillingScreen) -> None:
    press(screen.view.table, "Down")

    words = said(screen)

    assert words[0] == "BOLT, Ana"
    assert {"99493", "$185.00", "Total", "75", "99494 at 76 · open until Nov 30"} <= set(words)
    assert "7 minutes left out: Clerical work does not count." in words
    assert words[-1] == "The practice's EIN is not recorded."


def test_filters_count_and_narrow(screen: BillingScreen) -> None:
    texts = [button.text() for button in screen.view.head.filters.buttons.values()]
    assert texts == [
        "All  3", "Billable  2", "To issue  2", "Issued  0", "Not yet  1", "With warnings  3",
    ]  # fmt: skip

    screen.view.head.filters.buttons[MonthFilter.NO_CODE].click()

    assert names(screen) == ["Cruz"]
    assert screen.status_words == "Showing 1 of 3 patients · Not yet · by name"


def test_find_narrows_and_an_empty_find_offers_everybody(
    qtbot: QtBot, screen: BillingScreen
) -> None:
    screen.narrow("nobody")

    assert screen.view.none_match.isVisible()
    with qtbot.waitSignal(screen.find_cleared):
        screen.view.clear_filters()
    assert names(screen) == ["Abel", "Bolt", "Cruz"]


def test_columns_sort_and_turn_round(screen: BillingScreen) -> None:
    place = 2
    screen.view.sort_by(place)
    most = names(screen)
    screen.view.sort_by(place)

    assert most == ["Bolt", "Abel", "Cruz"]
    assert names(screen) == ["Cruz", "Abel", "Bolt"]
    assert screen.status_words.endswith("fewest minutes first")


def test_months_go_back_and_never_into_the_future(screen: BillingScreen) -> None:
    press(screen.view.table, "Ctrl+PgDown")
    assert screen.month == NOVEMBER
    assert not screen.view.head.month.on.isEnabled()

    press(screen.view.table, "Ctrl+PgUp")

    assert screen.month == OCTOBER
    assert names(screen) == ["Bolt"]
    assert screen.view.head.until.text() == "Closed"
    assert screen.view.table.isColumnHidden(4)

    screen.view.head.month.home.click()

    assert screen.month == NOVEMBER
    assert names(screen) == ["Abel", "Bolt", "Cruz"]


def test_a_month_without_minutes_says_so(qtbot: QtBot, screen: BillingScreen) -> None:
    press(screen.view.table, "Ctrl+PgUp", "Ctrl+PgUp")

    assert screen.view.nothing.isVisible()
    assert screen.view.nothing.title.text() == "No minutes in September 2026"
    assert not screen.view.totals.isVisible()
    assert not screen.batch.isEnabled()


def issuing(screen: BillingScreen) -> IssueDialog:
    [dialog] = [each for each in screen.findChildren(IssueDialog) if each.isVisible()]
    return dialog


def test_one_superbill_is_issued_by_keyboard(
    qtbot: QtBot, screen: BillingScreen, workspace: Workspace, patients: dict[str, PatientId]
) -> None:
    told: list[str] = []
    screen.desk.told.connect(told.append)
    press(screen.view.table, "Ctrl+I")
    dialog = issuing(screen)
    assert dialog.windowTitle() == "Issue 1 superbill?"
    qtbot.waitUntil(dialog.isActiveWindow)

    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Alt+I")

    issued = read_superbill(workspace, patients["Abel"], NOVEMBER)
    assert issued.number == "2026-11-0001"
    assert told == ["1 superbill issued."]
    assert chosen(screen) == ["Abel"]
    assert screen.view.table.chosen[0].state_words == "Issued 0001"
    assert not screen.issue.isEnabled()
    assert screen.void.isEnabled()


def test_enter_in_the_question_issues_nothing(screen: BillingScreen, workspace: Workspace) -> None:
    before = rows_stored(workspace)
    press(screen.view.table, "Ctrl+I")
    dialog = issuing(screen)

    press(dialog.cancel, "Return")

    assert not dialog.isVisible()
    assert rows_stored(workspace) == before


def test_all_that_is_chosen_and_reaches_a_code_is_issued(
    screen: BillingScreen, workspace: Workspace
) -> None:
    press(screen.view.table, "Ctrl+A")
    assert "3 patients chosen" in said(screen)
    assert screen.view.head.issue.text().strip() == "Issue 2 superbills"

    press(screen.view.table, "Ctrl+I")
    issuing(screen).issue.click()

    month = read_billing_month(workspace, NOVEMBER)
    assert [bill.number for bill in month.superbills] == ["2026-11-0001", "2026-11-0002", ""]
    assert chosen(screen) == ["Abel", "Bolt", "Cruz"]


def test_the_question_says_what_is_open_and_what_lacks(qtbot: QtBot, workspace: Workspace) -> None:
    _, episode = enrolled(workspace, "Lacks", date(2026, 10, 1), member_id="")
    worked(workspace, episode, date(2026, 11, 3), minutes=40)
    screen = shown(qtbot, workspace)

    press(screen.view.table, "Ctrl+I")

    words = "\n".join(label.text() for label in issuing(screen).findChildren(Label))
    assert "November 2026 is still open" in words
    assert "1 superbill: The patient's member id is not recorded." in words
    assert "1 without a charge" in words


def test_what_is_refused_leaves_the_question_open_and_nothing_issued(
    screen: BillingScreen, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(screen.view.table, "Ctrl+I")
    dialog = issuing(screen)
    before = rows_stored(workspace)
    monkeypatch.setattr(screen.desk, "_workspace", as_role(workspace, Role.CARE_MANAGER))

    dialog.issue.click()

    assert dialog.isVisible()
    assert "you may not issue or void a superbill" in dialog.problems.text()
    assert dialog.cancel.isEnabled()
    assert rows_stored(workspace) == before


def test_an_issued_one_is_voided_with_its_reason(
    screen: BillingScreen, workspace: Workspace, patients: dict[str, PatientId]
) -> None:
    screen.desk.changed.emit(issue_superbill(workspace, patients["Abel"], NOVEMBER))
    press(screen.view.table, "Del")
    [dialog] = screen.findChildren(VoidDialog)
    dialog.reason.setText("Wrong payer")

    press(dialog.reason, "Return")

    assert not read_superbill(workspace, patients["Abel"], NOVEMBER).is_issued
    assert screen.view.table.chosen[0].state_words == "Draft"


def test_a_draft_cannot_be_voided(screen: BillingScreen) -> None:
    press(screen.view.table, "Del")

    assert screen.findChildren(VoidDialog) == []
    assert not screen.view.panel.void.isEnabled()


def test_the_preview_shows_one_and_the_batch_all(screen: BillingScreen) -> None:
    press(screen.view.table, "Down", "Return")

    assert screen.paper.shown is not None
    assert screen.paper.shown.name == "superbill-2026-11"
    assert screen.paper.facts.text() == "November 2026 · draft, not issued · 1 page"

    press(screen.paper.view, "Esc")
    assert chosen(screen) == ["Bolt"]
    press(screen.view.table, "Ctrl+P")

    assert screen.paper.shown.name == "superbills-2026-11"
    assert screen.paper.facts.text() == "November 2026 · 2 drafts · 2 pages"
    marks = Pdf.of(screen.paper.shown.paper.content).bookmarks
    assert [mark.title.partition(" ")[2] for mark in marks] == ["ABEL, Ana", "BOLT, Ana"]


def test_a_paper_of_an_issued_one_bears_its_number(
    screen: BillingScreen, workspace: Workspace, patients: dict[str, PatientId]
) -> None:
    screen.desk.changed.emit(issue_superbill(workspace, patients["Abel"], NOVEMBER))

    press(screen.view.table, "Return")

    assert screen.paper.shown is not None
    assert screen.paper.shown.name == "superbill-2026-11-0001"
    press(screen.paper.view, "Esc", "Ctrl+P")
    assert screen.paper.facts.text() == "November 2026 · 1 issued · 1 draft · 2 pages"


def test_a_paper_older_than_the_minutes_is_printed_anew(
    screen: BillingScreen, workspace: Workspace, patients: dict[str, PatientId]
) -> None:
    press(screen.view.table, "Return")
    assert screen.paper.shown is not None
    before = screen.paper.shown.paper.sha256

    record_fee(workspace, "99492", cents=999_00, valid_from=date(2026, 11, 1))
    screen.desk.changed.emit(Change(Topic.PRACTICE | Topic.BILLING, "fee"))
    assert screen.paper.stale.isVisible()
    screen.paper.again.click()

    assert screen.paper.stale.isHidden()
    assert screen.paper.shown.paper.sha256 != before


def test_no_code_has_no_paper(screen: BillingScreen) -> None:
    press(screen.view.table, "End", "Return")

    assert chosen(screen) == ["Cruz"]
    assert screen.paper.shown is None
    assert not screen.view.panel.preview.isEnabled()


def test_whoever_may_only_see_billing_issues_and_voids_nothing(
    qtbot: QtBot, workspace: Workspace, patients: dict[str, PatientId]
) -> None:
    issue_superbill(workspace, patients["Abel"], NOVEMBER)
    screen = shown(qtbot, as_role(workspace, Role.CARE_MANAGER))
    press(screen.view.table, "Ctrl+A", "Ctrl+I")
    press(screen.view.table, "Home", "Del")

    assert names(screen) == ["Abel", "Bolt", "Cruz"]
    assert not screen.view.head.issue.isVisible()
    assert not screen.view.panel.void.isVisible()
    assert not screen.issue.isVisible()
    assert screen.findChildren(IssueDialog) == []
    assert screen.findChildren(VoidDialog) == []
    assert screen.batch.isEnabled()


def test_minutes_recorded_elsewhere_are_seen(screen: BillingScreen, workspace: Workspace) -> None:
    _, episode = enrolled(workspace, "Dunn", date(2026, 11, 2))
    worked(workspace, episode, date(2026, 11, 12), minutes=40)

    screen.desk.changed.emit(Change(Topic.TIME | Topic.BILLING, "time"))

    assert names(screen) == ["Abel", "Bolt", "Cruz", "Dunn"]
    assert chosen(screen) == ["Abel"]


@pytest.mark.parametrize(("width", "is_shown"), [(1178, True), (800, False)])
def test_details_stand_beside_the_list_where_there_is_room(
    screen: BillingScreen, width: int, *, is_shown: bool
) -> None:
    screen.resize(width, 640)
    assert screen.view.panel.isVisible() is is_shown

    press(screen.view.table, "Space")

    assert screen.view.panel.isVisible() is not is_shown


def test_names_get_the_room_that_the_others_leave(screen: BillingScreen) -> None:
    table = screen.view.table
    screen.resize(1600, 640)

    used = sum(table.columnWidth(n) for n in range(table.model().columnCount()))

    assert used == table.viewport().width()
    assert not table.horizontalScrollBar().isVisible()
